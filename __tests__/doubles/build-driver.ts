import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childEnvironment } from '../../src/core/config/environment.ts'
import { lendObjects } from '../../src/flow/build/lend-objects.ts'
import { readHistory } from '../../src/flow/history/history.ts'
import { tokenInReach, tokensAround } from '../../src/flow/prepare/token-in-reach.ts'
import { checkOut, placesOf } from '../../src/flow/trees/checkout.ts'
import { copyControlTree } from '../../src/flow/trees/tree-copies.ts'
import { weaknessLimitation } from '../../src/report/limitations/sandbox.ts'
import { clock, noCache } from '../../src/shell/open-ports.ts'
import type { Ports } from '../../src/shell/ports/ports.ts'
import { openSandbox } from '../../src/shell/sandbox/open.ts'
import { tools } from '../../src/shell/tools/tools.ts'

/** Lays both sides of a repository out and runs one command in each, and in the control's copy, where a gate would: a program of its
 *  own, so that a test can start it as another user. */
const [level, repository, base, head, command] = process.argv.slice(2) as [string, ...string[]] & string[]
const folder = mkdtempSync(join(tmpdir(), 'pv-builds-'))
chmodSync(folder, 0o711)
const history = await readHistory({ repository: repository!, base: [base!], head: head! }, tools)
const sandbox = await openSandbox(folder, {
  level: level as 'auto' | 'off',
  repository: placesOf(history.source, folder, repository!),
})
const checkout = await checkOut(history, folder, tools)
const NEVER: Ports['tools']['run'] = async () => {
  throw new Error('A tool ran a second time.')
}
const ports: Ports = {
  ...{ tools, sandbox, clock, folder, cache: noCache },
  log: { line: () => {}, warn: () => {}, group: (_, inside) => inside() },
  machine: {
    fingerprint: async () => ({}),
    hold: async () => ({ knobs: [], gaps: [], scheduling: {}, release: async () => [] }),
    noise: async () => [],
  },
}
const tokens = await tokenInReach(tokensAround(history.source, {}), ports)
const env = childEnvironment(process.env, [], sandbox.placeOf(checkout.trees.base).inside.home)
for (const place of [checkout.trees.base, checkout.trees.head]) await sandbox.adopt(place)
const lent = await lendObjects({ checkout, env, ports })
// A bisection gates several times: what was copied is not copied again.
const again = await lendObjects({ checkout, env, ports: { ...ports, tools: { ...tools, run: NEVER } } })
if (again !== lent) throw new Error(`lent ${lent}, and then ${again}`)
const control = join(folder, 'ctrl')
await copyControlTree(checkout.trees.base, control, ports)
await sandbox.adopt(control)
const said: Record<string, string> = {}
for (const [side, tree] of Object.entries({ ...checkout.trees, control })) {
  const done = await sandbox.run({
    ...{ argv: ['bash', '-c', `exec 2>&1; ${command}`], tree, env: env.base, timeoutSeconds: 30 },
  })
  said[side] = done.stdout
}
await sandbox.end()
process.stdout.write(
  JSON.stringify({
    folder,
    isolation: sandbox.isolation,
    lent,
    said,
    limitations: [...sandbox.weaknesses.map(weaknessLimitation), ...tokens],
  }),
)

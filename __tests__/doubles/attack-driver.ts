import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RunFault } from '../../src/core/model/errors.ts'
import { openSandbox } from '../../src/shell/sandbox/open.ts'

/** Builds base, lets head's build and benchmark attack, and runs base's benchmark: a program of its own, so that a test can start it as
 *  another user. Prints what head saw, what base's benchmark then printed, and the fault that stopped it. */
const [level, build, benchmark] = process.argv.slice(2) as [string, string, string]
const folder = mkdtempSync(join(tmpdir(), 'pv-attack-'))
chmodSync(folder, 0o711)
const sandbox = await openSandbox(folder, {
  level: level as 'auto' | 'off',
  repository: { workTree: process.env.GITHUB_WORKSPACE ?? '/nowhere', readable: [] },
})
const trees = { base: join(folder, 'base'), head: join(folder, 'head') }
for (const [side, tree] of Object.entries(trees)) {
  mkdirSync(tree)
  writeFileSync(join(tree, 'bench'), `#!/bin/sh\necho own of ${side}\n`)
  chmodSync(join(tree, 'bench'), 0o755)
  await sandbox.adopt(tree)
}
const env = { PATH: process.env.PATH ?? '', BASE: trees.base, HEAD: trees.head, WORK: folder }
const run = (tree: string, command: string, builds: boolean) =>
  sandbox.run({ argv: ['bash', '-c', command], tree, env, timeoutSeconds: 20, builds })
const install = 'mkdir -p ~/bin && cp bench ~/bin/bench'
await run(trees.base, install, true)
await sandbox.seal(trees.base)
const built = await run(trees.head, `${install}; ${build}`, true)
await sandbox.seal(trees.head)
const said = [built.stdout + built.stderr]
let base = ''
let fault: string | undefined
try {
  const ran = await run(trees.head, `${benchmark}; true`, false)
  said.push(ran.stdout + ran.stderr)
  const after = await run(trees.base, './bench; ~/bin/bench; ls -A /tmp /dev/shm 2>/dev/null', false)
  base = after.stdout
} catch (error) {
  if (!(error instanceof RunFault)) throw error
  fault = error.message
}
await sandbox.end()
process.stdout.write(
  JSON.stringify({ isolation: sandbox.isolation, said: said.join('\n'), base, ...(fault && { fault }) }),
)

import { resolve } from 'node:path'
import { bisect } from '../bisect/bisect.ts'
import { bisectExitCode } from '../core/bisection/bisection.ts'
import type { InvocationOptions } from '../core/config/schema.ts'
import { parseOptions } from '../core/config/settings.ts'
import { InputError } from '../core/model/errors.ts'
import { POLICY_NAMES } from '../core/model/policies.ts'
import { failed, type Result, success } from '../core/model/result.ts'
import { openMasks } from '../core/text/secrets.ts'
import { VERSION } from '../core/version.ts'
import { deliver, deliverBisection, keepPartial, openReports } from '../flow/publish/deliver.ts'
import { bisectionLog } from '../report/bisection/log.ts'
import { openPorts } from '../shell/open-ports.ts'
import { callerEnvironment } from '../shell/runner/caller-environment.ts'
import { listenForStop } from '../shell/runner/terminal.ts'
import { readModes } from './terminal-modes.ts'

type Options = Readonly<Record<string, string>>

/** `perf-verdict bisect` from option texts to an exit code: 0 no breach (or a speed-up that was looked for), 1 a breach, 3 not known. */
export async function bisectFromTerminal(options: Options): Promise<number> {
  const { log: terminal, rest: given } = readModes(options)
  const { repo = '.', 'first-faster': _, ...rest } = given
  const { invocation, good } = readOptions(rest)
  const out = await openReports(invocation.out ?? 'perf-verdict', process.cwd())
  // Jobs that a signal ends look like commits that do not build.
  const stopped = listenForStop()
  const { add: mask, masked } = openMasks(process.env)
  const { outside, close } = await openPorts(terminal)
  try {
    const found = await bisect(
      {
        invocation,
        repository: resolve(repo, invocation['working-directory'] ?? '.'),
        good,
        bad: invocation.head ?? 'HEAD',
        firstFaster: 'first-faster' in options,
        version: VERSION,
        environment: callerEnvironment(process.env),
        save: async soFar => void (stopped() || (await deliverBisection(masked(soFar), out))),
        keep: async partial => void (stopped() || (await keepPartial(masked(partial), out))),
        mask,
      },
      outside,
    )
    await close()
    const { bisection, report } = masked(found)
    const delivered = await deliver(report, out, { key: invocation.key ?? 'default' })
    const { json, markdown } = await deliverBisection(bisection, out)
    process.stdout.write(bisectionLog(bisection))
    terminal.line(`reports: ${markdown}, ${json}; the gate: ${delivered.markdown}, ${delivered.html}`)
    return bisectExitCode(bisection)
  } finally {
    await close()
  }
}

/** Options of a gate that mean nothing here. */
const BESIDE_THE_POINT: readonly string[] = ['shard', ...POLICY_NAMES, 'reports', 'key']

/** Throws one InputError with every fault of the options. */
function readOptions(given: Options): { readonly invocation: InvocationOptions; readonly good: string } {
  const { base = '' } = given
  const unknown = BESIDE_THE_POINT.filter(name => name in given)
  const known = Object.entries(given).filter(([name]) => !BESIDE_THE_POINT.includes(name))
  const invocation = readKnown(Object.fromEntries(known))
  const faults = [
    ...(base.trim() === '' ? [NO_BASE] : []),
    ...unknown.map(name => `--${name} is not an option of bisect; leave it out.`),
    ...(invocation.ok ? [] : invocation.fault),
  ]
  if (!invocation.ok || faults.length > 0) throw new InputError(faults)
  return { invocation: invocation.value, good: base }
}

const NO_BASE = '--base is missing: name a commit from before it got slower; --head is the one that is slow.'

/** What a gate would read, or every fault of it. */
function readKnown(options: Options): Result<InvocationOptions, readonly string[]> {
  try {
    return success(parseOptions(options, name => `--${name}`))
  } catch (error) {
    if (error instanceof InputError) return failed(error.faults)
    throw error
  }
}

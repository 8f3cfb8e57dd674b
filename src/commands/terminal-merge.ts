import { resolve } from 'node:path'
import { parseOptions } from '../core/config/settings.ts'
import { exitCode } from '../core/decision/verdict.ts'
import { deliver, openReports } from '../flow/publish/deliver.ts'
import { merge } from '../merge.ts'
import { jsonText } from '../report/json/json.ts'
import { logText, verdictLine } from '../report/terminal/log.ts'
import { readModes, reportWidth } from './terminal-modes.ts'

/** `perf-verdict merge` from option texts to an exit code: 0 pass, 1 breach, 3 no answer. */
export async function mergeFromTerminal(options: Readonly<Record<string, string>>): Promise<number> {
  const { log, json, verbosity, rest: given } = readModes(options)
  const { reports = 'perf-verdict-shards', ...rest } = given
  const invocation = parseOptions(rest, name => `--${name}`)
  const report = await merge(resolve(reports), invocation)
  // Only now: it may be the folder that the shards' reports are in.
  const out = await openReports(invocation.out ?? 'perf-verdict', process.cwd())
  const delivered = await deliver(report, out, { key: invocation.key ?? 'default' })
  if (json) process.stdout.write(jsonText(report))
  else if (verbosity === 'quiet') process.stdout.write(verdictLine(report))
  else process.stdout.write(logText(report, reportWidth()))
  log.line(`reports: ${delivered.markdown}, ${delivered.html}, ${delivered.json}`)
  return exitCode(report)
}

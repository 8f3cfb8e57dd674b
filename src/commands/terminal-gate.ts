import { resolve } from 'node:path'
import { parseOptions } from '../core/config/settings.ts'
import { accept } from '../core/decision/acceptance.ts'
import { exitCode } from '../core/decision/verdict.ts'
import { recordOf } from '../core/history/record.ts'
import { InputError } from '../core/model/errors.ts'
import type { Report } from '../core/model/report.ts'
import { emptyReport } from '../core/report-file/empty-report.ts'
import { openMasks } from '../core/text/secrets.ts'
import { VERSION } from '../core/version.ts'
import { localHead, refuseSameCommit } from '../flow/history/local-head.ts'
import { deliver, keepPartial, openReports } from '../flow/publish/deliver.ts'
import { findAnchor } from '../flow/timeline/anchor.ts'
import { gate } from '../gate.ts'
import { logText } from '../report/terminal/log.ts'
import { verdictSentence } from '../report/words/sentence.ts'
import { appendHistoryFile } from '../shell/files/history-file.ts'
import { noCache, openPorts } from '../shell/open-ports.ts'
import { callerEnvironment } from '../shell/runner/caller-environment.ts'
import { terminal } from '../shell/runner/terminal.ts'
import { tools } from '../shell/tools/tools.ts'

/** `perf-verdict gate` from option texts to an exit code: 0 pass, 1 breach, 3 no answer. */
export async function gateFromTerminal(options: Readonly<Record<string, string>>): Promise<number> {
  const { repo = '.', ...rest } = options
  const invocation = parseOptions(rest, name => `--${name}`)
  const repository = resolve(repo, invocation['working-directory'] ?? '.')
  const local = await localHead(invocation.head, repository, tools)
  const found =
    invocation.against === undefined
      ? undefined
      : await findAnchor(invocation.against, { repository, head: local.head }, tools)
  if (found && !found.ok) throw new InputError([found.fault])
  const anchor = found?.value
  const bases = anchor
    ? [anchor.base]
    : invocation.base === undefined
      ? ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']
      : [invocation.base]
  await refuseSameCommit({ head: local.head, bases, repository }, tools)
  for (const remark of local.remarks) terminal.line(remark)
  const out = await openReports(invocation.out ?? 'perf-verdict', process.cwd())
  const masks = openMasks(process.env)
  let soFar: Report | undefined
  const stopped = async () => {
    await deliver(masks.masked(soFar ?? interrupted()), out, { key: invocation.key ?? 'default' })
    terminal.line(`interrupted; ${out.path} says so, with what was measured by then.`)
  }
  const { outside, close } = await openPorts(terminal, noCache, stopped)
  try {
    const gated = await gate(
      {
        invocation,
        repository,
        base: bases,
        head: local.head,
        origin: {},
        version: VERSION,
        environment: callerEnvironment(process.env),
        usesCache: false,
        keepsNextBase: false,
        mask: masks.add,
        keep: async partial => {
          soFar = partial
          await keepPartial(masks.masked(partial), out)
        },
        decided: async early => {
          const report = masks.masked(early)
          await deliver(report, out, { key: invocation.key ?? 'default' })
          terminal.line(`verdict: ${report.verdict}. ${report.sentence}`)
        },
      },
      outside,
    )
    // A signal that comes while jobs run makes them look like failures; then this never returns.
    await close()
    const today = new Date().toISOString().slice(0, 10)
    const judged = accept(gated.report, gated.settings.accept, today)
    const remarks = [...(judged.remarks ?? []), ...local.remarks]
    const report = masks.masked({
      ...judged,
      ...(remarks.length > 0 && { remarks }),
      ...(judged.verdict !== 'error' && { sentence: verdictSentence(judged) }),
    })
    const delivered = await deliver(report, out, { key: invocation.key ?? 'default' })
    process.stdout.write(logText(report))
    terminal.line(`reports: ${delivered.markdown}, ${delivered.html}, ${delivered.json}`)
    if (invocation.history !== undefined && report.verdict !== 'error') {
      const comparison = anchor?.comparison ?? { relation: 'chosen' }
      await appendHistoryFile(resolve(invocation.history), recordOf(report, comparison))
      terminal.line(`history: kept in ${invocation.history}`)
    }
    return exitCode(report)
  } finally {
    await close()
  }
}

/** The report of a run that a signal ended before it had measured anything. */
function interrupted(): Report {
  const errors = [{ what: 'The run was interrupted before it had measured anything.' }]
  const started = { startedAt: new Date().toISOString(), seconds: process.uptime() }
  const report = emptyReport({ head: '', errors, ...started })
  return { ...report, sentence: verdictSentence(report) }
}

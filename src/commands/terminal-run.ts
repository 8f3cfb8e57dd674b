import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { withRepeats } from '../core/config/repeat-command.ts'
import type { InvocationOptions } from '../core/config/schema.ts'
import { type Acceptance, accept, idleAcceptances } from '../core/decision/acceptance.ts'
import { exitCode } from '../core/decision/verdict.ts'
import { inheritedAcceptances } from '../core/history/inherited.ts'
import { recordOf } from '../core/history/record.ts'
import { InputError } from '../core/model/errors.ts'
import type { Report } from '../core/model/report.ts'
import { emptyReport } from '../core/report-file/empty-report.ts'
import { openMasks } from '../core/text/secrets.ts'
import { visibleJson, visibleLines } from '../core/text/text.ts'
import { VERSION } from '../core/version.ts'
import { deliver, keepPartial, openReports } from '../flow/publish/deliver.ts'
import { type Anchor, commitsBetween } from '../flow/timeline/anchor.ts'
import { type Past, withPast } from '../flow/timeline/past.ts'
import { type Gated, gate, planned } from '../gate.ts'
import { jsonText } from '../report/json/json.ts'
import { logText, verdictLine } from '../report/terminal/log.ts'
import { planText } from '../report/terminal/plan.ts'
import { verdictSentence } from '../report/words/sentence.ts'
import { decidedWords } from '../report/words/title.ts'
import { appendHistoryFile, readHistoryFile } from '../shell/files/history-file.ts'
import { noCache, openPorts } from '../shell/open-ports.ts'
import { callerEnvironment } from '../shell/runner/caller-environment.ts'
import { tools } from '../shell/tools/tools.ts'
import { planOf } from './planned-gate.ts'
import { reportWidth, type TerminalModes } from './terminal-modes.ts'

/** What a gate on a terminal compares. */
export interface TerminalGate {
  readonly invocation: InvocationOptions
  readonly repository: string
  /** Names of the base, best first. */
  readonly bases: readonly string[]
  readonly head: string
  /** A sentence each, for the report. */
  readonly remarks: readonly string[]
  readonly anchor?: Anchor | undefined
  readonly builtElsewhere?: true
  /** The options as text, where the same command can be given again. */
  readonly asGiven?: Readonly<Record<string, string>>
}

/** Gates and tells the result: the report on standard output, its files in a folder. Returns the exit code. */
export async function gateAndTell(
  { invocation, repository, bases, head, remarks: given, anchor, builtElsewhere, asGiven }: TerminalGate,
  { log: terminal, json, verbosity, dryRun }: Omit<TerminalModes, 'rest'>,
): Promise<number> {
  const past = await pastOf(invocation.history)
  const out = await openReports(invocation.out ?? 'perf-verdict', process.cwd(), dryRun)
  const masks = openMasks(process.env)
  let soFar: Report | undefined
  const stopped = async () => {
    await deliver(masks.masked(soFar ?? interrupted()), out, { key: invocation.key ?? 'default' })
    terminal.line(`interrupted; ${out.path} says so, with what was measured by then.`)
  }
  const { outside, close } = await openPorts(terminal, noCache, dryRun ? async () => {} : stopped)
  // The commit of a work tree, or of two programs, is gone when somebody would repeat it.
  const repeatable = ({ report, settings }: Gated) =>
    asGiven === undefined ? report : withRepeats(report, settings, asGiven)
  const request = {
    ...{ invocation, repository, base: bases, head },
    origin: {},
    version: VERSION,
    environment: callerEnvironment(process.env),
    usesCache: false,
    keepsNextBase: false,
    keepsHistory: invocation.history !== undefined,
    mask: masks.add,
    ...(builtElsewhere && { builtElsewhere }),
  }
  try {
    if (dryRun) {
      const context = await planned({ ...request, keep: async () => {} }, outside)
      await close()
      const plan = masks.masked(planOf(context, out.path, given))
      process.stdout.write(json ? `${visibleJson(plan, 2)}\n` : visibleLines(planText(plan)))
      return 0
    }
    const gated = await gate(
      {
        ...request,
        keep: async partial => {
          soFar = partial
          await keepPartial(masks.masked(partial), out)
        },
        decided: async early => {
          const report = masks.masked(early)
          await deliver(report, out, { key: invocation.key ?? 'default' })
          terminal.line(decidedWords(report))
        },
      },
      outside,
    )
    // A signal that comes while jobs run makes them look like failures; then this never returns.
    await close()
    const today = new Date().toISOString().slice(0, 10)
    const { settings } = gated
    const known = withPast(repeatable(gated), past)
    const inherited = anchor ? await inheritedBetween(known, past, repository) : []
    const judged = accept(known, [...settings.accept, ...inherited], today)
    const idle = idleAcceptances(judged, settings.accept, today)
    const remarks = [...(judged.remarks ?? []), ...given, ...idle]
    const report = masks.masked({
      ...judged,
      ...(remarks.length > 0 && { remarks }),
      ...(judged.verdict !== 'error' && { sentence: verdictSentence(judged) }),
    })
    const delivered = await deliver(report, out, { key: invocation.key ?? 'default' })
    if (json) process.stdout.write(jsonText(report))
    else if (verbosity === 'quiet') process.stdout.write(verdictLine(report))
    else process.stdout.write(logText(report, reportWidth()))
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

/** What the history's file holds before this gate; one that could not be written is a fault before anything is built. */
async function pastOf(file: string | undefined): Promise<Past> {
  if (file === undefined) return { records: [] }
  const folder = dirname(resolve(file))
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new InputError([`There is no folder ${folder} for the history; make it, or name another file.`])
  return { records: (await readHistoryFile(resolve(file))).records }
}

/** What was accepted in the commits between, as the history knows it. */
async function inheritedBetween(
  { base, head, benchmarks }: Report,
  { records }: Past,
  repository: string,
): Promise<readonly Acceptance[]> {
  if (records.length === 0 || !benchmarks.some(({ decision }) => decision === 'slower')) return []
  const between = await commitsBetween(base.sha, { repository, head: head.sha }, tools)
  return inheritedAcceptances(records, new Set(between))
}

/** The report of a run that a signal ended before it had measured anything. */
function interrupted(): Report {
  const errors = [{ what: 'The run was interrupted before it had measured anything.' }]
  const started = { startedAt: new Date().toISOString(), seconds: process.uptime() }
  const report = emptyReport({ head: '', errors, ...started })
  return { ...report, sentence: verdictSentence(report) }
}

import type { CommentMode } from '../../core/config/comment-mode.ts'
import { exitCode, findingsOf } from '../../core/decision/verdict.ts'
import type { Speaker } from '../../core/github/speaker.ts'
import type { Report } from '../../core/model/report.ts'
import { annotationsOf } from '../../report/annotations/annotations.ts'
import { checkText } from '../../report/annotations/check.ts'
import { summaryText } from '../../report/markdown/summary.ts'
import { joinedByMerge } from '../../report/notes/shards.ts'
import { logText } from '../../report/terminal/log.ts'
import { decidedWords, isOpenSoFar } from '../../report/words/title.ts'
import type { CheckRun, GitHub } from '../../shell/github/ports.ts'
import type { Runner } from '../../shell/runner/runner.ts'
import type { OpenCheck } from './check.ts'
import type { Delivered } from './deliver.ts'
import { publishReport } from './publish.ts'

export interface Announcement {
  readonly report: Report
  /** Where the reports are, as far as they could be written, and the text of the comment. */
  readonly delivered: Pick<Delivered, 'comment'> & Partial<Delivered>
  readonly speaker: Speaker
  readonly mode: CommentMode
  readonly pull?: { readonly number: number; readonly fork: boolean } | undefined
  /** Absent without a token: then the summary carries everything. */
  readonly github: GitHub | undefined
  /** The check that was started, when one was asked for. */
  readonly check: OpenCheck | undefined
  readonly runner: Runner
}

/**
 * Tells the runner and GitHub what the report says; failing to tell never changes the verdict. The outputs come first, because nothing
 * can keep them from being set, and the report is the last group of the log, where a reader looks.
 */
export async function announce(announcement: Announcement): Promise<void> {
  const { report, runner } = announcement
  setOutputs(announcement)
  runner.annotate(annotationsOf(report))
  await runner.summary(`${summaryText(report, report.run?.url)}${shardNote(report)}`)
  runner.output('comment-url', (await tellGitHub(announcement)) ?? '')
  await runner.log.group('Report', async () => runner.quote(logText(report).trim().split('\n')))
}

/**
 * Tells the verdict while the gate still looks for its causes: outputs, comment and the text of the check, all of which the report at the end
 * replaces. The check stays in progress, since GitHub does not let a completed check run again.
 */
export async function announceDecided(announcement: Announcement): Promise<void> {
  const { report, runner, mode, github, check } = announcement
  setOutputs(announcement)
  runner.log.line(decidedWords(report))
  // What may yet be silent at the end must not leave a comment behind.
  const quiet = isOpenSoFar(report) && mode === 'on-change'
  // What GitHub refuses now it refuses again at the end, and one warning is enough.
  const log = { ...runner.log, warn: runner.log.line }
  const early = { ...announcement, check: undefined, mode: quiet ? ('on-breach' as const) : mode }
  await tellGitHub({ ...early, runner: { ...runner, log } })
  if (!github || !check || report.shard) return
  const told = await github.checks.append(check.id, { ...checkText(report), annotations: [] })
  if (!told.ok) runner.log.line(`check: ${told.fault.sentence}`)
}

function setOutputs({ report, delivered, runner }: Announcement): void {
  const causes = report.benchmarks.flatMap(({ decision, cause }) =>
    decision === 'slower' && cause ? [cause.kind] : [],
  )
  const suspects = report.benchmarks.flatMap(({ suspects: named = [] }) => named.map(({ symbol }) => symbol))
  const outputs = {
    verdict: report.verdict,
    'report-json': delivered.json ?? '',
    'report-md': delivered.markdown ?? '',
    'report-html': delivered.html ?? '',
    regressions: String(report.benchmarks.filter(({ decision }) => decision === 'slower').length),
    cause: [...new Set(causes)].join(','),
    suspects: [...new Set(suspects)].join(','),
  }
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value)
}

/** A shard knows its own rows only, so that it has nothing to say on the pull request. */
function shardNote({ shard, benchmarks }: Report): string {
  if (!shard) return ''
  return `\n${joinedByMerge(shard, benchmarks.length)}\n`
}

async function tellGitHub(announcement: Announcement): Promise<string | undefined> {
  const { report, delivered, mode, pull, github, check, speaker, runner } = announcement
  if (report.shard) return undefined
  if (!github) {
    runner.log.line('comment: no token was given, so the job summary carries the report')
    return undefined
  }
  const publication = {
    report,
    comment: delivered.comment,
    mode,
    ...(pull && { pull }),
    ...(check && { check: checkOf(report, speaker), open: check }),
  }
  return publishReport(github, publication, runner.log)
}

/** Name of the check of one gate. */
export function checkName({ key }: Speaker): string {
  return key === 'default' ? 'Perf Verdict' : `Perf Verdict (${key})`
}

/** A check passes only with the gate, and is neutral where a policy only warns. */
function checkOf(report: Report, speaker: Speaker): CheckRun {
  const passes = exitCode(report) === 0
  const warned = findingsOf(report).some(({ policy }) => policy === 'warn')
  const conclusion = passes ? (warned ? 'neutral' : 'success') : 'failure'
  return { name: checkName(speaker), headSha: report.head.sha, conclusion, ...checkText(report) }
}

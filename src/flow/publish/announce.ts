import type { ActionInputs } from '../../core/config/action-inputs.ts'
import type { CommentMode } from '../../core/config/comment-mode.ts'
import type { Report } from '../../core/model/report.ts'
import { annotationsOf } from '../../report/annotations/annotations.ts'
import { checkText } from '../../report/annotations/check.ts'
import { summaryText } from '../../report/markdown/summary.ts'
import { logText } from '../../report/terminal/log.ts'
import type { CheckRun, GitHub } from '../../shell/github/ports.ts'
import type { Runner } from '../../shell/runner/runner.ts'
import type { Delivered } from './deliver.ts'
import { publishReport } from './publish.ts'

export interface Announcement {
  readonly report: Report
  readonly delivered: Delivered
  readonly inputs: ActionInputs
  readonly mode: CommentMode
  readonly pull?: { readonly number: number; readonly fork: boolean } | undefined
  /** Absent without a token: then the summary carries everything. */
  readonly github: GitHub | undefined
  readonly runner: Runner
}

/** Tells the runner and GitHub what the report says; failing to tell never changes the verdict. */
export async function announce(announcement: Announcement): Promise<void> {
  const { report, delivered, runner } = announcement
  runner.quote(logText(report).split('\n'))
  const url = await tellGitHub(announcement)
  const causes = report.benchmarks.flatMap(({ decision, cause }) =>
    decision === 'slower' && cause ? [cause.kind] : [],
  )
  const suspects = report.benchmarks.flatMap(({ suspects: named = [] }) => named.map(({ symbol }) => symbol))
  const outputs = {
    verdict: report.verdict,
    'report-json': delivered.json,
    'report-md': delivered.markdown,
    'report-html': delivered.html,
    'comment-url': url ?? '',
    regressions: String(report.benchmarks.filter(({ decision }) => decision === 'slower').length),
    cause: [...new Set(causes)].join(','),
    suspects: [...new Set(suspects)].join(','),
  }
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value)
  await runner.summary(summaryText(report, report.run?.url))
  runner.annotate(annotationsOf(report))
}

async function tellGitHub(announcement: Announcement): Promise<string | undefined> {
  const { report, delivered, inputs, mode, pull, github, runner } = announcement
  if (!github) {
    runner.log.line('comment: no token was given, so the job summary carries the report')
    return undefined
  }
  const publication = {
    report,
    comment: delivered.comment,
    mode,
    ...(pull && { pull }),
    ...(inputs.check && { check: checkOf(report, inputs.key) }),
  }
  return publishReport(github, publication, runner.log)
}

/** A check passes only with the gate; what is open or broken is a failure too, because nothing was shown. */
function checkOf(report: Report, key: string): CheckRun {
  const name = key === 'default' ? 'Perf Verdict' : `Perf Verdict (${key})`
  const conclusion = report.verdict === 'pass' ? 'success' : 'failure'
  return { name, headSha: report.head.sha, conclusion, ...checkText(report) }
}

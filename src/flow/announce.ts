import type { ActionInputs } from '../core/action-inputs.ts'
import type { CommentMode } from '../core/comment-mode.ts'
import type { Pull } from '../core/event.ts'
import type { Report, Verdict } from '../core/model.ts'
import { annotationsOf } from '../report/annotations.ts'
import { checkText } from '../report/check.ts'
import { commentText } from '../report/comment.ts'
import { logText } from '../report/log.ts'
import { summaryText } from '../report/summary.ts'
import type { CheckRun, GitHub } from '../shell/github-ports.ts'
import type { Runner } from '../shell/runner.ts'
import type { Delivered } from './deliver.ts'
import { publishReport } from './publish-report.ts'

/** What is announced, and to whom. */
export interface Announcement {
  readonly report: Report
  readonly delivered: Delivered
  readonly inputs: Pick<ActionInputs, 'key' | 'check'>
  readonly mode: CommentMode
  readonly pull: Pull | undefined
  /** Absent without a token: then summary, annotations and outputs say it all. */
  readonly github: GitHub | undefined
  readonly runner: Runner
}

/** Tells the runner and GitHub what the report says; whatever cannot be told changes no verdict. */
export async function announce(announcement: Announcement): Promise<void> {
  const { report, delivered, pull, github, runner } = announcement
  runner.quote(logText(report).split('\n'))
  const url = github && (await tellGitHub(announcement, github))
  await runner.summary(summaryText(report)).catch((error: unknown) => {
    runner.log.warn(`The job summary could not be written: ${String(error)}`)
  })
  runner.annotate(annotationsOf(report))
  runner.output('verdict', report.verdict)
  runner.output('report-json', delivered.json)
  runner.output('report-md', delivered.markdown)
  runner.output('report-html', delivered.html)
  const slower = report.benchmarks.filter(({ decision }) => decision === 'slower')
  runner.output('regressions', String(slower.length))
  runner.output('cause', distinct(slower.flatMap(({ cause }) => cause?.kind ?? [])).join(','))
  const suspects = slower.flatMap(row => (row.suspects ?? []).map(({ symbol }) => symbol))
  runner.output('suspects', distinct(suspects).join(','))
  if (pull) runner.output('comment-url', url ?? '')
}

/** A report without a pull request still gets its check. */
async function tellGitHub(announcement: Announcement, github: GitHub): Promise<string | undefined> {
  const { report, inputs, mode, pull, runner } = announcement
  const link = report.run?.url
  return await publishReport(
    github,
    {
      report,
      comment: commentText(report, { key: inputs.key, ...(link === undefined ? {} : { link }) }),
      mode,
      ...(pull ? { pull } : {}),
      ...(inputs.check ? { check: checkOf(report, inputs.key, conclusionOf(report.verdict)) } : {}),
    },
    runner.log,
  )
}

/** The check that says what the report says. */
export function checkOf(report: Report, key: string, conclusion: CheckRun['conclusion']): CheckRun {
  const name = key === 'default' ? 'Perf Verdict' : `Perf Verdict (${key})`
  return { name, headSha: report.head.sha, conclusion, ...checkText(report) }
}

/** Branch protection takes a neutral check for a passed one, so what is open or broken is a failure here. */
function conclusionOf(verdict: Verdict): CheckRun['conclusion'] {
  return verdict === 'pass' ? 'success' : 'failure'
}

const distinct = (texts: readonly string[]) => [...new Set(texts)]

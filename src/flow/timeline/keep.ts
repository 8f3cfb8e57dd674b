import { type Creep, creepsOf, extentOf } from '../../core/history/creep.ts'
import { type HistoryRecord, type RecordedComparison, recordOf } from '../../core/history/record.ts'
import type { Report } from '../../core/model/report.ts'
import { bisectedIn, bisectedText, creepIssue, creepMarker } from '../../report/history/issue.ts'
import type { GitHub, IssueRow } from '../../shell/github/ports.ts'
import type { LogPort } from '../../shell/ports/ports.ts'
import { appendToBranch } from './branch.ts'

/** The label of the issues that we open. */
const LABEL = 'performance'

/** What is kept of a gate on the default branch, and where. */
export interface Keep {
  readonly report: Report
  readonly comparison: RecordedComparison
  readonly branch: string
  readonly key: string
  readonly repository?: string
  readonly github: GitHub
  /** Searches the commits between for the one that made a creep, and answers in a sentence; absent where nobody asked for it. */
  readonly bisect?: (creep: Creep) => Promise<string | undefined>
  readonly log: LogPort
}

/** Appends the comparison to the history and opens, updates or closes the issue on what became slower; a failure is reported and changes no verdict. */
export async function keepHistory(keep: Keep): Promise<void> {
  const { report, comparison, branch, key, repository, github, log } = keep
  if (report.verdict === 'error') {
    log.line('history: nothing was measured, so nothing is kept')
    return
  }
  const record = recordOf(report, comparison)
  const at = repository === undefined ? {} : { repository }
  const kept = await appendToBranch(github.branches, { branch, key, record, ...at })
  if (!kept.ok) return log.warn(`history: ${kept.fault.sentence}`)
  const { records, faults } = kept.value
  log.line(
    records.length === 1
      ? `history: began on ${branch}, which had none of ${key}`
      : `history: kept on ${branch}, ${records.length} comparisons in all`,
  )
  for (const fault of faults) log.warn(`history: ${fault}`)
  if (comparison.relation === 'release' || comparison.relation === 'past') {
    await tellCreep(records, keep)
  }
}

async function tellCreep(records: readonly HistoryRecord[], keep: Keep): Promise<void> {
  const { key, github, log } = keep
  const creeps = creepsOf(records).toSorted((one, other) => extentOf(other) - extentOf(one))
  const listed = await github.issues.list(LABEL)
  if (!listed.ok) return log.warn(`history: ${listed.fault.sentence}`)
  const marked = listed.value.filter(({ body }) => body.startsWith(creepMarker(key)))
  const own = marked.length === 0 ? undefined : await github.issues.own(marked.map(({ nodeId }) => nodeId))
  if (own && !own.ok) return log.warn(`history: ${own.fault.sentence}`)
  // Anybody can open an issue with our marker in it, and a form can give it our label.
  const ours = marked.find(({ nodeId }) => own?.value.has(nodeId))
  const [worst] = creeps
  if (!worst) return await closeIssue(ours, keep)
  const known = ours && bisectedIn(ours.body, worst)
  const told = await tellIssue(creepIssue(creeps, key, known), ours, keep)
  if (!told || known !== undefined || !keep.bisect) return
  const found = await keep.bisect(worst)
  if (found !== undefined) await tellIssue(creepIssue(creeps, key, bisectedText(found)), told, keep)
}

async function closeIssue(ours: IssueRow | undefined, { github, log }: Keep): Promise<void> {
  if (!ours) return
  const closed = await github.issues.update(ours.number, { closed: true })
  log.line(
    closed.ok
      ? `history: closed ${ours.url}, nothing is slower any more`
      : `history: ${closed.fault.sentence}`,
  )
}

/** Opens the issue or brings it up to date; undefined where GitHub refuses, which the log says. */
async function tellIssue(
  issue: { readonly title: string; readonly body: string },
  ours: IssueRow | undefined,
  { github, log }: Keep,
): Promise<IssueRow | undefined> {
  if (ours?.body === issue.body) {
    log.line(`history: ${ours.url} says it already`)
    return ours
  }
  const told = ours
    ? await github.issues.update(ours.number, issue)
    : await github.issues.create({ ...issue, label: LABEL })
  if (told.ok) log.line(`history: ${told.value.url}`)
  else log.warn(`history: ${told.fault.sentence}`)
  return told.ok ? told.value : undefined
}

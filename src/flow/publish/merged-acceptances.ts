import { newestWords } from '../../core/decision/acceptance.ts'
import type { Report } from '../../core/model/report.ts'
import { onlyNewestCommits } from '../../report/notes/acceptances.ts'
import type { GitHub } from '../../shell/github/ports.ts'
import { type Acceptances, findAcceptances } from './acceptances.ts'

/** A push is rarely more; each commit is one call. */
const MOST_COMMITS = 20

/**
 * What was accepted in the pull requests that brought these commits, newest first, into a branch: the history keeps it, and the push that
 * merges an accepted slowdown passes as its pull request did. GitHub is only asked when there is a slowdown.
 */
export async function findMergedAcceptances(
  report: Pick<Report, 'benchmarks'>,
  {
    commits,
    branch,
    label,
  }: { readonly commits: readonly string[]; readonly branch: string; readonly label: string },
  github: Pick<GitHub, 'people' | 'comments' | 'pulls'>,
): Promise<Acceptances> {
  if (!report.benchmarks.some(({ decision }) => decision === 'slower')) return { accepted: [], remarks: [] }
  const pulls = new Set<number>()
  const remarks: string[] = []
  for (const commit of commits.slice(0, MOST_COMMITS)) {
    const found = await github.pulls.mergedBy(commit, branch)
    if (!found.ok) return { accepted: [], remarks: [found.fault.sentence] }
    for (const number of found.value) pulls.add(number)
  }
  if (commits.length > MOST_COMMITS) remarks.push(onlyNewestCommits(MOST_COMMITS, commits.length))
  const found = []
  for (const pull of pulls) found.push(await findAcceptances(report, { pull, label }, github))
  return {
    accepted: newestWords(found.flatMap(({ accepted }) => accepted)),
    remarks: [...remarks, ...found.flatMap(one => one.remarks)],
  }
}

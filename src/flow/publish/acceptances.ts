import { type Acceptance, acceptancesIn } from '../../core/decision/acceptance.ts'
import type { Report } from '../../core/model/report.ts'
import { success } from '../../core/model/result.ts'
import type { ApiResult, GitHub } from '../../shell/github/ports.ts'

/** What is accepted in a pull request, and what its readers must know of it. */
export interface Acceptances {
  readonly accepted: readonly Acceptance[]
  /** A sentence each, for the report. */
  readonly remarks: readonly string[]
}

const NONE: Acceptances = { accepted: [], remarks: [] }

/**
 * What people with write access accept in a pull request: one of them set the label, and comments of theirs name benchmark, bound and
 * reason. Nothing that its author alone can write counts: no file, no description, no comment of somebody without write access. GitHub
 * is only asked when there is a slowdown to accept.
 */
export async function findAcceptances(
  report: Omit<Report, 'sentence'>,
  at: { readonly pull: number; readonly label: string },
  github: Pick<GitHub, 'people' | 'comments'>,
): Promise<Acceptances> {
  const { pull, label } = at
  if (!report.benchmarks.some(({ decision }) => decision === 'slower')) return NONE
  const set = await github.people.labelled(pull, label)
  if (!set.ok) return { ...NONE, remarks: [set.fault.sentence] }
  if (!set.value) return NONE
  const { by } = set.value
  const may = await mayWrite(by, github)
  if (!may.ok) return { ...NONE, remarks: [may.fault.sentence] }
  if (!may.value) {
    return {
      ...NONE,
      remarks: [
        `The label \`${label}\` was set by \`${by}\`, who has no write access, so it accepts nothing.`,
      ],
    }
  }
  const comments = await github.comments.list(pull)
  if (!comments.ok) return { ...NONE, remarks: [comments.fault.sentence] }
  const accepted: Acceptance[] = []
  const rights = new Map<string, boolean>([[by, true]])
  for (const { body, author } of comments.value) {
    if (author.type !== 'User') continue
    const own = acceptancesIn(body, `@${author.login}`)
    if (own.length === 0) continue
    if (!rights.has(author.login)) {
      const asked = await mayWrite(author.login, github)
      rights.set(author.login, asked.ok && asked.value)
    }
    // The newest word on a benchmark stands.
    if (rights.get(author.login) === true) accepted.unshift(...own)
  }
  const hint = `The label \`${label}\` is set, but no comment of somebody with write access says what is accepted; write \`perf accept NAME=12%: reason\`.`
  return { accepted, remarks: accepted.length === 0 ? [hint] : [] }
}

async function mayWrite(login: string, { people }: Pick<GitHub, 'people'>): Promise<ApiResult<boolean>> {
  const asked = await people.mayWrite(login)
  return !asked.ok && asked.fault.kind === 'missing' ? success(false) : asked
}

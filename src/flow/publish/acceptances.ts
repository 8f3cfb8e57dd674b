import { type Acceptance, acceptancesIn, newestWords } from '../../core/decision/acceptance.ts'
import type { Report } from '../../core/model/report.ts'
import { success } from '../../core/model/result.ts'
import {
  authorAccepts,
  editedAfterLabel,
  editedByOther,
  nothingAccepted,
  setterIsNobody,
  setterMayNot,
} from '../../report/notes/acceptances.ts'
import type { ApiResult, GitHub, PullNow, Wording } from '../../shell/github/ports.ts'

/** What is accepted in a pull request, and what its readers must know of it. */
export interface Acceptances {
  readonly accepted: readonly Acceptance[]
  /** A sentence each, for the report. */
  readonly remarks: readonly string[]
}

/** Which pull request, and by which label it accepts. */
export interface AcceptingPull {
  readonly pull: number
  readonly label: string
}

const NONE: Acceptances = { accepted: [], remarks: [] }

type People = Pick<GitHub, 'people' | 'comments' | 'pulls'>

/**
 * What people with write access accept in a pull request: one of them set the label, and names benchmark, bound and reason in a comment,
 * or agrees with those that the description named when the label was set. No file counts, no comment of anybody else, none that somebody
 * else edited, and no description that was edited later. GitHub is only asked when there is a slowdown to accept.
 */
export async function findAcceptances(
  report: Pick<Report, 'benchmarks'>,
  { pull, label }: AcceptingPull,
  github: People,
): Promise<Acceptances> {
  if (!report.benchmarks.some(({ decision }) => decision === 'slower')) return NONE
  const set = await github.people.labelled(pull, label)
  if (!set.ok) return { ...NONE, remarks: [set.fault.sentence] }
  if (!set.value) return NONE
  const { by, at } = set.value
  // Labels by path or title are set for anybody who opens a pull request, whatever the app itself may.
  if (by.endsWith('[bot]')) return { ...NONE, remarks: [setterIsNobody(label, by)] }
  const may = await mayWrite(by, github)
  if (!may.ok) return { ...NONE, remarks: [may.fault.sentence] }
  if (!may.value) {
    return { ...NONE, remarks: [setterMayNot(label, by)] }
  }
  const words = await wordsOf(pull, by, github)
  if (!words.ok) return { ...NONE, remarks: [words.fault.sentence] }
  const { comments, now, wordings } = words.value
  const remarks: string[] = []
  const accepted: Acceptance[] = []
  const description = wordings.get(now.nodeId)
  if (description) accepted.push(...fromDescription({ description, by, at, label }, remarks))
  for (const { nodeId, login } of comments) {
    const wording = wordings.get(nodeId)
    if (wording) accepted.push(...fromComment(wording, login, remarks))
  }
  const standing = newestWords(accepted.toReversed())
  if (standing.some(({ by: who }) => who === `@${now.author}`)) remarks.push(authorAccepts(now.author))
  if (standing.length === 0 && remarks.length === 0) remarks.push(nothingAccepted(label))
  return { accepted: standing, remarks }
}

interface Words {
  readonly now: PullNow
  /** Comments of people with write access that accept something, oldest first. */
  readonly comments: readonly { readonly nodeId: string; readonly login: string }[]
  /** The description's too. */
  readonly wordings: ReadonlyMap<string, Wording>
}

async function wordsOf(pull: number, by: string, github: People): Promise<ApiResult<Words>> {
  const [now, listed] = [await github.pulls.get(pull), await github.comments.list(pull)]
  if (!now.ok) return now
  if (!listed.ok) return listed
  const rights = new Map<string, boolean>([[by, true]])
  const comments: { readonly nodeId: string; readonly login: string }[] = []
  for (const { body, author, nodeId } of listed.value) {
    if (author.type !== 'User' || acceptancesIn(body, '').length === 0) continue
    const { login } = author
    if (!rights.has(login)) {
      const asked = await mayWrite(login, github)
      if (!asked.ok) return asked
      rights.set(login, asked.value)
    }
    if (rights.get(login) === true) comments.push({ nodeId, login })
  }
  // The description first: of too many the oldest comments are left out, and they are outdone by newer ones.
  const newest = comments.slice(-MOST_COMMENTS)
  const wordings = await github.comments.wordings([now.value.nodeId, ...newest.map(({ nodeId }) => nodeId)])
  return wordings.ok ? success({ now: now.value, comments: newest, wordings: wordings.value }) : wordings
}

const MOST_COMMENTS = 99

/** The author may write what they like there, so that only what the label's setter had before them counts, and in that person's name. */
function fromDescription(
  of: {
    readonly description: Wording
    readonly by: string
    readonly at: string
    readonly label: string
  },
  remarks: string[],
): readonly Acceptance[] {
  const { description, by, at, label } = of
  const own = acceptancesIn(description.body, `@${by}`)
  if (own.length === 0) return []
  const { editedAt } = description
  if (editedAt !== undefined && !(Date.parse(editedAt) < Date.parse(at))) {
    remarks.push(editedAfterLabel(label, by))
    return []
  }
  return own.map(acceptance => ({ ...acceptance, on: at.slice(0, 10) }))
}

/** GitHub lets others with write access edit a comment, and apps: then it is not its author who says it. */
function fromComment(
  { body, createdAt, editedAt, editor }: Wording,
  login: string,
  remarks: string[],
): readonly Acceptance[] {
  if (editedAt !== undefined && editor?.toLowerCase() !== login.toLowerCase()) {
    remarks.push(editedByOther(login, editor))
    return []
  }
  const on = (editedAt ?? createdAt).slice(0, 10)
  return acceptancesIn(body, `@${login}`).map(acceptance => ({ ...acceptance, on }))
}

async function mayWrite(login: string, { people }: Pick<GitHub, 'people'>): Promise<ApiResult<boolean>> {
  const asked = await people.mayWrite(login)
  return !asked.ok && asked.fault.kind === 'missing' ? success(false) : asked
}

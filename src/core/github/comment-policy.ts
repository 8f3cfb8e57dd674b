import { isClash, isNewer, type Marker, readMarker } from './marker.ts'

/** A comment of the pull request, as far as it matters for finding the gate's own. */
export interface ListedComment {
  readonly id: number
  readonly nodeId: string
  readonly url: string
  readonly body: string
  readonly author: { readonly login: string; readonly type: string }
}

/** What only GraphQL tells of a comment: whether the token's own identity wrote it, and whether it is hidden. */
export interface CommentFacts {
  readonly mine: boolean
  readonly minimised: boolean
}

export interface StickyQuestion {
  readonly comments: readonly ListedComment[]
  /** By node id; absent as a whole when GraphQL did not answer. */
  readonly facts?: ReadonlyMap<string, CommentFacts>
  readonly marker: Marker
  /** The whole body to be posted, marker included. */
  readonly body: string
  /** The head that the pull request has now. */
  readonly currentHead: string
  /** Comments that were listed and turned out to be deleted. */
  readonly gone: ReadonlySet<number>
}

export type StickyDecision =
  | { readonly kind: 'create' }
  /** With a sentence when it is another gate's, which was given the same key and found nothing. */
  | { readonly kind: 'update'; readonly id: number; readonly url: string; readonly clash?: string }
  | { readonly kind: 'keep'; readonly url: string }
  | { readonly kind: 'yield'; readonly sentence: string; readonly clash?: true }

/** The identity of GITHUB_TOKEN, for when GraphQL does not say who we are. */
const TOKEN_LOGIN = 'github-actions[bot]'

/**
 * The comments that carry our marker at byte 0, whoever wrote them: those worth asking GraphQL about. One that only says that an
 * earlier run left no report is anybody's to replace.
 */
export function candidates(
  comments: readonly ListedComment[],
  marker: Pick<Marker, 'key' | 'run' | 'attempt'>,
): readonly ListedComment[] {
  const marked = comments.flatMap(comment => {
    const theirs = readMarker(comment.body)
    return theirs ? [{ comment, theirs }] : []
  })
  const own = marked.filter(({ theirs }) => theirs.key === marker.key)
  const standIns = marked.filter(
    ({ theirs }) => theirs.key !== marker.key && theirs.standIn && isNewer(marker, theirs),
  )
  return [...own, ...standIns].map(({ comment }) => comment)
}

/** The keys of our own comments that tell of another commit or of an earlier run than this one, and whether one tells of this run. */
export function staleKeys({
  comments,
  facts,
  marker,
}: Pick<StickyQuestion, 'comments' | 'facts' | 'marker'>): {
  readonly stale: readonly string[]
  readonly told: boolean
} {
  const ours = comments.flatMap(comment => {
    const theirs = readMarker(comment.body)
    return theirs && isOurs(comment, facts) ? [theirs] : []
  })
  const stale = ours.filter(theirs => theirs.head !== marker.head || isNewer(marker, theirs))
  return { stale: [...new Set(stale.map(({ key }) => key))], told: stale.length < ours.length }
}

/**
 * Decides what to do with the listed comments. Ours is the newest that has our marker at byte 0, was written by our own
 * identity and is not minimised; a person's edit below the marker does not change whose it is. An older head, or an older
 * run of the same head, never replaces a newer one.
 */
export function decideSticky(question: StickyQuestion): StickyDecision {
  const { marker, currentHead } = question
  if (currentHead !== marker.head) {
    const sentence = `The pull request has moved on to ${currentHead.slice(0, 12)}, so the comment is left to its run.`
    return { kind: 'yield', sentence }
  }
  const possible = candidates(question.comments, marker).filter(
    comment => !question.gone.has(comment.id) && isOurs(comment, question.facts),
  )
  const named = possible.filter(comment => readMarker(comment.body)?.key === marker.key)
  const ours = newest(named) ?? newest(possible)
  if (!ours) return { kind: 'create' }
  const theirs = readMarker(ours.body)
  if (theirs && isClash(theirs, marker)) {
    const sentence = `Another gate of this commit has written the comment ${JSON.stringify(marker.key)}; give each gate its own key.`
    // A pass never takes the place of what is none.
    if (marker.good === true || theirs.good !== true) return { kind: 'yield', sentence, clash: true }
    return { kind: 'update', id: ours.id, url: ours.url, clash: sentence }
  }
  if (theirs?.head === marker.head && isNewer(theirs, marker)) {
    return {
      kind: 'yield',
      sentence: `Run ${theirs.run} has already reported on this head, so its comment stays.`,
    }
  }
  if (theirs?.head === marker.head && theirs.gate !== undefined && marker.gate === undefined) {
    const sentence = 'The gate has reported on this head itself, so its comment stays.'
    if (!isNewer(marker, theirs)) return { kind: 'yield', sentence }
  }
  if (marker.standIn && theirs?.head === marker.head && !theirs.standIn && !isNewer(marker, theirs)) {
    return { kind: 'yield', sentence: 'This run has left a report before, so its comment stays.' }
  }
  if (sameText(ours.body, question.body)) return { kind: 'keep', url: ours.url }
  return { kind: 'update', id: ours.id, url: ours.url }
}

function newest(comments: readonly ListedComment[]): ListedComment | undefined {
  return comments.reduce<ListedComment | undefined>(
    (last, one) => (last && last.id > one.id ? last : one),
    undefined,
  )
}

function isOurs(comment: ListedComment, facts: StickyQuestion['facts']): boolean {
  if (facts === undefined) return comment.author.type === 'Bot' && comment.author.login === TOKEN_LOGIN
  const known = facts.get(comment.nodeId)
  return known?.mine === true && !known.minimised
}

/** Whether two bodies say the same; which run said it is no reason to notify anybody. */
function sameText(one: string, other: string): boolean {
  return withoutMarker(one) === withoutMarker(other)
}

function withoutMarker(body: string): string {
  return body
    .replace(/^<!--.*?-->/, '')
    .replaceAll('\r\n', '\n')
    .trim()
}

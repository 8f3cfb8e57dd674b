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

/** The comments that carry our marker at byte 0, whoever wrote them: those worth asking GraphQL about. */
export function candidates(comments: readonly ListedComment[], key: string): readonly ListedComment[] {
  return comments.filter(comment => readMarker(comment.body)?.key === key)
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
  const ours = candidates(question.comments, marker.key)
    .filter(comment => !question.gone.has(comment.id) && isOurs(comment, question.facts))
    .reduce<ListedComment | undefined>(
      (newest, one) => (newest && newest.id > one.id ? newest : one),
      undefined,
    )
  if (!ours) return { kind: 'create' }
  const theirs = readMarker(ours.body)
  if (theirs && isClash(theirs, marker)) {
    const sentence = `Another gate of this commit has written the comment ${JSON.stringify(marker.key)}; give each gate a key of its own.`
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
  if (sameText(ours.body, question.body)) return { kind: 'keep', url: ours.url }
  return { kind: 'update', id: ours.id, url: ours.url }
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

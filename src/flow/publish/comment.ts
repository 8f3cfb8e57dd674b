import type { ApiFailure } from '../../core/github/api-failure.ts'
import { candidates, decideSticky, type StickyDecision } from '../../core/github/comment-policy.ts'
import type { Marker } from '../../core/github/marker.ts'
import { NOTHING_TO_SAY } from '../../report/notes/run.ts'
import type { ApiResult, GitHub } from '../../shell/github/ports.ts'

/** A comment to be kept up to date on a pull request. */
export interface CommentRequest {
  readonly pull: number
  readonly marker: Marker
  /** The whole text, with the marker at byte 0. */
  readonly body: string
  /** Whether a comment may be created, or only one that is there be brought up to date. */
  readonly create: boolean
}

export type CommentOutcome =
  | { readonly kind: 'written' | 'unchanged'; readonly url: string; readonly clash?: string }
  /** Another gate speaks in the comment of this key. */
  | { readonly kind: 'clash'; readonly sentence: string }
  /** Nothing was posted, on purpose: a newer run speaks, or there is nothing to bring up to date. */
  | { readonly kind: 'left'; readonly sentence: string }
  /** GitHub did not let us; the report is in the summary. */
  | { readonly kind: 'failed'; readonly sentence: string }

/**
 * Writes the one comment of this gate. A write is tried once and everything is read again before it is repeated: after a
 * wait the pull request may have moved on, and a write that seemed to fail may have been done.
 */
export async function publishComment(github: GitHub, request: CommentRequest): Promise<CommentOutcome> {
  const gone = new Set<number>()
  for (let attempt = 1; ; attempt++) {
    const decided = await decideComment(github, request, gone)
    if (!decided.ok) return failed(decided.fault)
    const { decision } = decided.value
    if (decision.kind === 'keep') return { kind: 'unchanged', url: decision.url }
    if (decision.kind === 'yield')
      return { kind: decision.clash ? 'clash' : 'left', sentence: decision.sentence }
    if (decision.kind === 'create' && !request.create) {
      return { kind: 'left', sentence: NOTHING_TO_SAY }
    }
    const written = await write(github, request, decision)
    if (written.ok) {
      const clash = decision.kind === 'update' ? decision.clash : undefined
      return { kind: 'written', url: written.value.url, ...(clash !== undefined && { clash }) }
    }
    const deleted = decision.kind === 'update' && written.fault.kind === 'missing' && !gone.has(decision.id)
    if (deleted) gone.add(decision.id)
    else if (!(await github.pause(written.fault, attempt))) return failed(written.fault)
  }
}

/** What to do about the comment as GitHub shows it now, and the comments that may be this gate's; `gone` are known to be deleted. */
export async function decideComment(
  github: GitHub,
  request: Omit<CommentRequest, 'create'>,
  gone: ReadonlySet<number>,
): Promise<
  ApiResult<{ readonly decision: StickyDecision; readonly comments: ReturnType<typeof candidates> }>
> {
  const listed = await github.comments.list(request.pull)
  if (!listed.ok) return listed
  const possible = candidates(listed.value, request.marker)
  const facts =
    possible.length === 0 ? undefined : await github.comments.facts(possible.map(one => one.nodeId))
  // Asked last, so that as little time as possible is between this and the write.
  const pull = await github.pulls.get(request.pull)
  if (!pull.ok) return pull
  const decision = decideSticky({
    comments: possible,
    ...(facts?.ok ? { facts: facts.value } : {}),
    marker: request.marker,
    body: request.body,
    currentHead: pull.value.headSha,
    gone,
  })
  return { ok: true, value: { decision, comments: possible } }
}

async function write(
  github: GitHub,
  request: CommentRequest,
  decision: Extract<StickyDecision, { kind: 'create' | 'update' }>,
): Promise<ApiResult<{ readonly url: string }>> {
  return decision.kind === 'create'
    ? await github.comments.create(request.pull, request.body)
    : await github.comments.update(decision.id, request.body)
}

const failed = (failure: ApiFailure): CommentOutcome => ({ kind: 'failed', sentence: failure.sentence })

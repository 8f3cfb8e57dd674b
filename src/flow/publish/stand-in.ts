import type { ApiFailure } from '../../core/github/api-failure.ts'
import { staleKeys } from '../../core/github/comment-policy.ts'
import { type Marker, readMarker } from '../../core/github/marker.ts'
import { type Result, success } from '../../core/model/result.ts'
import type { GitHub } from '../../shell/github/ports.ts'
import { type CommentOutcome, publishComment } from './comment.ts'

/** What to say in place of a report that a run did not leave. */
export interface StandIn {
  readonly pull: number
  /** The key that the user gave; without one every comment that tells of an earlier run is brought up to date. */
  readonly key: string | undefined
  readonly run: Pick<Marker, 'head' | 'run' | 'attempt'>
  /** Whether to write a comment where there is none. */
  readonly create: boolean
  /** The whole comment for a key, with its marker at byte 0. */
  readonly textFor: (key: string) => string
}

/**
 * Says that a run left no report, wherever our comment would otherwise go on telling of an earlier commit. Which gate ran is not
 * known without its report, so that all of them are brought up to date but those that have told of this very run.
 */
export async function publishStandIn(github: GitHub, standIn: StandIn): Promise<readonly CommentOutcome[]> {
  const { pull, key, run, create } = standIn
  const keys = key === undefined ? await keysOf(github, standIn) : success([key])
  if (!keys.ok) return [{ kind: 'failed', sentence: keys.fault.sentence }]
  const outcomes: CommentOutcome[] = []
  for (const each of keys.value) {
    const marker: Marker = { key: each, ...run, standIn: true }
    outcomes.push(await publishComment(github, { pull, marker, body: standIn.textFor(each), create }))
  }
  return outcomes
}

/** The keys to write under. */
async function keysOf(
  github: GitHub,
  { pull, run }: StandIn,
): Promise<Result<readonly string[], ApiFailure>> {
  const listed = await github.comments.list(pull)
  if (!listed.ok) return listed
  const marked = listed.value.filter(({ body }) => readMarker(body))
  const facts = marked.length === 0 ? undefined : await github.comments.facts(marked.map(one => one.nodeId))
  const marker: Marker = { key: DEFAULT_KEY, ...run }
  const { stale, told } = staleKeys({ comments: marked, ...(facts?.ok && { facts: facts.value }), marker })
  return success(stale.length > 0 || told ? stale : [DEFAULT_KEY])
}

const DEFAULT_KEY = 'default'

import type { Marker } from '../../core/github/marker.ts'
import { isOfAnother, measuringText } from '../../report/markdown/measuring.ts'
import type { GitHub } from '../../shell/github/ports.ts'
import { decideComment } from './comment.ts'

/** Which gate begins, and for which commit. */
export interface Beginning {
  readonly pull: number
  readonly marker: Marker
  /** Address of the run. */
  readonly link?: string
}

/**
 * Says in this gate's own comment, where it is about an earlier commit, that a newer one is measured: whatever ends the runner, nobody then
 * takes the old answer for this commit's. Nothing is created. Returns whether the comment says so now; every failure is left to the end, which
 * writes the comment again.
 */
export async function markStale(github: GitHub, { pull, marker, link }: Beginning): Promise<boolean> {
  const decided = await decideComment(github, { pull, marker, body: '' }, new Set())
  if (!decided.ok) return false
  const { decision, comments } = decided.value
  if (decision.kind !== 'update' || decision.clash !== undefined) return false
  const earlier = comments.find(({ id }) => id === decision.id)?.body ?? ''
  if (!isOfAnother(earlier, marker.head)) return false
  return (await github.comments.update(decision.id, measuringText(earlier, marker, link))).ok
}

import { candidates, decideSticky } from '../../core/github/comment-policy.ts'
import type { Marker } from '../../core/github/marker.ts'
import { isOfAnother, measuringText } from '../../report/markdown/measuring.ts'
import type { GitHub } from '../../shell/github/ports.ts'

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
  const listed = await github.comments.list(pull)
  if (!listed.ok) return false
  const possible = candidates(listed.value, marker)
  if (possible.length === 0) return false
  const facts = await github.comments.facts(possible.map(({ nodeId }) => nodeId))
  const now = await github.pulls.get(pull)
  if (!now.ok) return false
  const decision = decideSticky({
    comments: possible,
    ...(facts.ok && { facts: facts.value }),
    marker,
    body: '',
    currentHead: now.value.headSha,
    gone: new Set(),
  })
  if (decision.kind !== 'update' || decision.clash !== undefined) return false
  const earlier = possible.find(({ id }) => id === decision.id)?.body ?? ''
  if (!isOfAnother(earlier, marker.head)) return false
  return (await github.comments.update(decision.id, measuringText(earlier, marker, link))).ok
}

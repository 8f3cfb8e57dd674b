import { CHECK_ENDED } from '../../report/notes/run.ts'
import type { CheckAnnotation, CheckRun, GitHub } from '../../shell/github/ports.ts'

export type CheckOutcome =
  | { readonly kind: 'written'; readonly url: string; readonly sentence?: string }
  | { readonly kind: 'failed'; readonly sentence: string }

/** A check that says that its gate is under way; it must be completed. */
export interface OpenCheck {
  readonly id: number
  readonly name: string
  readonly headSha: string
}

/** GitHub takes no more annotations than this in one request. */
const BATCH = 50

/** Creates the check as in progress, so that a commit whose gate is not done does not look as if it had none. */
export async function startCheck(
  github: GitHub,
  check: Pick<OpenCheck, 'name' | 'headSha'>,
): Promise<OpenCheck | { readonly sentence: string }> {
  const started = await github.checks.start(check)
  return started.ok ? { ...check, id: started.value.id } : { sentence: started.fault.sentence }
}

/** Completes the check that was started, or creates one, with its first annotations, and appends the rest in batches. */
export async function publishCheck(github: GitHub, check: CheckRun, open?: OpenCheck): Promise<CheckOutcome> {
  const [first = [], ...rest] = batches(check.annotations)
  const whole = { ...check, annotations: first }
  const written = open ? await github.checks.complete(open.id, whole) : await github.checks.create(whole)
  if (!written.ok) return { kind: 'failed', sentence: written.fault.sentence }
  const { id, url } = written.value
  for (const annotations of rest) {
    const appended = await github.checks.append(id, { ...check, annotations })
    // Nobody can tell whether a failed batch arrived; sending it again could show every line twice.
    if (!appended.ok) return { kind: 'written', url, sentence: appended.fault.sentence }
  }
  return { kind: 'written', url }
}

/** Completes a check whose gate was ended before its end. */
export async function cancelCheck(github: GitHub, open: OpenCheck): Promise<void> {
  const text = { ...CHECK_ENDED, annotations: [] }
  await github.checks.complete(open.id, { ...open, ...text, conclusion: 'cancelled' })
}

function batches(annotations: readonly CheckAnnotation[]): readonly (readonly CheckAnnotation[])[] {
  const count = Math.ceil(annotations.length / BATCH)
  return Array.from({ length: count }, (_, index) => annotations.slice(index * BATCH, (index + 1) * BATCH))
}

import type { CheckAnnotation, CheckRun, GitHub } from '../../shell/github/ports.ts'

export type CheckOutcome =
  | { readonly kind: 'written'; readonly url: string; readonly sentence?: string }
  | { readonly kind: 'failed'; readonly sentence: string }

/** GitHub takes no more annotations than this in one request. */
const BATCH = 50

/** Creates the check with its first annotations, and appends the rest in batches. */
export async function publishCheck(github: GitHub, check: CheckRun): Promise<CheckOutcome> {
  const [first = [], ...rest] = batches(check.annotations)
  const created = await github.checks.create({ ...check, annotations: first })
  if (!created.ok) return { kind: 'failed', sentence: created.fault.sentence }
  const { id, url } = created.value
  for (const annotations of rest) {
    const appended = await github.checks.append(id, { ...check, annotations })
    // Nobody can tell whether a failed batch arrived; sending it again could show every line twice.
    if (!appended.ok) return { kind: 'written', url, sentence: appended.fault.sentence }
  }
  return { kind: 'written', url }
}

function batches(annotations: readonly CheckAnnotation[]): readonly (readonly CheckAnnotation[])[] {
  const count = Math.ceil(annotations.length / BATCH)
  return Array.from({ length: count }, (_, index) => annotations.slice(index * BATCH, (index + 1) * BATCH))
}

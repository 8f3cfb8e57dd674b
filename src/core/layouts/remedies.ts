import type { Suspect } from '../model/explanation.ts'
import type { RemedyTrial } from '../model/trials.ts'
import type { Hot } from './order.ts'

/** Something that a project can do against bad placement, in a form that can be tried. */
export type Remedy =
  | ({ readonly kind: 'order' } & Hot)
  | { readonly kind: 'align'; readonly flags: readonly string[] }

const ALIGNED = ['-falign-functions=64', '-falign-loops=32']

/** The remedies worth trying against what the suspects show; `hot` are all hot functions, the hottest first. */
export function remediesFor(suspects: readonly Suspect[], hot: readonly string[]): readonly Remedy[] {
  const shown = new Set(suspects.map(({ evidence }) => evidence.mechanism))
  const objects = suspects.filter(({ kind }) => kind === 'data').map(({ symbol }) => symbol)
  const order = shown.has('set-conflict') || shown.has('moved') || shown.has('data-set-conflict')
  const align = shown.has('alignment') || shown.has('straddle') || shown.has('moved')
  return [
    ...(order ? [{ kind: 'order', functions: hot, objects } as const] : []),
    ...(align ? [{ kind: 'align', flags: ALIGNED } as const] : []),
  ]
}

/** A remedy in words that follow "with". */
function remedyName(remedy: Remedy): string {
  if (remedy.kind === 'align') return remedy.flags.join(' ')
  const parts = [
    ...(remedy.functions.length > 0 ? ['the hot functions'] : []),
    ...(remedy.objects.length > 0 ? ['the hot data'] : []),
  ]
  return `${parts.join(' and ')} side by side (an order file for the linker)`
}

/**
 * What a remedy came to: cured when head with it is within the threshold of base, and the interval leaves less than a
 * quarter of the slowdown (or of the threshold's worth).
 */
export function remedyResult(
  remedy: Remedy,
  { ratio, low, high }: Pick<RemedyTrial, 'ratio' | 'low' | 'high'>,
  { threshold, untreated }: { readonly threshold: number; readonly untreated: number },
): RemedyTrial {
  const name = remedyName(remedy)
  const cured = ratio < 1 + threshold && high < 1 + Math.max(threshold, (untreated - 1) / 4)
  const fixed = (value: number) => value.toFixed(2)
  const figures = `head takes ${fixed(ratio)} × the time of base (${fixed(low)} to ${fixed(high)}) instead of ${fixed(untreated)} ×`
  const helps = high < untreated
  const sense = cured
    ? 'the slowdown goes away'
    : helps
      ? 'it helps, and does not cure it'
      : 'that is no cure'
  const sentence = `With ${name}, ${figures}: ${sense}.`
  return { kind: remedy.kind, remedy: name, ratio, low, high, cured, helps, sentence }
}

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

/** What a remedy came to, in figures. */
export type JudgedRemedy = Pick<RemedyTrial, 'ratio' | 'low' | 'high' | 'cured'> & { readonly helps: boolean }

/**
 * Judges a remedy: cured when head with it is within the threshold of base, and the interval leaves less than a quarter of the
 * slowdown (or of the threshold's worth).
 */
export function judgeRemedy(
  { ratio, low, high }: Pick<RemedyTrial, 'ratio' | 'low' | 'high'>,
  { threshold, untreated }: { readonly threshold: number; readonly untreated: number },
): JudgedRemedy {
  const cured = ratio < 1 + threshold && high < 1 + Math.max(threshold, (untreated - 1) / 4)
  return { ratio, low, high, cured, helps: high < untreated }
}

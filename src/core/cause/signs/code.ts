import type { ChangedCode, Evidence } from '../../evidence/evidence.ts'
import { listed, percent } from '../../text/figures.ts'

/** Changed code below this share of the profile decides little. */
const HOT_SHARE = 0.3

const shareOf = (codes: readonly ChangedCode[]): number => codes.reduce((sum, { share }) => sum + share, 0)

const sentenceFor = (codes: readonly ChangedCode[], rest: string): string =>
  `${listed(codes.map(({ name }) => name))} (${percent(Math.min(1, shareOf(codes)))} of the profile) ${codes.length > 1 ? 'are' : 'is'} different code, ${rest}.`

/** Hot code is different, and the pull request's lines are in it: it can cost more at the same length. */
export function hotCodeRewritten({ changed, growth, tolerance }: Evidence): string | undefined {
  const codes = changed.filter(({ touched }) => touched === 'yes')
  if (shareOf(codes) < HOT_SHARE || (growth ?? 0) < -tolerance) return undefined
  return sentenceFor(codes, 'and this pull request changes its source')
}

/** Hot code is different, and a type, a macro or something that it inlines was changed. */
export function hotCodeRebuilt({ changed, growth, tolerance }: Evidence): string | undefined {
  const codes = changed.filter(({ touched }) => touched === 'maybe')
  if (shareOf(codes) < HOT_SHARE || (growth ?? 0) < -tolerance) return undefined
  return sentenceFor(codes, 'and this pull request changes what it may be built from')
}

/** Hot code is different although its source is the same. */
export function hotCodeCameOutDifferent({ changed, growth, tolerance }: Evidence): string | undefined {
  const codes = changed.filter(({ touched }) => touched === 'no')
  if (shareOf(codes) < HOT_SHARE || (growth ?? 0) < -tolerance) return undefined
  return sentenceFor(codes, 'although its source is the same')
}

const FOOTPRINT_GROWTH = 1.15
/** Below this part of the cache a larger footprint costs nothing. */
const NEARLY_FULL = 0.8

/** The hot code itself became larger than the cache: that stays so wherever it lies. */
export function footprintGrew({ examination, from, to, sameWork }: Evidence): string | undefined {
  if (!examination || sameWork) return undefined
  const { crowding, geometry } = examination
  const held = geometry.l1i.sizeBytes / geometry.l1i.lineBytes
  if (crowding[to].lines < FOOTPRINT_GROWTH * crowding[from].lines || crowding[to].lines < NEARLY_FULL * held)
    return undefined
  return `The hot code lies on ${crowding.base.lines} cache lines on the base and on ${crowding.head.lines} on the head; the L1 instruction cache holds ${held}.`
}

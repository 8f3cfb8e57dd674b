import type { ChangedCode, Evidence } from '../../evidence/evidence.ts'
import { MOSTLY_RESIZED } from '../../placement/examine.ts'
import { compilerOptions } from '../../source/source-change.ts'
import { rateRose, ratesOf } from './memory.ts'
import { isInlining, rose } from './work.ts'

/** Changed code below this share of the profile decides little. */
const HOT_SHARE = 0.3

const shareOf = (codes: readonly ChangedCode[]): number => codes.reduce((sum, { share }) => sum + share, 0)

const figuresOf = (codes: readonly ChangedCode[]) => ({
  functions: codes.map(({ name }) => name),
  share: Math.min(1, shareOf(codes)),
})

/** Hot code is different, and the pull request's lines are in it: it can cost more at the same length. */
export function hotCodeRewritten(evidence: Evidence) {
  const { changed, growth, tolerance } = evidence
  const codes = changed.filter(code => code.touched === 'yes' && !isInlining(evidence, code))
  if (shareOf(codes) < HOT_SHARE || (growth ?? 0) < -tolerance) return undefined
  return figuresOf(codes)
}

/** Hot code is different, and a type, a macro or something that it inlines was changed. */
export function hotCodeRebuilt({ changed, growth, tolerance }: Evidence) {
  const codes = changed.filter(({ touched }) => touched === 'maybe')
  if (shareOf(codes) < HOT_SHARE || (growth ?? 0) < -tolerance) return undefined
  return figuresOf(codes)
}

/** Hot code is different although its source is the same. */
export function hotCodeCameOutDifferent({ changed, growth, tolerance }: Evidence) {
  const codes = changed.filter(({ touched }) => touched === 'no')
  if (shareOf(codes) < HOT_SHARE || (growth ?? 0) < -tolerance) return undefined
  return figuresOf(codes)
}

/** Compiler options changed and much of the program changed size, hot or not; whether the hot code's source changed is unknown. */
export function mostCodeResized(evidence: Evidence) {
  const { examination, changed } = evidence
  const codes = changed.filter(({ touched }) => touched === 'unknown')
  const options = examination ? compilerOptions(examination.change) : []
  if (!examination || options.length === 0 || examination.resizedShare < MOSTLY_RESIZED) return undefined
  if (shareOf(codes) < HOT_SHARE || !rose(evidence)) return undefined
  return { options: options.slice(0, 3), share: examination.resizedShare }
}

const FOOTPRINT_GROWTH = 1.15
/** Below this part of the cache a larger footprint costs nothing. */
const NEARLY_FULL = 0.8

/** The hot code itself became larger than the cache: that stays so wherever it is. */
export function footprintGrew({ examination, from, to, sameWork }: Evidence) {
  if (!examination || sameWork) return undefined
  const { crowding, geometry } = examination
  const held = geometry.l1i.sizeBytes / geometry.l1i.lineBytes
  if (crowding[to].lines < FOOTPRINT_GROWTH * crowding[from].lines || crowding[to].lines < NEARLY_FULL * held)
    return undefined
  return { base: crowding.base.lines, head: crowding.head.lines, held }
}

/** What the misses of code that no longer fits rise by, at least. */
const MISSES_RISE = { relative: 1.5, perThousand: 1 }

/** And it misses the instruction cache for that: more code runs than the cache holds, which is work and no luck of the layout. */
export function footprintMisses(evidence: Evidence) {
  const grown = footprintGrew(evidence)
  if (!grown || !rateRose(evidence.icache, MISSES_RISE)) return undefined
  return {
    baseLines: grown.base,
    headLines: grown.head,
    held: grown.held,
    ...ratesOf(evidence.icache!, evidence),
  }
}

/** Base built twice differs in the code that runs: what differs between the sides may be what differs from build to build. */
export function buildNotReproducible({ rebuilt, changed }: Evidence) {
  if (!rebuilt || rebuilt.functions.length === 0) return undefined
  const unstable = new Set(rebuilt.functions)
  if (!changed.some(({ name, touched }) => unstable.has(name) && touched !== 'yes')) return undefined
  return { functions: rebuilt.functions, files: rebuilt.files.map(({ name }) => name) }
}

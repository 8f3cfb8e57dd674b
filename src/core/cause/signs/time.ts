import type { ChangedCode, Evidence } from '../../evidence/evidence.ts'
import { listed, percent } from '../../text/figures.ts'

const names = (codes: readonly ChangedCode[]): string => listed(codes.map(({ name }) => name))

/** Samples are time: the part of the additional time that lies in code of the given kind. */
function timeIn({ slowdown, from, to, examination }: Evidence, isWanted: (name: string) => boolean): number {
  if (!examination || examination.exact || slowdown <= 1) return 0
  const more = examination.hot
    .filter(({ name }) => isWanted(name))
    .reduce((sum, code) => sum + slowdown * (code[to]?.share ?? 0) - (code[from]?.share ?? 0), 0)
  return more / (slowdown - 1)
}

const PART_OF_TIME = 0.5

/** Most of the additional time is spent in changed code that the pull request's lines may be in. */
export function timeInTouchedCode(evidence: Evidence): string | undefined {
  const codes = evidence.changed.filter(({ touched }) => touched === 'yes' || touched === 'maybe')
  const part = timeIn(evidence, name => codes.some(code => code.name === name))
  if (part < PART_OF_TIME) return undefined
  return `${percent(Math.min(1, part))} of the difference in sampled time is in ${names(codes)}, whose code and source changed.`
}

/** The same for changed code whose source is the same. */
export function timeInUntouchedCode(evidence: Evidence): string | undefined {
  const codes = evidence.changed.filter(({ touched }) => touched === 'no')
  const part = timeIn(evidence, name => codes.some(code => code.name === name))
  if (part < PART_OF_TIME) return undefined
  return `${percent(Math.min(1, part))} of the difference in sampled time is in ${names(codes)}, whose code changed although its source did not.`
}

/** Most of it is spent in unchanged code that moved. */
export function timeInMovedCode(evidence: Evidence): string | undefined {
  const moved = new Set(evidence.examination?.moves.map(({ symbol }) => symbol) ?? [])
  const part = timeIn(evidence, name => moved.has(name))
  return part < PART_OF_TIME
    ? undefined
    : `${percent(Math.min(1, part))} of the difference in sampled time is in unchanged functions that moved.`
}

/** The difference is in waiting, not in executing. */
export function waited({ counts, from, to, slowdown }: Evidence): string | undefined {
  const [before, after] = [counts[from].taskClockSeconds, counts[to].taskClockSeconds]
  if (!before || after === undefined || after / before - 1 > 0.3 * (slowdown - 1)) return undefined
  const seconds = (side: 'base' | 'head'): string => `${counts[side].taskClockSeconds!.toPrecision(3)} s`
  return `The difference is not spent on the processor: it was busy for ${seconds('base')} on the base and ${seconds('head')} on the head, so the program waits.`
}

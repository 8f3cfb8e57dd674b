import type { ChangedCode, Evidence } from '../../evidence/evidence.ts'

const names = (codes: readonly ChangedCode[]): readonly string[] => codes.map(({ name }) => name)

/** Samples are time: the part of the additional time that is in code of the given kind. */
function timeIn({ slowdown, from, to, examination }: Evidence, isWanted: (name: string) => boolean): number {
  if (!examination || examination.exact || slowdown <= 1) return 0
  const more = examination.hot
    .filter(({ name }) => isWanted(name))
    .reduce((sum, code) => sum + slowdown * (code[to]?.share ?? 0) - (code[from]?.share ?? 0), 0)
  return more / (slowdown - 1)
}

const PART_OF_TIME = 0.5

/** Most of the additional time is spent in changed code that the pull request's lines may be in. */
export function timeInTouchedCode(evidence: Evidence) {
  const codes = evidence.changed.filter(({ touched }) => touched === 'yes' || touched === 'maybe')
  const part = timeIn(evidence, name => codes.some(code => code.name === name))
  if (part < PART_OF_TIME) return undefined
  return { part: Math.min(1, part), functions: names(codes) }
}

/** The same for changed code whose source is the same. */
export function timeInUntouchedCode(evidence: Evidence) {
  const codes = evidence.changed.filter(({ touched }) => touched === 'no')
  const part = timeIn(evidence, name => codes.some(code => code.name === name))
  if (part < PART_OF_TIME) return undefined
  return { part: Math.min(1, part), functions: names(codes) }
}

/** Most of it is spent in unchanged code that moved. */
export function timeInMovedCode(evidence: Evidence) {
  const moved = new Set(evidence.examination?.moves.map(({ symbol }) => symbol) ?? [])
  const part = timeIn(evidence, name => moved.has(name))
  return part < PART_OF_TIME ? undefined : { part: Math.min(1, part) }
}

/** The difference is in waiting, not in executing. */
export function waited({ counts, from, to, slowdown, untimed, iterations }: Evidence) {
  // A run of few iterations is mostly its start, and its processor time says nothing of theirs.
  if (untimed || iterations !== undefined) return undefined
  const [before, after] = [counts[from].taskClockSeconds, counts[to].taskClockSeconds]
  if (!before || after === undefined || after / before - 1 > 0.3 * (slowdown - 1)) return undefined
  return { baseSeconds: counts.base.taskClockSeconds!, headSeconds: counts.head.taskClockSeconds! }
}

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

/** Code whose time on the faster side is less than this part of its time on the slower one ran anew. */
const ANEW = 0.2

/** Most of the additional time is in unchanged code that hardly ran before, and code that the pull request changes ran: it calls it. */
export function timeInCodeRunAnew(evidence: Evidence) {
  const { slowdown, from, to, examination, changed } = evidence
  if (!examination || !changed.some(({ touched, share }) => touched === 'yes' && share >= LEAST_CALLER_SHARE))
    return undefined
  const different = new Set(changed.map(({ name }) => name))
  const anew = examination.hot.filter(
    code => !different.has(code.name) && (code[from]?.share ?? 0) < ANEW * slowdown * (code[to]?.share ?? 0),
  )
  const functions = anew.map(({ name }) => name)
  const part = timeIn(evidence, name => functions.includes(name))
  return part < PART_OF_TIME ? undefined : { part: Math.min(1, part), functions }
}

const LEAST_CALLER_SHARE = 0.01

/** What an interpreter runs, by its name; code that is generated from such files is compared as code. */
const SCRIPT = /\.(?:py|pyi?w|m?js|cjs|m?ts|cts|rb|lua|pl|pm|php|tcl|sh|bash|awk|R|jl|scm|lisp|clj|exs?)$/

/** Most of the additional time is in files that both sides have, byte by byte, and the pull request changes what such a program may interpret. */
export function scriptRanLonger(evidence: Evidence) {
  const { examination } = evidence
  const files = examination?.change.other.filter(file => SCRIPT.test(file)) ?? []
  if (!examination || files.length === 0 || waited(evidence)) return undefined
  const shared = new Set(examination.hot.filter(({ object }) => object.shared).map(({ name }) => name))
  const part = timeIn(evidence, name => shared.has(name))
  return part < PART_OF_TIME ? undefined : { part: Math.min(1, part), files }
}

/** Most of it is spent in unchanged code that moved. */
export function timeInMovedCode(evidence: Evidence) {
  const moved = new Set(evidence.examination?.moves.map(({ symbol }) => symbol) ?? [])
  const part = timeIn(evidence, name => moved.has(name))
  return part < PART_OF_TIME ? undefined : { part: Math.min(1, part) }
}

/** The difference is in waiting, not in executing. */
export function waited({ counts, from, to, slowdown, untimed, processorTime, iterations }: Evidence) {
  // A run of few iterations is mostly its start, and its processor time says nothing of the iterations.
  if (untimed || processorTime || iterations !== undefined) return undefined
  const [before, after] = [counts[from].taskClockSeconds, counts[to].taskClockSeconds]
  if (!before || after === undefined || after / before - 1 > 0.3 * (slowdown - 1)) return undefined
  return { baseSeconds: counts.base.taskClockSeconds!, headSeconds: counts.head.taskClockSeconds! }
}

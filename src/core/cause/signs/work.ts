import type { ChangedCode, Evidence } from '../../evidence/evidence.ts'
import type { Side } from '../../model/side.ts'
import { sourceName } from '../../placement/source-name.ts'

/** Instructions must account for this part of the slowdown, or grow this much, to be a cause of it. */
const PART_EXPLAINED = 0.25
const MATERIAL_GROWTH = 0.02
/** Constructors of globals and the like run once. */
const LEAST_TOUCHED_SHARE = 1e-4
/** Below this part they do not matter, whatever their number. */
const LEAST_EXPLAINED = 0.05

/** How many more instructions the slower side executes, and the counts where both sides were counted. */
export interface InstructionFigures {
  readonly slower: Side
  readonly growth: number
  readonly base?: number
  readonly head?: number
  /** Part of the change in time that they account for at unchanged speed. */
  readonly partOfTime: number
  /** Where the change is not one of time. */
  readonly untimed?: true
}

function figuresOf({ counts, growth = 0, to, explained, untimed }: Evidence): InstructionFigures {
  const [base, head] = [counts.base.instructions, counts.head.instructions]
  const known = base !== undefined && head !== undefined
  return {
    ...{ slower: to, growth, partOfTime: explained },
    ...(known ? { base, head } : {}),
    ...(untimed ? { untimed } : {}),
  }
}

/** The functions that the additional instructions are in. */
export interface ChangedCodeFigures {
  readonly slower: Side
  readonly functions: readonly string[]
  /** What the pull request does other than changing their lines, where it reaches them by that. */
  readonly through?: readonly string[]
  /** For each function: what is inlined into it where its growth is, empty where that is its own code. */
  readonly within?: readonly string[]
}

export const rose = (evidence: Evidence): boolean =>
  (evidence.growth ?? 0) > evidence.tolerance && evidence.explained >= LEAST_EXPLAINED

/** More instructions, in proportion to the time. */
export function instructionsExplain(evidence: Evidence) {
  if (!rose(evidence) || evidence.explained < PART_EXPLAINED) return undefined
  return figuresOf(evidence)
}

/** More instructions, though by themselves too few for the time. */
export function instructionsRose(evidence: Evidence) {
  if (!rose(evidence) || evidence.explained >= PART_EXPLAINED || evidence.growth! < MATERIAL_GROWTH)
    return undefined
  return figuresOf(evidence)
}

const grown = (codes: readonly ChangedCode[]): number =>
  codes.reduce((sum, { growth }) => sum + Math.max(0, growth), 0)

/** Whether most of the additional instructions are in code of the given kind. */
function holdMost({ changed, oftener, growth }: Evidence, codes: readonly ChangedCode[]): boolean {
  const most = grown([...changed, ...oftener])
  return codes.length > 0 && grown(codes) > 0 && grown(codes) >= 0.5 * Math.max(most, growth ?? 0)
}

/** The additional instructions are in changed code that the pull request's lines are in. */
export function changedCodeTouched(evidence: Evidence) {
  const codes = evidence.changed.filter(code => code.touched === 'yes' && !isInlining(evidence, code))
  if (!rose(evidence) || !holdMost(evidence, codes)) return undefined
  return changedFigures(evidence, codes)
}

/** The same, where only a type, a macro or something inlined was changed. */
export function changedCodeMaybe(evidence: Evidence) {
  if (changedCodeTouched(evidence) || changedCodeUntouched(evidence)) return undefined
  const codes = evidence.changed.filter(code => isReached(code) && !isInlining(evidence, code))
  if (!rose(evidence) || !holdMost(evidence, codes)) return undefined
  return changedFigures(evidence, codes)
}

/** The diff names its lines, or what it may be built from. */
const isReached = ({ touched }: ChangedCode): boolean => touched === 'yes' || touched === 'maybe'

/** The same, where nobody can tell whether its source changed. */
export function changedCodeUnknown(evidence: Evidence) {
  const unstable = new Set(evidence.rebuilt?.functions)
  const codes = evidence.changed.filter(
    code => code.touched === 'unknown' && !unstable.has(code.name) && !isInlining(evidence, code),
  )
  if (!rose(evidence) || !holdMost(evidence, codes)) return undefined
  return changedFigures(evidence, codes)
}

/** The additional instructions are in code that changed although its source did not, or only its inlining did. */
export function changedCodeUntouched(evidence: Evidence) {
  const codes = [
    ...evidence.changed.filter(code => code.touched === 'no' || isInlining(evidence, code)),
    // A copy that nothing ran, because its callers held it, is the same code on both sides.
    ...evidence.oftener.filter(code => isInlining(evidence, code)),
  ]
  if (!rose(evidence) || !holdMost(evidence, codes)) return undefined
  return { ...changedFigures(evidence, codes), inlining: codes.some(code => isInlining(evidence, code)) }
}

/** From this part on, what a function gained is the cost of calling it, not of what it computes. */
const MOSTLY_BOOKKEEPING = 0.7

/** A function is inlined on one side only, and its source says the same on both or it computes as much. */
export function isInlining({ inlined, examination }: Evidence, code: ChangedCode): boolean {
  const functions = examination?.change.functions ?? []
  const origins = [...(examination?.origins?.of ?? [])]
  const rewritten = (name: string): boolean =>
    functions.some(each => each.rewritten && each.name === sourceName(name)) ||
    origins.some(([built, { state }]) => state === 'changed' && built.name === name)
  return inlined.some(({ caller, callee, bookkeeping }) => {
    if (caller !== code.name && callee !== code.name) return false
    return (!rewritten(callee) && !rewritten(caller)) || (bookkeeping ?? 0) >= MOSTLY_BOOKKEEPING
  })
}

/** An inlining decision changed. */
export function inliningChanged({ inlined }: Evidence) {
  const [first] = inlined
  if (!first) return undefined
  return { ...first }
}

/** Changed code calls what it did not call before. */
export function callsMore(evidence: Evidence) {
  const calls = evidence.calls.filter(({ on }) => on === evidence.to)
  const [first] = calls
  if (!first || !rose(evidence)) return undefined
  const { caller, perCall } = first
  const callees = calls.filter(call => call.caller === caller).map(({ callee }) => callee)
  return { slower: evidence.to, caller, callees, ...(perCall === undefined ? {} : { perCall }) }
}

/** Build files changed, and with them code whose source did not. */
export function buildChanged({ examination, changed }: Evidence) {
  const files = examination?.change.build ?? []
  const untouched = changed.filter(code => code.touched !== 'yes')
  if (
    files.length === 0 ||
    untouched.length === 0 ||
    (examination?.change.functions.some(({ rewritten }) => rewritten) ?? false)
  )
    return undefined
  return { files, functions: names(untouched) }
}

/** Unchanged code ran more often. */
export function executedMoreOften(evidence: Evidence) {
  const codes = evidence.oftener.filter(code => code.growth > 0 && !isInlining(evidence, code))
  if (!rose(evidence) || !holdMost(evidence, codes)) return undefined
  return changedFigures(evidence, codes)
}

/** Rewritten functions ran, though they hold few instructions themselves. */
export function touchedCodeRan({ examination }: Evidence) {
  const ran = examination?.touched.filter(({ share }) => share >= LEAST_TOUCHED_SHARE) ?? []
  return ran.length > 0 ? { functions: ran.map(each => each.function) } : undefined
}

function changedFigures({ to }: Evidence, codes: readonly ChangedCode[]): ChangedCodeFigures {
  const functions = names(codes)
  const through = [...new Set(codes.flatMap(code => code.through ?? []))]
  const within = codes.slice(0, functions.length).map(code => code.within?.[0] ?? '')
  return {
    ...{ slower: to, functions },
    ...(through.length > 0 ? { through } : {}),
    ...(within.some(name => name !== '') ? { within } : {}),
  }
}

const names = (codes: readonly ChangedCode[]): readonly string[] =>
  codes.filter((code, at) => at === 0 || code.growth > 0).map(({ name }) => name)

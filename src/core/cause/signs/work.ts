import type { ChangedCode, Evidence } from '../../evidence/evidence.ts'
import { sourceName } from '../../placement/source-name.ts'
import { count, listed, percent, signed } from '../../text/figures.ts'

/** Instructions must account for this part of the slowdown, or grow this much, to be a cause of it. */
const PART_EXPLAINED = 0.25
const MATERIAL_GROWTH = 0.02
/** Constructors of globals and the like run once. */
const LEAST_TOUCHED_SHARE = 1e-4
/** Below this part they are beside the point, whatever their number. */
const LEAST_EXPLAINED = 0.05

function instructions({ counts, growth }: Evidence): string {
  const [base, head] = [counts.base.instructions, counts.head.instructions]
  if (base === undefined || head === undefined)
    return `the slower side executes ${signed(growth ?? 0)} instructions`
  return `instructions went from ${count(base)} to ${count(head)} (${signed(head / base - 1)})`
}

const doesMore = ({ to }: Evidence): string => (to === 'head' ? 'The head does more' : 'The head does less')

/** The instructions that one side has more, named from the head's point of view. */
const theDifference = ({ to }: Evidence): string =>
  to === 'head' ? 'The additional instructions are in' : 'The instructions saved were in'

const rose = (evidence: Evidence): boolean =>
  (evidence.growth ?? 0) > evidence.tolerance && evidence.explained >= LEAST_EXPLAINED

/** More instructions, in proportion to the time. */
export function instructionsExplain(evidence: Evidence): string | undefined {
  if (!rose(evidence) || evidence.explained < PART_EXPLAINED) return undefined
  return `${doesMore(evidence)}: ${instructions(evidence)}, which accounts for ${percent(Math.min(1, evidence.explained))} of the change in time.`
}

/** More instructions, though by themselves too few for the time. */
export function instructionsRose(evidence: Evidence): string | undefined {
  if (!rose(evidence) || evidence.explained >= PART_EXPLAINED || evidence.growth! < MATERIAL_GROWTH)
    return undefined
  return `${doesMore(evidence)}: ${instructions(evidence)}; by their number they account for ${percent(evidence.explained)} of the change in time.`
}

/** The same number of instructions. */
export function instructionsEqual(evidence: Evidence): string | undefined {
  if (evidence.growth === undefined || Math.abs(evidence.growth) > evidence.tolerance) return undefined
  return `The same amount of work was done: ${instructions(evidence)}.`
}

const grown = (codes: readonly ChangedCode[]): number =>
  codes.reduce((sum, { growth }) => sum + Math.max(0, growth), 0)

/** Whether most of the additional instructions lie in code of the given kind. */
function holdMost({ changed, oftener, growth }: Evidence, codes: readonly ChangedCode[]): boolean {
  const most = grown([...changed, ...oftener])
  return codes.length > 0 && grown(codes) > 0 && grown(codes) >= 0.5 * Math.max(most, growth ?? 0)
}

/** The additional instructions lie in changed code that the pull request's lines are in. */
export function changedCodeTouched(evidence: Evidence): string | undefined {
  const codes = evidence.changed.filter(code => code.touched === 'yes' && !isInlining(evidence, code))
  if (!rose(evidence) || !holdMost(evidence, codes)) return undefined
  const ways = waysTo(codes)
  return ways === ''
    ? `${theDifference(evidence)} ${names(codes)}, whose code changed and whose source this pull request changes.`
    : `${theDifference(evidence)} ${names(codes)}, whose code and source changed, because this pull request ${ways}.`
}

/** The same, where only a type, a macro or something inlined was changed. */
export function changedCodeMaybe(evidence: Evidence): string | undefined {
  if (changedCodeTouched(evidence) || changedCodeUntouched(evidence)) return undefined
  const codes = evidence.changed.filter(code => isReached(code) && !isInlining(evidence, code))
  if (!rose(evidence) || !holdMost(evidence, codes)) return undefined
  return `${theDifference(evidence)} ${names(codes)}, whose code changed; this pull request ${waysTo(codes) || 'changes what it is built from'}.`
}

/** The diff names its lines, or what it may be built from. */
const isReached = ({ touched }: ChangedCode): boolean => touched === 'yes' || touched === 'maybe'

/** How the pull request reaches some code beside lines of its diff; empty where it does not. */
function waysTo(codes: readonly ChangedCode[]): string {
  return listed([...new Set(codes.flatMap(({ through }) => through ?? []))])
}

/** The same, where nobody can tell whether its source did. */
export function changedCodeUnknown(evidence: Evidence): string | undefined {
  const codes = evidence.changed.filter(code => code.touched === 'unknown' && !isInlining(evidence, code))
  if (!rose(evidence) || !holdMost(evidence, codes)) return undefined
  return `${theDifference(evidence)} ${names(codes)}, whose code changed; whether its source did is not known, because the build has no debug lines for it.`
}

/** The additional instructions lie in code that changed although its source did not, or only its inlining did. */
export function changedCodeUntouched(evidence: Evidence): string | undefined {
  const codes = evidence.changed.filter(code => code.touched === 'no' || isInlining(evidence, code))
  if (!rose(evidence) || !holdMost(evidence, codes)) return undefined
  const reason = codes.some(code => isInlining(evidence, code))
    ? 'where another inlining decision was made'
    : 'whose machine code changed although its source is the same'
  return `${theDifference(evidence)} ${names(codes)}, ${reason}.`
}

/** From this part on, what a function gained is the cost of calling it, not of what it computes. */
const MOSTLY_BOOKKEEPING = 0.7

/** A function is inlined on one side only, and its source says the same on both or it computes as much. */
function isInlining({ inlined, examination }: Evidence, code: ChangedCode): boolean {
  const change = examination?.change
  const rewritten = (name: string): boolean =>
    change?.functions.some(each => each.rewritten && each.name === sourceName(name)) ?? false
  return inlined.some(({ caller, callee, bookkeeping }) => {
    if (caller !== code.name && callee !== code.name) return false
    return (!rewritten(callee) && !rewritten(caller)) || (bookkeeping ?? 0) >= MOSTLY_BOOKKEEPING
  })
}

/** An inlining decision changed. */
export function inliningChanged({ inlined }: Evidence): string | undefined {
  const [first] = inlined
  if (!first) return undefined
  const { caller, callee, lost, bookkeeping } = first
  const part =
    bookkeeping === undefined || bookkeeping < 0.5
      ? ''
      : `; ${percent(bookkeeping)} of what that adds are calls, returns and moves`
  return lost
    ? `On the slower side ${caller} calls ${callee}; on the faster side it has it inlined${part}.`
    : `On the slower side ${callee} is inlined in ${caller}; on the faster side it is called${part}.`
}

/** Changed code calls what it did not call before. */
export function callsMore(evidence: Evidence): string | undefined {
  const calls = evidence.calls.filter(({ on }) => on === evidence.to)
  const [first] = calls
  if (!first || !rose(evidence)) return undefined
  const { caller, on } = first
  const callees = listed(calls.filter(call => call.caller === caller).map(({ callee }) => callee))
  return on === 'head'
    ? `${caller} calls ${callees}, which it did not on the base.`
    : `${caller} no longer calls ${callees}, which it did on the base.`
}

/** Build files changed, and with them code whose source did not. */
export function buildChanged({ examination, changed }: Evidence): string | undefined {
  const files = examination?.change.build ?? []
  const untouched = changed.filter(code => code.touched !== 'yes')
  if (
    files.length === 0 ||
    untouched.length === 0 ||
    (examination?.change.functions.some(({ rewritten }) => rewritten) ?? false)
  )
    return undefined
  return `This pull request changes how the program is built (${listed(files)}), and ${names(untouched)} came out different.`
}

/** Unchanged code ran more often. */
export function ranOftener(evidence: Evidence): string | undefined {
  const codes = evidence.oftener.filter(({ growth }) => growth > 0)
  if (!rose(evidence) || !holdMost(evidence, codes)) return undefined
  return `The same code ran ${evidence.to === 'head' ? 'more' : 'less'} often: ${names(codes)}.`
}

/** Rewritten functions ran, though they hold few instructions themselves. */
export function touchedCodeRan({ examination }: Evidence): string | undefined {
  const ran = examination?.touched.filter(({ share }) => share >= LEAST_TOUCHED_SHARE) ?? []
  return ran.length > 0
    ? `Code that this pull request changes ran: ${listed(ran.map(each => each.function))}.`
    : undefined
}

const names = (codes: readonly ChangedCode[]): string =>
  listed(codes.filter((code, at) => at === 0 || code.growth > 0).map(withInlined))

/** A function, and what is inlined into it where its growth is. */
function withInlined({ name, within = [] }: ChangedCode): string {
  return within.length === 0 ? name : `${name} (in ${listed(within, 2)}, inlined there)`
}

import type { Judgement, ReasonFigures, ReasonId, Sign } from '../../core/cause/sign.ts'
import type { RateFigures } from '../../core/cause/signs/memory.ts'
import type { AllocationFigures } from '../../core/cause/signs/runtime.ts'
import type { ChangedCodeFigures, InstructionFigures } from '../../core/cause/signs/work.ts'
import type { Cause, CauseSign } from '../../core/model/explanation.ts'
import { count, percent } from '../../core/text/figures.ts'
import { listed } from '../../core/text/text.ts'
import { formatChange, formatExtent, formatFactor } from '../text/format.ts'
import { trialSentence } from './layout-trial.ts'

/** The cause as the report carries it: every reason as a sentence, and as the rule's id with its figures. */
export function describeCause(judgement: Judgement): Cause {
  const { kind, confidence, because, against, placementShare, through } = judgement
  return {
    ...{ kind, confidence },
    because: because.map(sentenceOf),
    against: against.map(sentenceOf),
    signs: [
      ...because.map(sign => withFigures(sign, true)),
      ...against.map(sign => withFigures(sign, false)),
    ],
    ...(through ? { through } : {}),
    ...(placementShare === undefined ? {} : { placementShare }),
  }
}

const withFigures = ({ rule, figures }: Sign, supports: boolean): CauseSign => ({
  ...{ rule, supports },
  figures: { ...figures },
})

/** One reason for or against a cause, in a sentence. */
function sentenceOf<Id extends ReasonId>(sign: {
  readonly rule: Id
  readonly figures: ReasonFigures<Id>
}): string {
  return SENTENCES[sign.rule](sign.figures)
}

const SENTENCES: { readonly [Id in ReasonId]: (figures: ReasonFigures<Id>) => string } = {
  'instructions-explain': found =>
    `${doesMore(found)}: ${instructions(found)}${found.untimed ? '' : `, which accounts for ${percent(Math.min(1, found.partOfTime))} of the change in time`}.`,
  'instructions-rose': found =>
    `${doesMore(found)}: ${instructions(found)}${found.untimed ? '' : `; by their number they account for ${percent(found.partOfTime)} of the change in time`}.`,
  'changed-code-touched': found =>
    found.through
      ? `${theDifference(found)}, whose code and source changed, because this pull request ${some(found.through)}.`
      : `${theDifference(found)}, whose code changed and whose source this pull request changes.`,
  'changed-code-maybe': found =>
    `${theDifference(found)}, whose code changed; this pull request ${some(found.through ?? ['changes what it is built from'])}.`,
  'changed-code-unknown': found =>
    `${theDifference(found)}, whose code changed; whether its source did is not known.`,
  'changed-code-untouched': found =>
    `${theDifference(found)}, ${
      found.inlining
        ? 'where another inlining decision was made'
        : 'whose machine code changed although its source is the same'
    }.`,
  'build-not-reproducible': ({ files, functions }) =>
    `This build is not reproducible: base built twice from the same commit gives other code of ${some(functions)} in ${some(files)}, so that the sides may differ by building alone.`,
  'inlining-changed': ({ caller, callee, lost, bookkeeping }) => {
    const part =
      bookkeeping === undefined || bookkeeping < 0.5
        ? ''
        : `; ${percent(bookkeeping)} of what that adds are calls, returns and moves`
    return lost
      ? `On the slower side ${caller} calls ${callee}; on the faster side it has it inlined${part}.`
      : `On the slower side ${callee} is inlined in ${caller}; on the faster side it is called${part}.`
  },
  'calls-more': ({ slower, caller, callees, perCall }) =>
    slower === 'head'
      ? `${caller} calls ${some(callees)}, which it did not on the base${perCall === undefined ? '' : `: ${oftenPerCall(perCall)}`}.`
      : `${caller} no longer calls ${some(callees)}, which it did on the base.`,
  'allocates-more': found => allocation(found, 'instructions'),
  'copies-more': ({ slower, part, functions }) =>
    `${percent(part)} of the ${slower === 'head' ? 'additional instructions copy or fill' : 'instructions saved copied or filled'} memory: ${some(functions)}.`,
  'build-changed': ({ files, functions }) =>
    `This pull request changes how the program is built (${some(files)}), and ${some(functions)} came out different.`,
  'executed-more-often': ({ slower, functions }) =>
    `The same code ran ${slower === 'head' ? 'more' : 'less'} often: ${some(functions)}.`,
  'touched-code-ran': ({ functions }) => `Code that this pull request changes ran: ${some(functions)}.`,

  'hot-code-rewritten': found => `${differentCode(found)}, and this pull request changes its source.`,
  'hot-code-rebuilt': found =>
    `${differentCode(found)}, and this pull request changes what it may be built from.`,
  'hot-code-came-out-different': found => `${differentCode(found)}, although its source is the same.`,
  'most-code-resized': ({ options, share }) =>
    `This pull request changes compiler options (${options.join(', ')}), and ${percent(share)} of all functions changed size, hot or not.`,
  'footprint-misses': found =>
    `The code that runs no longer fits the L1 instruction cache (${found.baseLines} → ${found.headLines} lines, of which it holds ${found.held}), and its misses${simulated(found)} went ${rates(found)}: that would be so in any layout.`,
  'footprint-grew': ({ base, head, held }) =>
    `The hot code covers ${base} cache lines on the base and on ${head} on the head; the L1 instruction cache holds ${held}.`,

  'time-in-touched-code': ({ part, functions }) =>
    `${percent(part)} of the difference in sampled time is in ${some(functions)}, whose code and source changed.`,
  'time-in-allocator': found => allocation(found, 'sampled time'),
  'time-in-code-run-anew': ({ part, functions }) =>
    `${percent(part)} of the difference in sampled time is in code that hardly ran on the faster side: ${some(functions)}.`,
  'script-ran-longer': ({ part, files }) =>
    `${percent(part)} of the difference in sampled time is in programs and libraries that are the same on both sides; this pull request changes what they may run: ${some(files)}.`,
  'time-in-untouched-code': ({ part, functions }) =>
    `${percent(part)} of the difference in sampled time is in ${some(functions)}, whose code changed although its source did not.`,
  'time-in-moved-code': ({ part }) =>
    `${percent(part)} of the difference in sampled time is in unchanged functions that moved.`,
  waited: ({ baseSeconds, headSeconds }) =>
    `The difference is not spent on the processor: it was busy for ${baseSeconds.toPrecision(3)} s on the base and ${headSeconds.toPrecision(3)} s on the head, so the program waits.`,

  'data-misses-rose': found =>
    `L${found.level} data-cache misses${simulated(found)}${found.function === undefined ? '' : ` of ${found.function}`} went ${rates(found)}${found.function === undefined ? '' : ' of its own'}.`,
  'data-misses-explain': found => accountsFor(found),
  'same-code-misses-more': () =>
    'The same code misses more, and no crowding of its named data explains that: the data it walks over is laid out differently at run time.',
  'misses-in-changed-code': ({ part, functions }) =>
    `${percent(part)} of the additional data-cache misses are in hot code that changed: ${some(functions)}.`,
  'same-count-other-code': ({ functions }) =>
    `${some(functions)} executes as many instructions as before but addresses its data differently.`,
  'hot-data-grew': ({ symbols, baseBytes, headBytes }) =>
    `Data that hot code uses is larger on the slower side: ${some(symbols.map((symbol, at) => `${symbol} (${baseBytes[at]} → ${headBytes[at]} bytes)`))}.`,
  'types-changed': ({ files }) => `This pull request changes types, tables or macros in ${some(files)}.`,
  'faults-rose': ({ base, head }) => `Page faults went from ${base} to ${head}.`,
  'pages-became-small': ({ times }) =>
    `That is ${Math.round(times)} times as many for the same instructions, as when memory no longer comes in huge pages and loads miss the TLB.`,
  'back-end-stalled': found => `The back end of the core stalled ${cycles(found)}.`,

  'branch-misses-rose': found =>
    `Branch misses${found.simulated ? ' (simulated, conditional branches)' : ''} went ${rates(found)}.`,
  'branch-misses-explain': found => accountsFor(found),
  'speculation-wasted': found =>
    `Work that wrong guesses threw away took ${percent(found.base)} of the issue slots on the base and ${percent(found.head)} on the head.`,
  'something-that-runs-changed': ({ code, data }) =>
    code.length > 0
      ? `Code that runs changed: ${some(code)}.`
      : `Data that hot code reads has other contents: ${some(data)}.`,
  'no-more-instructions': ({ fewer }) =>
    fewer > 0
      ? `The slower side executes ${percent(fewer)} fewer instructions.`
      : 'The slower side executes no more instructions.',

  'same-work-done': ({ onlyWhereItRuns }) =>
    `The same work was done: the hot code is identical${onlyWhereItRuns ? ' where it runs' : ''} and executes as many instructions on both sides.`,
  'same-code-uncounted': () =>
    'The hot code is identical on both sides; how many instructions it executes was not counted.',
  'hot-code-moved': ({ functions, share, distances }) => {
    const one = functions.length === 1
    const who = one ? 'One unchanged hot function' : `${functions.length} unchanged hot functions`
    const how = distances === 1 ? ', all by the same distance' : `, by ${distances} different distances`
    return `${who} moved${one ? '' : how}, with ${percent(share)} of the profile: ${some(functions)}.`
  },
  'hot-data-moved': ({ symbols }) => `Data that hot code uses moved: ${some(symbols)}.`,
  'nothing-hot-moved': () => 'Neither hot code nor hot data moved, so placement is not the reason.',
  'sets-crowded': ({ base, head, ways }) =>
    `Hot code crowds sets of the L1 instruction cache: ${crowding(base, ways)} on the base, ${crowding(head, ways)} on the head.`,
  'instruction-misses-rose': found => {
    const { baseOfLoads, headOfLoads } = found
    const ofLoads =
      baseOfLoads === undefined || headOfLoads === undefined
        ? ''
        : ` (${percent(baseOfLoads)} of the loads → ${percent(headOfLoads)})`
    return `L1 instruction-cache misses${simulated(found)} went ${rates(found)}${ofLoads}.`
  },
  'front-end-stalled': found => `The front end of the core stalled ${cycles(found)}.`,
  'loops-misaligned': found => loopOffset(found),
  'loops-moved-unchecked': found => loopOffset(found),
  'loop-alignment-worsened': found =>
    `On the slower side the loop of ${found.function} is placed worse: ${found.baseLines} → ${found.headLines} lines, ${found.baseWindows} → ${found.headWindows} windows of 32 bytes, ${found.baseSplitBranches} → ${found.headSplitBranches} branches across a line.`,
  'jumps-on-boundaries': found =>
    `On the slower side ${Math.max(found.base, found.head)} jumps of the hot loop of ${found.function} (${percent(found.share)} of the profile) touch a 32-byte boundary, ${Math.min(found.base, found.head)} on the faster one; this processor has Intel's JCC erratum${found.workaround === 'active' ? ', and its microcode keeps such code out of the cache of decoded instructions' : ', and does not tell whether its microcode works around it, which makes such jumps slow'}.`,
  'moved-blocks-slower': found =>
    `By the processor's branch records ${percent(found.part)} of the difference is in code that moved and takes more cycles each time: a block of ${found.function} takes ${found.base.toFixed(1)} cycles on the base and ${found.head.toFixed(1)} on the head, at offset ${found.baseOffset} and ${found.headOffset} of its cache line.`,
  'data-sets-crowded': ({ base, head, ways }) =>
    `Hot data crowds sets of the L1 data cache: ${crowding(base, ways)} on the base, ${crowding(head, ways)} on the head.`,
  'moved-data-misses': found =>
    `The same code misses the L1 data cache${simulated(found)} more often: ${rates(found)}.`,
  'same-branches-miss': found => `The same branches are predicted worse: misses went ${rates(found)}.`,
  'other-front-end-misses': ({ structures }) => `Misses of the ${structures.join(' and the ')} rose.`,

  'layout-trial': trial => trialSentence(trial),
  'gain-may-be-lost': () => 'What placement gained, the next commit that moves this code may take back.',
  'evidence-insufficient': () =>
    'No cause has enough evidence for it; what was seen is listed against every one.',
  'nothing-counted': () => 'Nothing was counted and no code was compared, so the cause is unknown.',
  'nothing-differs': () => 'Nothing that was counted or compared differs enough to explain it.',
}

/** Names in a sentence: the first three of many. */
const some = (names: readonly string[]): string => listed(names, 3)

const doesMore = ({ slower }: InstructionFigures): string =>
  slower === 'head' ? 'The head does more' : 'The head does less'

function instructions({ base, head, growth }: InstructionFigures): string {
  if (base === undefined || head === undefined)
    return `the slower side executes ${formatFactor(1 + growth) === undefined ? `${formatExtent(1 + growth)} more` : `${formatFactor(1 + growth)} the`} instructions`
  return `instructions went from ${count(base)} to ${count(head)} (${formatChange(head / base)})`
}

function oftenPerCall(perCall: number): string {
  const times = Number(perCall.toPrecision(2))
  return `${times === 1 ? 'once' : `${times} times`} each time it runs`
}

/** What allocating costs, with how often it is done where that was counted. */
function allocation(found: AllocationFigures, quantity: string): string {
  const { slower, allocation: allocating, collection, functions } = found
  const [more, does] =
    slower === 'head' ? ['additional', 'allocate and free'] : ['saved', 'allocated and freed']
  const parts = [
    ...(allocating > 0 ? [`${percent(allocating)} of the ${more} ${quantity} ${does} memory`] : []),
    ...(collection > 0 ? [`${percent(collection)} collect${slower === 'head' ? '' : 'ed'} garbage`] : []),
  ]
  const often = howOften(found)
  const where = functions.length > 0 ? ` (${some(functions)})` : ''
  return often === '' ? `${parts.join(' and ')}${where}.` : `${often}: ${parts.join(' and ')}${where}.`
}

/** `It allocates 1.0 more per iteration`, `validstring allocates 1.0 more each time it runs`, `malloc is called 1.2 M times, and 60 k on the base`. */
function howOften({
  slower,
  allocator,
  base,
  head,
  perIteration,
  caller,
  perCall,
}: AllocationFigures): string {
  if (allocator === undefined || base === undefined || head === undefined || base === head)
    return caller === undefined || slower !== 'head' ? '' : `${caller} allocates what it did not on the base`
  if (caller !== undefined && perCall !== undefined && slower === 'head')
    return `${caller} allocates ${oftenness(perCall)} more each time it runs`
  const [less, more] = [Math.min(base, head), Math.max(base, head)]
  if (perIteration)
    return `The head allocates ${oftenness(more - less)} ${head > base ? 'more' : 'fewer'} per iteration (${oftenness(base)} → ${oftenness(head)}, by calls of ${allocator})`
  return `The head calls ${allocator} ${count(head)} times, the base ${count(base)} times`
}

/** One decimal, so that a whole number is seen to be one. */
const oftenness = (times: number): string => (times < 1000 ? times.toFixed(1) : count(times))

/** The instructions that one side has more, named from the head's point of view. */
const theDifference = ({ slower, functions, within = [] }: ChangedCodeFigures): string =>
  `${slower === 'head' ? 'The additional instructions are in' : 'The instructions saved were in'} ${some(functions.map((name, at) => (within[at] ? `${name} (in ${within[at]}, inlined there)` : name)))}`

const differentCode = ({ functions, share }: { functions: readonly string[]; share: number }): string =>
  `${some(functions)} (${percent(share)} of the profile) ${functions.length > 1 ? 'are' : 'is'} different code`

const rates = ({ base, head }: RateFigures): string =>
  `from ${perThousand(base)} to ${perThousand(head)} per thousand instructions`

const perThousand = (rate: number): string =>
  rate >= 0.01 || rate === 0 ? Number(rate.toPrecision(3)).toString() : 'less than 0.01'

/** Says which counter it was: hardware counts events, the simulator a model of them. */
const simulated = (found: RateFigures): string => (found.simulated ? ' (simulated)' : '')

/** A sentence that follows the one that names the misses. */
const accountsFor = ({ cyclesEach, partOfTime }: ReasonFigures<'data-misses-explain'>): string =>
  `At about ${cyclesEach} cycles each they account for ${partOfTime >= 1 ? 'all' : `about ${percent(partOfTime)}`} of the change in time.`

const cycles = ({
  base,
  head,
  of,
}: {
  readonly base: number
  readonly head: number
  readonly of: string
}): string =>
  `in ${percent(base)} of the ${of === 'slots' ? 'issue slots' : 'cycles'} on the base and ${percent(head)} on the head`

const crowding = (mostLines: number, ways: number): string =>
  mostLines > ways ? `up to ${mostLines} hot lines for ${ways} ways` : 'no set with more hot lines than ways'

function loopOffset(found: ReasonFigures<'loops-misaligned'>): string {
  const { function: name, share, base, head, others } = found
  const alike = others > 0 ? `; so do ${others} more` : ''
  return `A hot loop of ${name} (${percent(share)} of the profile) starts at another offset of its cache line: ${base} → ${head}${alike}.`
}

import type { BenchmarkReport, Report } from '../core/model.ts'
import { counted, listed, quoted } from '../core/text.ts'
import { causeClause, causesInShort } from './cause-clause.ts'
import { formatExtent, formatShare, formatTimes } from './format.ts'
import { decided, isBroken, isIdentical, slowness, worstFirst } from './order.ts'

/** What the sentence is made from; the report without its own sentence. */
export type Judged = Pick<Report, 'verdict' | 'benchmarks' | 'errors'>

/** From this ratio on a change is said in times instead of percent. */
const IN_TIMES = 3

/** The one sentence about the whole run that a reviewer can act on, in plain text with names between backticks. */
export function verdictSentence(report: Judged): string {
  const { benchmarks, errors } = report
  const slower = decided(benchmarks, 'slower')
  const broken = worstFirst(benchmarks.filter(isBroken))
  if (slower.length > 0) return sentence([slowerText(slower, benchmarks.length), ...brokenText(broken)])
  if (errors[0]) return errorText(errors[0].what, errors.length)
  if (broken.length > 0) return sentence(brokenText(broken))
  if (benchmarks.length === 0) return 'No benchmark was measured.'
  if (decided(benchmarks, 'unmeasured').length === benchmarks.length) return unmeasuredText(benchmarks)
  const open = openText(benchmarks)
  return sentence([
    ...(open === '' ? [] : [open]),
    ...settledText(benchmarks, open !== ''),
    ...comingsAndGoings(benchmarks),
  ])
}

/** A few words on the whole run, for the title of a check or a summary. */
export function verdictTitle({ verdict, benchmarks, errors }: Judged): string {
  const slower = decided(benchmarks, 'slower').length
  const open = decided(benchmarks, 'undecided').length + decided(benchmarks, 'unmeasured').length
  const of = `of ${counted(benchmarks.length, 'benchmark')}`
  if (slower > 0) return `${slower} ${of} slower${verdict === 'pass' ? ', not counted as a failure' : ''}`
  if (verdict === 'fail') return errors.length > 0 ? 'The pull request does not build' : 'A benchmark broke'
  if (verdict === 'error') return 'Could not measure'
  if (verdict === 'undecided') return `${open} ${of} undecided`
  return 'Nothing got slower'
}

function sentence(clauses: readonly string[]): string {
  const text = clauses.join('; ')
  return `${text.charAt(0).toUpperCase()}${ended(text.slice(1))}.`
}

/** `call_method is 70 % slower`, or faster, or what its metric and unit make of it. */
export function headline(benchmark: BenchmarkReport): string {
  const name = quoted(benchmark.name)
  const ratio = benchmark.change?.ratio
  const worse = benchmark.decision === 'slower'
  if (ratio === undefined) return `${name} is ${worse ? 'slower' : 'faster'}`
  if (benchmark.metric === 'instructions') {
    return `${name} runs ${formatExtent(ratio)} ${worse ? 'more' : 'fewer'} instructions`
  }
  if (benchmark.better === 'higher') {
    return `${name} ${ratio < 1 ? 'fell' : 'rose'} by ${formatExtent(ratio)}, which is ${worse ? 'slower' : 'faster'}`
  }
  if (ratio >= IN_TIMES) return `${name} takes ${formatTimes(ratio)} as long`
  return `${name} is ${formatExtent(ratio)} ${worse ? 'slower' : 'faster'}`
}

function slowerText(slower: readonly BenchmarkReport[], all: number): string {
  const [worst] = slower
  if (!worst) return ''
  if (slower.length === 1) return `${headline(worst)}${causeClause(worst)}`
  const extent = formatExtent(slowness(worst))
  const causes = causesInShort(slower)
  return `${slower.length} of ${all} benchmarks are slower, ${quoted(worst.name)} most (${extent})${causes === '' ? '' : `: ${causes}`}`
}

function brokenText(broken: readonly BenchmarkReport[]): readonly string[] {
  const [first] = broken
  if (!first) return []
  if (broken.length > 1)
    return [
      `${listed(broken.slice(0, 3).map(({ name }) => quoted(name)))}${broken.length > 3 ? ` and ${broken.length - 3} more` : ''} broke on the head side`,
    ]
  return [
    `${quoted(first.name)} broke on the head side${first.reason === undefined ? '' : `: ${continued(first.reason)}`}`,
  ]
}

function ended(text: string): string {
  return text.replace(/\.$/, '')
}

/** A sentence as the rest of another one. */
function continued(text: string): string {
  return ended(text).replace(/^[A-Z](?=[a-z ])/, letter => letter.toLowerCase())
}

function errorText(what: string, count: number): string {
  const rest = count > 1 ? `; and ${counted(count - 1, 'more fault')}` : ''
  return `${ended(what)}${rest}.`
}

function unmeasuredText(benchmarks: readonly BenchmarkReport[]): string {
  const [first] = benchmarks
  if (benchmarks.length > 1 || !first) return `None of the ${benchmarks.length} benchmarks could be measured.`
  return `${quoted(first.name)} could not be measured${first.reason === undefined ? '' : `: ${continued(first.reason)}`}.`
}

/** What is undecided or unmeasured; empty when all is settled. */
function openText(benchmarks: readonly BenchmarkReport[]): string {
  const undecided = decided(benchmarks, 'undecided')
  const unmeasured = decided(benchmarks, 'unmeasured')
  const unfit = undecided.find(({ control }) => control && !control.fit)
  if (undecided.length === 0 && unmeasured.length === 0) return ''
  if (unfit?.control) {
    const extent = formatExtent(Math.max(unfit.control.ratio, 1 / unfit.control.ratio))
    return `No verdict, because this machine was not steady: the base and a copy of itself differed by ${extent} in ${quoted(unfit.name)}`
  }
  return [
    ...(undecided.length > 0 ? [undecidedText(undecided, benchmarks.length)] : []),
    ...(unmeasured.length > 0 ? [`${named(unmeasured, benchmarks.length)} could not be measured`] : []),
  ].join('; ')
}

function undecidedText(undecided: readonly BenchmarkReport[], all: number): string {
  const [first] = undecided
  const text = `No verdict on ${named(undecided, all)}`
  if (undecided.length > 1 || first?.detectable === undefined) return text
  return `${text}: a slowdown below ${formatExtent(first.detectable)} could not have been seen`
}

function named(some: readonly BenchmarkReport[], all: number): string {
  const [first] = some
  return some.length === 1 && first ? quoted(first.name) : `${some.length} of ${all} benchmarks`
}

/** What is known not to be slower. */
function settledText(benchmarks: readonly BenchmarkReport[], besideOpen: boolean): readonly string[] {
  const faster = decided(benchmarks, 'faster')
  const unchanged = decided(benchmarks, 'unchanged')
  if (!besideOpen && unchanged.length > 0 && unchanged.every(isIdentical) && faster.length === 0) {
    return ['Nothing was measured, because both sides built to the same code']
  }
  if (faster.length + unchanged.length === 0) return []
  if (besideOpen) return [...fasterText(faster), 'nothing else got slower']
  if (faster.length > 0) return [...fasterText(faster), 'nothing got slower']
  const [only] = unchanged
  if (unchanged.length === 1 && only) {
    return [
      `${quoted(only.name)} did not get slower by more than its threshold of ${formatShare(only.threshold)}`,
    ]
  }
  return [`Nothing got slower: all ${unchanged.length} benchmarks stayed within their thresholds`]
}

function fasterText(faster: readonly BenchmarkReport[]): readonly string[] {
  const [best] = faster
  if (!best) return []
  const luck = faster.filter(({ cause }) => cause?.kind === 'placement').length
  if (faster.length === 1) {
    const by =
      luck === 0
        ? ''
        : `, ${best.cause?.confidence === 'likely' ? 'probably ' : ''}by luck of where its code lies`
    return [`${headline(best)}${by}`]
  }
  const by = luck === 0 ? '' : `, ${luck} of them by luck of where the code lies`
  return [
    `${faster.length} benchmarks are faster, ${quoted(best.name)} most (${formatExtent(best.change?.ratio ?? 1)})${by}`,
  ]
}

function comingsAndGoings(benchmarks: readonly BenchmarkReport[]): readonly string[] {
  const added = decided(benchmarks, 'new')
  const removed = decided(benchmarks, 'removed')
  return [
    ...(added.length > 0
      ? [`${counted(added.length, 'benchmark')} ${added.length === 1 ? 'is' : 'are'} new`]
      : []),
    ...(removed.length > 0
      ? [`${counted(removed.length, 'benchmark')} ${removed.length === 1 ? 'is' : 'are'} gone`]
      : []),
  ]
}

import { ratioInTime } from '../../core/decision/masked.ts'
import { hasCause } from '../../core/model/metric.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import { counted, listed, quoted } from '../../core/text/text.ts'
import { formatChange, formatExtent, formatFactor, formatShare } from '../text/format.ts'
import { causeClause, causesInShort } from './cause-clause.ts'
import { headline } from './headline.ts'
import { decided, isBroken, isIdentical, worstFirst } from './order.ts'
import type { Judged } from './title.ts'

/** The one sentence about the whole run that a reviewer can act on, in plain text with names between backticks. */
export function verdictSentence(report: Judged): string {
  const { benchmarks, errors } = report
  const slower = decided(benchmarks, 'slower')
  const broken = worstFirst(benchmarks.filter(isBroken))
  if (slower.length > 0) {
    return sentence([slowerText(slower, benchmarks.length), ...acceptedText(slower), ...brokenText(broken)])
  }
  const masked = decided(benchmarks, 'masked')
  if (masked.length > 0) return sentence([...maskedText(masked), ...brokenText(broken)])
  if (errors[0]) return errorText(errors[0].what, errors.length)
  if (broken.length > 0) return sentence(brokenText(broken))
  if (benchmarks.length === 0) return 'No benchmark was measured.'
  if (decided(benchmarks, 'unmeasured').length === benchmarks.length) return unmeasuredText(benchmarks)
  const open = openText(benchmarks)
  return sentence([
    ...(open === '' ? [] : [open]),
    ...settledText(benchmarks, open !== ''),
    ...comingsAndGoings(report),
  ])
}

function sentence(clauses: readonly string[]): string {
  const text = clauses.join('; ')
  return `${text.charAt(0).toUpperCase()}${ended(text.slice(1))}.`
}

function slowerText(slower: readonly BenchmarkReport[], all: number): string {
  const [worst] = slower
  if (!worst) return ''
  if (slower.length === 1) return `${headline(worst)}${causeClause(worst)}`
  const extent = formatChange(worst.change?.ratio ?? 1)
  const causes = causesInShort(slower)
  const worse = slower.every(({ metric }) => hasCause(metric)) ? 'slower' : 'worse'
  return `${slower.length} of ${all} benchmarks are ${worse}, ${quoted(worst.name)} most (${extent})${causes === '' ? '' : `: ${causes}`}`
}

/** A luckier layout hides more work: the layouts' figure is the one to act on. */
function maskedText(masked: readonly BenchmarkReport[]): readonly string[] {
  const [worst] = masked
  const over = worst?.trials?.layout?.ratio
  if (!worst) return []
  if (over === undefined) return [`${quoted(worst.name)} does more work that a luckier layout hides`]
  const others = masked.length > 1 ? `, and ${counted(masked.length - 1, 'more benchmark')} likewise` : ''
  return [
    `${quoted(worst.name)} does more work that a luckier layout hides: ${formatChange(ratioInTime(worst))} as built, ${formatChange(over)} over layouts${others}`,
  ]
}

/** Said in the first sentence when no slowdown is left that nobody answers for, and that was more than luck. */
function acceptedText(slower: readonly BenchmarkReport[]): readonly string[] {
  if (slower.some(({ accepted, luck }) => accepted === undefined && !luck?.excused)) return []
  const people = [...new Set(slower.flatMap(({ accepted }) => accepted?.by ?? []))]
  const lost = slower.find(({ accepted, luck }) => accepted === undefined && luck?.excused)?.luck
  return [
    ...(people.length > 0 ? [`accepted by ${listed(people.map(quoted))}`] : []),
    ...(lost
      ? [
          `not counted, because it only loses what ${quoted(lost.commit.slice(0, 10))} had gained by a lucky layout`,
        ]
      : []),
  ]
}

function brokenText(broken: readonly BenchmarkReport[]): readonly string[] {
  const [first] = broken
  if (!first) return []
  const names = broken.slice(0, 3).map(({ name }) => quoted(name))
  const rest = broken.length - names.length
  const all = listed(rest > 0 ? [...names, counted(rest, 'more', 'more')] : names)
  const why = broken.length > 1 || first.reason === undefined ? '' : `: ${continued(first.reason)}`
  return [`${all} broke on the head side${why}`]
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
  const settled = decided(benchmarks, 'unchanged')
  const skipped = settled.filter(({ untouched }) => untouched)
  const unchanged = settled.filter(({ untouched }) => !untouched)
  if (skipped.length > 0)
    return [...measuredText(faster, unchanged, besideOpen), untouchedText(skipped, benchmarks.length)]
  return measuredText(faster, unchanged, besideOpen)
}

/** Of what `paths` spared; never counted among those that did not get slower. */
function untouchedText(skipped: readonly BenchmarkReport[], all: number): string {
  const [only] = skipped
  if (skipped.length < all)
    return `${counted(skipped.length, 'benchmark')} not measured, because nothing that ${skipped.length === 1 ? 'it is' : 'they are'} built from changed`
  const what = skipped.length === 1 && only ? `${quoted(only.name)} is` : 'the benchmarks are'
  return `Nothing was measured, because nothing that ${what} built from changed`
}

function measuredText(
  faster: readonly BenchmarkReport[],
  unchanged: readonly BenchmarkReport[],
  besideOpen: boolean,
): readonly string[] {
  if (!besideOpen && unchanged.length > 0 && unchanged.every(isIdentical) && faster.length === 0) {
    return ['Nothing was measured, because both sides built to the same code']
  }
  if (faster.length + unchanged.length === 0) return []
  const worse = [...faster, ...unchanged].every(({ metric }) => hasCause(metric)) ? 'slower' : 'worse'
  if (besideOpen) return [...fasterText(faster), `nothing else got ${worse}`]
  if (faster.length > 0) return [...fasterText(faster), `nothing got ${worse}`]
  const [only] = unchanged
  if (unchanged.length === 1 && only) {
    return [
      `${quoted(only.name)} did not get ${worse} by more than its threshold of ${formatShare(only.threshold)}`,
    ]
  }
  return [`Nothing got ${worse}: all ${unchanged.length} benchmarks stayed within their thresholds`]
}

function fasterText(faster: readonly BenchmarkReport[]): readonly string[] {
  const [best] = faster
  if (!best) return []
  const luck = faster.filter(({ cause }) => cause?.kind === 'placement').length
  if (faster.length === 1) {
    const by =
      luck === 0
        ? ''
        : `, ${best.cause?.confidence === 'likely' ? 'probably ' : ''}by luck of code placement${overLayouts(best)}`
    return [`${headline(best)}${by}`]
  }
  const by = luck === 0 ? '' : `, ${luck} of them by luck of code placement`
  return [`${faster.length} benchmarks are faster, ${quoted(best.name)} most (${speedUp(best)})${by}`]
}

/** The figure that shows the luck. */
function overLayouts({ trials }: BenchmarkReport): string {
  const layout = trials?.layout
  return layout?.question === 'speed-up' ? `: ${formatChange(layout.ratio)} over layouts` : ''
}

function comingsAndGoings({ verdict, benchmarks }: Judged): readonly string[] {
  const added = decided(benchmarks, 'new').length
  const removed = decided(benchmarks, 'removed').length
  const are = (count: number) => `${counted(count, 'benchmark')} ${count === 1 ? 'is' : 'are'}`
  return [
    ...(added > 0 ? [`${are(added)} new`] : []),
    // Nothing else is left by now that could have failed it.
    ...(removed > 0 ? [`${are(removed)} gone${verdict === 'fail' ? ', which fails the check' : ''}`] : []),
  ]
}

function speedUp({ change, better }: BenchmarkReport): string {
  const ratio = change?.ratio ?? 1
  const times = better === 'lower' ? formatFactor(ratio) : undefined
  return times === undefined ? formatChange(ratio) : `${times} as fast`
}

import { lostToWaiting } from '../../core/decision/cpu-time.ts'
import type { Counts } from '../../core/model/counters.ts'
import type { Cause, CauseKind, HotFunction, Suspect } from '../../core/model/explanation.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import { shortName } from '../../core/text/symbol-name.ts'
import { counted, listed, quoted } from '../../core/text/text.ts'
import { formatExtent, formatFactor, formatShare } from '../text/format.ts'
import { infersSource, isSourceUnknown, isUnreproducible } from './finding.ts'
import { memoryEvent } from './memory-words.ts'

/** Instructions of both sides this close are called the same. */
const SAME_INSTRUCTIONS = 0.01

/**
 * The clause that says why, to follow `x is 70 % slower`; with its own leading comma or word, and empty when no cause was looked
 * for. `change` is what is blamed or not.
 */
export function causeClause(benchmark: BenchmarkReport, change = 'this change'): string {
  const { cause } = benchmark
  const lost = waitingClause(benchmark)
  if (lost !== undefined) return lost
  if (!cause) return ''
  const likely = cause.confidence === 'likely'
  const because = likely ? ', probably because' : ' because'
  switch (cause.kind) {
    case 'placement':
      return `, ${likely ? 'probably not' : 'and not'} because of ${change}: ${placed(benchmark)}`
    case 'work':
      return `${because} ${change} ${through(cause, ', which makes it do more work', 'makes it do more work')}${detail(moreInstructions(benchmark))}`
    case 'codegen':
      return `${because} ${cause.through ? `${change} ${through(cause, ', and ')}` : ''}the compiler made other code${infersSource(cause) ? '' : ' of the same source'}${detail(moreInstructions(benchmark))}`
    case 'memory':
      return `${because} ${memoryClause(benchmark)}`
    case 'branches':
      return `${because} more of its branches are mispredicted${detail(more(benchmark, 'branchMisses', 'misses'))}`
    case 'mixed':
      return `, ${likely ? 'probably ' : ''}${mixture(benchmark, change)}`
    case 'unexplained':
      if (isUnreproducible(cause))
        return ', and its build is not reproducible: two builds of the same commit differ as well'
      return isSourceUnknown(cause)
        ? `${detail(moreInstructions(benchmark))}; whether the source of that code changed is not known`
        : ', and no cause was shown'
  }
}

/** A slowdown in wall time alone is neither more work nor placement. */
function waitingClause({ decision, cpuTime }: BenchmarkReport): string | undefined {
  const lost = lostToWaiting(decision, cpuTime)
  if (lost === undefined || !cpuTime) return undefined
  const { base, head } = cpuTime.busyCpus
  return lost === 'parallelism'
    ? `, because it lost parallelism: it keeps ${head.toFixed(1)} CPUs busy instead of ${base.toFixed(1)}, and its CPU time did not change`
    : undefined
}

/** What the change does to code that its lines are not in, with what follows from it. */
function through({ through: ways = [] }: Cause, then: string, otherwise = ''): string {
  return ways.length === 0 ? otherwise : `${listed(ways.slice(0, MOST_WAYS))}${then}`
}

const MOST_WAYS = 2

function memoryClause(benchmark: BenchmarkReport): string {
  return memoryEvent(benchmark) === 'faults'
    ? `its memory comes in more pages${detail(more(benchmark, 'pageFaults', 'page faults'))}`
    : `it misses the data cache more often${detail(more(benchmark, 'dcacheMisses', 'misses'))}`
}

function detail(text: string): string {
  return text === '' ? '' : `: ${text}`
}

function mixture({ cause }: BenchmarkReport, change: string): string {
  const share = cause?.placementShare
  if (share === undefined) return `in part because of what ${change} does and in part because hot code moved`
  return `about ${formatShare(Math.round(share * 20) / 20)} of it because hot code moved and the rest because of what ${change} does`
}

function growth({ counters }: BenchmarkReport, field: keyof Counts): number | undefined {
  const base = counters?.base[field]
  const head = counters?.head[field]
  return base === undefined || head === undefined || base <= 0 ? undefined : head / base
}

function simulated({ counters }: BenchmarkReport): string {
  return counters?.source === 'simulated' ? ' (simulated)' : ''
}

function amount(ratio: number): string {
  const times = formatFactor(ratio)
  return times === undefined ? `${formatExtent(ratio)} more` : `${times} as many`
}

function moreInstructions(benchmark: BenchmarkReport): string {
  const ratio = growth(benchmark, 'instructions')
  const place = changedCode(benchmark)
  if (ratio === undefined || ratio < 1 + SAME_INSTRUCTIONS / 10) {
    return place === undefined ? '' : `its hot code in ${placeName(place)} changed`
  }
  const where = place === undefined ? '' : `, ${place.most ? 'most' : 'some'} of them in ${placeName(place)}`
  return `${amount(ratio)} instructions ran${simulated(benchmark)}${where}`
}

/** A function as the headline names it: short, and with what is inlined into it where that is what grew. */
function placeName({ symbol, inlined }: { readonly symbol: string; readonly inlined?: string }): string {
  const host = quoted(shortName(symbol))
  return inlined === undefined ? host : `${quoted(shortName(inlined))} (inlined in ${host})`
}

function more(benchmark: BenchmarkReport, field: keyof Counts, noun: string): string {
  const ratio = growth(benchmark, field)
  return ratio === undefined || ratio <= 1 ? '' : `${amount(ratio)} ${noun}${simulated(benchmark)}`
}

/** The changed or new function that gained the most instructions (or else share), and whether that is most of what all hot functions gained. */
function changedCode({
  hot = [],
}: BenchmarkReport):
  | { readonly symbol: string; readonly most: boolean; readonly inlined?: string }
  | undefined {
  const gain = ({ base, head }: HotFunction) => (head?.instructions ?? 0) - (base?.instructions ?? 0)
  const gained = hot.reduce((sum, one) => sum + Math.max(0, gain(one)), 0)
  const [first] = hot
    .filter(({ state, head }) => head && (state === 'changed' || state === 'new'))
    .toSorted((one, other) => gain(other) - gain(one) || (other.head?.share ?? 0) - (one.head?.share ?? 0))
  return first && { symbol: first.symbol, most: gain(first) > gained / 2, ...inlinedGain(first) }
}

/** The inlined function that holds more than half of what a function gained. */
function inlinedGain({ base, head, inlined = [] }: HotFunction): { readonly inlined?: string } {
  const grown = (head?.share ?? 0) - (base?.share ?? 0)
  const [first] = inlined
    .map(({ symbol, base: before = 0, head: after = 0 }) => ({ symbol, after, gain: after - before }))
    .toSorted((one, other) => other.gain - one.gain)
  if (!first || !head) return {}
  const much = grown > 0 ? first.gain > grown / 2 : first.after > head.share / 2
  return much ? { inlined: first.symbol } : {}
}

function placed(benchmark: BenchmarkReport): string {
  const ratio = growth(benchmark, 'instructions')
  const same = ratio !== undefined && Math.abs(ratio - 1) < SAME_INSTRUCTIONS
  return `${same ? 'the same instructions ran' : 'the same code ran'}, but ${movement(benchmark.suspects ?? [])}`
}

/** What became of the suspects that share the first one's mechanism. */
function movement(suspects: readonly Suspect[]): string {
  const [first] = suspects.toSorted((one, other) => one.rank - other.rank)
  if (!first) return 'hot code moved'
  const { mechanism } = first.evidence
  const alike = suspects.filter(suspect => suspect.evidence.mechanism === mechanism)
  const one = alike.length === 1
  const functions = one ? `the hot function ${quoted(first.symbol)}` : counted(alike.length, 'hot function')
  switch (mechanism) {
    case 'set-conflict':
      return `${functions} moved into ${one ? 'instruction-cache sets that other hot code uses' : 'the same instruction-cache sets'}`
    case 'data-set-conflict':
      return `${one ? `the data ${quoted(first.symbol)}` : counted(alike.length, 'hot data object')} moved into ${one ? 'data-cache sets that other hot data uses' : 'the same data-cache sets'}`
    case 'alignment':
      return `${functions} lost ${one ? 'its' : 'their'} alignment`
    case 'straddle':
      return `${functions} moved across ${one ? 'a boundary' : 'boundaries'} between cache lines`
    case 'moved':
      return `${functions} moved`
  }
}

const IN_SHORT: Readonly<Record<CauseKind, string>> = {
  placement: 'by code placement and not by this change',
  work: 'by more work',
  codegen: 'by other code from the compiler',
  memory: 'by slower accesses to memory',
  branches: 'by mispredicted branches',
  mixed: 'in part by code placement',
  unexplained: 'with no cause shown',
}

/** The causes of several breaches, the commonest first: `two by code placement and not by this change, one with no cause shown`. */
export function causesInShort(breaches: readonly BenchmarkReport[]): string {
  const kinds = breaches.flatMap(({ cause }) => (cause ? [cause.kind] : []))
  const unique = [...new Set(kinds)].map(kind => ({
    kind,
    count: kinds.filter(other => other === kind).length,
  }))
  const [only] = unique
  if (unique.length === 1 && only?.count === breaches.length) {
    return `${breaches.length === 2 ? 'both' : 'all'} ${IN_SHORT[only.kind]}`
  }
  const sorted = unique.toSorted((one, other) => other.count - one.count)
  return sorted.map(({ kind, count }) => `${counted(count, '', '').trim()} ${IN_SHORT[kind]}`).join(', ')
}

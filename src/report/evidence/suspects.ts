import type { Suspect, Touched } from '../../core/model/explanation.ts'
import { counted, listed, quoted } from '../../core/text/text.ts'
import { formatAddress, formatCount, formatShare } from '../text/format.ts'

/** Other symbols named in one sentence; the rest are counted. */
const NAMED = 3

/** What a share is a share of: samples follow time, a simulation counts instructions. */
export type Whole = 'time' | 'instructions'

/** One suspect in plain text: how hot it is, where it was and is, with whom it now shares its sets, and its misses. */
export function suspectSentence(suspect: Suspect, whole: Whole): string {
  const { from, to, share } = suspect.evidence
  const heat = `${formatShare(share)} of the ${suspect.kind === 'data' ? 'accesses' : whole}`
  const moved =
    from === to
      ? `stays at \`${formatAddress(to)}\``
      : `moved from \`${formatAddress(from)}\` to \`${formatAddress(to)}\``
  return `${quoted(suspect.symbol)} (${heat}) ${moved}${where(suspect)}${misses(suspect)}.`
}

function where({ evidence }: Suspect): string {
  const { mechanism, sets, sharedWith = [], lineOffset } = evidence
  if (mechanism === 'set-conflict' || mechanism === 'data-set-conflict') {
    const own = sets && sets.head.length > 0 ? `, into ${setRanges(sets.head)}` : ''
    if (sharedWith.length === 0) return own
    return `${own || ', into cache sets'} that ${named(sharedWith)} ${sharedWith.length === 1 ? 'uses' : 'use'} too`
  }
  if (lineOffset) return `, from byte ${lineOffset.base} of a cache line to byte ${lineOffset.head}`
  return mechanism === 'straddle' ? ', across a boundary between cache lines' : ''
}

function misses({ evidence, kind }: Suspect): string {
  if (!evidence.misses) return ''
  const { base, head } = evidence.misses
  return `; ${kind === 'data' ? 'data-cache' : 'instruction-cache'} misses ${formatCount(base)} → ${formatCount(head)}`
}

/** `a`, `a and b`, `a, b, c and four more`. */
export function named(symbols: readonly string[]): string {
  const shown = symbols.slice(0, NAMED).map(quoted)
  const rest = symbols.length - shown.length
  return listed(rest > 0 ? [...shown, `${counted(rest, 'more', 'more')}`] : shown)
}

/** `set 12`, `sets 12–19 and 40`: cache sets as runs of neighbours. */
export function setRanges(sets: readonly number[]): string {
  return `${new Set(sets).size === 1 ? 'set' : 'sets'} ${listed(setRuns(sets))}`
}

/** `12–19`, `40`: numbers of cache sets as runs of neighbours; of more than six runs the rest is counted. */
export function setRuns(sets: readonly number[]): readonly string[] {
  const sorted = [...new Set(sets)].toSorted((one, other) => one - other)
  const starts = sorted.filter((set, index) => index === 0 || sorted[index - 1] !== set - 1)
  const ends = sorted.filter((set, index) => sorted[index + 1] !== set + 1)
  const runs = starts.map((start, index) => (start === ends[index] ? `${start}` : `${start}–${ends[index]}`))
  return runs.length > 6 ? [...runs.slice(0, 5), `${runs.length - 5} more runs`] : runs
}

/** What the change's own functions have to do with the benchmark; empty where the diff was not looked at. */
export function touchedSentence(touched: readonly Touched[] | undefined, whole: Whole): string {
  if (!touched || touched.length === 0) return ''
  const hot = touched.filter(({ share }) => share >= 0.01).toSorted((one, other) => other.share - one.share)
  const by = touched.some(({ from }) => from === 'hunks')
    ? ', as far as the hunk headers of the diff tell'
    : ''
  const touches = `The change touches ${counted(touched.length, 'function')}${by}`
  const [first] = hot
  if (!first) return `${touches}; ${touched.length === 1 ? 'it is not hot' : 'none of them is hot'}.`
  const which = touched.length === 1 ? 'it is hot' : counted(hot.length, 'of them is hot', 'of them are hot')
  return `${touches}; ${which}: ${quoted(first.function)} takes ${formatShare(first.share)} of the ${whole}.`
}

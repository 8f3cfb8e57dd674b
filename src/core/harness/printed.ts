import type { Part } from '../decision/schedule.ts'
import type { OtherOutput } from '../model/report.ts'
import { outputOf } from './output.ts'

/** What the runs of a command printed, as far as it takes to see whether head still prints what base prints. */
export interface Printed {
  readonly base: PrintedSide
  readonly head: PrintedSide
  /** Runs of the second copy of base. */
  controls: number
  /** Whether there was more than is kept, so that nothing is claimed. */
  lost: boolean
}

interface PrintedSide {
  runs: number
  /** Lines of every run so far, by what is left of them without times; the text is that of the first run. */
  readonly always: Map<string, string>
  /** Lines of any run. */
  readonly ever: Set<string>
}

/** What differs between the sides for another reason than their work: names of commits. */
export interface PrintedContext {
  readonly commits: readonly string[]
}

const newSide = (): PrintedSide => ({ runs: 0, always: new Map(), ever: new Set() })

/** Nothing printed yet. */
export function newPrinted(): Printed {
  return { base: newSide(), head: newSide(), controls: 0, lost: false }
}

/** As much of an output as is looked at; benchmarks that print more do so in a loop. */
const LOOKED_AT = 128 * 1024
const MOST_LINES = 2_000
const MOST_KINDS = 10_000
const LONGEST = 400

/** Adds what one run printed. */
export function notePrinted(printed: Printed, part: Part, stdout: string, context: PrintedContext): void {
  if (printed.lost) return
  const side = part === 'head' ? printed.head : printed.base
  const lines = new Map<string, string>()
  for (const line of outputOf(stdout.slice(0, LOOKED_AT)).text.split('\n').slice(0, MOST_LINES)) {
    const text = line.slice(0, LONGEST).trim()
    const kept = withoutTimes(text, context)
    if (/[\p{L}\p{N}]/u.test(kept) && !lines.has(kept)) lines.set(kept, text)
  }
  if (side.runs === 0) for (const [kept, text] of lines) side.always.set(kept, text)
  else for (const kept of side.always.keys()) if (!lines.has(kept)) side.always.delete(kept)
  for (const kept of lines.keys()) side.ever.add(kept)
  if (side.ever.size > MOST_KINDS) printed.lost = true
  side.runs++
  if (part === 'control') printed.controls++
}

/** Fewer runs agree by chance. */
const FEWEST = 3

/**
 * The first line that head prints in every run and no copy of base ever does, and the first that every run of both copies prints and head
 * never. Undefined where the sides print the same, as far as the copies of base agree with each other.
 */
export function otherOutput({ base, head, controls, lost }: Printed): OtherOutput | undefined {
  if (lost || controls === 0 || base.runs < FEWEST || head.runs < FEWEST) return undefined
  const only = (own: PrintedSide, other: PrintedSide) =>
    [...own.always].find(([kept]) => !other.ever.has(kept))?.[1]
  const [ofBase, ofHead] = [only(base, head), only(head, base)]
  if (ofBase === undefined && ofHead === undefined) return undefined
  return { ...(ofBase !== undefined && { base: ofBase }), ...(ofHead !== undefined && { head: ofHead }) }
}

/** A number with a unit of time or of a rate, which differs for speed alone. */
const TIMED =
  /[+-]?\d[\d.,_'eE+-]*\s?(?:fs|ps|ns|us|µs|μs|ms|s|secs?|seconds?|min|mins|minutes?|[kKMGT]?i?B\/s|[kKMGT]?[\w-]{0,12}\/(?:s|sec|second|op|iter)|[kMG]?Hz|%|x)(?![\p{L}\p{N}])/gu
/** Words of lines whose numbers say how fast or how often something ran. */
const ABOUT_SPEED =
  /\b(?:time[ds]?|elapsed|took|duration|latency|throughput|bandwidth|speed|rate|fps|ops|iter(?:ation)?s?|rounds?|runs?|samples?|reps?|repetitions?|outliers?|measurements?|mean|median|avg|average|min|max|std\s?dev|stddev|variance|p\d{2,3}|cycles?|ticks?|wall|cpu|user|sys|real|load_avg|pid|tid|seed|mhz\w*|date|index|address|rss|memory|score)\b|_(?:time|ns|us|ms|sec|seconds|index|avg)\b/i
const NUMBER = /[+-]?\d[\d.,_']*(?:[eE][+-]?\d+)?/g
/** A decimal of so few digits that two times may print as one and a third as another. */
const COARSE = /(?<![\w.])[+-]?(?:\d\.\d{1,2}|\d\d\.\d|0\.\d{1,3})(?![\w.])/g
const CLOCK =
  /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?|\b\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +\d{1,2},?(?: +\d{4})?\b/g
/** Addresses of user space on 64 bits; a checksum is shorter or longer. */
const POINTER = /\b0x(?:0{2,4}[0-9a-f]{8,12}|[0-9a-f]{9,12})\b/gi
const COMMIT = /\S*[0-9a-f]{7,64}\S*/g

function withoutTimes(line: string, { commits }: PrintedContext): string {
  const named = line
    .replace(COMMIT, word => (commits.some(sha => holdsCommit(word, sha)) ? '<commit>' : word))
    .replace(POINTER, '<address>')
    .replace(CLOCK, '<clock>')
  const timed = named.replace(TIMED, '#')
  const kept =
    timed !== named || ABOUT_SPEED.test(named) ? timed.replace(NUMBER, '#') : timed.replace(COARSE, '#')
  return kept.replace(/\s+/g, ' ')
}

function holdsCommit(text: string, sha: string): boolean {
  return [...text.matchAll(/[0-9a-f]{7,64}/g)].some(([found]) => sha.startsWith(found))
}

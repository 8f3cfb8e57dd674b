/** Numbers and units as benchmark harnesses print them, brought to one base unit for each quantity. */

/** A unit brought to its base: seconds, bytes, plain numbers, or one of these per second. */
export interface Unit {
  /** `s`, `B`, an empty text for counts, `ops/s` or `B/s`. */
  readonly base: 's' | 'B' | '' | 'ops/s' | 'B/s'
  /** How many of the base one of the unit is. */
  readonly factor: number
}

/** The unit of times. */
export const SECONDS: Unit = { base: 's', factor: 1 }

/** What many harnesses print times in. */
export const NANOSECONDS: Unit = { base: 's', factor: 1e-9 }

const TIMES: Readonly<Record<string, number>> = {
  fs: 1e-15,
  ps: 1e-12,
  ns: 1e-9,
  nsec: 1e-9,
  nsecs: 1e-9,
  nanos: 1e-9,
  nanosec: 1e-9,
  nanosecs: 1e-9,
  nanosecond: 1e-9,
  nanoseconds: 1e-9,
  us: 1e-6,
  '\u00b5s': 1e-6,
  '\u03bcs': 1e-6,
  '\u00b5sec': 1e-6,
  '\u03bcsec': 1e-6,
  '\u00b5secs': 1e-6,
  '\u03bcsecs': 1e-6,
  usec: 1e-6,
  usecs: 1e-6,
  micros: 1e-6,
  microsec: 1e-6,
  microsecs: 1e-6,
  microsecond: 1e-6,
  microseconds: 1e-6,
  ms: 1e-3,
  msec: 1e-3,
  msecs: 1e-3,
  millis: 1e-3,
  millisec: 1e-3,
  millisecs: 1e-3,
  millisecond: 1e-3,
  milliseconds: 1e-3,
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  hours: 3600,
}

const PREFIXES: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

const BYTES = /^(Ki|Mi|Gi|Ti|[kKMGT])?(?:B|[bB]ytes?)$/
/** What costs. `ops` or `iterations` alone may be a cost or what was done in a given time, so that nobody knows which way is better. */
const COUNTS =
  /^(?:allocs?|allocations?|counts?|instructions?|instrs?|insns?|cycles?|(?:sys)?calls?|faults?|misses|branches)$/i
const RATE = /^(.*?)(?: ?\/ ?| per |_per_)([A-Za-z\u00b5\u03bc]+)$/
const PER = /^(.+?)(?:\/| per )[A-Za-z][\w ]{0,30}$/
/** Rates that have a word of their own. */
const RATE_WORD = /^([kKMG]?)(?:Hz|[rqtfip]ps|iops|ops_per_sec)$/i
const BYTES_PER_SECOND = /^(Ki|Mi|Gi|Ti|[kKMGT])?Bps$/
const BITS_PER_SECOND = /^([kKMGT]?)bps$/

/** Reads a unit such as `ns`, `µs/iter`, `MiB/op`, `ops/ms`, `M/s` or `allocs/op`; undefined for one nobody knows. */
export function readUnit(text: string): Unit | undefined {
  const unit = text.trim()
  if (unit === '') return { base: '', factor: 1 }
  const word = RATE_WORD.exec(unit) ?? BITS_PER_SECOND.exec(unit)
  if (word) return { base: 'ops/s', factor: PREFIXES[anyCase(word[1]!)]! }
  const bytes = BYTES_PER_SECOND.exec(unit)
  if (bytes) return { base: 'B/s', factor: PREFIXES[bytes[1] ?? ''] ?? 1 }
  const rate = RATE.exec(unit)
  const span = rate ? secondsOf(rate[2]!) : undefined
  if (span !== undefined) {
    const what = rateOf(rate![1]!.trim())
    return what && { ...what, factor: what.factor / span }
  }
  return plainUnit(unit) ?? plainUnit(PER.exec(unit)?.[1]?.trim() ?? '\0')
}

/** Some write `mhz` and `gflops/s`: of rates no prefix makes less. */
const anyCase = (prefix: string): string => (/^[mg]$/.test(prefix) ? prefix.toUpperCase() : prefix)

/** Words for times may begin with a capital, `Seconds`; abbreviations may not, because `Ms` is no `ms`. */
function secondsOf(unit: string): number | undefined {
  const word = unit.length > 3 || unit === 'Sec' ? unit.toLowerCase() : unit
  return Object.hasOwn(TIMES, word) ? TIMES[word] : undefined
}

function plainUnit(unit: string): Unit | undefined {
  const seconds = secondsOf(unit)
  if (seconds !== undefined) return { base: 's', factor: seconds }
  const bytes = BYTES.exec(unit)
  if (bytes) return { base: 'B', factor: PREFIXES[bytes[1] ?? ''] ?? 1 }
  return COUNTS.test(unit) ? { base: '', factor: 1 } : undefined
}

/** Nouns that take a prefix, `Mops/s`; any other that begins with such a letter keeps it, `Messages/s`. */
const COUNTED =
  /^(?:b|bits?|ops?|operations?|items?|elem(?:ent)?s?|iters?|iterations?|it|reqs?|requests?|calls?|msgs?|messages?|flops?|words?|toks?|tokens?|rows?|keys?|px|pixels?|samples?|pkts?|packets?|lookups?|events?|frames?|hash(?:es)?|txs?|transactions?|records?|lines?|queries|cells?|points?|nodes?|edges?|cycles?|instrs?|instructions?)$/i

/** What is done per second; a time per second is a share and no rate. */
function rateOf(what: string): Unit | undefined {
  const bytes = BYTES.exec(what)
  if (bytes) return { base: 'B/s', factor: PREFIXES[bytes[1] ?? ''] ?? 1 }
  const things = /^(Ki|Mi|Gi|Ti|[kKMGTmg])? ?([A-Za-z]{0,20})$/.exec(what)
  if (!things || secondsOf(what) !== undefined) return undefined
  const [, prefix = '', noun = ''] = things
  const counted = noun === '' || COUNTED.test(noun)
  return { base: 'ops/s', factor: counted ? PREFIXES[anyCase(prefix)]! : 1 }
}

/** Whether more of it is better: what is done per second is. */
export function betterOf(unit: Unit['base']): 'lower' | 'higher' {
  return unit === 'ops/s' || unit === 'B/s' ? 'higher' : 'lower'
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
/** Groups of three digits, as `2,625.65`, `1_000` or `12 000` have them. */
const GROUPED = /^[+-]?\d{1,3}(?:([,_' \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?:\.\d*)?$/
const WORD = /^[+-]?(?:(nan)|inf|infinity)$/i

/** Reads a number, thousands separators included; undefined for what is none, so that `1,5` is no silent 15. */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim()
  if (NUMBER.test(trimmed)) return Number(trimmed)
  if (GROUPED.test(trimmed)) return Number(trimmed.replace(/[,_' \u00a0\u2009\u202f]/g, ''))
  const word = WORD.exec(trimmed)
  if (!word) return undefined
  return word[1] ? Number.NaN : Number.POSITIVE_INFINITY
}

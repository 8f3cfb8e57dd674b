import { logWealthOf } from '../../src/core/statistics/comparison.ts'
import { median } from '../../src/core/statistics/median.ts'
import { say } from './gates.ts'
import { judgedNow, judgedStretched, type Lines, recordingsIn, startsOf } from './replay.ts'

const CPU = 1
const SLOW = 5
const LEVEL = Math.log(100)
const MARK = Math.log(1.05)
const MOST_RUNS = 180

/** A way to bet on log ratios of head to the mark: whether it ever claims that head is slower. */
type Bet = (ratios: readonly number[]) => boolean

/**
 * What bets on the sizes of log ratios find in recorded rounds, beside those on their signs, and how much of it is the distance in time
 * between the runs that are compared. All of them decide about head +8 % by CPU time at a mark of 5 %.
 */
export function sizes(folder: string): void {
  const recordings = recordingsIn(folder)
  say(`\nRecorded rounds, head +8 % by CPU time, at most ${MOST_RUNS} runs: % found`)
  const row = (what: string, finds: (lines: Lines) => boolean) => {
    const shares = [...recordings].map(([name, lines]) => {
      const starts = startsOf(lines)
      return { name, share: (100 * starts.filter(finds).length) / starts.length }
    })
    const each = shares.map(({ name, share }) => `${name} ${share.toFixed(0)}`).join(', ')
    const all = shares.reduce((sum, { share }) => sum + share, 0) / shares.length
    say(`  ${what}: ${all.toFixed(0)} (${each})`)
  }
  row('the gate, a round a recorded round', lines => judgedNow(lines, CPU, SLOW).decision === 'slower')
  row(
    'the gate, a round stretched over three recorded ones',
    lines => judgedStretched(lines, CPU, SLOW).decision === 'slower',
  )
  row('signs, pairs in one recorded round', lines => bySigns(pairsOf(lines)))
  row('signs, pairs from neighbouring rounds', lines => bySigns(pairsOf(lines, 1)))
  row('signs, pairs two rounds apart', lines => bySigns(pairsOf(lines, 2)))
  for (const clip of [1, 2, 4, Number.POSITIVE_INFINITY]) {
    const cut = clip === Number.POSITIVE_INFINITY ? 'as they are' : `cut at ${clip} times their median`
    row(`sizes ${cut}, the same pairs`, lines => bySizes(clip)(pairsOf(lines)))
    row(`sizes ${cut}, head against the middle of base and control`, lines => bySizes(clip)(triplesOf(lines)))
  }
}

/** Head against base and against its second copy in turn, two runs a pair, from recorded rounds so far apart. */
function pairsOf(lines: Lines, apart = 0): readonly number[] {
  const pairs = lines.slice(0, MOST_RUNS / 2)
  return pairs.map((line, at) => {
    const other = lines[at + apart]!
    return Math.log(line[2 * SLOW + CPU]! / other[at % 2 === 0 ? CPU : 2 + CPU]!) - MARK
  })
}

/** Head against the geometric mean of both copies of base, whose noise is less: three runs each. */
function triplesOf(lines: Lines): readonly number[] {
  const triples = lines.slice(0, MOST_RUNS / 3)
  return triples.map(line => Math.log(line[2 * SLOW + CPU]! / Math.sqrt(line[CPU]! * line[2 + CPU]!)) - MARK)
}

const bySigns: Bet = ratios =>
  ratios.some((_, at) => logWealthOf(ratios.slice(0, at + 1).map(ratio => [Float64Array.of(ratio)])) >= LEVEL)

const STAKES = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2]

/**
 * Π exp(λ z) / cosh(λ z) is a martingale where each z is symmetric about 0 given the past (de la Peña 1999), mixed over λ. The scale of z is
 * the median size of the ratios before it.
 */
const bySizes =
  (clip: number): Bet =>
  ratios => {
    const logs = STAKES.map(() => -Math.log(STAKES.length))
    return ratios.some((ratio, at) => {
      const before = ratios.slice(0, at).map(Math.abs)
      const scale = before.length < 4 ? Math.abs(ratio) : median(before)
      const z = Math.max(-clip, Math.min(clip, ratio / (scale || 1)))
      for (const [stake, lambda] of STAKES.entries())
        logs[stake]! += lambda * z - Math.log(Math.cosh(lambda * z))
      return Math.log(logs.reduce((sum, log) => sum + Math.exp(log), 0)) >= LEVEL
    })
  }

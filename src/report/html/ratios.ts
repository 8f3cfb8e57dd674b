import { type Round, roundsIn } from '../../core/decision/rounds.ts'
import type { Part } from '../../core/decision/schedule.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import { median } from '../../core/statistics/median.ts'
import { formatChange, formatInterval, formatShare } from '../text/format.ts'
import { at, box, dot, label, line, picture, scaleOf, ticks } from './svg.ts'

const SIZE = [720, 220] as const
const LEFT = 64
const RIGHT = 708
const TOP = 16
const BOTTOM = 190
/** Rounds drawn at most; of more, every n-th. */
const MOST_ROUNDS = 300
const MINIMUM_SPREAD = 1.02

interface RatioOfRound {
  readonly round: number
  readonly ratio: number
}

/** Every round's ratio head/base, the control's base/base, the interval and the threshold; empty where there are no pairs. */
export function ratiosPicture(benchmark: BenchmarkReport): string {
  const { change, threshold, better } = benchmark
  if (!change) return ''
  const rounds = roundsIn(benchmark) ?? []
  const pairs = thinned(ratios(rounds, 'head'))
  const copies = thinned(ratios(rounds, 'control'))
  if (pairs.length === 0) return ''
  const limit = better === 'lower' ? 1 + threshold : 1 / (1 + threshold)
  const values = [...pairs, ...copies].map(({ ratio }) => ratio).toSorted((one, other) => one - other)
  // The threshold, no change and the interval are always in the picture; a few far rounds are not, so that these stay distinct.
  const anchors = [1, limit, change.low, change.high]
  const [least, most] = reachOf(values)
  const low = Math.min(least, ...anchors)
  const high = Math.max(most, ...anchors)
  const scale = scaleOf([Math.log(low), Math.log(high)], [BOTTOM, TOP])
  const y = (ratio: number) => Math.min(BOTTOM, Math.max(TOP, scale(Math.log(ratio))))
  const x = scaleOf([1, Math.max(2, rounds.length)], [LEFT + 8, RIGHT - 8])
  const point =
    (kind: string) =>
    ({ round, ratio }: RatioOfRound) =>
      ratio < low || ratio > high ? edge(x(round), ratio > high, kind) : dot(x(round), y(ratio), kind)
  const words = `The median change is ${formatChange(change.ratio)}, its interval ${formatInterval(change)}, the threshold ${formatShare(threshold)}.`
  return picture(SIZE, 'Change in each round', words, [
    ...marksOf(low, high).flatMap(ratio => tick(ratio, y)),
    box([LEFT, y(change.high), RIGHT - LEFT, y(change.low) - y(change.high)], 'interval'),
    line([LEFT, y(1), RIGHT, y(1)], 'zero'),
    line([LEFT, y(limit), RIGHT, y(limit)], 'threshold'),
    label(RIGHT, y(limit) - 4, 'threshold', 'end'),
    line([LEFT, y(change.ratio), RIGHT, y(change.ratio)], 'median'),
    ...copies.map(point('control')),
    ...pairs.map(point('head')),
    label(LEFT, SIZE[1] - 6, 'round 1'),
    label(RIGHT, SIZE[1] - 6, `round ${rounds.length}`, 'end'),
  ])
}

/** Changes to mark on the axis: round percentages, and factors of two where the rounds reach from one to another. */
function marksOf(low: number, high: number): readonly number[] {
  if (high / low < 3) return ticks((low - 1) * 100, (high - 1) * 100, 6).map(percent => 1 + percent / 100)
  const [first, last] = [Math.ceil(Math.log2(low)), Math.floor(Math.log2(high))]
  const step = Math.ceil((last - first + 1) / 8)
  return Array.from(
    { length: Math.floor((last - first) / step) + 1 },
    (_, index) => 2 ** (first + index * step),
  )
}

function tick(ratio: number, y: (ratio: number) => number): readonly string[] {
  const height = y(ratio)
  return [
    line([LEFT, height, RIGHT, height], 'grid'),
    label(LEFT - 6, height + 4, formatChange(ratio), 'end'),
  ]
}

/** A round beyond the picture, as an arrow at its edge. */
function edge(x: number, above: boolean, kind: string): string {
  const [tip, foot] = above ? [TOP - 4, TOP + 4] : [BOTTOM + 4, BOTTOM - 4]
  return `<path class="${kind}" d="M${at(x)} ${tip}l4 ${foot - tip}h-8z"/>`
}

/** The range to draw: all rounds, but for those farther off than the middle 96 % of them are apart. */
function reachOf(sorted: readonly number[]): readonly [number, number] {
  const [from, to] = [quantile(sorted, 0.02), quantile(sorted, 0.98)]
  const spread = Math.max(to / from, MINIMUM_SPREAD)
  return [Math.max(quantile(sorted, 0), from / spread), Math.min(quantile(sorted, 1), to * spread)]
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round((sorted.length - 1) * share)] ?? 1
}

/** The medians of a round, as the ratio of one part to base. */
function ratios(rounds: readonly Round[], part: Part): readonly RatioOfRound[] {
  const all = rounds.map((round, index) => ({
    round: index + 1,
    ratio: median(round[part]) / median(round.base),
  }))
  return all.filter(({ ratio }) => Number.isFinite(ratio) && ratio > 0)
}

function thinned(rounds: readonly RatioOfRound[]): readonly RatioOfRound[] {
  const step = Math.ceil(rounds.length / MOST_ROUNDS)
  return step <= 1 ? rounds : rounds.filter((_, index) => index % step === 0)
}

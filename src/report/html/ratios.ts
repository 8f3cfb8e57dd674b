import { type Round, roundsIn } from '../../core/decision/rounds.ts'
import type { Part } from '../../core/decision/schedule.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import { median } from '../../core/statistics/median.ts'
import { formatChange, formatInterval, formatShare } from '../text/format.ts'
import { box, dot, label, line, picture, scaleOf, ticks } from './svg.ts'

const SIZE = [720, 220] as const
const LEFT = 64
const RIGHT = 708
const TOP = 16
const BOTTOM = 190
/** Rounds drawn at most; of more, every n-th. */
const MOST_ROUNDS = 300

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
  const values = [...pairs, ...copies].map(({ ratio }) => ratio)
  const low = values.reduce((least, value) => Math.min(least, value), Math.min(1, limit, change.low))
  const high = values.reduce((most, value) => Math.max(most, value), Math.max(1, limit, change.high))
  const y = scaleOf([low, high], [BOTTOM, TOP])
  const x = scaleOf([1, Math.max(2, rounds.length)], [LEFT + 8, RIGHT - 8])
  const words = `The median change is ${formatChange(change.ratio)}, its interval ${formatInterval(change.low, change.high)}, the threshold ${formatShare(threshold)}.`
  return picture(SIZE, 'Change in each round', words, [
    ...ticks((low - 1) * 100, (high - 1) * 100, 6).flatMap(percent => tick(percent, y)),
    box([LEFT, y(change.high), RIGHT - LEFT, y(change.low) - y(change.high)], 'interval'),
    line([LEFT, y(1), RIGHT, y(1)], 'zero'),
    line([LEFT, y(limit), RIGHT, y(limit)], 'threshold'),
    label(RIGHT, y(limit) - 4, 'threshold', 'end'),
    line([LEFT, y(change.ratio), RIGHT, y(change.ratio)], 'median'),
    ...copies.map(({ round, ratio }) => dot(x(round), y(ratio), 'control')),
    ...pairs.map(({ round, ratio }) => dot(x(round), y(ratio), 'head')),
    label(LEFT, SIZE[1] - 6, 'round 1'),
    label(RIGHT, SIZE[1] - 6, `round ${rounds.length}`, 'end'),
  ])
}

function tick(percent: number, y: (ratio: number) => number): readonly string[] {
  const height = y(1 + percent / 100)
  return [
    line([LEFT, height, RIGHT, height], 'grid'),
    label(LEFT - 6, height + 4, formatChange(1 + percent / 100), 'end'),
  ]
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

import type { PerSide, Side } from '../model/side.ts'
import { anyLatticeOf, type KnownTick, knownTickOf } from '../statistics/lattice.ts'
import type { Unit } from './units.ts'

/** One value as a program printed it, and how often the measured code ran for it, where it tells. */
export interface ClockReading {
  readonly value: number
  readonly iterations?: number
}

/** What the values of a row are. */
export interface ClockContext {
  /** The step of the last digit on each side; 0 where nothing was rounded. */
  readonly printed: PerSide<number>
  /** Their unit; undefined where nobody knows it. */
  readonly unit: Unit | undefined
}

/** Values that hardly ever change may be round because somebody made them so. */
const FEWEST_VALUES = 3
const tick = (step: number, { fewest = FEWEST_VALUES, exact = false, chance = 1e-3 } = {}): KnownTick => ({
  ...{ step, fewest, exact, chance },
})
/**
 * What programs count time in, most usual first: milliseconds and the like, then the ticks of kernels (100, 250, 300 and 1024 Hz), of Windows
 * (1/64 s), of displays (1/60 s) and of browsers (0.1 ms). Whole seconds are a tick only if there are several: many a program sleeps for some.
 */
const TICKS: readonly KnownTick[] = [
  tick(1, { fewest: 4, exact: true, chance: 1e-2 }),
  ...[1e-3, 1e-6, 1e-9].map(step => tick(step, { chance: 1e-2 })),
  ...[1 / 60, 1 / 64, 1e-2, 1 / 250, 1 / 300, 1 / 1024, 1e-4, 1e-5, 1e-7, 1e-8].map(step => tick(step)),
]
/** Of a value in a unit that nobody knows the whole number may be the tick, or a thousandth. */
const PLAIN_TICKS = [1, 1e-3, 1e-6].map(step => tick(step, { chance: 1e-2 }))

/** A tick that is smaller than this part of the smallest value moves no answer. */
const NEGLIGIBLE = 1e-4
/** As many values of a side tell as much as all of them, and more of them cost time in every round. */
const LOOKED_AT = 120

/**
 * The steps in which a clock lets the values of each side move, where these are coarser than the last digit: `0.012000` of a clock that
 * counts milliseconds. The program is the same on both sides, so that all values are looked at together, and each side's where these have
 * no step. Of rows with honest digits about one in a hundred is taken for a coarse one if their values hardly ever change, and hardly any of
 * those whose values do (docs/how-it-decides.md derives it).
 */
export function clockSteps(
  readings: PerSide<readonly ClockReading[]>,
  { printed, unit }: ClockContext,
): PerSide<number> {
  if (unit?.base === 'B') return { base: 0, head: 0 }
  const fine = Math.max(printed.base, printed.head)
  const both = [...readings.base, ...readings.head]
  const shared =
    printed.base > 0 && printed.head > 0 ? stepOf(both, { fine, unit, sure: varies(readings) }) : undefined
  const ofSide = (side: Side) => {
    const own = printed[side]
    const step = own > 0 ? (shared ?? stepOf(readings[side], { fine: own, unit, sure: false })) : undefined
    return step !== undefined && step > own ? step : 0
  }
  return { base: ofSide('base'), head: ofSide('head') }
}

/** A value that never changes says nothing: whoever times something has noise in digits that are as fine as they look. */
const varies = ({ base, head }: PerSide<readonly ClockReading[]>): boolean =>
  [base, head].some(side => side.some(({ value }) => value !== side[0]!.value))

interface Looked {
  readonly fine: number
  readonly unit: Unit | undefined
  /** Whether these are all values of a row and differ on a side: one side's say less, because the other's digits of the same program are finer. */
  readonly sure: boolean
}

/** A sequence of numbers that may be multiples of a tick, and the widest step of a value that one tick of them is. */
interface Clocked {
  readonly amounts: readonly number[]
  readonly fine: number
  /** Ticks in the unit of the amounts. */
  readonly ticks: readonly KnownTick[]
  readonly perTick: number
}

function stepOf(readings: readonly ClockReading[], looked: Looked): number | undefined {
  const some = sampleOf(readings).filter(({ value }) => value > 0)
  if (some.length === 0) return undefined
  for (const clocked of clockedIn(some, looked)) {
    const { amounts, fine, ticks, perTick } = clocked
    const least = Math.min(...amounts) * NEGLIGIBLE
    const known = knownTickOf(
      amounts,
      fine,
      ticks.filter(({ step }) => step > least),
    )
    const any = anyLatticeOf(amounts, Math.max(fine, known?.step ?? 0))
    const found = any && any.step > Math.max(least, known?.step ?? 0) ? any : known
    if (found) return found.step * perTick
  }
  return undefined
}

function sampleOf(readings: readonly ClockReading[]): readonly ClockReading[] {
  if (readings.length <= 2 * LOOKED_AT) return readings
  return [...readings.slice(0, LOOKED_AT), ...readings.slice(-LOOKED_AT)]
}

/** What of the values a clock may have counted: themselves, the time that a rate is of, or the total that was divided by its iterations. */
function clockedIn(readings: readonly ClockReading[], { fine, unit, sure }: Looked): readonly Clocked[] {
  const values = readings.map(({ value }) => value)
  const counts = readings.flatMap(({ iterations }) => iterations ?? [])
  const counted = counts.length === values.length && counts.some(count => count > 1)
  const rate = unit?.base === 'ops/s' || unit?.base === 'B/s'
  const seconds = unit?.base === 's' ? unit.factor : undefined
  const ticks =
    seconds === undefined
      ? PLAIN_TICKS.filter(({ step }) => values.every(value => value >= 2 * step))
      : sure
        ? seenAtOnce(inUnit(seconds), seconds, fine)
        : inUnit(seconds)
  if (!rate) {
    const totals: Clocked = {
      amounts: values.map((value, at) => value * counts[at]!),
      fine: fine * Math.max(...counts),
      ticks,
      perTick: 1 / Math.min(...counts),
    }
    return [{ amounts: values, fine, ticks, perTick: 1 }, ...(counted ? [totals] : [])]
  }
  // One tick more or less of the time t = n/v changes the rate by v²/n of it.
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const times: Clocked = {
    amounts: values.map((value, at) => counts[at]! / value),
    fine: Math.max(...values.map((value, at) => (counts[at]! * fine) / value ** 2)),
    ticks: inUnit(1),
    perTick: Math.max(...values.map((value, at) => value ** 2 / counts[at]!)),
  }
  const inverse = {
    amounts: values.map(value => 1 / value),
    fine: fine / least ** 2,
    ticks: [],
    perTick: most ** 2,
  }
  return [inverse, ...(counted ? [times] : [])]
}

const inUnit = (seconds: number): readonly KnownTick[] =>
  TICKS.map(known => ({ ...known, step: known.step / seconds }))

const MILLISECOND = 1e-3
/** Ticks that no value is a multiple of by being round. */
const ODD_TICKS = [1 / 60, 1 / 64, 1 / 300, 1 / 1024]
/** Three zeros behind a point and a whole number of milliseconds, as in `0.012000` or `12.000 ms`, tell of the clock as soon as there is another such value, and so do odd ticks. */
function seenAtOnce(ticks: readonly KnownTick[], seconds: number, fine: number): readonly KnownTick[] {
  const isOf = (step: number, tick: number) => Math.abs((step * seconds) / tick - 1) < 1e-9
  const isPlain = (step: number) => isOf(step, MILLISECOND) && step < 1 + 1e-9 && step > 999 * fine
  return ticks.map(known =>
    isPlain(known.step) || ODD_TICKS.some(tick => isOf(known.step, tick)) ? { ...known, fewest: 1 } : known,
  )
}

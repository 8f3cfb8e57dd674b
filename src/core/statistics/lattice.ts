/**
 * Whether values that were printed with many digits only ever are multiples of something coarser: the tick of a clock. Honest digits are as
 * good as random below the noise, so each further value that falls onto the lattice by chance makes the whole less likely by a factor.
 */
export interface Lattice {
  /** The distance of its points. */
  readonly step: number
  /** How many of its points the values are on. */
  readonly points: number
  /** How far a value is from its point at most. */
  readonly farthest: number
}

/**
 * How the values sit on the points `offset + n × step`; undefined where one is farther from its point than rounding and an unsteady clock
 * explain. Without an offset the point 0 is none: values that are far below a tick are near it whatever they are.
 */
function latticeOf(values: readonly number[], step: number, fine: number, offset = 0): Lattice | undefined {
  const most = Math.min(Math.max(step * UNSTEADY, fine * SLACK), step / 4)
  let farthest = 0
  const points = new Set<number>()
  for (const value of values) {
    const nth = Math.round((value - offset) / step)
    farthest = Math.max(farthest, Math.abs(value - offset - nth * step))
    if (farthest > most || (offset === 0 && nth === 0)) return undefined
    points.add(nth)
  }
  return { step, points: points.size, farthest }
}

/** How far a clock that is being adjusted, or a sum of fractions, is from its point, as a part of the step; more than that is noise. */
const UNSTEADY = 1 / 200

/** Sums of binary fractions come out a little off. */
const SLACK = 1 + 1e-6

/** The chance that one value on a finer grid is as near to a point as all of them are. */
const chanceOfOne = ({ step, farthest }: Lattice, fine: number): number =>
  Math.min(1, (2 * farthest + fine) / step)

/** The chance that so many unrelated values on a finer grid are all on the lattice, of which some were used to find it. */
function chanceOf(lattice: Lattice, fine: number, used = 0): number {
  return chanceOfOne(lattice, fine) ** Math.max(0, lattice.points - used)
}

/** A tick that clocks have, and how many points of its lattice values must be on before they say anything. */
export interface KnownTick {
  readonly step: number
  readonly fewest: number
  /** Whether no value may be off its point by more than rounding. */
  readonly exact: boolean
  /** The chance at most with which it is taken for one that it is not. */
  readonly chance: number
}

/**
 * The known tick that all values are multiples of: the first of the list that chance does not explain, and then each coarser one that
 * chance does not explain among the multiples of that.
 */
export function knownTickOf(
  values: readonly number[],
  fine: number,
  ticks: readonly KnownTick[],
): Lattice | undefined {
  const fitting = ticks.flatMap(tick => {
    const lattice = tick.step > fine ? latticeOf(values, tick.step, fine) : undefined
    const fits = lattice && lattice.points >= tick.fewest && !(tick.exact && lattice.farthest > fine * SLACK)
    return fits ? [{ ...tick, lattice }] : []
  })
  let found = fitting.find(({ lattice, chance }) => chanceOf(lattice, fine) <= chance * SLACK)?.lattice
  for (const { lattice, chance } of fitting.toSorted((a, b) => a.step - b.step))
    if (found && lattice.step > found.step && chanceOf(lattice, found.step) <= chance * SLACK) found = lattice
  return found
}

/** Fewer points than this are on some lattice anyway: two of them make it. */
const FEWEST_POINTS = 5
/** Into how many steps the smallest distance of two values may be divided. */
const MOST_PARTS = 8
/** Steps are tried until one fits, so that the chance for each of them has to be small. */
const CHANCE = 1e-6
/** How much wider than any distance within a point the distances between points are. */
const CLEAR = 20

/**
 * The lattice of any step and offset that all values are on, for ticks that nobody knows: a clock's own, or that of a total which was
 * divided by the same number every time.
 */
export function anyLatticeOf(values: readonly number[], fine: number): Lattice | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const within = widthWithin(sorted, fine)
  if (within === undefined) return undefined
  const centres = centresOf(sorted, within)
  if (centres.length < FEWEST_POINTS) return undefined
  const smallest = Math.min(...centres.slice(1).map((centre, at) => centre - centres[at]!))
  for (let parts = 1; parts <= MOST_PARTS; parts++) {
    const fitted = fittedTo(centres, smallest / parts)
    const lattice = fitted && latticeOf(values, fitted.step, fine, fitted.offset)
    if (lattice && lattice.points >= FEWEST_POINTS && parts * chanceOf(lattice, fine, 2) <= CHANCE)
      return lattice
  }
  return undefined
}

/** The widest distance between values that are on one point; undefined where distances of all sizes come up. */
function widthWithin(sorted: readonly number[], fine: number): number | undefined {
  const gaps = sorted
    .slice(1)
    .map((value, at) => value - sorted[at]!)
    .toSorted((a, b) => a - b)
  // Digits of the same number that were summed up differently are no distance.
  const equal = gaps.filter(gap => gap < fine / 2).length
  for (let at = equal; at < gaps.length; at++) {
    const before = at === equal ? 0 : gaps[at - 1]!
    if (gaps[at]! >= CLEAR * before && gaps[at]! > 1.5 * fine) return Math.max(before, fine / 2)
  }
  return undefined
}

function centresOf(sorted: readonly number[], within: number): readonly number[] {
  const groups: number[][] = []
  for (const value of sorted) {
    const group = groups.at(-1)
    if (group && value - group.at(-1)! <= within) group.push(value)
    else groups.push([value])
  }
  return groups.map(group => group.reduce((sum, value) => sum + value, 0) / group.length)
}

/** The step and offset nearest to all centres (least squares), counting points from one to the next so that errors do not add up. */
function fittedTo(
  centres: readonly number[],
  guess: number,
): { readonly step: number; readonly offset: number } | undefined {
  let step = guess
  let nth: readonly number[] = [0]
  for (let count = 2; count <= centres.length; count++) {
    nth = [
      ...nth.slice(0, count - 1),
      nth[count - 2]! + Math.round((centres[count - 1]! - centres[count - 2]!) / step),
    ]
    const line = lineThrough(nth, centres.slice(0, count))
    if (!(line.step > guess / 2) || line.step > guess * 2) return undefined
    step = line.step
  }
  return lineThrough(nth, centres)
}

function lineThrough(xs: readonly number[], ys: readonly number[]) {
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length
  const [x, y] = [mean(xs), mean(ys)]
  const step =
    xs.reduce((sum, each, at) => sum + (each - x) * (ys[at]! - y), 0) /
    xs.reduce((sum, each) => sum + (each - x) ** 2, 0)
  return { step, offset: y - step * x }
}

import { median } from '../statistics/median.ts'
/** How many layouts a side and how many runs of each the time allows. */
export interface TrialSize {
  readonly layouts: number
  readonly passes: number
}

/** What the parts of a trial take, in seconds where nothing else is reported, as far as it is known before it. */
export interface TrialCosts {
  /** One run of both sides, their files brought in. */
  readonly pairOfRuns: number
  /** Making one layout of both sides. */
  readonly pairOfLayouts: number
  /** Bytes that one layout of both sides takes on the disk. */
  readonly bytes: number
}

const PASSES = 3
const FIRST_LAYOUTS = 12
/** Fewer layouts than this a side cannot tell the two distributions apart. */
const FEWEST_LAYOUTS = 8
/** All layouts are kept at once, because their runs are interleaved. */
const MOST_BYTES = 8 * 2 ** 30

/** The largest trial that fits the time and the disk: fewer runs of each layout before fewer layouts; undefined when not even the smallest does. */
export function sizeTrial(
  wanted: 'auto' | number,
  budgetSeconds: number,
  costs: TrialCosts,
): TrialSize | undefined {
  const asked = wanted === 'auto' ? FIRST_LAYOUTS : wanted
  const fewest = Math.min(asked, FEWEST_LAYOUTS)
  const most = Math.min(asked, Math.floor(MOST_BYTES / costs.bytes))
  if (most < fewest) return undefined
  const seconds = (layouts: number, passes: number) =>
    layouts * costs.pairOfLayouts + (layouts + 1) * passes * costs.pairOfRuns
  for (let passes = PASSES; passes > 0; passes--) {
    if (seconds(most, passes) <= budgetSeconds) return { layouts: most, passes }
  }
  for (let layouts = most - 1; layouts >= fewest; layouts--) {
    if (seconds(layouts, 1) <= budgetSeconds) return { layouts, passes: 1 }
  }
  return undefined
}

/** From the median absolute deviation to the standard error of a median, for normal noise. */
const MAD_TO_ERROR = 1.4826 * 1.2533

/**
 * The relative standard error of a layout's median: the typical one over all layouts, each with the values of its runs.
 * Infinity while a layout has fewer than two runs.
 */
export function layoutNoise(runs: readonly (readonly number[])[]): number {
  if (runs.some(values => values.length < 2)) return Number.POSITIVE_INFINITY
  const errors = runs.map(values => {
    const middle = median(values)
    const deviation = median(values.map(value => Math.abs(value - middle)))
    return (MAD_TO_ERROR * deviation) / middle / Math.sqrt(values.length)
  })
  return median(errors)
}

/**
 * Whether layouts really differ: the distances between hot symbols, or the place in its page of a single one, come out
 * in more than one way. Undefined when no symbol of the list has an address.
 */
export function layoutsDiffer(
  layouts: readonly ReadonlyMap<string, number>[],
  hot: readonly string[],
): boolean | undefined {
  const known = hot.filter(symbol => layouts.every(layout => layout.has(symbol)))
  if (known.length === 0) return undefined
  const shapes = layouts.map(layout => {
    const places = known.map(symbol => layout.get(symbol)!)
    const first = places[0]!
    return [first % PAGE_BYTES, ...places.slice(1).map(place => place - first)].join()
  })
  return new Set(shapes).size > 1
}

const PAGE_BYTES = 4096

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A common axis for distributions that are to be compared. */
export interface Axis {
  readonly low: number
  readonly high: number
  readonly bins: number
}

/** The axis that holds every finite value of all the lists, in so many bins; undefined where there is none. */
export function commonAxis(lists: readonly (readonly number[])[], bins: number): Axis | undefined {
  const values = lists.flat().filter(Number.isFinite)
  if (values.length === 0) return undefined
  const low = values.reduce((least, value) => Math.min(least, value))
  const high = values.reduce((most, value) => Math.max(most, value))
  return { low, high, bins }
}

/** The bin of an axis that a value falls in. */
function binOf(value: number, { low, high, bins }: Axis): number {
  if (high <= low) return Math.floor(bins / 2)
  return Math.min(bins - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * bins)))
}

/** How many of the values fall in each bin of an axis. */
export function histogram(values: readonly number[], axis: Axis): readonly number[] {
  const counts = new Array<number>(axis.bins).fill(0)
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    const bin = binOf(value, axis)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}

/** A distribution as one line of block characters, blank where nothing is; its own fullest bin is the tallest. */
export function sparkline(values: readonly number[], axis: Axis): string {
  const counts = histogram(values, axis)
  const most = counts.reduce((largest, count) => Math.max(largest, count), 1)
  return counts
    .map(count => (count === 0 ? ' ' : (BARS[Math.ceil((count / most) * BARS.length) - 1] ?? '█')))
    .join('')
}

/** A line with one mark below the bin that a value falls in. */
export function pointer(value: number, axis: Axis): string {
  return `${' '.repeat(binOf(value, axis))}▲${' '.repeat(axis.bins - 1 - binOf(value, axis))}`
}

/** Values in their order as one line of block characters, the largest tallest; all alike are all of middle height. */
export function trendline(values: readonly number[]): string {
  const axis = commonAxis([values], BARS.length)
  return axis ? values.map(value => BARS[binOf(value, axis)] ?? '▁').join('') : ''
}

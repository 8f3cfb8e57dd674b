import { formatValue, formatValues } from '../text/format.ts'
import { type Axis, commonAxis, histogram } from '../text/sparkline.ts'
import { box, dot, label, line, picture, type Scale, scaleOf, ticks } from './svg.ts'

const WIDTH = 720
const LEFT = 64
const RIGHT = 708
const ROW = 64
const TOP = 8
const BINS = 60

/** Two lists of values to be compared by eye, in their unit, and where single values are. */
export interface Distributions {
  readonly title: string
  readonly unit: string
  readonly base: readonly number[]
  readonly head: readonly number[]
  readonly marks?: readonly { readonly value: number; readonly name: string }[]
}

/** Both distributions on one axis: bars for many values, points for few; empty where either side has none. */
export function distributionPicture(of: Distributions): string {
  const { title, unit, base, head, marks = [] } = of
  const axis = commonAxis([base, head, marks.map(({ value }) => value)], BINS)
  if (!axis || base.length === 0 || head.length === 0) return ''
  const x = scaleOf([axis.low, axis.high], [LEFT + 6, RIGHT - 6])
  const bottom = TOP + 2 * ROW
  return picture([WIDTH, bottom + 28], title, wordsOf(of), [
    ...ticks(axis.low, axis.high, 7).flatMap(value => [
      line([x(value), TOP, x(value), bottom], 'grid'),
      label(x(value), bottom + 16, formatValue(value, unit), 'middle'),
    ]),
    ...marks.flatMap(({ value, name }) => [
      line([x(value), TOP, x(value), bottom], 'threshold'),
      label(
        x(value) > WIDTH / 2 ? x(value) - 5 : x(value) + 5,
        TOP + 10,
        name,
        x(value) > WIDTH / 2 ? 'end' : 'start',
      ),
    ]),
    ...row('base', base, TOP, { axis, x }),
    ...row('head', head, TOP + ROW, { axis, x }),
  ])
}

function row(
  side: 'base' | 'head',
  values: readonly number[],
  top: number,
  { axis, x }: { readonly axis: Axis; readonly x: Scale },
): readonly string[] {
  const floor = top + ROW - 6
  const shapes = values.length <= 40 ? points(side, values, floor, x) : bars(side, values, floor, { axis, x })
  return [
    label(LEFT - 10, top + ROW / 2 + 4, side, 'end'),
    line([LEFT, floor, RIGHT, floor], 'zero'),
    ...shapes,
  ]
}

/** Points that would be on each other are stacked. */
function points(side: string, values: readonly number[], floor: number, x: Scale): readonly string[] {
  const heights = new Map<number, number>()
  return values.filter(Number.isFinite).map(value => {
    const column = Math.round(x(value) / 5)
    const height = heights.get(column) ?? 0
    heights.set(column, height + 1)
    return dot(x(value), floor - 5 - Math.min(height, 8) * 6, side)
  })
}

function bars(
  side: string,
  values: readonly number[],
  floor: number,
  { axis, x }: { readonly axis: Axis; readonly x: Scale },
): readonly string[] {
  const counts = histogram(values, axis)
  const most = counts.reduce((largest, count) => Math.max(largest, count), 1)
  const width = (axis.high - axis.low) / axis.bins
  return counts.flatMap((count, bin) => {
    if (count === 0) return []
    const left = x(axis.low + bin * width)
    const height = (count / most) * (ROW - 16)
    const step = axis.high > axis.low ? x(axis.low + (bin + 1) * width) - left : 6
    return [box([left, floor - height, Math.max(1, step - 1), height], side)]
  })
}

function wordsOf({ unit, base, head, marks = [] }: Distributions): string {
  const range = (values: readonly number[]) => {
    const sorted = values.toSorted((one, other) => one - other)
    const [low = '', high = ''] = formatValues([sorted[0] ?? 0, sorted.at(-1) ?? 0], unit)
    return `${low} to ${high}`
  }
  const single = marks.map(({ value, name }) => ` ${name}: ${formatValue(value, unit)}.`).join('')
  return `Base: ${range(base)}. Head: ${range(head)}.${single}`
}

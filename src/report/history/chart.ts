import type { ImportedPoint } from '../../core/history/imports.ts'
import type { Point, Timeline } from '../../core/history/timeline.ts'
import { at, label, line, type Scale, scaleOf, ticks } from '../html/svg.ts'
import { html } from '../text/encode.ts'
import { formatChange } from '../text/format.ts'

const WIDTH = 900
const HEIGHT = 180
const LEFT = 60
const RIGHT = 892
const TOP = 12
const BOTTOM = 156
/** Columns that a line is drawn in: of more commits, each column shows the range it holds, so that no peak is lost. */
const COLUMNS = 416

/** A commit with a mark of its own in a chart. */
export interface ChartMark {
  readonly index: number
  readonly kind: 'slower' | 'faster' | 'peak' | 'accepted' | 'release'
  readonly says: string
}

/**
 * One benchmark's chained level over its commits, with its band, marks and the older values of other tools, which are scaled so
 * that the last of them stands at the level of the first commit.
 */
export function timelineChart(
  { name, points, better }: Timeline,
  marks: readonly ChartMark[],
  imported: readonly ImportedPoint[],
): string {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return ''
  const start = first.chain / (first.row.ratio ?? 1)
  const before = scaled(imported, start)
  const count = before.length + points.length
  const levels = [...before, ...points.map(({ chain }) => chain), start]
  const low = levels.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = levels.reduce((most, value) => Math.max(most, value), 0)
  const room = Math.max(Math.log(high / low) * 0.08, 0.01)
  const y = scaleOf([Math.log(low) - room, Math.log(high) + room], [BOTTOM, TOP])
  const x = scaleOf([0, Math.max(1, count - 1)], [LEFT, RIGHT])
  const level = (value: number) => Math.min(BOTTOM, Math.max(TOP, y(Math.log(value))))
  const place = (index: number) => x(before.length + index)
  const direction = better === 'lower' ? 'lower is better' : 'higher is better'
  const words = `${points.length} commits; the level is ${formatChange(last.chain / start)} against the first; ${direction}.`
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${html(`${name}. ${words}`)}">`,
    ...axis(Math.exp(Math.log(low) - room), Math.exp(Math.log(high) + room), start, level),
    ...band(points, place, level),
    path(before, index => x(index), level, 'imported'),
    ...gapless(points).map(run =>
      path(
        run.map(({ point }) => point.chain),
        index => place(run[index]!.index),
        level,
        'chain',
      ),
    ),
    ...marks.map(({ index, kind, says }) => mark(place(index), level(points[index]!.chain), kind, says)),
    label(LEFT, HEIGHT - 4, first.at.slice(0, 10)),
    label(RIGHT, HEIGHT - 4, last.at.slice(0, 10), 'end'),
    '</svg>',
  ].join('')
}

/** Values of another tool alone, where no gate has measured that name: in their own unit, because there is no chain to put them on. */
export function importedChart(name: string, imported: readonly ImportedPoint[]): string {
  const values = imported.filter(({ value }) => value > 0)
  const [first, last] = [values[0], values.at(-1)]
  if (!first || !last) return ''
  const start = first.value
  const low = values.reduce((least, { value }) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = values.reduce((most, { value }) => Math.max(most, value), 0)
  const room = Math.max(Math.log(high / low) * 0.08, 0.01)
  const y = scaleOf([Math.log(low) - room, Math.log(high) + room], [BOTTOM, TOP])
  const x = scaleOf([0, Math.max(1, values.length - 1)], [LEFT, RIGHT])
  const level = (value: number) => Math.min(BOTTOM, Math.max(TOP, y(Math.log(value))))
  const all = values.map(({ value }) => value)
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${html(`${name}. ${values.length} values of another tool.`)}">`,
    ...axis(Math.exp(Math.log(low) - room), Math.exp(Math.log(high) + room), start, level),
    path(all.length === 1 ? [start, start] : all, index => x(index), level, 'imported'),
    label(LEFT, HEIGHT - 4, first.at.slice(0, 10)),
    label(RIGHT, HEIGHT - 4, last.at.slice(0, 10), 'end'),
    '</svg>',
  ].join('')
}

function scaled(imported: readonly ImportedPoint[], level: number): readonly number[] {
  const values = imported.filter(({ value }) => value > 0).map(({ value }) => value)
  const last = values.at(-1)
  return last === undefined ? [] : values.map(value => (value / last) * level)
}

function axis(low: number, high: number, start: number, level: Scale): readonly string[] {
  const from = (low / start - 1) * 100
  const to = (high / start - 1) * 100
  return ticks(from, to, 5).flatMap(percent => {
    const height = level(start * (1 + percent / 100))
    return [
      line([LEFT, height, RIGHT, height], percent === 0 ? 'zero' : 'grid'),
      label(LEFT - 6, height + 4, formatChange(1 + percent / 100), 'end'),
    ]
  })
}

/** Runs of neighbours that were compared with each other; between them the line is broken. */
function gapless(points: readonly Point[]): readonly (readonly { point: Point; index: number }[])[] {
  const runs: { point: Point; index: number }[][] = []
  for (const [index, point] of points.entries()) {
    const run = runs.at(-1)
    if (run && !point.gap) run.push({ point, index })
    else runs.push([{ point, index }])
  }
  return runs
}

/** A line through values; of many, the first, lowest, highest and last of each column, which is what the eye sees of them all. */
function path(values: readonly number[], x: Scale, level: Scale, kind: string): string {
  if (values.length === 0) return ''
  const step = Math.max(1, Math.ceil(values.length / COLUMNS))
  const shown: number[] = []
  for (let from = 0; from < values.length; from += step) {
    const slice = values.slice(from, from + step)
    const low = from + slice.indexOf(slice.reduce((least, value) => Math.min(least, value)))
    const high = from + slice.indexOf(slice.reduce((most, value) => Math.max(most, value)))
    shown.push(...new Set([from, low, high, from + slice.length - 1].sort((one, other) => one - other)))
  }
  const steps = shown.map(
    (index, order) => `${order === 0 ? 'M' : 'L'}${at(x(index))} ${at(level(values[index]!))}`,
  )
  return `<path class="${kind}" d="${steps.join('')}"/>`
}

function band(points: readonly Point[], place: Scale, level: Scale): readonly string[] {
  const step = Math.max(1, Math.ceil(points.length / 100))
  const some = points.flatMap((point, index) =>
    index % step === 0 || index === points.length - 1 ? [{ point, index }] : [],
  )
  const upper = some.map(({ point, index }) => `${at(place(index))} ${at(level(point.high))}`)
  const lower = some.map(({ point, index }) => `${at(place(index))} ${at(level(point.low))}`).reverse()
  return points.length < 2 ? [] : [`<path class="interval" d="M${[...upper, ...lower].join('L')}z"/>`]
}

function mark(x: number, y: number, kind: ChartMark['kind'], says: string): string {
  const title = `<title>${html(says)}</title>`
  if (kind === 'release') return `<g>${title}${line([x, TOP, x, BOTTOM], 'release')}</g>`
  return `<circle class="${kind}" cx="${at(x)}" cy="${at(y)}" r="4">${title}</circle>`
}

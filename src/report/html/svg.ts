import { html } from '../text/encode.ts'

/** Maps a value on an axis to a coordinate in a picture. */
export type Scale = (value: number) => number

/** A straight scale; all values of an empty axis fall on its middle. */
export function scaleOf(from: readonly [number, number], to: readonly [number, number]): Scale {
  const [low, high] = from
  const [start, end] = to
  if (!(high > low)) return () => (start + end) / 2
  return value => start + ((value - low) / (high - low)) * (end - start)
}

/** A coordinate with one decimal, so that a picture of many points is small. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** A picture with its title and what it shows in words, for those who cannot see it. */
export function picture(
  size: readonly [number, number],
  title: string,
  words: string,
  shapes: readonly string[],
): string {
  const [width, height] = size
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${html(`${title}. ${words}`)}"><title>${html(title)}</title>${shapes.join('')}</svg>`
}

export function line(points: readonly [number, number, number, number], kind: string): string {
  const [x1, y1, x2, y2] = points.map(at)
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`
}

export function box(place: readonly [number, number, number, number], kind: string): string {
  const [x, y, width, height] = place.map(value => at(Math.max(0, value)))
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}"/>`
}

export function dot(x: number, y: number, kind: string): string {
  return `<circle class="${kind}" cx="${at(x)}" cy="${at(y)}" r="2.5"/>`
}

/** A label; `anchor` says which of its ends stands at the point. */
export function label(
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${html(text)}</text>`
}

/** Round values for the marks of an axis, at most `most` of them (Heckbert, Nice numbers for graph labels, 1990). */
export function ticks(low: number, high: number, most: number): readonly number[] {
  if (!(high > low) || most < 2) return [low]
  const raw = (high - low) / (most - 1)
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5, 10].find(factor => factor * power >= raw) ?? 10) * power
  const first = Math.ceil(low / step)
  const count = Math.floor(high / step) - first + 1
  return Array.from({ length: Math.min(most + 1, Math.max(0, count)) }, (_, index) => (first + index) * step)
}

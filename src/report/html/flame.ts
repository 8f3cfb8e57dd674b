import { ownCosts } from '../../core/flame/own-costs.ts'
import type { Flame } from '../../core/model/explanation.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import type { PerSide } from '../../core/model/side.ts'
import { shortName } from '../../core/text/symbol-name.ts'
import { numbered, shortened, visibleName } from '../../core/text/text.ts'
import { html, htmlCode } from '../text/encode.ts'
import { formatShare } from '../text/format.ts'
import { typeset } from '../text/prose.ts'
import { at } from './svg.ts'

const WIDTH = 1_000
const ROW = 18
const MOST_ROWS = 40
/** Narrower frames cannot be seen. */
const LEAST_WIDTH = 1.5
/** Frames that the keyboard stops at: the others are in the table, or in their caller. */
const LEAST_STOP_WIDTH = 40
const LETTER_WIDTH = 6.3
const NAME_LIMIT = 200
const MOST_ROWS_OF_TABLE = 15

/** One frame on the picture; costs are parts of the base's whole cost. */
interface Frame {
  readonly name: string
  readonly object: string
  readonly costs: PerSide<number>
  readonly x: number
  readonly width: number
  readonly row: number
}

/**
 * Both sides' call stacks in one picture, callers above what they call. A frame is as wide as it costs on average of both sides, so that
 * what is new and what is gone both show, and as deeply coloured as what it adds or saves. Empty where no stacks are known.
 */
export function flameSection(benchmark: BenchmarkReport): string {
  const { flame } = benchmark
  if (!flame) return ''
  const frames = placed(flame, scaleOf(benchmark, flame))
  if (frames.length === 0) return ''
  return [
    '<details><summary>Where it spends more, by call stack</summary>',
    `<p>${typeset(html(explanation(flame)))}</p>`,
    `<figure><div class="scroll" tabindex="0" role="region" aria-label="Call stacks">${drawn(frames)}</div>`,
    '<figcaption><span class="key more"></span>costs more on head <span class="key less"></span>costs less on head <span class="key even"></span>as much</figcaption></figure>',
    ownTable(benchmark, flame),
    '</details>',
  ].join('\n')
}

function explanation({ unit }: Flame): string {
  const how =
    unit === 'instructions'
      ? 'Instructions of the simulated run, inclusive of what is called.'
      : 'Samples, inclusive of what is called, scaled to the measured times.'
  return `${how} Shares are parts of what the base costs. Only who calls whom is known, so a function’s callees are split alike under all its callers. The whole is in flame.speedscope.json, for speedscope.app.`
}

/** What one count of each side is as a part of the base's cost: samples are time, whose ratio was measured. */
function scaleOf({ change, better }: BenchmarkReport, { unit, totals }: Flame): PerSide<number> {
  const ratio = change?.ratio ?? 1
  const time = better === 'lower' ? ratio : 1 / ratio
  const head = unit === 'instructions' ? 1 / totals.base : time / totals.head
  return { base: usable(1 / totals.base), head: usable(head) }
}

const usable = (factor: number): number => (Number.isFinite(factor) ? factor : 0)

function placed(flame: Flame, scale: PerSide<number>): readonly Frame[] {
  if (ownCosts(flame).length === 0) return []
  const costsOf = ([, , base, head]: Flame['frames'][number]) => ({
    base: base * scale.base,
    head: head * scale.head,
  })
  const mean = ({ base, head }: PerSide<number>): number => (base + head) / 2
  const whole = flame.frames.reduce((sum, frame) => sum + (frame[0] === -1 ? mean(costsOf(frame)) : 0), 0)
  const frames: Frame[] = []
  /** Where the next callee of each frame begins. */
  const next: number[] = []
  let nextRoot = 0
  for (const frame of flame.frames) {
    const [caller, functionAt] = frame
    const above = frames[caller]
    const { symbol, object } = flame.functions[functionAt]!
    const costs = costsOf(frame)
    const width = whole > 0 ? (WIDTH * mean(costs)) / whole : 0
    const x = above ? next[caller]! : nextRoot
    if (above) next[caller] = x + width
    else nextRoot = x + width
    next.push(x)
    const name = visibleName(shortName(symbol) || symbol, NAME_LIMIT)
    frames.push({ name, object, costs, x, width, row: above ? above.row + 1 : 0 })
  }
  return frames.filter(({ width, row }) => width >= LEAST_WIDTH && row < MOST_ROWS)
}

function drawn(frames: readonly Frame[]): string {
  const rows = 1 + frames.reduce((most, { row }) => Math.max(most, row), 0)
  const most = frames.reduce((sum, { costs }) => Math.max(sum, Math.abs(costs.head - costs.base)), 0)
  const words = `Call stacks of both sides, ${numbered(frames.length, 'frame')} in ${numbered(rows, 'row')}.`
  return `<svg class="flame" viewBox="0 0 ${WIDTH} ${rows * ROW}" role="group" aria-label="${html(words)}">${frames.map(frame => frameShape(frame, most)).join('')}</svg>`
}

function frameShape(frame: Frame, most: number): string {
  const { name, object, costs, x, width, row } = frame
  const more = costs.head - costs.base
  const depth = most > 0 ? Math.abs(more) / most : 0
  const kind = depth < 0.02 ? 'even' : more > 0 ? 'more' : 'less'
  const title = html(`${name}, ${visibleName(object, NAME_LIMIT)}: ${costsText(costs)}`)
  const stop = width >= LEAST_STOP_WIDTH ? ` tabindex="0" role="img" aria-label="${title}"` : ''
  const opacity = kind === 'even' ? '' : ` fill-opacity="${(0.15 + 0.75 * depth).toFixed(2)}"`
  const letters = Math.floor((width - 6) / LETTER_WIDTH)
  const text =
    letters < 3
      ? ''
      : `<text x="${at(x + 3)}" y="${row * ROW + 13}" aria-hidden="true">${html(shortened(name, letters))}</text>`
  return `<g${stop}><title>${title}</title><rect class="${kind}"${opacity} x="${at(x)}" y="${row * ROW}" width="${at(Math.max(0.5, width - 0.6))}" height="${ROW - 1}"/>${text}</g>`
}

function costsText({ base, head }: PerSide<number>): string {
  if (base === 0) return `not on base, ${formatShare(head)} on head`
  if (head === 0) return `${formatShare(base)} on base, not on head`
  return `${formatShare(base)} on base, ${formatShare(head)} on head`
}

/** The functions that cost more or less themselves, whatever calls them: the same for those who cannot see the picture. */
function ownTable(benchmark: BenchmarkReport, flame: Flame): string {
  const scale = scaleOf(benchmark, flame)
  const sums = flame.functions.map(() => ({ base: 0, head: 0 }))
  ownCosts(flame).forEach(({ base, head }, at) => {
    const sum = sums[flame.frames[at]![1]]!
    sum.base += base * scale.base
    sum.head += head * scale.head
  })
  const change = ({ base, head }: PerSide<number>): number => head - base
  const rows = sums
    .map((costs, at) => ({ costs, ...flame.functions[at]! }))
    .filter(({ costs }) => Math.abs(change(costs)) >= 0.001)
    .toSorted((a, b) => Math.abs(change(b.costs)) - Math.abs(change(a.costs)))
    .slice(0, MOST_ROWS_OF_TABLE)
    .map(({ costs, symbol, object }) => {
      const sign = change(costs) < 0 ? '−' : '+'
      const cells = [
        formatShare(costs.base),
        formatShare(costs.head),
        sign + formatShare(Math.abs(change(costs))),
      ]
      const figures = cells.map(text => `<td class="figure">${typeset(html(text))}</td>`).join('')
      const name = `${htmlCode(shortName(symbol) || symbol, NAME_LIMIT)}<small>${html(visibleName(object, NAME_LIMIT))}</small>`
      return `<tr><td>${name}</td>${figures}</tr>`
    })
  if (rows.length === 0) return ''
  const heads = ['Base', 'Head', 'Difference'].map(text => `<th class="figure">${text}</th>`).join('')
  return `<p>What differs most in the functions themselves:</p><div class="scroll" tabindex="0" role="region" aria-label="Own costs"><table><thead><tr><th>Function</th>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

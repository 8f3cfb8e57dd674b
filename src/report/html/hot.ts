import type { HotFunction, HotPlace } from '../../core/model/explanation.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import type { Side } from '../../core/model/side.ts'
import { numbered, visibleName } from '../../core/text/text.ts'
import { setRuns } from '../evidence/suspects.ts'
import { html, htmlCode } from '../text/encode.ts'
import { formatAddress, formatShare } from '../text/format.ts'
import { typeset } from '../text/prose.ts'

const MOST_ROWS = 50
const NAME_LIMIT = 200
const SECTION_LIMIT = 40
/** What nearly all processors have, for reports without a geometry. */
const USUAL_LINE_BYTES = 64
const NOTHING = '–'

/** Where hot functions and hot data are on both sides, hottest first and folded; empty where nothing is known to be hot. */
export function hotTable({ hot = [], counters }: BenchmarkReport): string {
  if (hot.length === 0) return ''
  const { l1i, l1d } = counters?.geometry ?? {}
  const bytes = { function: lineBytes(l1i), data: lineBytes(l1d) }
  const sorted = hot.toSorted((one, other) => heat(other) - heat(one))
  const rest = sorted.length - MOST_ROWS
  const heads = HEADS.map(([text, kind]) => `<th${kind === 'text' ? '' : ' class="figure"'}>${text}</th>`)
  const rows = sorted.slice(0, MOST_ROWS).map(row => rowOf(row, bytes[row.kind ?? 'function']))
  return [
    '<details><summary>Where the hot code is</summary>',
    `<p>${typeset(explanation(bytes))}</p>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="Hot code"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`,
    ...(rest > 0 ? [`<p>${numbered(rest, 'more row')} in report.json only</p>`] : []),
    '</details>',
  ].join('\n')
}

const HEADS = [
  ['Symbol', 'text'],
  ['What became of it', 'text'],
  ['Side', 'figure'],
  ['Share', 'figure'],
  ['Address', 'figure'],
  ['Section', 'figure'],
  ['Byte of its line', 'figure'],
  ['Lines', 'figure'],
  ['Pages', 'figure'],
  ['Sets', 'figure'],
] as const

function explanation(bytes: Readonly<Record<'function' | 'data', number>>): string {
  const lines =
    bytes.function === bytes.data
      ? `${bytes.function} bytes`
      : `${bytes.function} bytes (for data, ${bytes.data})`
  return `Addresses are those of the link. A line has ${lines}, a page 4096 bytes. Sets are those of the first-level instruction cache, for data of the data cache.`
}

/** The line size of `size,ways,line`. */
function lineBytes(geometry: string | undefined): number {
  const line = Number(geometry?.split(',')[2])
  return Number.isSafeInteger(line) && line > 0 ? line : USUAL_LINE_BYTES
}

function heat({ base, head }: HotFunction): number {
  return Math.max(base?.share ?? 0, head?.share ?? 0)
}

function rowOf(row: HotFunction, line: number): string {
  const { symbol, object, kind, state } = row
  const places = SIDES.flatMap(side => (row[side] ? [{ side, place: row[side] }] : []))
  const cells = [
    places.map(({ side }) => side),
    ...COLUMNS.map(column => places.map(({ place }) => typeset(html(column(place, line))))),
  ].map(texts => `<td class="figure">${texts.map(text => `<div>${text}</div>`).join('')}</td>`)
  const holder = `${kind === 'data' ? 'data in' : 'in'} ${html(visibleName(object, NAME_LIMIT))}`
  return `<tr><td>${htmlCode(symbol, NAME_LIMIT)}<small>${holder}</small></td><td>${state}</td>${cells.join('')}</tr>`
}

const SIDES: readonly Side[] = ['base', 'head']

/** What is reported of each side, in the order of the heads; reports of older versions do not tell all of it. */
const COLUMNS: readonly ((place: HotPlace, line: number) => string)[] = [
  ({ share }) => formatShare(share),
  ({ address }) => formatAddress(address),
  ({ section }) => (section === undefined ? NOTHING : visibleName(section, SECTION_LIMIT)),
  ({ address }, line) => String(Math.trunc(address) % line),
  ({ lines }) => String(lines ?? NOTHING),
  ({ pages }) => String(pages ?? NOTHING),
  ({ sets = [] }) => (sets.length > 0 ? setRuns(sets).join(', ') : NOTHING),
]

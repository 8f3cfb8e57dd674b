import type {
  AnnotatedCode,
  InstructionCell,
  InstructionRow,
  SourceCell,
  SourceFile,
} from '../../core/model/annotated-code.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import { SIDES, type Side } from '../../core/model/side.ts'
import { numbered, shortened, visibleName } from '../../core/text/text.ts'
import { html, htmlCode } from '../text/encode.ts'
import { formatAddress, formatCount } from '../text/format.ts'
import { typeset } from '../text/prose.ts'

const NAME_LIMIT = 200
const TEXT_LIMIT = 160
const LINE_BYTES = 64
/** A line's count that changed by less than this part of the function's is as much. */
const AS_MUCH = 0.005

/** The hot functions that differ most: their source and their machine code, both sides next to each other, with what was counted on each line. */
export function annotatedCode({ annotated: found = [], counters }: BenchmarkReport): string {
  const unit = counters?.source === 'simulated' ? 'instructions' : 'samples'
  return found.map(each => codeHtml(each, unit)).join('\n')
}

function codeHtml(code: AnnotatedCode, unit: string): string {
  const { symbol, object, instructions, sources } = code
  if (instructions.length === 0 && sources.length === 0) return ''
  return [
    `<details><summary>${htmlCode(symbol, NAME_LIMIT)} line by line</summary>`,
    `<p>${typeset(html(`In ${visibleName(object, NAME_LIMIT)}. Counts are ${unit}. ${moveOf(code)}`))}</p>`,
    ...sources.map(source => sourceTable(source, wholeOf(source.rows))),
    instructionTable(instructions, wholeOf(instructions)),
    '</details>',
  ].join('\n')
}

/** Where the function was and is. */
function moveOf({ from, to }: AnnotatedCode): string {
  if (from === undefined || to === undefined || from === to) return ''
  return `It moved from ${formatAddress(from)} to ${formatAddress(to)}, from byte ${from % LINE_BYTES} of a ${LINE_BYTES}-byte line to byte ${to % LINE_BYTES}. A thick line is where a cache line begins.`
}

type Counted = { readonly [S in Side]?: { readonly count: number } }

const wholeOf = (rows: readonly Counted[]): number =>
  Math.max(1, ...SIDES.map(side => rows.reduce((sum, row) => sum + (row[side]?.count ?? 0), 0)))

/** Whether one side alone has it and runs it, or both run it differently often. */
function differs({ base, head }: Counted, whole: number): boolean {
  return Math.abs((head?.count ?? 0) - (base?.count ?? 0)) > AS_MUCH * whole
}

function sourceTable({ file, rows }: SourceFile, whole: number): string {
  const cells = (cell: SourceCell | undefined) => [
    figure(cell ? String(cell.line) : ''),
    figure(countText(cell?.count)),
    codeCell(cell?.text ?? ''),
  ]
  const body = rows.map(row => rowOf(row, [...cells(row.base), ...cells(row.head)], differs(row, whole)))
  return table(
    `Source: ${visibleName(file, NAME_LIMIT)}`,
    ['Line', 'Count', 'Base', 'Line', 'Count', 'Head'],
    body,
  )
}

function instructionTable(rows: readonly InstructionRow[], whole: number): string {
  if (rows.length === 0) return ''
  const misses = rows.some(({ base, head }) => (base?.icacheMisses ?? 0) > 0 || (head?.icacheMisses ?? 0) > 0)
  const ends: Record<Side, number> = { base: -1, head: -1 }
  const cells = (side: Side, cell: InstructionCell | undefined) => {
    const begins =
      cell !== undefined && Math.floor(cell.address / LINE_BYTES) !== Math.floor(ends[side] / LINE_BYTES)
    const kind = begins && ends[side] >= 0 ? ' edge' : ''
    if (cell) ends[side] = cell.address
    return [
      figure(cell ? formatAddress(cell.address) : '', kind),
      figure(cell?.line === undefined ? '' : String(cell.line), kind),
      figure(countText(cell?.count), kind),
      ...(misses ? [figure(countText(cell?.icacheMisses), kind)] : []),
      codeCell(cell ? (cell.text ?? cell.bytes) : '', kind),
    ]
  }
  const heads = (side: string) => ['Address', 'Line', 'Count', ...(misses ? ['Misses'] : []), side]
  const body = rows.map(row =>
    rowOf(row, [...cells('base', row.base), ...cells('head', row.head)], differs(row, whole)),
  )
  return table('Machine code', [...heads('Base'), ...heads('Head')], body)
}

const countText = (count: number | undefined): string =>
  count === undefined || count === 0 ? '' : formatCount(count)

const figure = (text: string, kind = ''): string => `<td class="figure${kind}">${typeset(html(text))}</td>`
const codeCell = (text: string, kind = ''): string =>
  `<td class="code${kind}">${html(shortened(text, TEXT_LIMIT))}</td>`

function rowOf(row: { readonly skipped?: number }, cells: readonly string[], marked: boolean): string {
  const gap =
    row.skipped === undefined
      ? ''
      : `<tr><td class="gap" colspan="${cells.length}">${typeset(html(numbered(row.skipped, 'line')))} with next to nothing</td></tr>`
  return `${gap}<tr${marked ? ' class="differs"' : ''}>${cells.join('')}</tr>`
}

function table(title: string, heads: readonly string[], body: readonly string[]): string {
  const head = heads.map(text => `<th>${text}</th>`).join('')
  return `<div class="scroll" tabindex="0" role="region" aria-label="${html(title)}"><table class="listing"><caption>${html(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`
}

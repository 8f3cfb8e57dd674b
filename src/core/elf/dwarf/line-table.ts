import type { ElfSymbol } from '../elf.ts'
import { symbolAt } from '../functions.ts'
import type { Rows, Sequence } from './rows.ts'

/** A line of a source file; the file as the table names it. */
export interface SourceLine {
  readonly file: string
  readonly line: number
}

/** Lines from `first` to `last`, both included. */
export interface LineSpan {
  readonly first: number
  readonly last: number
}

/** The lines of one source file that some code comes from. */
export interface FileLines extends LineSpan {
  readonly file: string
}

/** A function that holds code of lines that were asked for, with the first of them. */
export interface FunctionLine {
  readonly symbol: ElfSymbol
  readonly line: number
}

/** Where code comes from, as the compiler wrote it down. */
export interface LineTable {
  /** Paths relative to the root where they are under it, else as the compiler wrote them. */
  readonly files: readonly string[]
  /** The MD5 of a file's text as the compiler read it, where it wrote that down. */
  checksumOf(file: string): string | undefined
  /** The source line of an address; undefined where no line program speaks of it. */
  lineOf(address: number): SourceLine | undefined
  /** The files that a stretch of code comes from (inlined code has its own), with the lowest and highest line. */
  linesOf(code: { readonly address: number; readonly size: number }): readonly FileLines[]
  /** The same with every single line that has code. */
  codeLinesOf(code: {
    readonly address: number
    readonly size: number
  }): ReadonlyMap<string, ReadonlySet<number>>
  /** The functions that hold code of lines of a file, also by inlining, in order of address. */
  functionsTouching(file: string, ranges: readonly LineSpan[]): readonly FunctionLine[]
}

/** The last index whose number is at most the wanted one, -1 when there is none. */
function lastAtMost(count: number, wanted: number, numberAt: (index: number) => number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numberAt(middle) <= wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}

function rowOf(rows: Rows, address: number): number | undefined {
  const { sequences, distances } = rows
  const at = lastAtMost(sequences.length, address, index => sequences[index]!.low)
  const sequence = sequences[at]
  if (sequence === undefined || address >= sequence.high) return undefined
  const { first, count, low } = sequence
  return first + lastAtMost(count, address - low, index => distances[first + index]!)
}

/** The index of the file that is meant: by its path, or where build paths were cut off, the only one that ends so. */
function indexOf(files: readonly string[], file: string): number {
  const exact = files.indexOf(file)
  if (exact >= 0) return exact
  const ending = files.flatMap((path, index) => (path.endsWith(`/${file}`) ? [index] : []))
  return ending.length === 1 ? ending[0]! : -1
}

/** Tells every file and line of one sequence's rows for some code, empty rows included. */
function eachLine(
  rows: Rows,
  at: { readonly sequence: Sequence; readonly code: { readonly address: number; readonly size: number } },
  tell: (file: number, line: number) => void,
): void {
  const { low, high, first, count } = at.sequence
  const [begin, end] = [at.code.address, at.code.address + at.code.size]
  const addressOf = (row: number): number => (row < count ? low + rows.distances[first + row]! : high)
  const before = lastAtMost(count, begin - 1, addressOf)
  for (let row = Math.max(0, before); row < count && addressOf(row) < end; row++) {
    const line = rows.lines[first + row]!
    if (line === 0 || (addressOf(row) < begin && addressOf(row + 1) <= begin)) continue
    tell(rows.files[first + row]!, line)
  }
}

function eachLineOf(
  rows: Rows,
  code: { readonly address: number; readonly size: number },
  tell: (file: number, line: number) => void,
): void {
  const end = code.address + code.size
  const from = lastAtMost(rows.sequences.length, code.address, index => rows.sequences[index]!.low)
  for (let at = Math.max(0, from); at < rows.sequences.length; at++) {
    const sequence = rows.sequences[at]!
    if (sequence.low >= end) break
    if (sequence.high > code.address) eachLine(rows, { sequence, code }, tell)
  }
}

function codeLinesOf(
  rows: Rows,
  files: readonly string[],
  code: { readonly address: number; readonly size: number },
): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>()
  eachLineOf(rows, code, (file, line) => {
    const name = files[file] ?? ''
    const known = found.get(name)
    if (known) known.add(line)
    else found.set(name, new Set([line]))
  })
  return found
}

function linesOf(rows: Rows, files: readonly string[], code: { address: number; size: number }): FileLines[] {
  const found = new Map<number, { first: number; last: number }>()
  eachLineOf(rows, code, (file, line) => {
    const known = found.get(file) ?? { first: line, last: line }
    found.set(file, { first: Math.min(known.first, line), last: Math.max(known.last, line) })
  })
  return Array.from(found, ([index, range]) => ({ file: files[index] ?? '', ...range }))
}

function functionsTouching(
  rows: Rows,
  functions: readonly ElfSymbol[],
  wanted: { readonly file: number; readonly ranges: readonly LineSpan[] },
): FunctionLine[] {
  const found = new Map<ElfSymbol, number>()
  for (const { low, first, count } of rows.sequences)
    for (let row = first; row < first + count; row++) {
      if (rows.files[row] !== wanted.file) continue
      const line = rows.lines[row]!
      if (!wanted.ranges.some(range => range.first <= line && line <= range.last)) continue
      const symbol = symbolAt(functions, low + rows.distances[row]!)
      if (symbol !== undefined) found.set(symbol, Math.min(line, found.get(symbol) ?? line))
    }
  return Array.from(found, ([symbol, line]) => ({ symbol, line })).sort(
    (a, b) => a.symbol.address - b.symbol.address,
  )
}

/** Puts rows, their files and the program's functions together so that they can be asked. */
export function lineTable(
  rows: Rows,
  {
    files,
    checksums,
  }: { readonly files: readonly string[]; readonly checksums: ReadonlyMap<number, string> },
  functions: readonly ElfSymbol[],
): LineTable {
  return {
    files,
    checksumOf: file => checksums.get(files.indexOf(file)),
    lineOf: address => {
      const row = rowOf(rows, address)
      if (row === undefined || rows.lines[row] === 0) return undefined
      return { file: files[rows.files[row]!] ?? '', line: rows.lines[row]! }
    },
    linesOf: code => linesOf(rows, files, code),
    codeLinesOf: code => codeLinesOf(rows, files, code),
    functionsTouching: (file, ranges) => {
      const index = indexOf(files, file)
      return index < 0 ? [] : functionsTouching(rows, functions, { file: index, ranges })
    },
  }
}

import { originOf as originalName } from '../code/clone-name.ts'
import type { LineTable } from '../elf/dwarf/line-table.ts'
import { normaliseName } from '../elf/names.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { HotCode } from './compare-hot.ts'
import {
  type ComparedBy,
  compareFile,
  inlinedAt,
  ownLines,
  type SourcePart,
  type SourceState,
  withoutVersions,
} from './compare-sources.ts'
import type { ExamineRequest, LinesOf } from './objects.ts'
import { sourceName } from './source-name.ts'

/** The files and lines that functions in changed code come from, by linker name and file: functions with code of their own, and inlined ones. */
type Written = PerSide<ReadonlyMap<string, ReadonlyMap<string, WrittenIn>>>

/** The lines of a file that there is code of, with the table that says so. */
interface WrittenIn extends SourcePart {
  readonly lines: Set<number>
  readonly table: LineTable
}

/** Compilers record no linker name for a function that is local to its file, only its source name. */
export function linkerName(symbol: string): string {
  const name = originalName(normaliseName(symbol))
  return name.startsWith('_ZL') ? sourceName(name) : name
}

export function writtenIn(
  changed: readonly HotCode[],
  { lines, inlines }: Pick<ExamineRequest, 'lines'> & Pick<ComparedBy, 'inlines'>,
): Written {
  const on = (side: Side) => {
    const found = new Map<string, Map<string, WrittenIn>>()
    for (const code of changed) {
      const symbol = code[side]?.symbol
      const table = symbol && lines(code.object, side)
      if (!symbol || !table) continue
      for (const { name, file, line } of ownLines(
        symbol,
        table,
        inlinedAt(symbol, inlines?.(code.object, side)),
      )) {
        const key = linkerName(name)
        const files = found.get(key) ?? new Map<string, WrittenIn>()
        found.set(key, files)
        const part = files.get(file) ?? { file, lines: new Set(), table }
        files.set(file, part)
        part.lines.add(line)
      }
    }
    return found
  }
  return { base: on('base'), head: on('head') }
}

/** A file that a function is from on the head, and what it is from on the base. */
export interface Taken {
  readonly file: string
  readonly was: string
  readonly state: SourceState
}

/** What tells where functions are from, and which of them only one side has out of line. */
interface Places extends Pick<ComparedBy, 'sources' | 'inDiff' | 'inlines'> {
  readonly written: Written
  readonly alone: ReadonlySet<string>
}

/**
 * The functions in some code that each side compiles from another file, or from other lines of one file, if neither file is in the diff: a
 * build tag, a list of sources or a condition chose among them.
 */
export function takenInstead(
  code: HotCode,
  { written, alone, sources, inDiff, inlines }: Places,
): readonly Taken[] {
  const names = (['base', 'head'] as const).flatMap(side => {
    const symbol = code[side]?.symbol
    if (!symbol) return []
    return [symbol, ...inlinedAt(symbol, inlines?.(code.object, side))].map(({ name }) => linkerName(name))
  })
  return [...new Set(names)].flatMap((name): readonly Taken[] => {
    const base = [...(written.base.get(name)?.values() ?? [])]
    const head = [...(written.head.get(name)?.values() ?? [])]
    const [was, is] = [base[0], head[0]]
    if (!was || !is || [...base, ...head].some(({ file }) => inDiff(file))) return []
    const same = head.flatMap(part => {
      const partner = base.find(each => withoutVersions(each.file) === withoutVersions(part.file))
      return partner ? [[partner, part] as const] : []
    })
    if (same.length > 0) {
      const isOther = same.every(
        ([one, other]) =>
          one.file === other.file && areDefinitions(name, one, other, sources.read.head(other.file)),
      )
      return isOther ? [{ file: is.file, was: is.file, state: 'changed' }] : []
    }
    // Several files may each define a function of this name, and inlining decides which of them leave code.
    if (!alone.has(name)) return []
    const state = compareFile({ base: was, head: is }, { base: was.table, head: is.table }, sources)
    return [{ file: is.file, was: was.file, state }]
  })
}

/**
 * Whether two parts of one text are two definitions of a function: all lines of one come before those of the other, and the other definition
 * begins between them. Different lines alone prove nothing, because another optimisation keeps other lines of the same function.
 */
function areDefinitions(
  symbol: string,
  one: SourcePart,
  other: SourcePart,
  text: string | undefined,
): boolean {
  const [first, second] = Math.max(...one.lines) < Math.min(...other.lines) ? [one, other] : [other, one]
  const [from, to] = [Math.max(...first.lines), Math.min(...second.lines)]
  const name = sourceName(symbol)
  if (from >= to || text === undefined || !/^\w+$/.test(name)) return false
  const begins = new RegExp(`\\b${name}\\s*[(<]`)
  return text
    .split('\n')
    .slice(from, to)
    .some(line => begins.test(line))
}

/** A source of the tree that is compiled by itself, unlike a header. */
const UNIT = /^[^/].*\.(?:c|cc|cpp|cxx|c\+\+|C|m|mm|d|go|rs|zig|nim|swift|f|f90|F90|s|S|asm|adb|pas)$/

/** The source of a function that only one side runs, if the other side's program has no code from that file. */
export function addedUnit(
  code: HotCode,
  lines: LinesOf,
  { inDiff }: Pick<ComparedBy, 'inDiff'>,
): readonly Taken[] {
  const side = code.head ? 'head' : 'base'
  const other = lines(code.object, side === 'head' ? 'base' : 'head')
  const file = lines(code.object, side)?.lineOf(code[side]!.symbol.address)?.file
  if (file === undefined || !other || inDiff(file) || !UNIT.test(file) || other.files.includes(file))
    return []
  return [{ file, was: '', state: 'changed' }]
}

/** Names of sources that only one side links. */
export function oneSidedUnits(
  hot: readonly HotCode[],
  inDiff: (name: string) => boolean,
): PerSide<readonly string[]> {
  const objects = [...new Set(hot.map(({ object }) => object))].filter(
    ({ shared, base, head }) => !shared && base?.view.elf.unitFiles.length && head?.view.elf.unitFiles.length,
  )
  const on = (side: Side): Set<string> =>
    new Set(
      objects
        .flatMap(object => object[side]!.view.elf.unitFiles)
        // Link-time optimisation and pipes have files of their own.
        .filter(name => UNIT.test(name) && !/^cc\w{6}\.|ltrans/.test(name) && !inDiff(name)),
    )
  const [base, head] = [on('base'), on('head')]
  return { base: [...base].filter(name => !head.has(name)), head: [...head].filter(name => !base.has(name)) }
}

import type { InlineTable } from '../elf/dwarf/inline-table.ts'
import type { LineTable } from '../elf/dwarf/line-table.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { BuiltSources, Embedded } from '../source/built-sources.ts'
import { compilerOptions } from '../source/source-change.ts'
import type { HotCode } from './compare-hot.ts'
import {
  type ComparedBy,
  compareFile,
  inlinedAt,
  ownLines,
  type SourcePart,
  type SourceState,
  sameNamed,
  withoutVersions,
} from './compare-sources.ts'
import type { ExamineRequest, LinesOf } from './objects.ts'
import { sourceName } from './source-name.ts'
import { addedUnit, linkerName, oneSidedUnits, type Taken, takenInstead, writtenIn } from './taken-instead.ts'

/** Where a function's code comes from, compared between the two builds. */
export interface Origin {
  readonly state: SourceState
  /** The files that differ, as the head's debug lines name them (else the base's); for `unknown`, those that could not be compared. */
  readonly files: readonly string[]
  /** Whether one compiler with the same options made both sides' code, of what compilers write down of them: gcc does, but for macros. */
  readonly sameOptions?: true
  /** Whether the compiler wrote down other options on each side. */
  readonly otherOptions?: true
  /**
   * The base's file by the head's, where both are the source of one function and neither is the other in another version; empty where only one
   * side's program is made from the file.
   */
  readonly instead?: ReadonlyMap<string, string>
}

const UNKNOWN: Origin = { state: 'unknown', files: [] }

/**
 * Compares, file by file and line by line, what a function was compiled from on both sides, inlined code included. What the
 * diff names is left to the diff, which also tells a comment from a statement.
 */
function originOf(code: HotCode, lines: LinesOf, how: ComparedBy): Origin {
  const [ofBase, ofHead] = [lines(code.object, 'base'), lines(code.object, 'head')]
  if (!ofBase || !ofHead || !code.base || !code.head) return UNKNOWN
  const tables = { base: ofBase, head: ofHead }
  const partsOn = (side: Side): SourcePart[] =>
    Array.from(tables[side].codeLinesOf(code[side]!.symbol), ([file, numbers]) => ({
      file,
      lines: numbers,
    })).filter(({ file }) => file !== '')
  const parts = { base: partsOn('base'), head: partsOn('head') }
  if (parts.base.length === 0 || parts.head.length === 0) return UNKNOWN
  const namesOn = (side: Side) =>
    functionFiles(code[side]!.symbol, tables[side], how.inlines?.(code.object, side))
  const partnerOf = pairFiles(parts, namesOn)
  const instead = new Map<string, string>()
  const partnered = parts.head.flatMap(head => {
    const base = partnerOf.get(head)
    if (!base || how.inDiff(head.file)) return []
    if (how.isIdle(head.file)) return [{ file: head.file, state: 'same' as const }]
    const state = compareFile({ base, head }, tables, how.sources)
    if (withoutVersions(base.file) !== withoutVersions(head.file)) instead.set(head.file, base.file)
    return [{ file: head.file, state }]
  })
  const paired = new Set(partnerOf.values())
  const alone = [
    ...parts.head.filter(part => !partnerOf.has(part)),
    ...parts.base.filter(part => !paired.has(part)),
  ]
    .filter(({ file }) => !how.inDiff(file) && !how.isIdle(file))
    .map(({ file }) => ({ file, state: sameNamed(file, tables, how.sources) }))
  const origin = worst([...partnered, ...alone])
  return instead.size > 0 ? { ...origin, instead } : origin
}

function worst(files: readonly { readonly file: string; readonly state: SourceState }[]): Origin {
  for (const state of ['changed', 'unknown', 'near'] as const) {
    const found = files.filter(each => each.state === state)
    if (found.length > 0) return { state, files: found.map(({ file }) => file) }
  }
  return { state: 'same', files: [] }
}

/** The functions whose own code is in each file: the one that was asked for, and what is inlined into it. */
function functionFiles(
  symbol: { readonly name: string; readonly address: number; readonly size: number },
  table: LineTable,
  inlines: InlineTable | undefined,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const { file, name } of ownLines(symbol, table, inlinedAt(symbol, inlines)))
    found.set(file, (found.get(file) ?? new Set()).add(sourceName(name)))
  return found
}

/**
 * Files of equal name; then those whose names differ by a version only; then the only one of that file name; then those that hold a
 * function of one name.
 */
function pairFiles(
  { base, head }: PerSide<readonly SourcePart[]>,
  namesOn: (side: Side) => ReadonlyMap<string, ReadonlySet<string>>,
): Map<SourcePart, SourcePart> {
  const pairs = new Map<SourcePart, SourcePart>()
  const free = new Set(base)
  const keys: readonly ((file: string) => string)[] = [
    file => file,
    withoutVersions,
    file => file.slice(file.lastIndexOf('/') + 1),
  ]
  for (const key of keys) {
    const byKey = new Map<string, SourcePart | undefined>()
    for (const part of free) byKey.set(key(part.file), byKey.has(key(part.file)) ? undefined : part)
    for (const part of head) {
      const partner = pairs.has(part) ? undefined : byKey.get(key(part.file))
      if (!partner || !free.has(partner)) continue
      pairs.set(part, partner)
      free.delete(partner)
    }
  }
  if (free.size === 0 || pairs.size === head.length) return pairs
  const names = { base: namesOn('base'), head: namesOn('head') }
  for (const part of head) {
    if (pairs.has(part)) continue
    const own = names.head.get(part.file) ?? new Set()
    const partner = [...free].find(each => [...(names.base.get(each.file) ?? [])].some(name => own.has(name)))
    if (!partner) continue
    pairs.set(part, partner)
    free.delete(partner)
  }
  return pairs
}

function textOf(code: HotCode, lines: LinesOf, { read }: BuiltSources): string {
  const symbol = code.head?.symbol
  const parts = symbol ? lines(code.object, 'head')?.linesOf(symbol) : undefined
  return (parts ?? [])
    .map(
      ({ file, first, last }) =>
        read
          .head(file)
          ?.split('\n')
          .slice(first - 1, last)
          .join('\n') ?? '',
    )
    .join('\n')
}

/** Adds the files that replace others, unless their text is the same. */
function withTaken(origin: Origin, taken: readonly Taken[]): Origin {
  const other = taken.filter(({ state }) => state === 'changed')
  if (other.length === 0) return origin
  const known = origin.state === 'changed' ? origin.files : []
  const instead = new Map([...(origin.instead ?? []), ...other.map(({ file, was }) => [file, was] as const)])
  return { ...origin, state: 'changed', files: [...new Set([...known, ...instead.keys()])], instead }
}

/** What was built, as opposed to what the diff names. */
export interface Origins {
  /** By function; only of those whose code changed. */
  readonly of: ReadonlyMap<HotCode, Origin>
  /** Source files that differ between the built trees although the diff does not name them. */
  readonly generated: readonly string[]
  /** What sources take in of the diff's other files. */
  readonly embedded: readonly Embedded[]
  /** Whether all source files of both trees were compared. */
  readonly complete: boolean
  /** The text of a function on the head as its debug lines have it, with what is inlined into it; empty where nobody can tell. */
  readonly textOf: (code: HotCode) => string
  /** Sources, by name and without those of the diff, that only one side's program is linked from, where symbol tables say so. */
  readonly units: PerSide<readonly string[]>
}

/** Compares the built sources of every hot function whose code changed. */
export function originsOf(
  hot: readonly HotCode[],
  { lines, sources, change, inlines }: ExamineRequest,
): Origins | undefined {
  if (!sources) return undefined
  const named = new Set([...change.ranges.base.keys(), ...change.ranges.head.keys()])
  const idle = new Set(change.idle)
  const how = {
    ...{ sources, inlines },
    inDiff: (file: string) => named.has(file),
    isIdle: (file: string) => idle.has(file),
  }
  const changed = hot.filter(code => code.sameness === 'changed')
  // A function that only one side has cannot be compared line by line.
  const oneSided = hot.filter(({ base, head, object }) => !object.shared && (!base || !head))
  const written = writtenIn([...changed, ...oneSided], { lines, inlines })
  const places = { ...how, written, alone: new Set(oneSided.map(({ name }) => linkerName(name))) }
  return {
    of: new Map([
      ...changed.map(code => {
        const origin = { ...originOf(code, lines, how), ...compareOptions(code, inlines) }
        return [code, withTaken(origin, takenInstead(code, places))] as const
      }),
      ...oneSided.flatMap(code => {
        const taken = takenInstead(code, places)
        // With other options a compiler may fold all code of a file.
        const added = compilerOptions(change).length > 0 ? [] : addedUnit(code, lines, how)
        const origin = withTaken(UNKNOWN, taken.length > 0 ? taken : added)
        return origin === UNKNOWN ? [] : [[code, origin] as const]
      }),
    ]),
    generated: sources.generated,
    embedded: sources.embedded ?? [],
    complete: sources.complete,
    textOf: code => textOf(code, lines, sources),
    units: oneSidedUnits(hot, name => [...named].some(file => file === name || file.endsWith(`/${name}`))),
  }
}

/**
 * gcc writes its options behind its name; clang and rustc write none, so equal texts from these say nothing. What a profile or the
 * other units of a program do to code is in no option either.
 */
const WITH_OPTIONS = /^GNU (?!.* -f(?:lto|profile|auto-profile)).* -/

function compareOptions(
  code: HotCode,
  inlines: ExamineRequest['inlines'],
): Pick<Origin, 'sameOptions' | 'otherOptions'> {
  const [base, head] = (['base', 'head'] as const).map(side => {
    const symbol = code[side]?.symbol
    return symbol && inlines?.(code.object, side)?.producerOf(symbol)
  })
  if (base === undefined || head === undefined) return {}
  if (base === head) return WITH_OPTIONS.test(base) ? { sameOptions: true } : {}
  return GNU.test(base) && GNU.test(head) && withoutNames(base) !== withoutNames(head)
    ? { otherOptions: true }
    : {}
}

const GNU = /^GNU .* -/

/** Options without those that name folders or only say how much debug information there is. */
const withoutNames = (producer: string): string =>
  producer.replaceAll(/ -(?:g[\w.+-]*|[\w-]*prefix-map=\S+|frandom-seed=\S+|I\S+)/g, '')

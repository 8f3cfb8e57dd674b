import { originOf as originalName } from '../code/clone-name.ts'
import type { InlinedCode, InlineTable } from '../elf/dwarf/inline-table.ts'
import type { LineTable, SourceLine } from '../elf/dwarf/line-table.ts'
import { normaliseName } from '../elf/names.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { BuiltSources, Embedded } from '../source/built-sources.ts'
import type { HotCode } from './compare-hot.ts'
import type { ExamineRequest, LinesOf } from './objects.ts'
import { sourceName } from './source-name.ts'

/**
 * What the sources of a function's two builds say. `changed`: lines that it holds code of differ. `near`: the same lines,
 * of a file that differs elsewhere. `same`: every file that it holds code of is the same. `unknown`: nobody can tell.
 */
export type SourceState = 'changed' | 'near' | 'same' | 'unknown'

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

/** A file with the lines of it that a function holds code of. */
interface Part {
  readonly file: string
  readonly lines: ReadonlySet<number>
}

/** What sources are compared by. */
interface Compared {
  readonly sources: BuiltSources
  readonly inDiff: (file: string) => boolean
  readonly isIdle: (file: string) => boolean
  readonly inlines: ExamineRequest['inlines']
}

/**
 * Compares, file by file and line by line, what a function was compiled from on both sides, inlined code included. What the
 * diff names is left to the diff, which also tells a comment from a statement.
 */
function originOf(code: HotCode, lines: LinesOf, how: Compared): Origin {
  const [ofBase, ofHead] = [lines(code.object, 'base'), lines(code.object, 'head')]
  if (!ofBase || !ofHead || !code.base || !code.head) return UNKNOWN
  const tables = { base: ofBase, head: ofHead }
  const partsOn = (side: Side): Part[] =>
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

/** A file that only one side has code of here: another inlining decision, unless the other side has no such text. */
function sameNamed(file: string, tables: PerSide<LineTable>, { read }: BuiltSources): SourceState {
  const sums = { base: tables.base.checksumOf(file), head: tables.head.checksumOf(file) }
  if (sums.base !== undefined && sums.base === sums.head) return 'same'
  const [ofBase, ofHead] = [read.base(file), read.head(file)]
  if (ofBase === undefined && ofHead === undefined) return PINNED.test(file) ? 'same' : 'unknown'
  return ofBase === ofHead ? 'same' : 'changed'
}

function worst(files: readonly { readonly file: string; readonly state: SourceState }[]): Origin {
  for (const state of ['changed', 'unknown', 'near'] as const) {
    const found = files.filter(each => each.state === state)
    if (found.length > 0) return { state, files: found.map(({ file }) => file) }
  }
  return { state: 'same', files: [] }
}

/** More inlined functions than a person could follow. */
const MOST_INSTANCES = 200
const MOST_BYTES = 8192

/** Whose code each byte of a function is: its own, or of the innermost function that is inlined there, with the line. */
function* ownLines(
  { name, address, size }: { readonly name: string; readonly address: number; readonly size: number },
  table: LineTable,
  inlined: readonly InlinedCode[],
): Generator<SourceLine & { readonly name: string }> {
  const end = address + Math.min(size, MOST_BYTES)
  const inner: (InlinedCode | undefined)[] = Array.from({ length: end - address })
  for (const each of [...inlined].sort((a, b) => a.depth - b.depth))
    for (const { low, high } of each.ranges)
      inner.fill(each, Math.max(0, low - address), Math.max(0, Math.min(high, end) - address))
  for (const [at, each] of inner.entries()) {
    const line = table.lineOf(address + at)
    if (line !== undefined && line.file !== '') yield { ...line, name: each?.name ?? name }
  }
}

const inlinedAt = (
  symbol: { readonly address: number; readonly size: number },
  inlines: InlineTable | undefined,
): readonly InlinedCode[] => (inlines?.within(symbol) ?? []).slice(0, MOST_INSTANCES)

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
  { base, head }: PerSide<readonly Part[]>,
  namesOn: (side: Side) => ReadonlyMap<string, ReadonlySet<string>>,
): Map<Part, Part> {
  const pairs = new Map<Part, Part>()
  const free = new Set(base)
  const keys: readonly ((file: string) => string)[] = [
    file => file,
    withoutVersions,
    file => file.slice(file.lastIndexOf('/') + 1),
  ]
  for (const key of keys) {
    const byKey = new Map<string, Part | undefined>()
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

/** `registry/memchr-2.6.0/src/x.rs` and `mod/lib@v1.3/x.go` without what an update changes. */
function withoutVersions(path: string): string {
  return path.replaceAll(/[-@_]v?\d+(?:\.[\w+]+)+(?:-[\w.+]+)?(?=\/)|(?<=\/)[0-9a-f]{7,64}(?=\/)/g, '')
}

/** A path that names one text only, wherever it is: a released version, or a commit of the compiler's own library. */
const PINNED = /^\/rustc\/[0-9a-f]{40}\/|\/registry\/src\/[^/]+\/[^/]+-\d[^/]*\/|@v\d[^/]*\//

function compareFile(parts: PerSide<Part>, tables: PerSide<LineTable>, { read }: BuiltSources): SourceState {
  const { base, head } = parts
  const sums = { base: tables.base.checksumOf(base.file), head: tables.head.checksumOf(head.file) }
  if (sums.base !== undefined && sums.base === sums.head) return 'same'
  const sumsDiffer = sums.base !== undefined && sums.head !== undefined
  if (!sumsDiffer && base.file === head.file && PINNED.test(base.file)) return 'same'
  const [ofBase, ofHead] = [read.base(base.file), read.head(head.file)]
  if (ofBase === undefined || ofHead === undefined) return sumsDiffer ? 'changed' : 'unknown'
  if (ofBase === ofHead) return sumsDiffer ? 'changed' : 'same'
  // Another optimisation gives code to other lines of the same text: it is enough that the other side has them somewhere.
  const [texts, others] = [linesOf(ofBase), linesOf(ofHead)]
  return holdsAll(texts, base, new Set(others)) && holdsAll(others, head, new Set(texts)) ? 'near' : 'changed'
}

const linesOf = (text: string): string[] => text.split('\n').map(line => line.trim())

const holdsAll = (texts: readonly string[], { lines }: Part, others: ReadonlySet<string>): boolean =>
  [...lines].every(line => others.has(texts[line - 1] ?? ''))

/**
 * Where the functions in changed code are from, by the name that the linker has for them and by file: those that have such code of their own,
 * and what is inlined into it.
 */
type Written = PerSide<ReadonlyMap<string, ReadonlyMap<string, WrittenIn>>>

/** The lines of a file that there is code of, with the table that says so. */
interface WrittenIn extends Part {
  readonly lines: Set<number>
  readonly table: LineTable
}

/** Compilers write no linker's name of a function that only its own file knows: there the source's name is all. */
function linkerName(symbol: string): string {
  const name = originalName(normaliseName(symbol))
  return name.startsWith('_ZL') ? sourceName(name) : name
}

function writtenIn(
  changed: readonly HotCode[],
  { lines, inlines }: Pick<ExamineRequest, 'lines'> & Pick<Compared, 'inlines'>,
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
interface Taken {
  readonly file: string
  readonly was: string
  readonly state: SourceState
}

/** What tells where functions are from, and which of them only one side has out of line. */
interface Places extends Pick<Compared, 'sources' | 'inDiff' | 'inlines'> {
  readonly written: Written
  readonly alone: ReadonlySet<string>
}

/**
 * Of the functions in some code, those that each side has from another file, or from other lines of one file, where neither file is in the
 * diff: a build tag, a list of sources or a condition chose among them.
 */
function takenInstead(code: HotCode, { written, alone, sources, inDiff, inlines }: Places): readonly Taken[] {
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
    // Files of several names may each have a function of one name, and what is inlined where is no matter of the source.
    if (!alone.has(name)) return []
    const state = compareFile({ base: was, head: is }, { base: was.table, head: is.table }, sources)
    return [{ file: is.file, was: was.file, state }]
  })
}

/**
 * Whether two parts of one text are two definitions of a function: all lines of one are in front of the other's, and between them is where
 * the other one begins. What a compiler leaves of a function's lines is not enough to tell, because another optimisation leaves others.
 */
function areDefinitions(symbol: string, one: Part, other: Part, text: string | undefined): boolean {
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

/** A source of the tree that every function of a file is compiled with, as opposed to one that others take in. */
const UNIT = /^[^/].*\.(?:c|cc|cpp|cxx|c\+\+|C|m|mm|d|go|rs|zig|nim|swift|f|f90|F90|s|S|asm|adb|pas)$/

/** The source of a function that one side alone runs, where nothing of the other side's program comes from that file. */
function addedUnit(code: HotCode, lines: LinesOf, { inDiff }: Pick<Compared, 'inDiff'>): readonly Taken[] {
  const side = code.head ? 'head' : 'base'
  const other = lines(code.object, side === 'head' ? 'base' : 'head')
  const file = lines(code.object, side)?.lineOf(code[side]!.symbol.address)?.file
  if (file === undefined || !other || inDiff(file) || !UNIT.test(file) || other.files.includes(file))
    return []
  return [{ file, was: '', state: 'changed' }]
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

/** Sources by name that only one side's program is linked from. */
function oneSidedUnits(
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

/** With what took another file's place, unless it says the same. */
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
  // What only one side has has no partner to be compared with line by line.
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
        const origin = withTaken(UNKNOWN, taken.length > 0 ? taken : addedUnit(code, lines, how))
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

import { join } from 'node:path'
import { viewObject } from '../../core/code/object-view.ts'
import type { ObjectProfile, Profile } from '../../core/counters/profile.ts'
import type { InlineTable } from '../../core/elf/dwarf/inline-table.ts'
import { readInlines } from '../../core/elf/dwarf/inlines.ts'
import type { LineTable } from '../../core/elf/dwarf/line-table.ts'
import { readLines } from '../../core/elf/dwarf/read-lines.ts'
import type { ElfImage } from '../../core/elf/elf.ts'
import { ElfError } from '../../core/elf/errors.ts'
import { inMemory } from '../../core/elf/fields.ts'
import { readElf } from '../../core/elf/read-elf.ts'
import type { Limitation } from '../../core/model/report.ts'
import type { PerSide, Side } from '../../core/model/side.ts'
import type { InlinesOf } from '../../core/placement/inlined.ts'
import { type LinesOf, type ObjectPair, pairObject, type SideObject } from '../../core/placement/objects.ts'
import { indexProfile } from '../../core/placement/profile-index.ts'
import { codeWithoutFile, debugLinesTooLarge, unreadObject } from '../../report/limitations/explaining.ts'
import { packedSymbols, separateDebugFile } from '../../shell/files/debug-file.ts'
import { inflate, type OpenElf, type OpenFile, openBytes, openElf } from '../../shell/files/elf-file.ts'
import { type OpenSplitFiles, openSplitFiles } from '../../shell/files/split-files.ts'
import { isPlainFile } from '../../shell/files/tree-file.ts'

/** The object files of one benchmark on both sides; they stay open, since code and data are read when asked for. */
export interface OpenObjects {
  readonly objects: readonly ObjectPair[]
  readonly lines: LinesOf
  readonly inlines: InlinesOf
  readonly limitations: readonly Limitation[]
  close(): void
}

/** Objects with less than this share of the counts decide nothing and are not opened. */
const LEAST_SHARE = 0.001

/** Opens every file that the profiles name and pairs the two sides' files by their path in the work tree. */
export function openObjects(
  profiles: PerSide<Profile>,
  trees: PerSide<string>,
  builtAs: PerSide<string> = trees,
): OpenObjects {
  const files = new Map<string, Opened | undefined>()
  const limitations: Limitation[] = []
  const open = (path: string, name: string): Opened | undefined => {
    // Also what could not be read is remembered: a system library is the same file on both sides.
    if (!files.has(path)) files.set(path, openObject(path, name, limitations))
    return files.get(path)
  }
  const placed = { base: placesOf(profiles.base, trees.base), head: placesOf(profiles.head, trees.head) }
  const objects = pairNames(placed)
    .map(pair => inBothRuns(pair, trees))
    .map(([base, head]) => {
      const name = (head ?? base)!.name
      const side = (place: Place | undefined): SideObject | undefined => {
        const opened = place && open(place.profile.object, name)
        return opened && { view: opened.view, profile: indexProfile(place.profile) }
      }
      const [ofBase, ofHead] = [side(base), side(head)]
      const shared = base !== undefined && base.profile.object === head?.profile.object
      return pairObject(
        name,
        { ...(ofBase ? { base: ofBase } : {}), ...(ofHead ? { head: ofHead } : {}) },
        shared,
      )
    })
  const splits: OpenSplitFiles[] = []
  const splitOff = (path: string, side: Side): OpenSplitFiles => {
    const found = openSplitFiles(path, trees[side], builtAs[side])
    splits.push(found)
    return found
  }
  return {
    objects: objects.filter(({ base, head }) => base ?? head),
    lines: linesOf(files, builtAs),
    inlines: inlinesOf(files, splitOff),
    limitations: [...limitations, ...tooLarge(objects), ...unnamed(profiles)],
    close: () => {
      for (const opened of files.values()) {
        opened?.file.close()
        opened?.apart?.close()
      }
      for (const split of splits) split.close()
    },
  }
}

/** The symbols and debug information that were split off a file, which stay open with it. */
function debugFileOf(path: string, elf: ElfImage): OpenElf | undefined {
  const hasLines = elf.sections.some(({ name }) => /^\.z?debug_line$/.test(name))
  if (elf.symbolSource === 'symtab' && hasLines) return undefined
  const apart = separateDebugFile(path, elf)
  return apart === undefined ? undefined : openApart(apart)
}

/** What cannot be read tells nothing; the file itself still does. */
function openApart(path: string): OpenElf | undefined {
  try {
    return openElf(path)
  } catch (error) {
    if (error instanceof ElfError) return undefined
    throw error
  }
}

function packedElf(elf: ElfImage): ElfImage | undefined {
  const bytes = packedSymbols(elf)
  try {
    return bytes && readElf(inMemory(bytes))
  } catch (error) {
    if (error instanceof ElfError) return undefined
    throw error
  }
}

/** The file with the names of another one that describes it; exported names stay where that has none. */
function withSymbolsOf(elf: ElfImage, other: ElfImage | undefined): ElfImage {
  if (other?.symbolSource !== 'symtab') return elf
  const known = new Set(other.symbols.map(({ address }) => address))
  const symbols = [...other.symbols, ...elf.symbols.filter(({ address }) => !known.has(address))]
  return { ...elf, symbolSource: 'symtab', symbols: symbols.sort((a, b) => a.address - b.address) }
}

interface Opened {
  readonly file: OpenFile
  /** Where its debug information is, when that was split off. */
  readonly apart?: OpenElf
  readonly view: SideObject['view']
}

function openObject(path: string, name: string, limitations: Limitation[]): Opened | undefined {
  let file: OpenFile | undefined
  try {
    if (!isPlainFile(path)) throw new ElfError('no such file')
    file = openBytes(path)
    const elf = readElf(file)
    const apart = debugFileOf(path, elf)
    const named = elf.symbolSource === 'symtab' ? elf : withSymbolsOf(elf, apart?.elf ?? packedElf(elf))
    return { file, view: viewObject(name, named), ...(apart ? { apart } : {}) }
  } catch (error) {
    file?.close()
    if (!(error instanceof ElfError) && !isSystemError(error)) throw error
    limitations.push(unreadObject(name, (error as Error).message))
    return undefined
  }
}

const isSystemError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'

interface Place {
  readonly name: string
  readonly profile: ObjectProfile
}

/** Files by the name that both sides share: the path in the work tree, or the whole path of a system library. */
function placesOf(profile: Profile, tree: string): Map<string, Place> {
  const root = tree.endsWith('/') ? tree : `${tree}/`
  const places = new Map<string, Place>()
  for (const part of profile.objects) {
    if (!part.object.startsWith('/')) continue
    const count = part.counts.reduce((sum, each) => sum + each, 0)
    const inTree = part.object.startsWith(root)
    if (!inTree && count < LEAST_SHARE * profile.total) continue
    const name = inTree ? part.object.slice(root.length) : part.object
    places.set(name, { name, profile: part })
  }
  return places
}

/** Pairs by equal name, and what is left over by equal file name where that leaves no choice. */
function pairNames(placed: PerSide<Map<string, Place>>): (readonly [Place | undefined, Place | undefined])[] {
  const both = [...placed.base].flatMap(([name, base]) =>
    placed.head.has(name) ? [[base, placed.head.get(name)] as const] : [],
  )
  const left = (side: Side, other: Side): Place[] =>
    [...placed[side].values()].filter(({ name }) => !placed[other].has(name))
  const fileName = ({ name }: Place): string => name.slice(name.lastIndexOf('/') + 1)
  const heads = left('head', 'base')
  const matched = new Set<Place>()
  const rest = left('base', 'head').map(base => {
    const candidates = heads.filter(head => fileName(head) === fileName(base))
    const head = candidates.length === 1 ? candidates[0] : undefined
    if (head) matched.add(head)
    return [base, head] as const
  })
  return [
    ...both,
    ...rest,
    ...heads.filter(head => !matched.has(head)).map(head => [undefined, head] as const),
  ]
}

/**
 * A file that only one run has counts of is on the other side too, where it is there: few samples miss what little ran in a system's
 * file, and a profiler may not know the program for the file that it comes from.
 */
function inBothRuns(
  [base, head]: readonly [Place | undefined, Place | undefined],
  trees: PerSide<string>,
): readonly [Place | undefined, Place | undefined] {
  const only = base ?? head
  if ((base && head) || !only) return [base, head]
  const object = only.name.startsWith('/')
    ? only.profile.object
    : join(trees[base ? 'head' : 'base'], only.name)
  if (!isPlainFile(object)) return [base, head]
  const empty: Place = { name: only.name, profile: { object, addresses: [], counts: [] } }
  return [base ?? empty, head ?? empty]
}

/** Reading more debug lines than this costs minutes and gigabytes; the sources then say what was touched. */
const MOST_DEBUG_BYTES = 128 * 1024 * 1024

const hasTooManyLines = ({ elf }: SideObject['view']): boolean =>
  (elf.sections.find(({ name }) => name === '.debug_line')?.size ?? 0) > MOST_DEBUG_BYTES

/** Reads an object's debug lines at the first question; damaged ones count as none. */
function linesOf(files: ReadonlyMap<string, Opened | undefined>, builtAs: PerSide<string>): LinesOf {
  const known = new Map<string, LineTable | undefined>()
  const read = (elf: ElfImage, side: Side): LineTable | undefined => {
    try {
      return readLines(elf, { inflate, root: builtAs[side] })
    } catch (error) {
      if (error instanceof ElfError) return undefined
      throw error
    }
  }
  return (object, side) => {
    const part = object[side]
    const path = part?.profile.profile.object
    if (!part || path === undefined || !files.has(path) || hasTooManyLines(part.view)) return undefined
    const key = `${side}\0${path}`
    if (!known.has(key)) known.set(key, read(debugElfOf(part.view, files.get(path)), side))
    return known.get(key)
  }
}

/** Reads an object's inline records at the first question. */
function inlinesOf(
  files: ReadonlyMap<string, Opened | undefined>,
  splitOff: (path: string, side: Side) => OpenSplitFiles,
): InlinesOf {
  const known = new Map<string, InlineTable | undefined>()
  return (object, side) => {
    const part = object[side]
    const path = part?.profile.profile.object
    if (!part || path === undefined || !files.has(path) || hasTooManyEntries(part.view)) return undefined
    if (!known.has(path))
      known.set(path, readInlines(debugElfOf(part.view, files.get(path)), inflate, splitOff(path, side)))
    return known.get(path)
  }
}

/** The file that has the debug information; the code's sections are the program's own in either. */
function debugElfOf({ elf }: SideObject['view'], opened: Opened | undefined): ElfImage {
  const apart = opened?.apart?.elf
  return apart ? { ...apart, symbols: elf.symbols } : elf
}

const MOST_ENTRY_BYTES = 512 * 1024 * 1024

const hasTooManyEntries = ({ elf }: SideObject['view']): boolean =>
  (elf.sections.find(({ name }) => name === '.debug_info')?.size ?? 0) > MOST_ENTRY_BYTES

function tooLarge(objects: readonly ObjectPair[]): Limitation[] {
  return objects.flatMap(({ name, shared, head }) =>
    !shared && head && hasTooManyLines(head.view) ? [debugLinesTooLarge(name)] : [],
  )
}

/** Code that is in no file: compiled at run time, the kernel's own, or of a file that the simulator could not read. */
function unnamed({ head }: PerSide<Profile>): Limitation[] {
  const outside = head.objects.filter(({ object }) => !object.startsWith('/'))
  const count = outside.reduce((sum, { counts }) => sum + counts.reduce((all, each) => all + each, 0), 0)
  const share = head.total > 0 ? count / head.total : 0
  return share < 0.01 ? [] : [codeWithoutFile(share, head.source === 'callgrind')]
}

import type { PerSide, Side } from '../model/side.ts'
import { definesOf, isBuildFile, isDocument, isTemplate } from './build-files.ts'
import { directivesChanged, optionsChanged, passesOptions, swappedInputs } from './build-inputs.ts'
import { type DependencyChange, dependencyChanges } from './dependencies.ts'
import { changedLine, type DiffFile, firstRange, type Hunk, type LineRange, touches } from './diff.ts'
import { macroSources } from './macro-crates.ts'
import { isTextStamp } from './same-text.ts'
import { findFunctions, languageOf, nameInContext, type SourceFunction } from './source-functions.ts'

/** Text of a file of one side's work tree; undefined where it cannot be read. */
export type ReadSource = (path: string) => string | undefined

/** A function whose lines the diff touches. */
export interface ChangedFunction {
  readonly name: string
  readonly file: string
  /** False when only its place, its comments or its attributes changed: the same text does the same. */
  readonly rewritten: boolean
  /** `lines` of the source text, or git's `hunks` headers where the text could not be read. */
  readonly from: 'text' | 'hunks'
  /** The text on the side where it exists, the head's first. */
  readonly text?: string
  /** The text on the base, where it exists there and was read. */
  readonly baseText?: string
  /** Its first changed line on the head side, or where it begins there when lines were only taken from it. */
  readonly line?: number
}

/** What a diff means for the code that is built from it. */
export interface SourceChange {
  readonly functions: readonly ChangedFunction[]
  /** Source files in which something outside of functions changed: types, macros, tables, globals. */
  readonly outside: readonly string[]
  /** The identifiers in those changes. */
  readonly outsideWords?: readonly string[]
  /** Files that steer the build: compiler options, link order. */
  readonly build: readonly string[]
  /** What build files define for the compiler otherwise than before (`-DFAST=1`): the same source then says something else. */
  readonly defines?: readonly string[]
  /** Options by which compilers make other code of the same source, where build files gain or lose them. */
  readonly options?: readonly string[]
  /** What takes the place of something else in the build or in a source, as verb's phrases: no text of either has to change for that. */
  readonly swaps?: readonly string[]
  /** Sources whose attributes or pragmas change. */
  readonly directives?: readonly string[]
  /** Source files of the diff in which every function says the same as before, and nothing outside of functions changed. */
  readonly idle?: readonly string[]
  /** Libraries, submodules and archives that the build takes in another version. */
  readonly dependencies?: readonly DependencyChange[]
  /** Files that code is generated from, or whose language is not read here. */
  readonly templates?: readonly string[]
  /** Rust files whose crate is a macro's: they write code that has the lines of its callers. */
  readonly macros?: readonly string[]
  /** Everything else but documents: inputs of a benchmark may be among them. */
  readonly other: readonly string[]
  /** Changed line ranges of source files whose functions were not merely moved, by side. */
  readonly ranges: PerSide<ReadonlyMap<string, readonly LineRange[]>>
}

/** Options of compilers; those of linkers make no other code. */
export const compilerOptions = ({ options = [] }: Pick<SourceChange, 'options'>): readonly string[] =>
  options.filter(option => !/^-wl,/i.test(option))

const LARGEST_SOURCE_CHARACTERS = 16 * 1024 * 1024

/** Reads from a diff and both work trees which functions were really rewritten. */
export function readSourceChange(files: readonly DiffFile[], sources: PerSide<ReadSource>): SourceChange {
  const macros = macroSources(files, path => sources.head(path) ?? sources.base(path))
  // What runs while the program is built is no part of it, though its functions may bear the same names.
  const isOfProgram = (path: string): boolean => !macros.includes(path) && !isBuildFile(path)
  const parts = files
    .filter(({ head, base, binary }) => languageOf(head ?? base ?? '') && !binary)
    .filter(({ head, base }) => isOfProgram(head ?? base ?? ''))
    .map(file => readPart(file, sources))
  const paths = files.map(file => file.head ?? file.base ?? '')
  const merely = movedTexts(parts)
  const functions = parts.flatMap(part =>
    part.touched.map(({ name, ...rest }) => ({ name, ...rest, rewritten: !merely.has(name) })),
  )
  // Debug lines may name files of any language: a grammar, an assembler file, a template.
  const others = files
    .filter(file => !languageOf(file.head ?? file.base ?? '') && !file.binary)
    .map((file): Part => ({ file, touched: [], found: { base: undefined, head: undefined }, outside: false }))
  const rangesOf = (side: Side) =>
    new Map([...parts, ...others].flatMap(part => rangesThatCount(part, side, merely)))
  const ranges = { base: rangesOf('base'), head: rangesOf('head') }
  const passing = new Set(files.filter(passesOptions).map(file => file.head ?? file.base))
  const steers = (path: string): boolean => isBuildFile(path) || passing.has(path)
  return {
    functions: unique(functions),
    outside: parts.filter(({ outside }) => outside).map(({ file }) => file.head ?? file.base!),
    outsideWords: [...new Set(parts.flatMap(({ words = [] }) => words))].slice(0, MOST_WORDS),
    other: paths.filter(path => !languageOf(path) && !steers(path) && !isDocument(path)),
    build: paths.filter(steers),
    defines: definesOf(files, sources),
    options: optionsChanged(files),
    swaps: swappedInputs(files, path => sources.head(path) ?? sources.base(path)),
    directives: directivesChanged(files),
    idle: idleFiles(parts, ranges),
    dependencies: dependencyChanges(files, sources),
    macros,
    templates: paths.filter(path => !languageOf(path) && !steers(path) && isTemplate(path)),
    ranges,
  }
}

function idleFiles(parts: readonly Part[], ranges: SourceChange['ranges']): string[] {
  return parts
    .filter(({ file, outside }) => !outside && !hasRanges(file, ranges))
    .flatMap(({ file }) => [...new Set([file.head, file.base])].filter(path => path !== undefined))
}

const hasRanges = ({ base, head }: DiffFile, ranges: SourceChange['ranges']): boolean =>
  (base !== undefined && ranges.base.has(base)) || (head !== undefined && ranges.head.has(head))

interface Part {
  readonly file: DiffFile
  readonly touched: readonly Omit<ChangedFunction, 'rewritten'>[]
  readonly found: PerSide<readonly SourceFunction[] | undefined>
  readonly outside: boolean
  /** The words of what changed outside of functions. */
  readonly words?: readonly string[]
}

const MOST_WORDS = 5000
/** Words that say nothing of what changed. */
const KEYWORD =
  /^(?:u?int(?:\d+_t)?|unsigned|signed|char|short|long|float|double|void|bool|size_t|[iuf](?:8|16|32|64|128|size)|string|String|static|const|constexpr|extern|inline|volatile|struct|class|enum|union|typedef|typename|template|using|namespace|define|ifdef|ifndef|endif|undef|public|private|pub|let|mut|fn|impl|type|use|var|func|package|import|return|if|else|for|while|switch|case|sizeof|auto|self)$/

function readPart(file: DiffFile, sources: PerSide<ReadSource>): Part {
  const path = file.head ?? file.base!
  const functionsOf = (side: Side): readonly SourceFunction[] | undefined => {
    const name = file[side]
    const text = name === undefined ? undefined : sources[side](name)
    const language = name === undefined ? undefined : languageOf(name)
    return text !== undefined && language && text.length <= LARGEST_SOURCE_CHARACTERS
      ? findFunctions(text, language)
      : undefined
  }
  const found = { base: functionsOf('base'), head: functionsOf('head') }
  if (!found.base && !found.head) {
    const touched = namedByHeaders(file)
    return { file, found, touched, outside: touched.length < file.hunks.length }
  }
  const inside = (side: Side) =>
    (found[side] ?? []).filter(each => file.hunks.some(hunk => touches(hunk[side], each)))
  const onHead = new Map(found.head?.map(each => [each.name, each]))
  const onBase = new Map(found.base?.map(each => [each.name, each]))
  const touchedOn = (side: Side) =>
    inside(side).map(each => {
      const extent = side === 'head' ? each : onHead.get(each.name)
      const before = onBase.get(each.name)
      return {
        ...{ name: each.name, text: each.text, file: path, from: 'text' as const },
        ...(before ? { baseText: before.text } : {}),
        ...(extent ? { line: changedLine(file.hunks, extent) } : {}),
      }
    })
  const touched = [...touchedOn('head'), ...touchedOn('base')]
  const changed = file.hunks.flatMap(hunk =>
    (['base', 'head'] as const).flatMap(side => linesOutside(hunk, side, found)),
  )
  const words = changed.flatMap(line => line.match(/[A-Za-z_]\w*/g) ?? []).filter(word => !KEYWORD.test(word))
  return { file, found, touched, outside: changed.length > 0, words }
}

/** Without the text: the functions that git shows behind the hunks' headers. */
function namedByHeaders({ base, head, hunks }: DiffFile): Part['touched'] {
  const named = new Map<string, Hunk[]>()
  for (const hunk of hunks) {
    const name = nameInContext(hunk.context)
    if (name === undefined) continue
    const own = named.get(name)
    if (own) own.push(hunk)
    else named.set(name, [hunk])
  }
  return Array.from(named, ([name, own]) => ({
    ...{ name, file: head ?? base!, from: 'hunks' as const },
    ...(head === undefined ? {} : { line: Math.max(1, firstRange(own)?.start ?? 0) }),
  }))
}

const SAYS_NOTHING =
  /^\s*(?:$|\/\/|\/?\*|#\s*include\b|#\s*pragma\s+(?:GCC|clang|omp|once)\b|[{}]*\s*$|(?:extern\s+)?[\w\s*&:<>,]+\([^{}]*\)\s*;\s*$|use\s|import\s|package\s|mod\s+\w+;)/

const LONGEST_LINE = 500

/** The changed lines of a hunk that are in no function: comments, prototypes and imports are none. */
function linesOutside(hunk: Hunk, side: Side, found: Part['found']): readonly string[] {
  const lines = side === 'base' ? hunk.removed : hunk.added
  const functions = found[side] ?? []
  const { removed, added } = hunk
  if (removed.length === added.length && removed.every((line, at) => isTextStamp(line, added[at]!))) return []
  return lines.filter((line, at) => {
    const number = hunk[side].start + at
    return (
      !(line.length < LONGEST_LINE && SAYS_NOTHING.test(line)) &&
      !functions.some(({ from, to }) => number >= from && number <= to)
    )
  })
}

/** Names whose text is the same on both sides, wherever in the changed files it stands. */
function movedTexts(parts: readonly Part[]): Set<string> {
  const texts = (side: Side): Map<string, Set<string>> => {
    const byName = new Map<string, Set<string>>()
    for (const part of parts)
      for (const { name, text } of part.found[side] ?? [])
        byName.set(name, (byName.get(name) ?? new Set()).add(text))
    return byName
  }
  const head = texts('head')
  const same = [...texts('base')].filter(([name, ofBase]) => {
    const ofHead = head.get(name)
    return ofHead?.size === ofBase.size && [...ofBase].every(text => ofHead.has(text))
  })
  return new Set(same.map(([name]) => name))
}

function rangesThatCount(part: Part, side: Side, merely: ReadonlySet<string>): [string, LineRange[]][] {
  const path = part.file[side]
  if (path === undefined) return []
  const moved = (part.found[side] ?? []).filter(({ name }) => merely.has(name))
  const ranges = part.file.hunks
    .map(hunk => hunk[side])
    .filter(
      range =>
        range.count > 0 &&
        !moved.some(({ from, to }) => range.start >= from && range.start + range.count - 1 <= to),
    )
  return ranges.length > 0 ? [[path, ranges]] : []
}

function unique(functions: readonly ChangedFunction[]): ChangedFunction[] {
  const seen = new Map<string, ChangedFunction>()
  for (const each of functions)
    if (!seen.has(`${each.file}\0${each.name}`)) seen.set(`${each.file}\0${each.name}`, each)
  return [...seen.values()]
}

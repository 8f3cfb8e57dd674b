import type { LineTable } from '../elf/dwarf/line-table.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { BuiltSources, Embedded } from '../source/built-sources.ts'
import type { HotCode } from './compare-hot.ts'
import type { ExamineRequest, LinesOf } from './objects.ts'

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
}

const UNKNOWN: Origin = { state: 'unknown', files: [] }

/** A file with the lines of it that a function holds code of. */
interface Part {
  readonly file: string
  readonly lines: ReadonlySet<number>
}

/**
 * Compares, file by file and line by line, what a function was compiled from on both sides, inlined code included. What the
 * diff names is left to the diff, which also tells a comment from a statement.
 */
function originOf(
  code: HotCode,
  lines: LinesOf,
  how: { readonly sources: BuiltSources; readonly inDiff: (file: string) => boolean },
): Origin {
  const tables = { base: lines(code.object, 'base'), head: lines(code.object, 'head') }
  if (!tables.base || !tables.head || !code.base || !code.head) return UNKNOWN
  const both = { base: tables.base, head: tables.head }
  const partsOn = (side: Side): Part[] =>
    Array.from(both[side].codeLinesOf(code[side]!.symbol), ([file, numbers]) => ({
      file,
      lines: numbers,
    })).filter(({ file }) => file !== '')
  const parts = { base: partsOn('base'), head: partsOn('head') }
  if (parts.base.length === 0 || parts.head.length === 0) return UNKNOWN
  const partnerOf = pairFiles(parts)
  const partnered = parts.head.flatMap(head => {
    const base = partnerOf.get(head)
    return base && !how.inDiff(head.file)
      ? [{ file: head.file, state: compareFile({ base, head }, both, how.sources) }]
      : []
  })
  const paired = new Set(partnerOf.values())
  const alone = [
    ...parts.head.filter(part => !partnerOf.has(part)),
    ...parts.base.filter(part => !paired.has(part)),
  ]
    .filter(({ file }) => !how.inDiff(file))
    .map(({ file }) => ({ file, state: sameNamed(file, both, how.sources) }))
  return worst([...partnered, ...alone])
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

/** Files of equal name; then those whose names differ by a version only; then the only one of that file name. */
function pairFiles({ base, head }: PerSide<readonly Part[]>): Map<Part, Part> {
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
}

/** Compares the built sources of every hot function whose code changed. */
export function originsOf(
  hot: readonly HotCode[],
  { lines, sources, change, inlines }: ExamineRequest,
): Origins | undefined {
  if (!sources) return undefined
  const named = new Set([...change.ranges.base.keys(), ...change.ranges.head.keys()])
  const how = { sources, inDiff: (file: string) => named.has(file) }
  const changed = hot.filter(code => code.sameness === 'changed')
  return {
    of: new Map(
      changed.map(code => {
        const origin = originOf(code, lines, how)
        return [code, hasSameOptions(code, inlines) ? { ...origin, sameOptions: true } : origin]
      }),
    ),
    generated: sources.generated,
    embedded: sources.embedded ?? [],
    complete: sources.complete,
  }
}

/**
 * gcc writes its options behind its name; clang and rustc write none, so equal texts from these say nothing. What a profile or the
 * other units of a program do to code is in no option either.
 */
const WITH_OPTIONS = /^GNU (?!.* -f(?:lto|profile|auto-profile)).* -/

function hasSameOptions(code: HotCode, inlines: ExamineRequest['inlines']): boolean {
  const [base, head] = (['base', 'head'] as const).map(side => {
    const symbol = code[side]?.symbol
    return symbol && inlines?.(code.object, side)?.producerOf(symbol)
  })
  return base !== undefined && base === head && WITH_OPTIONS.test(base)
}

import type { InlinedCode, InlineTable } from '../elf/dwarf/inline-table.ts'
import type { LineTable, SourceLine } from '../elf/dwarf/line-table.ts'
import type { PerSide } from '../model/side.ts'
import type { BuiltSources } from '../source/built-sources.ts'
import type { ExamineRequest } from './objects.ts'

/**
 * What the sources of a function's two builds say. `changed`: lines that it holds code of differ. `near`: the same lines,
 * of a file that differs elsewhere. `same`: every file that it holds code of is the same. `unknown`: nobody can tell.
 */
export type SourceState = 'changed' | 'near' | 'same' | 'unknown'

/** A file with the lines of it that a function holds code of. */
export interface SourcePart {
  readonly file: string
  readonly lines: ReadonlySet<number>
}

/** What sources are compared by. */
export interface ComparedBy {
  readonly sources: BuiltSources
  readonly inDiff: (file: string) => boolean
  readonly isIdle: (file: string) => boolean
  readonly inlines: ExamineRequest['inlines']
}

/** More inlined functions than a person could follow. */
const MOST_INSTANCES = 200
const MOST_BYTES = 8192

/** Whose code each byte of a function is: its own, or of the innermost function that is inlined there, with the line. */
export function* ownLines(
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

export const inlinedAt = (
  symbol: { readonly address: number; readonly size: number },
  inlines: InlineTable | undefined,
): readonly InlinedCode[] => (inlines?.within(symbol) ?? []).slice(0, MOST_INSTANCES)

/** A file that only one side has code of here: another inlining decision, unless the other side has no such text. */
export function sameNamed(file: string, tables: PerSide<LineTable>, { read }: BuiltSources): SourceState {
  const sums = { base: tables.base.checksumOf(file), head: tables.head.checksumOf(file) }
  if (sums.base !== undefined && sums.base === sums.head) return 'same'
  const [ofBase, ofHead] = [read.base(file), read.head(file)]
  if (ofBase === undefined && ofHead === undefined) return PINNED.test(file) ? 'same' : 'unknown'
  return ofBase === ofHead ? 'same' : 'changed'
}

/** `registry/memchr-2.6.0/src/x.rs` and `mod/lib@v1.3/x.go` without what an update changes. */
export function withoutVersions(path: string): string {
  return path.replaceAll(/[-@_]v?\d+(?:\.[\w+]+)+(?:-[\w.+]+)?(?=\/)|(?<=\/)[0-9a-f]{7,64}(?=\/)/g, '')
}

/** A path that names one text only, wherever it is: a released version, or a commit of the compiler's own library. */
const PINNED = /^\/rustc\/[0-9a-f]{40}\/|\/registry\/src\/[^/]+\/[^/]+-\d[^/]*\/|@v\d[^/]*\//

export function compareFile(
  parts: PerSide<SourcePart>,
  tables: PerSide<LineTable>,
  { read }: BuiltSources,
): SourceState {
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

const holdsAll = (texts: readonly string[], { lines }: SourcePart, others: ReadonlySet<string>): boolean =>
  [...lines].every(line => others.has(texts[line - 1] ?? ''))

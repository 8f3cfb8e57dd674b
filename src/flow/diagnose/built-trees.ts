import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PerSide, Side } from '../../core/model/side.ts'
import { isBuildFile, isDocument } from '../../core/source/build-files.ts'
import type { BuiltSources, Embedded } from '../../core/source/built-sources.ts'
import type { DiffFile } from '../../core/source/diff.ts'
import { sameButStamps } from '../../core/source/same-text.ts'
import { languageOf } from '../../core/source/source-functions.ts'
import { openPacer } from '../../shell/files/pacer.ts'
import { readTreeFile } from '../../shell/files/tree-file.ts'

/** What compilers read, by its name: sources, headers and what they include. */
const SOURCE =
  /\.(?:c|h|cc|cpp|cxx|c\+\+|hh|hpp|hxx|inl|inc|ipp|tcc|cu|m|mm|rs|go|s|S|asm|y|l|pyx|pxd|pxi|def|gperf|re|rl|f|f90|F90|d|zig|nim|swift)$/
const MOST_FILES = 60_000
const MOST_COMPARED_BYTES = 512 * 1024 * 1024
const LARGEST_BYTES = 16 * 1024 * 1024
const MOST_NAMED = 200

/**
 * Finds source files of the two built trees that differ although the diff does not name them: what a build generates, and what it
 * takes from submodules and downloads into the tree. `complete` where every source file was looked at.
 */
export async function compareTrees(
  trees: PerSide<string>,
  files: readonly DiffFile[],
): Promise<Pick<BuiltSources, 'generated' | 'embedded' | 'complete'>> {
  const pace = openPacer()
  const named = new Set(files.flatMap(({ base, head }) => [base, head]))
  const found = { base: await sourcesOf(trees.base), head: await sourcesOf(trees.head) }
  // Of trees without any source nothing is shown: programs that were built elsewhere.
  let complete = found.base.whole && found.head.whole && found.head.sizes.size > 0
  let bytes = 0
  const generated: string[] = []
  const isElsewhere = textsElsewhere(trees, found)
  const embedded: Embedded[] = []
  const taken = takenIn(files)
  const readHead = (path: string): string | undefined => readTreeFile(trees.head, path, LARGEST_BYTES)
  for (const path of new Set([...found.head.sizes.keys(), ...found.base.sizes.keys()])) {
    await pace()
    if (named.has(path)) {
      if (taken) embedded.push(...taken(path, readHead(path)))
      continue
    }
    const [base, head] = [found.base.sizes.get(path), found.head.sizes.get(path)]
    if (base === undefined || head === undefined) {
      const [tree, size] = head === undefined ? [trees.base, base!] : [trees.head, head]
      const text = size > LARGEST_BYTES ? '' : (readTreeFile(tree, path, LARGEST_BYTES) ?? '')
      const otherSide = head === undefined ? 'head' : 'base'
      if (!isMakeRule(path, text) && !isElsewhere(path, otherSide, withoutTree(text, tree)))
        generated.push(path)
      continue
    }
    bytes += base + head
    if (bytes > MOST_COMPARED_BYTES || Math.max(base, head) > LARGEST_BYTES) {
      complete = false
      continue
    }
    const [text, other] = [
      readTreeFile(trees.base, path, LARGEST_BYTES),
      readTreeFile(trees.head, path, LARGEST_BYTES),
    ]
    if (taken) embedded.push(...taken(path, other))
    if (text === undefined || other === undefined) complete = false
    else if (isMakeRule(path, text)) continue
    else if (text !== other && !sameButStamps(withoutTree(text, trees.base), withoutTree(other, trees.head)))
      generated.push(path)
  }
  return {
    generated: generated.sort().slice(0, MOST_NAMED),
    embedded: embedded.slice(0, MOST_NAMED),
    complete,
  }
}

/** Finds which of the diff's files that are no sources a text takes in, by their names behind a word for that; undefined where the diff has none. */
function takenIn(files: readonly DiffFile[]) {
  const others = files
    .map(({ base, head }) => head ?? base ?? '')
    .filter(path => languageOf(path) === undefined && !isBuildFile(path) && !isDocument(path))
    .slice(0, MOST_NAMED)
  if (others.length === 0) return undefined
  return (by: string, text = ''): Embedded[] => {
    const lines = text.match(TAKES_IN) ?? []
    return others.flatMap(file => {
      const name = file.slice(file.lastIndexOf('/') + 1)
      const isNamed = (line: string): boolean => line.split(/["'`<>/()\s]+/).includes(name)
      return lines.some(isNamed) ? [{ file, by }] : []
    })
  }
}

/** Lines that take a file in: C's and C++'s, Rust's, Go's, an assembler's. */
const TAKES_IN =
  /^[^\n]{0,200}?(?:#\s*(?:include|embed|import)\b|\binclude(?:_bytes|_str)?!|\/\/go:embed\b|\.incbin\b)[^\n]{0,300}$/gm

/** Compilers list what they read in `x.o.d`, as a rule for make; sources in D begin otherwise. */
const isMakeRule = (path: string, text: string): boolean =>
  path.endsWith('.d') && /^[^\s:;]+(?: [^\s:;]+)*\s*:\s/.test(text)

/** Cargo names folders by a sum over options: `build/lib-0123456789abcdef/out/table.rs` is in another one when an option changes. */
const withoutSums = (path: string): string => path.replaceAll(/-[0-9a-f]{16}(?=\/|\.)/g, '')

/** Whether the other side has the same text where only such a sum in the path differs. */
function textsElsewhere(trees: PerSide<string>, found: PerSide<Sources>) {
  const byPath = (side: Side) => {
    const paths = new Map<string, string[]>()
    for (const path of found[side].sizes.keys()) {
      const key = withoutSums(path)
      if (key !== path) paths.set(key, [...(paths.get(key) ?? []), path])
    }
    return paths
  }
  const paths = { base: byPath('base'), head: byPath('head') }
  return (path: string, side: Side, text: string): boolean =>
    text !== '' &&
    (paths[side].get(withoutSums(path)) ?? []).some(
      each => withoutTree(readTreeFile(trees[side], each, LARGEST_BYTES) ?? '', trees[side]) === text,
    )
}

/** A generated file may name the folder it was generated in. */
const withoutTree = (text: string, tree: string): string => text.replaceAll(tree, '')

interface Sources {
  readonly sizes: ReadonlyMap<string, number>
  readonly whole: boolean
}

/** The sizes of all source files of a tree; folders that cannot be read, and links, are left out. */
async function sourcesOf(tree: string): Promise<Sources> {
  const pace = openPacer()
  const sizes = new Map<string, number>()
  const folders = ['']
  let whole = true
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(join(tree, folder), { withFileTypes: true }).catch(() => undefined)
    whole &&= entries !== undefined
    for (const entry of entries ?? []) {
      await pace()
      const path = join(folder, entry.name)
      if (entry.isDirectory() && entry.name !== '.git') folders.push(path)
      else if (entry.isFile() && SOURCE.test(entry.name)) {
        if (sizes.size >= MOST_FILES) return { sizes, whole: false }
        sizes.set(path, statSync(join(tree, path), { throwIfNoEntry: false })?.size ?? 0)
      }
    }
  }
  return { sizes, whole }
}

import { lstatSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { ElfLayout } from '../../core/elf/elf.ts'
import { ElfError } from '../../core/elf/errors.ts'
import { equalTexts, firstDifference } from '../../core/elf/first-difference.ts'
import { sameProgram } from '../../core/elf/identity.ts'
import { readLayout } from '../../core/elf/read-elf.ts'
import type { BuildDifference, BuildIdentity, FileDifference } from '../../core/model/build-identity.ts'
import type { PerSide } from '../../core/model/side.ts'
import { type OpenFile, openBytes } from '../../shell/files/elf-file.ts'
import { openPacer } from '../../shell/files/pacer.ts'
import { listTree, type TreeEntry } from '../../shell/files/tree.ts'
import type { MappedFiles } from '../trees/files-used.ts'
import { installedSomething } from './installed.ts'

/** Two built trees, built at one path or at paths of equal length, and what the benchmark uses of each. */
export interface BuiltSides {
  readonly trees: PerSide<string>
  /** What the builds called them; as we do when absent. */
  readonly builtAs?: PerSide<string>
  readonly mapped: PerSide<MappedFiles>
}

/** Two built trees and what their builds called them. */
export type Compared = Required<Omit<BuiltSides, 'mapped'>>

const different = (because: BuildDifference): BuildIdentity => ({ identical: false, because })

function elfOf(file: OpenFile): ElfLayout | undefined {
  try {
    const elf = readLayout(file)
    return elf.type === 'executable' || elf.type === 'shared' ? elf : undefined
  } catch (error) {
    if (error instanceof ElfError) return undefined
    throw error
  }
}

/** A file, and all files together, as large as can be compared between two looks at the clock and before anybody loses patience. */
const LARGEST_BYTES = 2 ** 30
const MOST_BYTES = 2 ** 34

/** How two open files differ: linked programs by what is loaded, all else byte for byte, the trees' paths aside. */
function openDifference(base: OpenFile, head: OpenFile, trees: PerSide<string>): FileDifference | undefined {
  if (Math.max(base.size, head.size) > LARGEST_BYTES) return { kind: 'too-large', mostBytes: LARGEST_BYTES }
  const [ofBase, ofHead] = [elfOf(base), elfOf(head)]
  if (ofBase && ofHead) {
    const found = sameProgram(ofBase, ofHead, { paths: [trees.base, trees.head] })
    return found.same ? undefined : { kind: 'program', clause: found.difference }
  }
  if (base.size !== head.size) return { kind: 'sizes', base: base.size, head: head.size }
  const texts = equalTexts(trees.base, trees.head)
  const range = { size: base.size, texts }
  const at = firstDifference({ file: base, offset: 0 }, { file: head, offset: 0 }, range)
  return at === undefined ? undefined : { kind: 'byte', at }
}

/** A path in a tree, or an error when it leads out of it (by `..` or a link that the build left). */
function inside(tree: string, file: string): string {
  const root = realpathSync(tree)
  const path = realpathSync(join(tree, file))
  if (!path.startsWith(root + sep)) throw new ElfError(`${file} leads out of the tree.`)
  return path
}

/** Why a file cannot be read, so that it cannot be shown to be the same; undefined when the failure is a bug of the gate. */
function readFault(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined
  return error instanceof ElfError || 'code' in error ? `${error.message}` : undefined
}

/** How a file of the two trees differs; undefined where it is the same to a run. */
export function treeFileDifference(compared: Compared, file: string): FileDifference | undefined {
  return fileDifference(compared, inTree(file))
}

function fileDifference({ trees, builtAs }: Compared, { suffix, file }: Used): FileDifference | undefined {
  const open: OpenFile[] = []
  try {
    for (const tree of [trees.base, trees.head]) open.push(openBytes(inside(`${tree}${suffix}`, file)))
    return openDifference(open[0]!, open[1]!, builtAs)
  } catch (error) {
    const fault = readFault(error)
    if (fault === undefined) throw error
    return { kind: 'unreadable', fault }
  } finally {
    for (const file of open) file.close()
  }
}

/** A file of a tree, or of a folder next to it whose path goes on from the tree's with a suffix. */
interface Used {
  readonly suffix: string
  readonly file: string
}

const inTree = (file: string): Used => ({ suffix: '', file })

function outsideTree(path: string): Used {
  const at = path.indexOf('/')
  return { suffix: path.slice(0, at), file: path.slice(at + 1) }
}

const nameOf = ({ suffix, file }: Used): string =>
  suffix === '' ? file : suffix === '.home' ? `~/${file}` : file

async function firstDifferent(
  compared: Compared,
  files: readonly Used[],
): Promise<BuildIdentity | undefined> {
  const pace = openPacer()
  let bytes = 0
  for (const file of files) {
    await pace()
    bytes += sizeOf(join(`${compared.trees.head}${file.suffix}`, file.file))
    if (bytes > MOST_BYTES) return different({ kind: 'too-much', mostBytes: MOST_BYTES })
    const found = fileDifference(compared, file)
    if (found !== undefined) return different({ kind: 'file', file: nameOf(file), found })
  }
  return undefined
}

function sizeOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** An entry as a line that is equal on both sides when the entry is; the trees' paths in links aside. */
function lineOf(entry: TreeEntry, tree: string): string {
  const target = entry.target?.replaceAll(tree, '<tree>') ?? ''
  return `${entry.kind} ${entry.runnable ?? ''} ${entry.path} ${target}`
}

async function compareTrees(compared: Compared): Promise<BuildIdentity> {
  const { trees, builtAs } = compared
  const listed = { base: await listTree(trees.base), head: await listTree(trees.head) }
  if (!listed.base.ok) return different({ kind: 'unlisted', side: 'base', fault: listed.base.fault })
  if (!listed.head.ok) return different({ kind: 'unlisted', side: 'head', fault: listed.head.fault })
  const [base, head] = [listed.base.value, listed.head.value]
  const lines = head.map(entry => lineOf(entry, builtAs.head))
  const odd = base.findIndex((entry, index) => lineOf(entry, builtAs.base) !== lines[index])
  if (odd >= 0 || base.length !== head.length) {
    const entry = base[odd] ?? head[base.length] ?? base[head.length]
    return different({ kind: 'trees', at: entry?.path })
  }
  const other = base.find(({ kind }) => kind === 'other')
  if (other) return different({ kind: 'odd-entry', path: other.path })
  const files = base.filter(({ kind }) => kind === 'file').map(({ path }) => path)
  const found = await firstDifferent(compared, files.map(inTree))
  if (found) return found
  return { identical: true, files: files.length, of: 'trees' }
}

/**
 * Whether a benchmark would run the same on both sides, so that nothing needs to be measured. Where it is not known exactly which files
 * it reads, only two trees that are the same throughout are, and only if nothing next to them can have been run. A benchmark that reads
 * nothing of its own side may run anything, and is never the same.
 */
export async function compareBuilds({ trees, builtAs = trees, mapped }: BuiltSides): Promise<BuildIdentity> {
  const compared = { trees, builtAs }
  if (!mapped.base.exact || !mapped.head.exact) return outsideDiffers(trees) ?? (await compareTrees(compared))
  const [base, head] = [usedBy(mapped.base), usedBy(mapped.head)]
  if (base.size === 0 && head.size === 0) return different({ kind: 'uses-nothing' })
  const only = [...base, ...head].find(([path]) => !(base.has(path) && head.has(path)))
  if (only !== undefined) return different({ kind: 'one-side-uses', file: nameOf(only[1]) })
  const found = await firstDifferent(compared, [...base.values()])
  if (found) return found
  return { identical: true, files: base.size, of: 'used' }
}

function usedBy({ files, outside = [] }: MappedFiles): ReadonlyMap<string, Used> {
  const used = [...files.map(inTree), ...outside.map(outsideTree)]
  return new Map(used.map(each => [`${each.suffix}/${each.file}`, each]))
}

/** What a build left next to its tree, where nobody can tell whether the benchmark uses it. */
function outsideDiffers(trees: PerSide<string>): BuildIdentity | undefined {
  for (const tree of [trees.base, trees.head])
    if (installedSomething(`${tree}.home`)) return different({ kind: 'installed' })
  return undefined
}

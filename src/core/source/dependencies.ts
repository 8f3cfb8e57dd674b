import type { PerSide } from '../model/side.ts'
import { isToolchainFile, lockedVersions } from './dependency-files.ts'
import type { DiffFile } from './diff.ts'

/** Text of a file of one side's work tree; undefined where it cannot be read. */
type ReadText = (path: string) => string | undefined

/** Something that the program is built with and that the diff moves to another version. */
export interface DependencyChange {
  readonly name: string
  /** The version, tag or commit on each side; absent where that side does not have it. */
  readonly from?: string
  readonly to?: string
  /** The file of the diff that says so; for a submodule its own path. */
  readonly file: string
  /** It compiles the program and is no part of it. */
  readonly toolchain?: true
}

const LARGEST_MANIFEST_CHARACTERS = 16 * 1024 * 1024
/** A renewed lock file can move thousands. */
const MOST_CHANGES = 500

/** The versions that a diff moves: in manifests and lock files, by gitlinks of submodules, and by archives that carry a version in their name. */
export function dependencyChanges(
  files: readonly DiffFile[],
  sources: PerSide<ReadText>,
): readonly DependencyChange[] {
  const found = new Map<string, DependencyChange>()
  const all = [
    ...files.flatMap(submoduleMove),
    ...files.flatMap(file => manifestMoves(file, sources)),
    ...archiveMoves(files),
    ...folderMoves(files),
  ]
  for (const each of all) {
    // A manifest and its lock file say the same; the first that names both versions is kept.
    const key = each.name.toLowerCase()
    const known = found.get(key)
    if (!known || (!hasBoth(known) && hasBoth(each))) found.set(key, each)
  }
  return [...found.values()].slice(0, MOST_CHANGES)
}

const hasBoth = ({ from, to }: DependencyChange): boolean => from !== undefined && to !== undefined

/** `moves lib from 1.2 to 1.3`, `adds lib 1.3`, `drops lib 1.2`. */
export function dependencyWords({ name, from, to }: DependencyChange): string {
  if (from === undefined) return `adds ${name}${to ? ` ${to}` : ''}`
  if (to === undefined) return `drops ${name}${from ? ` ${from}` : ''}`
  return `moves ${name} from ${from} to ${to}`
}

const SHORT_COMMIT = 10

/** Git shows a submodule as a file of one line, which names its commit. */
function submoduleMove({ base, head, hunks }: DiffFile): DependencyChange[] {
  const commitIn = (lines: readonly string[]): string | undefined =>
    lines
      .map(line => /^Subproject commit ([0-9a-f]{40,64})(?:-dirty)?$/.exec(line)?.[1]?.slice(0, SHORT_COMMIT))
      .find(commit => commit !== undefined)
  const from = hunks.map(({ removed }) => commitIn(removed)).find(commit => commit !== undefined)
  const to = hunks.map(({ added }) => commitIn(added)).find(commit => commit !== undefined)
  if (from === undefined && to === undefined) return []
  const path = head ?? base ?? ''
  return [{ name: path, file: path, ...(from ? { from } : {}), ...(to ? { to } : {}) }]
}

function manifestMoves(file: DiffFile, sources: PerSide<ReadText>): DependencyChange[] {
  if (file.binary) return []
  const path = file.head ?? file.base ?? ''
  const versionsOn = (side: 'base' | 'head'): ReadonlyMap<string, string> | undefined => {
    const name = file[side]
    const text = name === undefined ? undefined : sources[side](name)
    return text === undefined || text.length > LARGEST_MANIFEST_CHARACTERS
      ? undefined
      : lockedVersions(name!, text)
  }
  const [before, after] = [versionsOn('base'), versionsOn('head')]
  if (!before && !after) return []
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])
  return [...names].flatMap(name => {
    const [from, to] = [before?.get(name), after?.get(name)]
    if (from === to) return []
    return [
      {
        ...{ name, file: path },
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(isToolchainFile(path, name) ? { toolchain: true as const } : {}),
      },
    ]
  })
}

/** A folder of vendored sources that carries the version: `third_party/mix-1.2/`. */
const VENDORED = /^(?:.*\/)?([A-Za-z][\w.+-]*?)[-_@]v?(\d+(?:\.\d+)+[\w.]*)\//

/** Folders whose name carries the version: one goes and another one of the same name comes. */
function folderMoves(files: readonly DiffFile[]): DependencyChange[] {
  const on = (side: 'base' | 'head') =>
    new Map(
      files.flatMap(file => {
        const found = VENDORED.exec(file[side] ?? '')
        return found ? [[found[1]!, { version: found[2]!, path: found[0] }] as const] : []
      }),
    )
  const before = on('base')
  return [...on('head')].flatMap(([name, { version, path }]) => {
    const from = before.get(name)?.version
    if (from === undefined || from === version) return []
    return [{ name, file: path.slice(0, -1), from, to: version }]
  })
}

const ARCHIVE =
  /(?:^|\/)([A-Za-z][\w.+-]*?)[-_]v?(\d[\w.]*?)\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|zip|whl|crate|a|so(?:\.\d+)*)$/

/** Archives in the tree whose name carries the version: one goes and another one comes. */
function archiveMoves(files: readonly DiffFile[]): DependencyChange[] {
  const on = (side: 'base' | 'head') =>
    new Map(
      files.flatMap(file => {
        const path = file[side]
        const found = path === undefined ? null : ARCHIVE.exec(path)
        return found ? [[found[1]!, { version: found[2]!, path: path! }] as const] : []
      }),
    )
  const [before, after] = [on('base'), on('head')]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(name => {
    const [from, to] = [before.get(name), after.get(name)]
    if (from?.version === to?.version && from?.path !== to?.path) return []
    return [
      {
        ...{ name, file: (to ?? from)!.path },
        ...(from ? { from: from.version } : {}),
        ...(to ? { to: to.version } : {}),
      },
    ]
  })
}

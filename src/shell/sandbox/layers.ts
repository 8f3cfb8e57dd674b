import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lent } from '../../core/sandbox/caches.ts'
import { overlayTable } from '../../core/sandbox/mount-table.ts'
import type { Shown } from '../../core/sandbox/view.ts'
import type { JobUser } from '../jobs/job-user.ts'
import { tools } from '../tools/tools.ts'
import { refuseLinks } from './lay-out.ts'
import type { KnownPlace } from './places.ts'

/** A folder that is lent to jobs, as it is on this machine. */
export type LentFolder = Lent & { readonly real: string }

/** The lent folders that are there. */
export function foundFolders(lent: readonly Lent[]): readonly LentFolder[] {
  return lent.flatMap(each => {
    if (!statSync(each.from, { throwIfNoEntry: false })?.isDirectory()) return []
    return [{ ...each, real: realpathSync(each.from) }]
  })
}

const layersOf = (place: KnownPlace) => `${place.tree}.layers`

/** The lent folders as a place's jobs see them: each under a layer of the place's own. */
export function layered(place: KnownPlace, lent: readonly LentFolder[]): readonly Shown[] {
  if (place.as === 'spare') return []
  return lent.map(({ real, at }, index): Shown => {
    const layer = join(layersOf(place), `${index}`)
    return {
      how: 'layered',
      from: real,
      at: 'home' in at ? join(place.inside.home, at.home) : at.path,
      ...{ upper: join(layer, 'upper'), work: join(layer, 'work'), merged: join(layer, 'merged') },
    }
  })
}

/**
 * Takes a lent folder into the jobs' hands, in the layer alone: only who a file belongs to is copied (`metacopy`). Folders are given, so that
 * tools can add and replace what is in them, and files that others may not read or that tools lock; the rest is there to be read. A cache has
 * tens of thousands of files, and to give each of them costs seconds a side.
 * A file that cannot be given, because a job outside has removed it meanwhile, stays as it is.
 * What is unpacked of one version (Go's `module@v1.2`, cargo's `src/index/crate`) is never changed, so that only its top is given; Go's locks are
 * in folders that are called `@v`.
 */
const GIVE = [
  'table=$1 owner=$2; shift 2; mount -n -a -T "$table" || exit 1;',
  'find "$@" -path "*@v[0-9]*/*" -prune -o -path "*/merged/src/*/*/*" -prune -o \\( -type d -o ! -perm -o=r -o -name "*lock*" -o -name ".*-cache*" \\) -exec chown -h -- "$owner" {} + 2>/dev/null; exit 0',
].join(' ')

/** Makes the layers of a place anew, and the folders in its home that they are on. As root they become the jobs' user's. */
export async function makeLayers(
  place: KnownPlace,
  lent: readonly LentFolder[],
  {
    user,
    stage,
    unshare,
    like,
  }: {
    readonly user?: JobUser | undefined
    readonly stage: string
    readonly unshare: string
    /** The place whose changes it begins with: what its build downloaded is what its benchmark runs with. */
    readonly like?: KnownPlace | undefined
  },
): Promise<void> {
  await removeLayers(layersOf(place))
  const shown = layered(place, lent)
  if (shown.length === 0) return
  for (const each of shown)
    if (each.how === 'layered')
      for (const folder of [each.upper, each.work, each.merged]) mkdirSync(folder, { recursive: true })
  if (like) await copyUppers(layered(like, lent), shown)
  for (const { at } of lent) if ('home' in at) makeOwn(place.home, at.home, user)
  if (!user) return
  const table = join(stage, 'giving.layers')
  writeFileSync(table, overlayTable({ shown, network: false }, false))
  const merged = shown.flatMap(each => (each.how === 'layered' ? [each.merged] : []))
  const owner = `${user.uid}:${user.gid}`
  const argv = ['--mount', '--', '/bin/sh', '-c', GIVE, 'give', table, owner, ...merged]
  const { status, stderr } = spawnSync(unshare, argv, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr.trim().split('\n')[0] || `${unshare} ended with ${status}`)
}

/** Folders that the kernel takes as lower layers, and those that it does not, with its reason: a file system may not take it (overlayfs.rst). */
export function tryToLay(
  lent: readonly LentFolder[],
  { folder, stage, unshare, inUserNamespace }: TriedIn,
): {
  readonly fit: readonly LentFolder[]
  readonly unfit: readonly { readonly real: string; readonly why: string }[]
} {
  const layer = join(folder, '0')
  const [upper, work, merged] = ['upper', 'work', 'merged'].map(name => join(layer, name)) as [
    string,
    string,
    string,
  ]
  for (const made of [upper, work, merged]) mkdirSync(made, { recursive: true })
  const table = join(stage, 'tried.layers')
  const reasonAgainst = ({ real }: LentFolder): string | undefined => {
    const shown: Shown = { how: 'layered', from: real, at: '/', upper, work, merged }
    writeFileSync(table, overlayTable({ shown: [shown], network: false }, inUserNamespace))
    const around = [...(inUserNamespace ? ['--user', '--map-root-user'] : []), '--mount', '--']
    // The folder is read too: what the kernel lays may still not be listed.
    const argv = [
      ...around,
      '/bin/sh',
      '-c',
      'mount -n -a -T "$1" && ls "$2" >/dev/null',
      'try',
      table,
      merged,
    ]
    const { status, stderr } = spawnSync(unshare, argv, { encoding: 'utf8' })
    return status === 0
      ? undefined
      : stderr
          .trim()
          .split('\n')[0]
          ?.replace(/^mount: \S+ /, '') || 'mount failed'
  }
  const tried = lent.map(each => ({ each, why: reasonAgainst(each) }))
  return {
    fit: tried.flatMap(({ each, why }) => (why === undefined ? [each] : [])),
    unfit: tried.flatMap(({ each, why }) => (why === undefined ? [] : [{ real: each.real, why }])),
  }
}

/** Where folders are tried: with layers below an own folder. */
interface TriedIn {
  readonly folder: string
  readonly stage: string
  readonly unshare: string
  readonly inUserNamespace: boolean
}

/** What one place changed in its lent folders, for another; marks of the overlay (overlayfs.rst) are copied as they are. */
async function copyUppers(from: readonly Shown[], to: readonly Shown[]): Promise<void> {
  for (const [at, own] of to.entries()) {
    const other = from[at]
    if (own.how !== 'layered' || other?.how !== 'layered' || !existsSync(other.upper)) continue
    const args = ['--archive', '--reflink=auto', '--', `${other.upper}/.`, own.upper]
    const { code, stderr } = await tools.run({ file: 'cp', args })
    if (code !== 0) throw new Error(`${other.upper} could not be copied: ${stderr.trim().split('\n')[0]}`)
  }
}

/** A folder below the home with those above it, all the jobs' own. */
function makeOwn(home: string, path: string, user: JobUser | undefined): void {
  // The home may be a copy of one that a build has left.
  refuseLinks(home, path, `~/${path}`)
  let at = home
  for (const step of path.split('/')) {
    at = join(at, step)
    if (!existsSync(at)) {
      mkdirSync(at)
      if (user) chownSync(at, user.uid, user.gid)
    }
  }
}

/** Removes the layers of a place. */
export async function removeLayers(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

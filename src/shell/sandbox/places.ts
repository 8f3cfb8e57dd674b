import { mkdir, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Part } from '../../core/decision/schedule.ts'
import type { Place, PlacePaths } from '../../core/sandbox/place.ts'
import type { JobUser } from '../jobs/job-user.ts'
import type { PlaceWish } from '../ports/ports.ts'
import { tools } from '../tools/tools.ts'

/** A place, whose code runs in it, and which more of our folders its jobs see. */
export interface KnownPlace extends Place {
  readonly as: Part | 'spare'
  readonly shows: NonNullable<PlaceWish['shows']>
}

/** The places of one run, by our own path of their tree. */
export interface Places {
  of(tree: string): KnownPlace
  /** Makes home and scratch anew, and gives them and the tree to the jobs. */
  adopt(tree: string, wish?: PlaceWish): Promise<void>
}

const PARTS: Readonly<Record<string, Part>> = { base: 'base', head: 'head', ctrl: 'control' }

/** Keeps the places; without `inside` jobs call their folders as we do, and without users they belong to our own user. */
export function openPlaces(
  inside: PlacePaths | undefined,
  userOf: ((part: Part | 'spare') => JobUser) | undefined,
  prepare: (place: KnownPlace, like: KnownPlace | undefined) => Promise<void> = async () => {},
): Places {
  const wishes = new Map<string, PlaceWish>()
  const of = (tree: string): KnownPlace => {
    const { as, shows = [] } = wishes.get(tree) ?? {}
    const own = { tree, home: `${tree}.home`, scratch: `${tree}.scratch` }
    return { ...own, inside: inside ?? own, as: as ?? PARTS[basename(tree)] ?? 'spare', shows }
  }
  return {
    of,
    async adopt(tree, wish) {
      if (wish !== undefined) wishes.set(tree, wish)
      const place = of(tree)
      for (const folder of [place.home, place.scratch]) {
        await rm(folder, { recursive: true, force: true })
        await mkdir(folder, { mode: 0o755 })
      }
      if (wish?.like !== undefined) await copyHome(of(wish.like).home, place.home)
      const writable = place.shows.filter(each => each.writable).map(each => each.path)
      if (userOf)
        for (const folder of [tree, place.home, place.scratch, ...writable])
          await giveTo(userOf(place.as), folder)
      await prepare(place, wish?.like === undefined ? undefined : of(wish.like))
    },
  }
}

async function copyHome(from: string, to: string) {
  const args = ['--archive', '--reflink=auto', '--', `${from}/.`, to]
  const { code, stderr } = await tools.run({ file: 'cp', args })
  if (code !== 0) throw new Error(`${from} could not be copied: ${stderr.trim().split('\n')[0]}`)
}

/** Gives a folder to the jobs' user. */
async function giveTo(user: JobUser, folder: string) {
  const owner = `${user.uid}:${user.gid}`
  const { code, stderr } = await tools.run({
    file: 'chown',
    args: ['--recursive', '--no-dereference', owner, folder],
  })
  if (code !== 0)
    throw new Error(`${folder} could not be given to the jobs' user: ${stderr.trim().split('\n')[0]}`)
}

import { existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RunFault } from '../../core/model/errors.ts'
import { overlayTable } from '../../core/sandbox/mount-table.ts'
import { outsideOf, type Place } from '../../core/sandbox/place.ts'
import { type Shown, type View, viewOf } from '../../core/sandbox/view.ts'
import type { MachineView } from './system.ts'

/** A view that is ready to be shown. */
export interface LaidOut {
  readonly view: View
  /** The table of its layered folders, which are mounted before everything else; absent when it has none. */
  readonly layers?: string | undefined
}

/** What one tree's jobs see. */
export interface LayOutRequest {
  readonly machine: MachineView
  readonly place: Place
  /** Our own folders, caches, the objects of the clone: shown after the place's own. */
  readonly further: readonly Shown[]
  readonly network: boolean
  /** Our folder for tables, which no job writes to. */
  readonly stage: string
  readonly inUserNamespace: boolean
}

/** Puts a view together, and writes the table of its layers. */
export function layOutView(request: LayOutRequest): LaidOut {
  const { machine, place, further, network, stage, inUserNamespace } = request
  const { inside } = place
  const own: readonly Shown[] = [
    { how: 'write', from: place.home, at: inside.home },
    { how: 'write', from: place.tree, at: inside.tree },
    { how: 'write', from: place.scratch, at: inside.scratch },
    ...further.filter(each => !('from' in each) || existsSync(each.from)),
  ]
  const present = machine.readable.filter(path => existsSync(path))
  const view = viewOf({ ...machine, readable: present, own, network })
  const layers = overlayTable(view, inUserNamespace)
  if (layers === '') return { view }
  for (const each of view.shown)
    if (each.how === 'layered')
      for (const folder of [each.upper, each.work, each.merged]) mkdirSync(folder, { recursive: true })
  const table = join(stage, `${place.tree.replaceAll('/', '-')}.layers`)
  // Of thousands of runs in one tree only the first has anything new to say.
  if (written.get(table) !== layers || !existsSync(table)) writeFileSync(table, layers)
  written.set(table, layers)
  return { view, layers: table }
}

/** What the tables hold: nobody else writes to their folder. */
const written = new Map<string, string>()

/**
 * Throws a RunFault where something is to be shown below a folder that jobs write to, and an earlier job has put a link or a file on the way there.
 * Whoever makes the place of a job makes the folders on the way too, and would follow the link with rights that the job has not got.
 */
export function refuseLinksOnTheWay(place: Place, shown: readonly Shown[]): void {
  const { inside } = place
  for (const { at } of shown)
    for (const top of [inside.home, inside.tree, inside.scratch])
      if (at.startsWith(`${top}/`)) refuseLinks(outsideOf(place, top), at.slice(top.length + 1), at)
}

/** The same for one path below one of our folders, by the name that jobs use for it. */
export function refuseLinks(folder: string, path: string, name: string): void {
  let at = folder
  for (const step of path.split('/')) {
    at = join(at, step)
    const found = lstatSync(at, { throwIfNoEntry: false })
    if (found === undefined) return
    if (!found.isDirectory())
      throw new RunFault(
        `A job has put ${found.isSymbolicLink() ? 'a link' : 'a file'} where ${name} is shown to it, at ${step}. Have the build leave this folder in place.`,
      )
  }
}

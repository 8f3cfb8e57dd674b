import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { overlayTable } from '../../core/sandbox/mount-table.ts'
import type { Place } from '../../core/sandbox/place.ts'
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

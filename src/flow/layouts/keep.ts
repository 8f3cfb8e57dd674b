import { join } from 'node:path'
import type { Side } from '../../core/model/side.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { copyFresh, makeFolder } from './files.ts'
import type { RelinkSetup } from './relink-setup.ts'
import type { TrialRun } from './side.ts'

/** Which files to keep, and out of which tree. */
export interface FilesToKeep {
  readonly setup: RelinkSetup
  readonly first: TrialRun
  readonly from: string
  /** A tree whose jobs see both; the side's trial tree when absent. */
  readonly through?: string
}

/** Copies the files that a benchmark maps out of another tree into a side's store; returns where they are, in the same order. */
export async function keepFiles(
  side: Side,
  { setup, first, from, through }: FilesToKeep,
  ports: Ports,
): Promise<readonly string[] | undefined> {
  const folder = join(setup.sides[side].folder.store, `kept${from.replaceAll('/', '-')}`)
  const pairs = first.files.map(({ file }, at) => [join(from, file), join(folder, `${at}`)] as const)
  const jobs = { sandbox: ports.sandbox, tree: through ?? setup.sides[side].tree }
  const done = (await makeFolder(folder, jobs)) && (await copyFresh(pairs, jobs))
  return done ? pairs.map(([, to]) => to) : undefined
}

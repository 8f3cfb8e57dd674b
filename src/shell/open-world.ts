import { rmSync } from 'node:fs'
import { clock } from './clock.ts'
import { openMachine } from './machine/open.ts'
import { noCache } from './no-cache.ts'
import type { CachePort, LogPort, Outside } from './ports/world.ts'
import type { RepositoryPlaces } from './sandbox/hidden-places.ts'
import { openSandbox } from './sandbox/open.ts'
import { tools } from './tools/tools.ts'
import { openWaysBack } from './way-back.ts'
import { removeWorkFolder, takeWorkFolder } from './work-folder.ts'

/** The real world, and its end: `close` undoes everything, also when a signal comes first. */
export async function openWorld(
  log: LogPort,
  cache: CachePort = noCache,
): Promise<{ readonly outside: Outside; readonly close: () => Promise<void> }> {
  const ways = openWaysBack(signal => log.warn(`${signal}: stopping, and putting everything back.`))
  const folder = await takeWorkFolder()
  ways.add(() => removeWorkFolder(folder))
  // When a signal comes, the flow goes on until the very end and may write again into what was just removed.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  async function isolate(level: 'auto' | 'required' | 'off', repository?: RepositoryPlaces) {
    const sandbox = await openSandbox(folder, level, repository)
    ways.add(() => sandbox.end())
    return sandbox
  }
  const machine = openMachine(log, ways)
  return { outside: { tools, machine, cache, log, clock, folder, isolate }, close: () => ways.walk() }
}

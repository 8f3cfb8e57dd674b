import { openCleanupStack } from './cleanup-stack.ts'
import { openMachine } from './machine/open.ts'
import type { CachePort, ClockPort, Job, LogPort, Outside, SandboxWish } from './ports/ports.ts'
import { openSandbox } from './sandbox/open.ts'
import { tools } from './tools/tools.ts'
import { removeAtExit, removeWorkFolder, takeWorkFolder } from './work-folder.ts'

/** The real ports, and its end: `close` undoes everything, also when a signal comes first; then `stopped` is the last to be called. */
export async function openPorts(
  log: LogPort,
  cache: CachePort = noCache,
  stopped: () => Promise<unknown> = async () => {},
): Promise<{ readonly outside: Outside; readonly close: () => Promise<void> }> {
  // The machine is restored before anything is reported.
  const ways = openCleanupStack(
    signal => log.warn(`${signal}: stopping, and putting everything back.`),
    stopped,
  )
  const folder = await takeWorkFolder()
  ways.add(() => removeWorkFolder(folder))
  // When a signal comes, the flow goes on until the very end and may write again into what was just removed.
  process.once('exit', () => removeAtExit(folder))
  async function isolate(wish: SandboxWish) {
    const sandbox = await openSandbox(folder, wish)
    ways.add(() => sandbox.end())
    const run = async (job: Job) => {
      try {
        return await ways.unlessStopped(await sandbox.run(job))
      } catch (error) {
        // A job that was ended before it was in its place looks like a fault of the sandbox.
        await ways.unlessStopped(undefined)
        throw error
      }
    }
    return { ...sandbox, run }
  }
  const machine = openMachine(log, ways)
  return { outside: { tools, machine, cache, log, clock, folder, isolate }, close: () => ways.runAll() }
}

export const clock: ClockPort = {
  now: () => Number(process.hrtime.bigint()) / 1e9,
  date: () => new Date().toISOString(),
}

/** For the command line, where there is no cache service. */
export const noCache: CachePort = {
  restore: async () => false,
  save: async () => false,
}

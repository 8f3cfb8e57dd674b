import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { insideVariables } from '../../core/sandbox/caches.ts'
import type { JobLimits } from '../../core/sandbox/limits.ts'
import { inOwnTree } from '../../core/sandbox/place.ts'
import type { Weakness } from '../../core/sandbox/weakness.ts'
import type { JobGroups } from '../jobs/cgroups.ts'
import type { JobUsers } from '../jobs/job-user.ts'
import type { StartTools } from '../jobs/scheduled-command.ts'
import type { CurrentJobs } from '../jobs/start-job.ts'
import type { WatchedDisk } from '../jobs/watch-room.ts'
import type { Job, SandboxPort, SandboxWish } from '../ports/ports.ts'
import type { ClosedAddresses } from './close-addresses.ts'
import { underTime, withPeak } from './peak-memory.ts'
import type { KnownPlace, Places } from './places.ts'
import { openSeals } from './seals.ts'
import { quotableFolders, rustupHome } from './system.ts'

/** What every level is made of. */
export interface Ground {
  readonly folder: string
  readonly wish: SandboxWish
  /** An empty tree of no side. */
  readonly spare: string
  /** Our tables, filters and the root of jobs; no job sees it. */
  readonly stage: string
  /** Absent where we are no root. */
  readonly users: JobUsers | undefined
  readonly tools: StartTools
  readonly groups: JobGroups | undefined
  readonly closed: ClosedAddresses
  readonly limits: JobLimits
  readonly disks: readonly WatchedDisk[]
  readonly current: CurrentJobs
}

/** The port of a level: seals are looked at before each run, nothing starts after the end, and the end waits for what still runs. */
export function portOf(
  ground: Ground,
  places: Places,
  level: Pick<SandboxPort, 'isolation' | 'network' | 'weaknesses' | 'run'> & {
    /** Removes what the jobs have left outside of our folder. */
    readonly left?: () => Promise<void>
  },
): SandboxPort {
  const { left, ...given } = level
  const weaknesses: Weakness[] = [
    ...given.weaknesses,
    // Without namespaces every job has the network, whatever is asked for.
    ...(given.network === 'none' ? [] : ground.closed.weaknesses),
    ...(ground.tools.prlimit === undefined ? [{ kind: 'no-job-limits' } as const] : []),
  ]
  const seals = openSeals()
  const rewritten = new Set<string>()
  const note = (name: string) => {
    if (rewritten.size >= MOST_REWRITTEN || rewritten.has(name)) return
    rewritten.add(name)
    weaknesses.push({ kind: 'rewrites-own', file: name })
  }
  const running = new Set<Promise<unknown>>()
  let ended = false
  return {
    ...given,
    weaknesses,
    spare: ground.spare,
    quotable: [
      ...quotableFolders(process.env, closedFolders(ground)),
      ...(ground.wish.share ?? []).filter(path => path.startsWith('/')),
    ],
    placeOf: places.of,
    async adopt(tree, wish) {
      seals.forget(places.of(tree))
      await places.adopt(tree, wish)
    },
    seal: (tree, files) => seals.seal(places.of(tree), files),
    async run(job) {
      // After a signal the flow goes on until the process ends; nothing of the pull request's is started any more.
      if (ended) return new Promise(() => {})
      if (job.builds !== true) await seals.check(places.of(job.tree))
      if (ended) return new Promise(() => {})
      const run = () => given.run(job)
      const outcome = job.memoryBy === undefined ? run() : withPeak(places.of(job.tree), run)
      running.add(outcome)
      try {
        return await outcome
      } finally {
        running.delete(outcome)
        if (job.builds !== true) for (const name of await seals.ran(places.of(job.tree))) note(name)
      }
    },
    async end() {
      ended = true
      await ground.current.endAll()
      await Promise.allSettled(running)
      await left?.()
      await leave(ground)
    },
  }
}

/** Our own folders and the user's that no PATH may open. */
export const closedFolders = ({ folder, wish }: Pick<Ground, 'folder' | 'wish'>): readonly string[] => [
  folder,
  ...(wish.repository?.workTree === undefined ? [] : [wish.repository.workTree]),
]

/** As many files as a reader wants to see named. */
const MOST_REWRITTEN = 5

/** The job where it is, with the variables that say so. */
export function placed(job: Job, place: KnownPlace, workTree: string | undefined) {
  const { inside } = place
  const { tree, cwd = inside.tree, builds, literal = false, env, memoryBy, argv, ...rest } = job
  const own = (text: string) =>
    literal || workTree === undefined || workTree === inside.tree
      ? text
      : inOwnTree(text, workTree, inside.tree)
  // The home is another one, so a variable has to name the place of its toolchains to rustup.
  const rustup = rustupHome(process.env)
  const variables = {
    ...(rustup !== undefined && existsSync(rustup) && !('RUSTUP_HOME' in env) && { RUSTUP_HOME: rustup }),
    ...insideVariables(env, inside.home),
    HOME: inside.home,
    ...('GITHUB_WORKSPACE' in env && { GITHUB_WORKSPACE: inside.tree }),
  }
  const under = memoryBy === undefined ? {} : { under: underTime(memoryBy, place) }
  const folders = [place.tree, place.home, place.scratch, `${place.tree}.layers`].filter(existsSync)
  const given = Object.entries(env).map(([name, value]) => [name, own(value)] as const)
  const named = { argv: argv.map(own), env: { ...Object.fromEntries(given), ...variables } }
  return { ...rest, ...under, ...named, folders, cwd }
}

/** Every level ends with its groups and users given back. */
export async function leave({ groups, users, closed, stage, spare }: Ground): Promise<void> {
  await groups?.close()
  await closed.open()
  users?.release()
  for (const folder of [stage, spare, `${spare}.home`, `${spare}.scratch`])
    await rm(folder, { recursive: true, force: true })
}

import { chmodSync, existsSync } from 'node:fs'
import type { Weakness } from '../../core/sandbox/weakness.ts'
import type { JobUser, JobUsers } from '../jobs/job-user.ts'
import { jobStarter } from '../jobs/start-job.ts'
import { disksOf } from '../jobs/watch-room.ts'
import type { Job, JobOutcome, SandboxPort } from '../ports/ports.ts'
import { tools } from '../tools/tools.ts'
import { anotherUser, processGroup } from './boundaries.ts'
import { aroundRules } from './close-addresses.ts'
import { OPEN_TO_ALL, removeLeftBehind, removeLeftDeep } from './left-behind.ts'
import { type KnownPlace, openPlaces } from './places.ts'
import { type Ground, placed, portOf } from './port.ts'
import { type WorkTreeWatch, watchWorkTree } from './watch-work-tree.ts'

/** Jobs as another user for each side, and nothing else between them. */
export async function asUserOnly(
  { setpriv, users, why }: { readonly setpriv: string; readonly users: JobUsers; readonly why: string },
  ground: Ground,
): Promise<SandboxPort> {
  // Queues are the kernel's, and only where they are mounted is there a list of those that jobs have left.
  const queues = existsSync('/dev/mqueue') ? {} : { queueBytes: 0 }
  const limits = { ...ground.limits, ...queues }
  const start = jobStarter({
    ...ground,
    ...{ limits, disks: disksOf([ground.folder, ...OPEN_TO_ALL]), counted: true },
  })
  const places = openPlaces(undefined, users.of)
  await places.adopt(ground.spare)
  const others = await openWatch(ground, { setpriv, user: users.of('spare') })
  const port = portOf(ground, places, {
    isolation: ground.groups === undefined ? 'uid' : 'uid+cgroup',
    network: 'all',
    weaknesses: [
      { kind: 'no-namespaces', why },
      ownPaths(ground, others),
      ...(await aroundRules(ground.closed)),
    ],
    run: oneAtATime(async job => {
      const place = places.of(job.tree)
      const user = users.of(place.as)
      try {
        const run = () => start(placed(job, place, workTreeOf(ground)), anotherUser(setpriv, user))
        return await watched(others, { job, place, run })
      } finally {
        await removeLeftBehind(user)
      }
    }),
    left: () => removeLeftDeep(users.all, ground.folder),
  })
  return {
    ...port,
    async adopt(tree, wish) {
      await port.adopt(tree, wish)
      closeToOthers(places.of(tree))
    },
    async seal(tree, files) {
      closeToOthers(places.of(tree))
      await port.seal(tree, files)
    },
  }
}

/** A build may open what it made to everybody, its tree too; jobs of another side are everybody. They cannot change what these folders are. */
function closeToOthers({ tree, home, scratch }: KnownPlace): void {
  for (const folder of [tree, home, scratch]) if (existsSync(folder)) chmodSync(folder, 0o700)
}

const workTreeOf = ({ wish }: Ground) => wish.repository?.workTree

/** What is between the sides and the user's work tree: a watch, why there is none, or that it is out of reach or not there at all. */
type Others = WorkTreeWatch | { readonly why: string } | 'out of reach' | undefined

async function openWatch(
  ground: Ground,
  as?: { readonly setpriv: string; readonly user: JobUser },
): Promise<Others> {
  const workTree = workTreeOf(ground)
  if (workTree === undefined) return undefined
  if (as !== undefined) {
    const { uid, gid } = as.user
    const become = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--bounding-set=-all', '--']
    const enter = ['/bin/sh', '-c', 'cd -- "$1"', 'enter', workTree]
    const { code } = await tools.run({ file: as.setpriv, args: [...become, ...enter] })
    if (code !== 0) return 'out of reach'
  }
  const watch = await watchWorkTree(workTree, ground.folder)
  return typeof watch === 'string' ? { why: watch } : watch
}

interface Watched {
  readonly job: Job
  readonly place: KnownPlace
  readonly run: () => Promise<JobOutcome>
}

const watched = (others: Others, { job, place, run }: Watched): Promise<JobOutcome> =>
  typeof others === 'object' && 'over' in others ? others.over(job, place, run) : run()

function ownPaths(ground: Ground, others: Others): Weakness {
  const workTree = workTreeOf(ground)
  if (workTree === undefined || others === undefined) return { kind: 'own-paths' }
  if (others === 'out of reach') return { kind: 'own-paths', workTree, others: 'out-of-reach' }
  if ('over' in others) return { kind: 'own-paths', workTree, others: 'watched' }
  return { kind: 'own-paths', workTree, others: 'unwatched', why: others.why }
}

/** Jobs as our own user. */
export async function withoutBoundary(ground: Ground): Promise<SandboxPort> {
  const start = jobStarter({ ...ground, disks: disksOf([ground.folder, ...OPEN_TO_ALL]), counted: false })
  const places = openPlaces(undefined, undefined)
  await places.adopt(ground.spare)
  const others = await openWatch(ground)
  return portOf(ground, places, {
    isolation: 'none',
    network: 'all',
    weaknesses: [{ kind: 'no-boundary' }, ownPaths(ground, others)],
    run: oneAtATime(job => {
      const place = places.of(job.tree)
      const run = () => start(placed(job, place, workTreeOf(ground)), processGroup)
      return watched(others, { job, place, run })
    }),
  })
}

/** Without namespaces a job's end is the end of everything its user runs, so jobs wait for each other. */
function oneAtATime(run: SandboxPort['run']): SandboxPort['run'] {
  let last: Promise<unknown> = Promise.resolve()
  return job => {
    const next = last.then(() => run(job))
    last = next.catch(() => undefined)
    return next
  }
}

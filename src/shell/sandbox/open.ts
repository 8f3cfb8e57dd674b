import { existsSync, writeFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../../core/model/errors.ts'
import type { Limitation } from '../../core/model/report.ts'
import { insideVariables, lentFolders } from '../../core/sandbox/caches.ts'
import { systemCallFilter } from '../../core/sandbox/system-calls.ts'
import { isWithin } from '../../core/sandbox/toolchains.ts'
import type { Shown } from '../../core/sandbox/view.ts'
import type { Job, SandboxPort, SandboxWish } from '../ports/world.ts'
import { tools } from '../tools/tools.ts'
import { anotherUser, processGroup } from './boundaries.ts'
import { bubblewrapped } from './bubblewrap.ts'
import { type JobGroups, openJobGroups } from './cgroups.ts'
import { type JobUsers, takeJobUsers } from './job-user.ts'
import { type LaidOut, layOutView } from './lay-out.ts'
import { foundFolders, type LentFolder, layered, makeLayers, removeLayers } from './layers.ts'
import { namespaced } from './namespace.ts'
import { type KnownPlace, openPlaces, type Places } from './places.ts'
import type { Enclosure } from './run-job.ts'
import { findStartTools, type StartTools } from './scheduled-command.ts'
import { openSeals } from './seals.ts'
import { type CurrentJobs, currentJobs, jobStarter } from './start-job.ts'
import { machineView, rustupHome } from './system.ts'

/** What every level is made of. */
interface Ground {
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
  readonly current: CurrentJobs
}

/**
 * Opens the best place for code of the pull request that the machine allows: another user in namespaces of its own (as root), our own
 * user in such namespaces, another user alone. Throws an InputError with what to install when there is none, unless none is asked for.
 */
export async function openSandbox(folder: string, wish: SandboxWish): Promise<SandboxPort> {
  const [spare, stage] = [join(folder, 'spare'), join(folder, 'stage')]
  for (const made of [spare, stage]) await mkdir(made, { recursive: true, mode: 0o755 })
  await writeFile(join(stage, 'nothing'), '')
  const asRoot = process.getuid?.() === 0
  const users = asRoot && wish.level !== 'off' ? takeJobUsers() : undefined
  const groups = asRoot ? await openJobGroups() : undefined
  const ground = {
    folder,
    wish,
    spare,
    stage,
    users,
    tools: await findStartTools(tools),
    groups,
    current: currentJobs(),
  }
  try {
    return await openLevel(ground)
  } catch (error) {
    await leave(ground)
    throw error
  }
}

async function openLevel(ground: Ground): Promise<SandboxPort> {
  const { wish, users } = ground
  if (wish.level === 'off') return withoutBoundary(ground)
  const tried: string[] = []
  for (const open of [openBubblewrap, openNamespaces]) {
    const opened = await open(ground)
    if (typeof opened !== 'string') return opened
    tried.push(opened)
  }
  const why = tried.join('; ')
  const setpriv = await tools.find('setpriv')
  // Root without namespaces, as in many containers: another user is still a boundary.
  if (setpriv && users && wish.level !== 'required') return asUserOnly({ setpriv, users, why }, ground)
  throw new InputError([
    `This machine gives code of the pull request no place of its own (${why}). ${HOW_TO_GET_ONE}`,
  ])
}

const HOW_TO_GET_ONE =
  'Install bubblewrap (Debian and Ubuntu: apt-get install bubblewrap) and allow user namespaces (where AppArmor restricts them: sysctl kernel.apparmor_restrict_unprivileged_userns=0), or run the gate as root; perf-verdict doctor tells more. Only for code that you trust as you trust yourself, write isolation: off.'

type Enclose = (place: KnownPlace, laidOut: LaidOut) => Promise<Enclosure>

/** How a level with a root from nothing is told and done. */
interface Enclosing {
  readonly enclose: Enclose
  /** Whether system calls are filtered. */
  readonly filters: boolean
  readonly limitations: readonly Limitation[]
}

async function openBubblewrap(ground: Ground): Promise<SandboxPort | string> {
  const [bwrap, setpriv, unshare] = await Promise.all(['bwrap', 'setpriv', 'unshare'].map(tools.find))
  if (!bwrap) return 'bubblewrap is not installed'
  if (!setpriv || !unshare) return 'setpriv and unshare of util-linux are not there'
  const filter = writeFilter(ground)
  const enclose: Enclose = async (place, laidOut) =>
    bubblewrapped({ bwrap, setpriv, unshare }, { laidOut, user: ground.users?.of(place.as), filter })
  return openEnclosed(ground, { enclose, filters: filter !== undefined, limitations: [] }, 'bubblewrap')
}

async function openNamespaces(ground: Ground): Promise<SandboxPort | string> {
  const names = ['unshare', 'nsenter', 'setpriv', 'env', 'pivot_root', 'ip']
  const [unshare, nsenter, setpriv, env, pivot, ip] = await Promise.all(names.map(findAnywhere))
  if (!unshare || !nsenter || !setpriv || !env || !pivot)
    return 'unshare, nsenter, setpriv and pivot_root of util-linux are not all there'
  const { stdout } = await tools.run({ file: setpriv, args: ['--help'] })
  const filters = stdout.includes('--seccomp-filter')
  const filter = filters ? writeFilter(ground) : undefined
  const { stage } = ground
  const found = { unshare, nsenter, setpriv, env, pivot, ip, filters: filter !== undefined }
  const enclose: Enclose = async (place, laidOut) => {
    const namespace = namespaced({ tools: found, laidOut, user: ground.users?.of(place.as), filter, stage })
    await namespace.open()
    return namespace
  }
  const limitations = [
    ...(filter === undefined ? [NO_FILTER] : []),
    ...(ip === undefined ? [NO_LOOPBACK] : []),
  ]
  return openEnclosed(ground, { enclose, filters: filter !== undefined, limitations }, 'util-linux')
}

const NO_FILTER: Limitation = {
  what: 'System calls of the pull request were not filtered: neither bubblewrap nor util-linux 2.41 is there.',
  instead:
    'Its code had no rights and saw nothing of others, but could ask the kernel anything; install bubblewrap.',
}

const NO_LOOPBACK: Limitation = {
  what: 'Benchmarks had no network at all, not even a loopback, because ip (of iproute2) is not there.',
  instead: 'Servers that listen on 127.0.0.1 cannot be measured; install bubblewrap or iproute2.',
}

const findAnywhere = async (name: string) =>
  (await tools.find(name)) ?? (await firstThere([`/usr/sbin/${name}`, `/sbin/${name}`]))

async function firstThere(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const found = await tools.find(path)
    if (found !== undefined) return found
  }
  return undefined
}

function writeFilter({ stage }: Ground): string | undefined {
  const filter = systemCallFilter(process.arch)
  if (filter === undefined) return undefined
  const file = join(stage, 'system-calls')
  writeFileSync(file, filter)
  return file
}

/** Tries a way to enclose jobs; yields why it does not work here. */
async function openEnclosed(
  ground: Ground,
  { enclose, filters, limitations }: Enclosing,
  by: string,
): Promise<SandboxPort | string> {
  const { users, spare, groups, wish } = ground
  const start = jobStarter({ ...ground, counted: true })
  const machine = machineView(process.env, closedFolders(ground))
  const inside = insidePaths(ground, machine.readable)
  const unshare = await tools.find('unshare')
  const lent = { folders: unshare ? foundFolders(lentFolders(process.env, wish.share ?? [])) : [] }
  const places = openPlaces(inside, users?.of, async place => {
    const user = users?.of(place.as)
    if (unshare) await makeLayers(place, lent.folders, { user, stage: ground.stage, unshare })
  })
  const network = wish.network ?? 'builds'
  const run = async (job: Job) => {
    const place = places.of(job.tree)
    const laidOut = layOutView({
      machine,
      place,
      further: [...layered(place, lent.folders), ...furtherFor(place, ground)],
      network: network === 'all' || (network === 'builds' && job.builds === true),
      stage: ground.stage,
      inUserNamespace: users === undefined,
    })
    return start(placed(job, place), await enclose(place, laidOut))
  }
  try {
    await places.adopt(spare)
    const env = { PATH: '/usr/bin:/bin' }
    const trial = await run({ argv: ['true'], tree: spare, env, timeoutSeconds: 10 })
    if (trial.code !== 0) throw new Error(trial.stderr.trim().split('\n')[0] || `exit code ${trial.code}`)
  } catch (error) {
    return `${by}: ${error instanceof Error ? error.message : String(error)}`
  }
  const cold = lent.folders.length > 0 ? await tryLayers({ places, run, spare, lent }) : undefined
  const level = [
    users ? 'uid' : 'userns',
    ...(groups ? ['cgroup'] : []),
    ...['pidns', 'mountns'],
    ...(network === 'all' ? [] : ['netns']),
    ...(filters ? ['seccomp'] : []),
  ]
  return opened(ground, places, {
    isolation: level.join('+'),
    network,
    limitations: [...limitations, ...(cold ? [cold] : [])],
    run,
  })
}

/** Whether folders can be layered here; without that, nothing is lent. */
async function tryLayers({ places, run, spare, lent }: LayersTried): Promise<Limitation | undefined> {
  const tree = `${spare}-layered`
  const all = lent.folders
  const small = `${spare}-lent`
  try {
    await mkdir(tree)
    await mkdir(small)
    // An empty folder shows it as well as a cache does, at none of its cost.
    lent.folders = [{ from: small, real: small, at: { home: '.cache/perf-verdict' } }]
    await places.adopt(tree, { as: 'base' })
    const { code, stderr } = await run({ argv: ['true'], tree, env: {}, timeoutSeconds: 20 })
    if (code === 0) {
      lent.folders = all
      return undefined
    }
    throw new Error(stderr.trim().split('\n')[0])
  } catch (error) {
    lent.folders = []
    return {
      what: `Caches of toolchains could not be laid under the builds (${error instanceof Error ? error.message : error}).`,
      instead: 'Both sides were built with empty caches, and nothing of share was there.',
    }
  } finally {
    await removeLayers(`${tree}.layers`)
    for (const folder of [tree, `${tree}.home`, `${tree}.scratch`, small])
      await rm(folder, { recursive: true, force: true })
  }
}

interface LayersTried {
  readonly places: Places
  readonly run: SandboxPort['run']
  readonly spare: string
  readonly lent: { folders: readonly LentFolder[] }
}

function opened(
  ground: Ground,
  places: Places,
  rest: Pick<SandboxPort, 'isolation' | 'network' | 'limitations' | 'run'>,
): SandboxPort {
  const seals = openSeals()
  const running = new Set<Promise<unknown>>()
  let ended = false
  return {
    ...rest,
    spare: ground.spare,
    placeOf: places.of,
    async adopt(tree, wish) {
      seals.forget(places.of(tree))
      await places.adopt(tree, wish)
    },
    seal: async (tree, files) => seals.seal(places.of(tree), files),
    async run(job) {
      // After a signal the flow goes on until the process ends; nothing of the pull request's is started any more.
      if (ended) return new Promise(() => {})
      if (job.builds !== true) seals.check(places.of(job.tree))
      const outcome = rest.run(job)
      running.add(outcome)
      return outcome.finally(() => running.delete(outcome))
    },
    async end() {
      ended = true
      await ground.current.endAll()
      await Promise.allSettled(running)
      await leave(ground)
    },
  }
}

const NO_NAMES: readonly string[] = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib64',
  '/etc',
  '/proc',
  '/sys',
  '/dev',
]

/** What jobs call their folders: the user's own work tree, so that its path is in what they build, and two that no system has. */
function insidePaths({ wish, folder }: Ground, readable: readonly string[]) {
  const asked = wish.repository?.workTree
  const isFit =
    asked?.startsWith('/') === true &&
    ![...NO_NAMES, ...PRIVATE_NAMES].some(taken => isWithin(taken, asked)) &&
    ![...readable, folder].some(path => isWithin(path, asked)) &&
    !NO_NAMES.some(system => isWithin(asked, system))
  return {
    tree: isFit ? asked : '/perf-verdict/tree',
    home: '/home/perf-verdict',
    scratch: '/run/perf-verdict/scratch',
  }
}

const PRIVATE_NAMES = ['/home/perf-verdict', '/run/perf-verdict/scratch', '/tmp', '/var/tmp', '/root']

/** Folders of ours and the user's that no PATH may open. */
const closedFolders = ({ folder, wish }: Ground): readonly string[] => [
  folder,
  ...(wish.repository?.workTree === undefined ? [] : [wish.repository.workTree]),
]

const BORROWS = 'info/alternates'

function furtherFor(place: KnownPlace, { wish, stage }: Ground): readonly Shown[] {
  const readable = wish.repository?.readable ?? []
  return [
    ...readable.flatMap(({ from, at }): Shown[] => [
      { how: 'read', from, at },
      // What the user's objects borrow has a name of its own; by theirs it cannot be found here.
      ...(existsSync(join(from, BORROWS))
        ? [{ how: 'read', from: join(stage, 'nothing'), at: join(at, BORROWS) } as const]
        : []),
    ]),
    ...place.shows.map(
      ({ path, writable }): Shown => ({ how: writable ? 'write' : 'read', from: path, at: path }),
    ),
  ]
}

/** The job where it is, with the variables that say so. */
function placed(job: Job, { inside }: KnownPlace) {
  const { tree, cwd = inside.tree, builds, env, ...rest } = job
  // The home is another one, so rustup has to be told where its toolchains are.
  const rustup = rustupHome(process.env)
  const own = {
    ...(rustup !== undefined && existsSync(rustup) && !('RUSTUP_HOME' in env) && { RUSTUP_HOME: rustup }),
    ...insideVariables(env, inside.home),
    HOME: inside.home,
    ...('GITHUB_WORKSPACE' in env && { GITHUB_WORKSPACE: inside.tree }),
  }
  return { ...rest, cwd, env: { ...env, ...own } }
}

/** Every level ends with its groups and users given back. */
async function leave({ groups, users, stage, spare }: Ground): Promise<void> {
  await groups?.close()
  users?.release()
  for (const folder of [stage, spare, `${spare}.home`, `${spare}.scratch`])
    await rm(folder, { recursive: true, force: true })
}

async function asUserOnly(
  { setpriv, users, why }: { readonly setpriv: string; readonly users: JobUsers; readonly why: string },
  ground: Ground,
): Promise<SandboxPort> {
  const start = jobStarter({ ...ground, counted: true })
  const places = openPlaces(undefined, users.of)
  await places.adopt(ground.spare)
  const limitation: Limitation = {
    what: `Code of the pull request could not be given namespaces of its own (${why}).`,
    instead:
      'Each side ran as another user, who sees the files that everybody may read, the network and the names of other processes, but not their memory or environment.',
  }
  return opened(ground, places, {
    isolation: ground.groups === undefined ? 'uid' : 'uid+cgroup',
    network: 'all',
    limitations: [limitation, OWN_PATHS],
    run: oneAtATime(job => {
      const place = places.of(job.tree)
      return start(placed(job, place), anotherUser(setpriv, users.of(place.as)))
    }),
  })
}

const OWN_PATHS: Limitation = {
  what: 'Base and head were built and run at paths of their own, because there are no mount namespaces.',
  instead: 'The paths are of equal length; what is built may still hold them.',
}

async function withoutBoundary(ground: Ground): Promise<SandboxPort> {
  const start = jobStarter({ ...ground, counted: false })
  const places = openPlaces(undefined, undefined)
  await places.adopt(ground.spare)
  const limitation: Limitation = {
    what: "Code of the pull request ran as the runner's own user, without a boundary (isolation is off).",
    instead: 'It was given a clean environment only; write isolation: auto to part them.',
  }
  return opened(ground, places, {
    isolation: 'none',
    network: 'all',
    limitations: [limitation, OWN_PATHS],
    run: oneAtATime(job => start(placed(job, places.of(job.tree)), processGroup)),
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

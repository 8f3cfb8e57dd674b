import { existsSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError, RunFault } from '../../core/model/errors.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import { lentFolders, sharedFaults } from '../../core/sandbox/caches.ts'
import { OWN_RESOLV_CONF } from '../../core/sandbox/own-network.ts'
import { isWithin } from '../../core/sandbox/toolchains.ts'
import type { Shown } from '../../core/sandbox/view.ts'
import type { Weakness } from '../../core/sandbox/weakness.ts'
import { type ForkServers, openForkServers } from '../jobs/fork-servers.ts'
import { type Enclosure, sayNoPlace } from '../jobs/run-job.ts'
import { jobStarter } from '../jobs/start-job.ts'
import type { Job, SandboxPort } from '../ports/ports.ts'
import { tools } from '../tools/tools.ts'
import { aroundRules } from './close-addresses.ts'
import { type LaidOut, layOutView, refuseLinksOnTheWay } from './lay-out.ts'
import { foundFolders, type LentFolder, layered, makeLayers, removeLayers, tryToLay } from './layers.ts'
import { type KnownPlace, openPlaces, type Places } from './places.ts'
import { closedFolders, type Ground, placed, portOf } from './port.ts'
import { machineView } from './system.ts'

/** Makes the boundary around one job of a place. */
export type Enclose = (place: KnownPlace, laidOut: LaidOut) => Promise<Enclosure>

/** How a level with a root made from nothing is reported and done. */
export interface Enclosing {
  readonly enclose: Enclose
  /** Whether system calls are filtered. */
  readonly filters: boolean
  readonly weaknesses: readonly Weakness[]
}

/** Tries a way to enclose jobs; a fault is a clause that says why it does not work here. */
export async function openEnclosed(
  ground: Ground,
  { enclose, filters, weaknesses }: Enclosing,
  by: string,
): Promise<Result<SandboxPort, string>> {
  const { users, spare, groups, wish } = ground
  const [unshare, bash, setpriv] = await Promise.all(['unshare', 'bash', 'setpriv'].map(tools.find))
  const servers = bash && setpriv ? openForkServers({ bash, setpriv, stage: ground.stage }) : undefined
  const start = jobStarter({ ...ground, counted: true, servers })
  const machine = machineView(process.env, closedFolders(ground))
  const inside = insidePaths(ground, machine.readable)
  const found = unshare ? foundFolders(lentFolders(process.env, wish.share ?? [])) : []
  refuseMixed(found, ground)
  // Nothing is lent until it is known that folders can be layered here.
  let lent: readonly LentFolder[] = []
  const places = openPlaces(inside, users?.of, async (place, like) => {
    // Its layers are about to be others.
    await servers?.forget(place.tree)
    const user = users?.of(place.as)
    if (unshare) await makeLayers(place, lent, { user, stage: ground.stage, unshare, like })
  })
  const network = wish.network ?? 'builds'
  const run = async (job: Job) => {
    const place = places.of(job.tree)
    const laidOut = layOutView({
      machine,
      place,
      further: [...layered(place, lent), ...furtherFor(place, ground)],
      network: network === 'all' || (network === 'builds' && job.builds === true),
      stage: ground.stage,
      inUserNamespace: users === undefined,
    })
    refuseLinksOnTheWay(place, laidOut.view.shown)
    // What a build changes in a layer must not be mounted twice meanwhile (overlayfs.rst).
    if (job.builds === true) await servers?.forget(job.tree)
    const own = placed(job, place, wish.repository?.workTree)
    return start(own, await enclose(place, laidOut), job.builds === true ? undefined : job.tree)
  }
  try {
    await places.adopt(spare)
    const env = { PATH: '/usr/bin:/bin' }
    const trial = await run({ argv: ['true'], tree: spare, env, timeoutSeconds: 10 })
    if (trial.code !== 0) throw new Error(trial.stderr.trim().split('\n')[0] || `exit code ${trial.code}`)
  } catch (error) {
    await servers?.close()
    return failed(`${by}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const lend = (folders: readonly LentFolder[]) => {
    lent = folders
  }
  const cold = found.length > 0 ? await tryLayers({ places, run, spare, lend, servers }) : undefined
  const { fit, unfit } = cold || !unshare ? NONE_FIT : tryEach(found, { ground, unshare })
  lend(fit)
  const level = [
    users ? 'uid' : 'userns',
    ...(groups ? ['cgroup'] : []),
    ...['pidns', 'mountns'],
    ...(network === 'all' ? [] : ['netns']),
    ...(filters ? ['seccomp'] : []),
  ]
  const port = portOf(ground, places, {
    isolation: level.join('+'),
    network,
    weaknesses: [
      ...weaknesses,
      ...(cold ? [cold] : []),
      ...unfit.map(({ real, why }) => ({ kind: 'folder-not-layered', folder: real, why }) as const),
      ...(filters || network === 'none' ? [] : await aroundRules(ground.closed)),
    ],
    run: job => run(job).catch(asFault),
    left: async () => servers?.close(),
  })
  return success(port)
}

/** A job whose place cannot be made, after earlier ones could, met a fault of the machine and not a bug. */
function asFault(error: unknown): never {
  if (error instanceof RunFault || error instanceof InputError || !(error instanceof Error)) throw error
  throw new RunFault(sayNoPlace(error.message))
}

/** Whether folders can be layered here, tried with an empty one: it shows it as well as a cache does, at none of its cost. */
async function tryLayers({ places, run, spare, lend, servers }: LayersTried): Promise<Weakness | undefined> {
  const [tree, empty] = [`${spare}-layered`, `${spare}-lent`]
  try {
    for (const folder of [tree, empty]) await mkdir(folder)
    lend([{ from: empty, real: empty, at: { home: '.cache/perf-verdict' } }])
    await places.adopt(tree, { as: 'base' })
    const { code, stderr } = await run({ argv: ['true'], tree, env: {}, timeoutSeconds: 20 })
    if (code !== 0) throw new Error(stderr.trim().split('\n')[0])
    return undefined
  } catch (error) {
    return { kind: 'no-layers', why: error instanceof Error ? error.message : `${error}` }
  } finally {
    await servers?.forget(tree)
    await removeLayers(`${tree}.layers`)
    for (const folder of [tree, `${tree}.home`, `${tree}.scratch`, empty])
      await rm(folder, { recursive: true, force: true })
  }
}

/** Throws an InputError about shared folders in which a side would find another one's files. */
function refuseMixed(found: readonly LentFolder[], { wish, folder }: Ground): void {
  const asked = wish.share ?? []
  const named = found.flatMap(({ from, real, at }) => {
    const name = 'home' in at ? `~/${at.home}` : at.path
    return asked.includes(name) ? [[from, real] as const] : []
  })
  const real = (path: string) => (existsSync(path) ? realpathSync(path) : path)
  const workTree = wish.repository?.workTree
  const faults = sharedFaults(named, {
    folder: real(folder),
    ...(workTree !== undefined && { workTree: real(workTree) }),
  })
  if (faults.length > 0) throw new InputError(faults)
}

const NONE_FIT = { fit: [], unfit: [] }

function tryEach(
  found: readonly LentFolder[],
  { ground: { spare, stage, users }, unshare }: { readonly ground: Ground; readonly unshare: string },
) {
  const folder = `${spare}-tried`
  try {
    return tryToLay(found, { folder, stage, unshare, inUserNamespace: users === undefined })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface LayersTried {
  readonly places: Places
  readonly run: SandboxPort['run']
  readonly spare: string
  readonly lend: (folders: readonly LentFolder[]) => void
  readonly servers: ForkServers | undefined
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

const BORROWS = 'info/alternates'

const RESOLV_CONF = '/etc/resolv.conf'

/** In a network of its own a job asks another name server than the machine does. */
function ownResolver({ closed, stage }: Ground): readonly Shown[] {
  if (closed.ownNetwork === undefined || !existsSync(RESOLV_CONF)) return []
  const from = join(stage, 'resolv.conf')
  if (!existsSync(from)) writeFileSync(from, OWN_RESOLV_CONF, { mode: 0o644 })
  return [{ how: 'read', from, at: realpathSync(RESOLV_CONF) }]
}

function furtherFor(place: KnownPlace, ground: Ground): readonly Shown[] {
  const { wish, stage } = ground
  const readable = wish.repository?.readable ?? []
  return [
    ...ownResolver(ground),
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

import { writeFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../../core/model/errors.ts'
import { failed, type Result } from '../../core/model/result.ts'
import type { JobLimits } from '../../core/sandbox/limits.ts'
import { systemCallFilter } from '../../core/sandbox/system-calls.ts'
import type { Weakness } from '../../core/sandbox/weakness.ts'
import { openJobGroups } from '../jobs/cgroups.ts'
import { takeJobUsers } from '../jobs/job-user.ts'
import { findStartTools } from '../jobs/scheduled-command.ts'
import { currentJobs } from '../jobs/start-job.ts'
import { disksOf, machineLimits } from '../jobs/watch-room.ts'
import type { SandboxPort, SandboxWish } from '../ports/ports.ts'
import { tools } from '../tools/tools.ts'
import { bubblewrapped } from './bubblewrap.ts'
import {
  askAddresses,
  BY_OWN_NETWORK,
  type ClosedAddresses,
  closeAddresses,
  NOTHING_TO_CLOSE,
} from './close-addresses.ts'
import { type Enclose, openEnclosed } from './enclosed.ts'
import type { LaidOut } from './lay-out.ts'
import { namespaced } from './namespace.ts'
import { findOwnNetwork } from './own-network.ts'
import { type Ground, leave } from './port.ts'
import { asUserOnly, withoutBoundary } from './without-namespaces.ts'

/**
 * Opens the best place for code of the pull request that the machine allows: another user in namespaces of its own (as root), our own
 * user in such namespaces, another user alone. Throws an InputError with what to install when there is none, unless none is asked for.
 */
export async function openSandbox(
  folder: string,
  wish: SandboxWish,
  limits: JobLimits = machineLimits(folder),
): Promise<SandboxPort> {
  const [spare, stage] = [join(folder, 'spare'), join(folder, 'stage')]
  for (const made of [spare, stage]) await mkdir(made, { recursive: true, mode: 0o755 })
  await writeFile(join(stage, 'nothing'), '')
  const asRoot = process.getuid?.() === 0
  const users = asRoot && wish.level !== 'off' ? takeJobUsers() : undefined
  const groups = asRoot ? await openJobGroups(limits) : undefined
  const ground = {
    closed: await closedFor({ wish, users }),
    limits,
    disks: disksOf([folder]),
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

/** Whether jobs may have the machine's network, and with it what answers at its link-local addresses. */
async function closedFor({ wish, users }: Pick<Ground, 'wish' | 'users'>): Promise<ClosedAddresses> {
  if (wish.level === 'off') return NOTHING_TO_CLOSE
  if (users !== undefined) return closeAddresses(users)
  if (wish.network === 'none') return NOTHING_TO_CLOSE
  // What asks for the network of benchmarks may want a server of the machine, which no network of its own reaches.
  const own = wish.network === 'all' ? 'network is all' : await findOwnNetwork()
  return typeof own === 'string' ? askAddresses(own) : { ...BY_OWN_NETWORK, ownNetwork: own }
}

/** The network of one job that may have one: the machine's, or where there can be one its own. */
const networkFor = async ({ view }: LaidOut, { closed }: Ground) =>
  view.network ? await closed.ownNetwork?.() : undefined

async function openLevel(ground: Ground): Promise<SandboxPort> {
  const { wish, users } = ground
  if (wish.level === 'off') return withoutBoundary(ground)
  const tried: string[] = []
  for (const open of [openBubblewrap, openNamespaces]) {
    const opened = await open(ground)
    if (opened.ok) return opened.value
    tried.push(opened.fault)
  }
  const why = tried.join('; ')
  const setpriv = await tools.find('setpriv')
  // Root without namespaces, as in many containers: another user is still a boundary.
  if (setpriv && users && wish.level !== 'required') return asUserOnly({ setpriv, users, why }, ground)
  throw new InputError([`This machine cannot isolate code of the pull request (${why}). ${HOW_TO_GET_ONE}`])
}

const HOW_TO_GET_ONE =
  'Install bubblewrap (Debian and Ubuntu: apt-get install bubblewrap) and allow user namespaces (where AppArmor restricts them: sysctl kernel.apparmor_restrict_unprivileged_userns=0), or run the gate as root; perf-verdict doctor tells more. Only for code that you trust as you trust yourself, write isolation: off.'

async function openBubblewrap(ground: Ground): Promise<Result<SandboxPort, string>> {
  const [bwrap, setpriv, unshare] = await Promise.all(['bwrap', 'setpriv', 'unshare'].map(tools.find))
  if (!bwrap) return failed('bubblewrap is not installed')
  if (!setpriv || !unshare) return failed('setpriv and unshare of util-linux are missing')
  const filter = writeFilter(ground)
  const enclose: Enclose = async (place, laidOut) => {
    const network = await networkFor(laidOut, ground)
    const user = ground.users?.of(place.as)
    return bubblewrapped({ bwrap, setpriv, unshare }, { laidOut, user, filter, network })
  }
  return openEnclosed(ground, { enclose, filters: filter !== undefined, weaknesses: [] }, 'bubblewrap')
}

async function openNamespaces(ground: Ground): Promise<Result<SandboxPort, string>> {
  const opened = await openUtilLinux(ground, ground.users !== undefined)
  // Where root may make no such namespace, or no /proc in one (many containers), the others are still a place.
  return opened.ok || ground.users === undefined ? opened : openUtilLinux(ground, false, opened.fault)
}

/** As root the jobs are in a namespace of users too when `bounded`; `why` is why they are not. */
async function openUtilLinux(
  ground: Ground,
  bounded: boolean,
  why?: string,
): Promise<Result<SandboxPort, string>> {
  const names = ['unshare', 'nsenter', 'setpriv', 'env', 'pivot_root', 'ip']
  const [unshare, nsenter, setpriv, env, pivot, ip] = await Promise.all(names.map(findAnywhere))
  if (!unshare || !nsenter || !setpriv || !env || !pivot)
    return failed('unshare, nsenter, setpriv or pivot_root of util-linux is missing')
  const { stdout } = await tools.run({ file: setpriv, args: ['--help'] })
  const filters = stdout.includes('--seccomp-filter')
  const filter = filters ? writeFilter(ground) : undefined
  const { stage } = ground
  const found = { unshare, nsenter, setpriv, env, pivot, ip, filters: filter !== undefined }
  const enclose: Enclose = async (place, laidOut) => {
    const [network, user] = [await networkFor(laidOut, ground), ground.users?.of(place.as)]
    const namespace = namespaced({ tools: found, laidOut, user, bounded, filter, stage, network })
    await namespace.open()
    return namespace
  }
  const isOpen = filter === undefined && why !== undefined && (await makesUsers(ground, found))
  const weaknesses: readonly Weakness[] = [
    ...(filter === undefined ? [{ kind: 'no-filter' } as const] : []),
    ...(isOpen ? [{ kind: 'user-namespaces', why: why.replace(/^util-linux: /, '') } as const] : []),
    ...(ip === undefined ? [{ kind: 'no-loopback' } as const] : []),
  ]
  return openEnclosed(ground, { enclose, filters: filter !== undefined, weaknesses }, 'util-linux')
}

/** Whether the users of jobs may make namespaces of users on this machine. */
async function makesUsers(
  { users }: Ground,
  { setpriv, unshare }: { readonly setpriv: string; readonly unshare: string },
): Promise<boolean> {
  const { uid, gid } = users!.of('spare')
  const become = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--']
  return (await tools.run({ file: setpriv, args: [...become, unshare, '--user', '--', 'true'] })).code === 0
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

import { chmod, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../../core/model/errors.ts'
import type { Limitation } from '../../core/model/report.ts'
import type { RepositoryPlaces, SandboxPort } from '../ports/world.ts'
import { tools } from '../tools/tools.ts'
import { anotherUser, processGroup } from './boundaries.ts'
import { type JobGroups, openJobGroups } from './cgroups.ts'
import { hiddenPlaces, NO_REPOSITORY } from './hidden-places.ts'
import { type JobUser, jobUserOf } from './job-user.ts'
import { type NamespacePool, openPool } from './namespace-pool.ts'
import { findStartTools, type StartTools } from './scheduled-command.ts'
import { jobStarter } from './start-job.ts'

/** What every level is made of. */
interface Ground {
  readonly folder: string
  readonly scratch: string
  readonly asRoot: boolean
  /** The user's repository, of which jobs see the objects alone. */
  readonly repository: RepositoryPlaces
  readonly tools: StartTools
  readonly groups: JobGroups | undefined
}

/**
 * Opens the best place for code of the pull request that the machine allows: another user in namespaces of its own (as root), our own
 * user in such namespaces, or none. Throws an InputError when a boundary is required and there is none.
 */
export async function openSandbox(
  folder: string,
  level: 'auto' | 'required' | 'off',
  repository: RepositoryPlaces = NO_REPOSITORY,
): Promise<SandboxPort> {
  const scratch = join(folder, 'scratch')
  await mkdir(scratch, { recursive: true, mode: 0o755 })
  const asRoot = process.getuid?.() === 0
  const groups = asRoot ? await openJobGroups() : undefined
  const ground = { folder, scratch, asRoot, repository, tools: await findStartTools(tools), groups }
  const parted = level === 'off' ? 'isolation is off' : await openParted(ground)
  if (typeof parted !== 'string') return asRoot ? asAnotherUser(parted, ground) : asOurselves(parted, ground)
  const setpriv = await tools.find('setpriv')
  // Root without namespaces, as in many containers: another user is still a boundary.
  if (level !== 'off' && setpriv && asRoot) return asUserOnly(setpriv, ground, parted)
  if (level === 'required') {
    await leave(ground)
    throw new InputError([
      `isolation is required, but this machine allows none (${parted}); run as root or allow user namespaces.`,
    ])
  }
  return withoutBoundary(ground, parted)
}

async function openParted({
  folder,
  asRoot,
  repository,
  ...ground
}: Ground): Promise<NamespacePool | string> {
  const found = await Promise.all(['unshare', 'nsenter', 'setpriv', 'env'].map(name => tools.find(name)))
  const [unshare, nsenter, setpriv, env] = found
  if (!unshare || !nsenter || !setpriv || !env)
    return 'unshare, nsenter and setpriv of util-linux are not all there'
  const stage = join(folder, 'stage')
  // A folder must be there before it can be shown.
  for (const place of [stage, ...repository.readOnly]) await mkdir(place, { recursive: true })
  const plan = {
    tools: { unshare, nsenter, setpriv, env },
    hidden: hiddenPlaces(process.env, folder, repository),
    stage,
    ...(asRoot ? { user: jobUserOf(folder) } : {}),
  }
  const pool = openPool(plan, jobStarter({ ...ground, counted: true }))
  try {
    const trial = await pool.run({
      argv: ['true'],
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
      timeoutSeconds: 10,
    })
    if (trial.code !== 0) throw new Error(trial.stderr.trim().split('\n')[0] || `exit code ${trial.code}`)
    return pool
  } catch (error) {
    await pool.close()
    return error instanceof Error ? error.message : String(error)
  }
}

/** Every level ends with its scratch folder and its groups gone. */
async function leave({ scratch, groups }: Ground): Promise<void> {
  await groups?.close()
  await rm(scratch, { recursive: true, force: true })
}

/** For the report: with a cgroup a job's processes are ended whatever they did to escape. */
const withGroups = (level: string, { groups }: Ground) =>
  groups === undefined ? level : level.replace('uid', 'uid+cgroup')

function inNamespaces(
  pool: NamespacePool,
  ground: Ground,
  rest: Pick<SandboxPort, 'isolation' | 'adopt'>,
): SandboxPort {
  return {
    ...rest,
    limitations: [],
    scratch: ground.scratch,
    run: pool.run,
    async end() {
      await pool.close()
      await leave(ground)
    },
  }
}

async function asAnotherUser(pool: NamespacePool, ground: Ground): Promise<SandboxPort> {
  const user = jobUserOf(ground.folder)
  const adopt = (folder: string) => giveTo(user, folder)
  await adopt(ground.scratch)
  return inNamespaces(pool, ground, { isolation: withGroups('uid+pidns+mountns', ground), adopt })
}

async function asOurselves(pool: NamespacePool, ground: Ground): Promise<SandboxPort> {
  await chmod(ground.scratch, 0o755)
  return inNamespaces(pool, ground, { isolation: 'userns+pidns+mountns', adopt: async () => {} })
}

async function asUserOnly(setpriv: string, ground: Ground, why: string): Promise<SandboxPort> {
  const user = jobUserOf(ground.folder)
  const enclosure = anotherUser(setpriv, user)
  const start = jobStarter({ ...ground, counted: true })
  const adopt = (folder: string) => giveTo(user, folder)
  await adopt(ground.scratch)
  const limitation: Limitation = {
    what: `Code of the pull request could not be given namespaces of its own (${why}).`,
    instead:
      'It ran as another user, who sees the names of other processes but not their memory or environment.',
  }
  return {
    isolation: withGroups('uid', ground),
    scratch: ground.scratch,
    limitations: [limitation],
    adopt,
    run: oneAtATime(job => start(job, enclosure)),
    end: () => leave(ground),
  }
}

function withoutBoundary(ground: Ground, why: string): SandboxPort {
  const start = jobStarter({ ...ground, counted: false })
  const limitation: Limitation = {
    what: `Code of the pull request ran as the runner's own user, without a boundary (${why}).`,
    instead:
      'It was given a clean environment only; run the gate as root or allow user namespaces to part them.',
  }
  return {
    isolation: 'none',
    scratch: ground.scratch,
    limitations: [limitation],
    adopt: async () => {},
    run: job => start(job, processGroup),
    end: () => leave(ground),
  }
}

/** Gives a folder to the jobs' user. */
async function giveTo(user: JobUser, folder: string) {
  const owner = `${user.uid}:${user.gid}`
  const { code, stderr } = await tools.run({
    file: 'chown',
    args: ['--recursive', '--no-dereference', owner, folder],
  })
  if (code !== 0)
    throw new Error(`${folder} could not be given to the jobs' user: ${stderr.trim().split('\n')[0]}`)
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

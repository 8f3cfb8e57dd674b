import { chmod, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../core/errors.ts'
import type { Limitation } from '../core/model.ts'
import { anotherUser } from './another-user.ts'
import { hiddenPlaces, NO_REPOSITORY, type RepositoryPlaces } from './hidden-places.ts'
import { type JobUser, jobUserOf } from './job-user.ts'
import { type NamespacePool, openPool } from './namespace-pool.ts'
import { processGroup } from './process-group.ts'
import { runJob } from './run-job.ts'
import { tools } from './tools.ts'
import type { SandboxPort } from './world.ts'

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
  const parted = level === 'off' ? 'isolation is off' : await openParted(folder, repository)
  if (typeof parted !== 'string') {
    return parted.user
      ? asAnotherUser(parted.pool, scratch, jobUserOf(folder))
      : asOurselves(parted.pool, scratch)
  }
  const setpriv = await tools.find('setpriv')
  // Root without namespaces, as in many containers: another user is still a boundary.
  if (level !== 'off' && setpriv && process.getuid?.() === 0)
    return asUserOnly({ setpriv, scratch, user: jobUserOf(folder) }, parted)
  if (level === 'required') {
    throw new InputError([
      `isolation is required, but this machine allows none (${parted}); run as root or allow user namespaces.`,
    ])
  }
  return withoutBoundary(scratch, parted)
}

async function openParted(folder: string, repository: RepositoryPlaces) {
  const found = await Promise.all(['unshare', 'nsenter', 'setpriv', 'env'].map(name => tools.find(name)))
  const [unshare, nsenter, setpriv, env] = found
  if (!unshare || !nsenter || !setpriv || !env)
    return 'unshare, nsenter and setpriv of util-linux are not all there'
  const stage = join(folder, 'stage')
  // A folder must be there before it can be shown.
  for (const place of [stage, ...repository.readOnly]) await mkdir(place, { recursive: true })
  const user = process.getuid?.() === 0
  const hidden = hiddenPlaces(process.env, folder, repository)
  const plan = {
    tools: { unshare, nsenter, setpriv, env },
    hidden,
    stage,
    ...(user ? { user: jobUserOf(folder) } : {}),
  }
  const pool = openPool(plan)
  try {
    const trial = await pool.run({
      argv: ['true'],
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
      timeoutSeconds: 10,
    })
    if (trial.code !== 0) throw new Error(trial.stderr.trim().split('\n')[0] || `exit code ${trial.code}`)
    return { pool, user }
  } catch (error) {
    await pool.close()
    return error instanceof Error ? error.message : String(error)
  }
}

function port(
  pool: NamespacePool,
  scratch: string,
  rest: Pick<SandboxPort, 'isolation' | 'limitations' | 'adopt'>,
): SandboxPort {
  return {
    ...rest,
    scratch,
    run: pool.run,
    async end() {
      await pool.close()
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

async function asAnotherUser(pool: NamespacePool, scratch: string, user: JobUser): Promise<SandboxPort> {
  const adopt = (folder: string) => giveTo(user, folder)
  await adopt(scratch)
  return port(pool, scratch, { isolation: 'uid+pidns+mountns', limitations: [], adopt })
}

async function asUserOnly(
  of: { readonly setpriv: string; readonly scratch: string; readonly user: JobUser },
  why: string,
): Promise<SandboxPort> {
  const { setpriv, scratch, user } = of
  const enclosure = anotherUser(setpriv, user)
  const adopt = (folder: string) => giveTo(user, folder)
  await adopt(scratch)
  const limitation: Limitation = {
    what: `Code of the pull request could not be given namespaces of its own (${why}).`,
    instead:
      'It ran as another user, who sees the names of other processes but not their memory or environment.',
  }
  return {
    isolation: 'uid',
    scratch,
    limitations: [limitation],
    adopt,
    run: oneAtATime(job => runJob(job, enclosure)),
    end: () => rm(scratch, { recursive: true, force: true }),
  }
}

async function asOurselves(pool: NamespacePool, scratch: string): Promise<SandboxPort> {
  await chmod(scratch, 0o755)
  return port(pool, scratch, {
    isolation: 'userns+pidns+mountns',
    limitations: [],
    adopt: async () => {},
  })
}

function withoutBoundary(scratch: string, why: string): SandboxPort {
  const limitation: Limitation = {
    what: `Code of the pull request ran as the runner's own user, without a boundary (${why}).`,
    instead:
      'It was given a clean environment only; run the gate as root or allow user namespaces to part them.',
  }
  return {
    isolation: 'none',
    scratch,
    limitations: [limitation],
    adopt: async () => {},
    run: job => runJob(job, processGroup),
    end: () => rm(scratch, { recursive: true, force: true }),
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

import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ApiResult } from '../github/ports.ts'
import type { CachePort, LogPort } from '../ports/ports.ts'
import { pack, unpack } from './cache-folder.ts'
import { captureOutput } from './captured-output.ts'

export interface CacheOptions {
  /** RUNNER_TEMP: the service finds an entry only under the same path, so this must not differ from run to run. */
  readonly folder: string
  readonly log: LogPort
  /** Whether this run may keep builds: never one that runs code of a pull request. */
  readonly mayKeep: boolean
  /**
   * For runs of pull requests: the ref they write under (GITHUB_REF), and who asks GitHub which refs hold an entry. The
   * service looks there first, and nothing else tells whether an entry was planted by the pull request itself.
   */
  readonly suspicious?: {
    readonly ref: string
    readonly refsOf: (key: string) => Promise<ApiResult<readonly string[]>>
  }
  readonly limitSeconds?: number
}

const LIMIT_SECONDS = 120

/** The runner's cache as a store of base builds. Whatever goes wrong is a warning, and the base is built. */
export function openCache(options: CacheOptions): CachePort {
  const { log } = options
  const folder = join(options.folder, 'perf-verdict-cache')
  const limitSeconds = options.limitSeconds ?? LIMIT_SECONDS
  // After one overrun the service is left alone: what is still under way may write into the folder.
  let given = true
  const attempt = async (what: string, work: () => Promise<boolean>): Promise<boolean> => {
    if (!given) return false
    try {
      const done = await within(limitSeconds, work)
      if (done !== undefined) return done
      given = false
      log.warn(`The cache was not used: ${what} took longer than ${limitSeconds} s.`)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      log.warn(`The cache was not used: ${what} failed (${why}).`)
    }
    return false
  }
  return {
    restore: async (paths, key) =>
      await attempt('restoring the base build', async () => {
        const distrust = await distrustOf(key, options)
        if (distrust?.planted) log.warn(`The cache was not used: ${distrust.sentence}`)
        // A job without the right to look is no reason for a warning on every pull request.
        else if (distrust) log.line(`cache: not used, because ${distrust.sentence}`)
        if (distrust) return false
        return await restore(folder, paths, key, log)
      }),
    save: async (paths, key) => {
      if (!options.mayKeep) {
        log.line('cache: a run of a pull request keeps nothing')
        return false
      }
      return await attempt('keeping the base build', async () => await save(folder, paths, key, log))
    },
  }
}

interface Distrust {
  readonly sentence: string
  /** Something is there that should not be. */
  readonly planted: boolean
}

async function distrustOf(key: string, { suspicious, mayKeep }: CacheOptions): Promise<Distrust | undefined> {
  if (!suspicious && mayKeep) return undefined
  const open = 'nothing shows who wrote its entries'
  if (!suspicious) return { planted: false, sentence: `without a token ${open}; give the job github-token.` }
  const refs = await suspicious.refsOf(key)
  if (!refs.ok) return { planted: false, sentence: `${open}. ${refs.fault.sentence}` }
  if (!refs.value.includes(suspicious.ref)) return undefined
  const sentence = `an entry for this base was written by a run of ${suspicious.ref}, which must not judge itself; delete it under Actions → Caches.`
  return { planted: true, sentence }
}

async function restore(
  folder: string,
  paths: readonly string[],
  key: string,
  log: LogPort,
): Promise<boolean> {
  const library = await openLibrary(log)
  if (!library) return false
  await rm(folder, { recursive: true, force: true })
  const { result: matched, lines } = await captureOutput(
    async () => await relative(folder, path => library.restoreCache([path], key)),
  )
  for (const line of lines) log.debug?.(`cache: ${line}`)
  if (matched === undefined) {
    const given = lines.find(line => /warn|fail|error|denied/i.test(line))
    log.line(`cache: miss, because ${given ?? MISS}`)
    return false
  }
  // The service matches keys as prefixes; a longer key is somebody else's.
  const fault = matched === key ? await unpack(folder, paths) : `it was kept under ${matched}`
  await rm(folder, { recursive: true, force: true })
  if (fault !== undefined) log.warn(`The cache was not used: what it held is not the base build; ${fault}.`)
  return fault === undefined
}

async function save(folder: string, paths: readonly string[], key: string, log: LogPort): Promise<boolean> {
  const library = await openLibrary(log)
  if (!library) return false
  await pack(paths, folder)
  const { result: id, lines } = await captureOutput(
    async () => await relative(folder, path => library.saveCache([path], key)),
  )
  for (const line of lines) (id === -1 ? log.line : log.debug)?.(`cache: ${line}`)
  await rm(folder, { recursive: true, force: true })
  return id !== -1
}

/**
 * The cache's own version of an entry is a hash of the path as it is given, and every runner has a folder of its own for temporary files:
 * only a path that is relative to it is the same for all of them. The library takes such a path from the current folder and the workspace.
 */
async function relative<T>(folder: string, work: (path: string) => Promise<T>): Promise<T> {
  const [before, workspace] = [process.cwd(), process.env.GITHUB_WORKSPACE]
  process.chdir(dirname(folder))
  process.env.GITHUB_WORKSPACE = dirname(folder)
  try {
    return await work(basename(folder))
  } finally {
    process.chdir(before)
    if (workspace === undefined) delete process.env.GITHUB_WORKSPACE
    else process.env.GITHUB_WORKSPACE = workspace
  }
}

const MISS =
  'no run of the default branch has kept this commit, built by this command with these compilers and this environment'

async function openLibrary(log: LogPort): Promise<typeof import('@actions/cache') | undefined> {
  const library = await import('@actions/cache')
  if (library.isFeatureAvailable()) return library
  log.line(
    `cache: ${process.env.GITHUB_SERVER_URL ?? 'the runner'} offers none to this job, so the base is built`,
  )
  return undefined
}

/** The result, or undefined when the time ran out first. */
async function within<T>(seconds: number, work: () => Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const out = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), seconds * 1000)
  })
  return await Promise.race([work(), out]).finally(() => clearTimeout(timer))
}

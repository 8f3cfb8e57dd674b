import { InputError } from '../../core/model/errors.ts'
import type { ToolPort } from '../ports/ports.ts'
import type { ObjectStore } from './object-stores.ts'

/** A commit of the user's repository, resolved and verified. */
export interface Commit {
  readonly sha: string
  readonly title: string
}

/** The user's repository, seen without running anything of its configuration. */
export interface SourceRepository {
  /** The folder with `objects`, shared by all its work trees. */
  readonly commonFolder: string
  readonly shallow: boolean
  /** `sha1` or `sha256`. */
  readonly objectFormat: string
  /** Its own objects. */
  readonly own: ObjectStore
  /** Those of its submodules, as far as they were fetched. */
  readonly submodules: readonly ObjectStore[]
}

// Nothing of the caller's may run or be read: no hooks, filters, monitors, helpers, prompts, or other configuration.
const QUIET_CONFIG: readonly string[] = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.attributesFile=/dev/null',
  'protocol.ext.allow=never',
  'gc.auto=0',
  'advice.detachedHead=false',
]

/** The environment for every git that the gate runs: the system's and the user's configuration are out of reach. */
function gitEnvironment(path: string): Record<string, string> {
  return {
    PATH: path,
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    // What a partial clone lacks would be fetched unasked, by the caller's configuration and with its credentials.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_CEILING_DIRECTORIES: '/',
  }
}

export interface GitAnswer {
  readonly ok: boolean
  readonly out: string
  readonly err: string
}

/** Runs one git in a folder and returns its output and whether it succeeded. */
export async function git(tools: ToolPort, folder: string, args: readonly string[]): Promise<GitAnswer> {
  return await tellGit(tools, folder, { args })
}

/** What a git is given: its words, what it reads, and another index than the repository's. */
interface GitWords {
  readonly args: readonly string[]
  readonly input?: string
  readonly index?: string
}

/** Runs one git in a folder with something to read, or on an index of its own. */
export async function tellGit(
  tools: ToolPort,
  folder: string,
  { args, input, index }: GitWords,
): Promise<GitAnswer> {
  const quiet = QUIET_CONFIG.flatMap(setting => ['-c', setting])
  const result = await tools.run({
    file: 'git',
    // The user's repository may belong to another user than the runner's; reading it is what we were asked for.
    args: ['-c', 'safe.directory=*', ...quiet, '-C', folder, ...args],
    env: {
      ...gitEnvironment(process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin'),
      ...(index !== undefined && { GIT_INDEX_FILE: index }),
    },
    timeoutSeconds: 600,
    ...(input !== undefined && { input }),
  })
  // As timeout(1) says it, which starts git.
  if (result.code === 127 && /failed to run command/.test(result.stderr))
    throw new InputError(['git is not installed, or PATH does not name its folder; install it.'])
  return { ok: result.code === 0, out: result.stdout, err: result.stderr.trim() }
}

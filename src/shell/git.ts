import type { ToolPort } from './world.ts'

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

/** The environment for every git of ours: the system's and the user's configuration are out of reach. */
export function gitEnvironment(path: string): Record<string, string> {
  return {
    PATH: path,
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_CEILING_DIRECTORIES: '/',
  }
}

/** Runs one git in a folder and yields its output and whether it succeeded. */
export async function git(
  tools: ToolPort,
  folder: string,
  args: readonly string[],
): Promise<{ readonly ok: boolean; readonly out: string; readonly err: string }> {
  const quiet = QUIET_CONFIG.flatMap(setting => ['-c', setting])
  const result = await tools.run({
    file: 'git',
    // The user's repository may belong to another user than the runner's; reading it is what we were asked for.
    args: ['-c', 'safe.directory=*', ...quiet, '-C', folder, ...args],
    env: gitEnvironment(process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin'),
    timeoutSeconds: 600,
  })
  return { ok: result.code === 0, out: result.stdout, err: result.stderr.trim() }
}

import { readSums } from '../../core/layouts/sums.ts'
import type { SandboxPort } from '../../shell/ports/world.ts'

const TIMEOUT_SECONDS = 300
/** `sha256sum` and `rm` are called with at most so many names at once. */
const MOST_NAMES = 500

/**
 * Small file work in the trees, done as jobs: the trees are hostile (a link may stand where a file was), and a job can
 * reach only what the code of the pull request can reach anyway.
 */
export type Jobs = Pick<SandboxPort, 'run'>

/** The SHA-256 of each file that is there. */
export async function sumsOf(files: readonly string[], jobs: Jobs): Promise<ReadonlyMap<string, string>> {
  const sums = new Map<string, string>()
  for (let at = 0; at < files.length; at += MOST_NAMES) {
    const some = files.slice(at, at + MOST_NAMES)
    const { stdout } = await tool(['sha256sum', '--zero', '--', ...some], jobs)
    for (const [file, sum] of readSums(stdout)) sums.set(file, sum)
  }
  return sums
}

/** Copies each file to its target over a new name, so that the target's pages are drawn anew; false when one failed. */
export async function copyFresh(
  pairs: readonly (readonly [from: string, to: string])[],
  jobs: Jobs,
): Promise<boolean> {
  const script =
    'while [ $# -gt 0 ]; do cp -p -- "$1" "$2.perf-verdict" && mv -f -- "$2.perf-verdict" "$2" || exit 1; shift 2; done'
  const { code } = await tool(['sh', '-c', script, 'sh', ...pairs.flat()], jobs)
  return code === 0
}

/** Makes a folder and those above it. */
export async function makeFolder(folder: string, jobs: Jobs): Promise<boolean> {
  return (await tool(['mkdir', '-p', '--', folder], jobs)).code === 0
}

/** Removes files that a build is to make again. */
export async function removeFiles(files: readonly string[], jobs: Jobs): Promise<void> {
  for (let at = 0; at < files.length; at += MOST_NAMES)
    await tool(['rm', '-f', '--', ...files.slice(at, at + MOST_NAMES)], jobs)
}

/** What a tool says of itself. */
export async function versionOf(file: string, jobs: Jobs): Promise<string> {
  return (await tool([file, '--version'], jobs)).stdout
}

function tool(argv: readonly string[], jobs: Jobs) {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' }
  return jobs.run({ argv, cwd: '/', env, timeoutSeconds: TIMEOUT_SECONDS })
}

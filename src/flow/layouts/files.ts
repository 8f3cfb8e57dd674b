import { insideOf } from '../../core/sandbox/place.ts'
import type { SandboxPort } from '../../shell/ports/ports.ts'

const TIMEOUT_SECONDS = 300
/** `sha256sum` and `rm` are called with at most so many names at once. */
const MOST_NAMES = 500

/**
 * Small file work in the trees, done as jobs: the trees are hostile (a link may stand where a file was), and a job can
 * reach only what the code of the pull request can reach anyway.
 */
export interface Jobs {
  readonly sandbox: Pick<SandboxPort, 'run' | 'placeOf'>
  /** The work tree whose jobs do it; they see no other, except for what they were given to see. */
  readonly tree: string
}

/** The SHA-256 of each file that is there. */
export async function sumsOf(files: readonly string[], jobs: Jobs): Promise<ReadonlyMap<string, string>> {
  const sums = new Map<string, string>()
  const given = new Map(files.map(file => [named(file, jobs), file]))
  for (let at = 0; at < files.length; at += MOST_NAMES) {
    const some = files.slice(at, at + MOST_NAMES).map(file => named(file, jobs))
    const { stdout } = await tool(['sha256sum', '--zero', '--', ...some], jobs)
    for (const [file, sum] of readSums(stdout)) sums.set(given.get(file) ?? file, sum)
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
  const { code } = await tool(
    ['sh', '-c', script, 'sh', ...pairs.flat().map(path => named(path, jobs))],
    jobs,
  )
  return code === 0
}

/** Makes a folder and those above it. */
export async function makeFolder(folder: string, jobs: Jobs): Promise<boolean> {
  return (await tool(['mkdir', '-p', '--', named(folder, jobs)], jobs)).code === 0
}

/** Removes files that a build is to make again. */
export async function removeFiles(files: readonly string[], jobs: Jobs): Promise<void> {
  for (let at = 0; at < files.length; at += MOST_NAMES)
    await tool(['rm', '-f', '--', ...files.slice(at, at + MOST_NAMES).map(file => named(file, jobs))], jobs)
}

/** What a tool says of itself. */
export async function versionOf(file: string, jobs: Jobs): Promise<string> {
  return (await tool([file, '--version'], jobs)).stdout
}

/** What the jobs call a file that we named. */
const named = (path: string, { sandbox, tree }: Jobs) => insideOf(sandbox.placeOf(tree), path)

function tool(argv: readonly string[], { sandbox, tree }: Jobs) {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' }
  return sandbox.run({ argv, tree, cwd: '/', env, timeoutSeconds: TIMEOUT_SECONDS })
}

/** Reads what `sha256sum --zero` prints: a sum for each file that could be read. */
export function readSums(text: string): ReadonlyMap<string, string> {
  const pairs = text.split('\0').flatMap(entry => {
    const found = /^([0-9a-f]{64}) [ *]([\s\S]+)$/.exec(entry)
    return found ? [[found[2]!, found[1]!] as const] : []
  })
  return new Map(pairs)
}

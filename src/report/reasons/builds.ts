import type { BuildDifference, BuildIdentity, FileDifference } from '../../core/model/build-identity.ts'
import type { Side } from '../../core/model/side.ts'
import type { RanOut } from '../../core/sandbox/limits.ts'
import { exitedWith, killedBy } from '../../core/text/how-it-ended.ts'

/** Whether both sides are the same to a benchmark, in a sentence. */
export function describeIdentity(found: BuildIdentity): string {
  if (!found.identical) return describeDifference(found.because)
  const same = 'Both sides build the same machine code and data'
  if (found.of === 'trees') return `${same}: all ${found.files} files of the trees are the same.`
  const where = found.files === 1 ? 'the file' : `the ${found.files} files`
  return `${same}, in ${where} that the benchmark uses.`
}

function describeDifference(difference: BuildDifference): string {
  switch (difference.kind) {
    case 'file':
      return `The sides differ in ${difference.file}: ${fileDifference(difference.found)}.`
    case 'too-much':
      return `The files are larger than ${difference.mostBytes} bytes together, which are not compared.`
    case 'unlisted':
      return `The tree of the ${difference.side} side cannot be compared: ${difference.fault}.`
    case 'trees':
      return `The trees differ at ${difference.at ?? 'their end'}.`
    case 'odd-entry':
      return `${difference.path} is neither a file nor a folder nor a link.`
    case 'uses-nothing':
      return 'The benchmark uses no file of its own side, so that nothing shows what it runs.'
    case 'one-side-uses':
      return `Only one side's benchmark uses ${difference.file}.`
    case 'installed':
      return 'A build installed something into its home, which the benchmark may use.'
  }
}

/** How one file of the two builds differs, as a clause. */
export function fileDifference(difference: FileDifference): string {
  switch (difference.kind) {
    case 'too-large':
      return `it is larger than ${difference.mostBytes} bytes, which is not compared`
    case 'program':
      return difference.clause
    case 'sizes':
      return `it has ${difference.base} and ${difference.head} bytes`
    case 'byte':
      return `it differs at byte ${difference.at}`
    case 'unreadable':
      return `it cannot be read (${difference.fault})`
  }
}

/** What failed when a side did not build. */
export const buildOf = (side: Side): string => `The build of the ${side} side`

/** How a build ended that failed, in words that follow its name. */
export function howBuildEnded(
  end: {
    readonly code: number | null
    readonly signal: string | null
    readonly timedOut: boolean
    readonly ranOut?: RanOut | undefined
  },
  limitSeconds: number,
): string {
  if (end.timedOut) return `ran longer than ${limitSeconds} s and was ended`
  return end.signal === null ? exitedWith(end.code, end.ranOut) : killedBy(end.signal, end.ranOut)
}

/** Why the sides are built one after the other, as a clause. */
export const IN_TURN = {
  'base-is-built': 'the base is built',
  'one-cpu': 'there is one CPU',
  'no-own-root': 'builds have no root of their own',
  'kept-for-later': 'the builds are kept for later runs',
} as const

/** Why a build is not kept for later runs, as a clause. */
export const NOT_KEPT = {
  installed: 'it installed something into its home',
  packages:
    'it downloaded packages that its benchmarks may need, and they have no network; fetch them in a step before the gate (cargo fetch, go mod download), which fills the caches of this machine',
} as const

/** In place of the lines of a build that are too many to show. */
export const linesNotShown = (most: number): string => `(more than ${most} lines; the rest is not shown)`

/** Both sides ran as their commits have them. */
export const NO_BUILD_COMMAND = 'No build command was given; both sides ran as they were checked out.'

/** The base was not built in this run. */
export const BASE_FROM_CACHE = 'The base build was taken from the cache.'

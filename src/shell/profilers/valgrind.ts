import type { CallTable } from '../../core/counters/call-table.ts'
import { type CallgrindFile, callgrindReader, type EventTotals } from '../../core/counters/callgrind.ts'
import type { CostTable } from '../../core/counters/cost-table.ts'
import type { StrayRule } from '../../core/counters/strays.ts'
import type { Geometry } from '../../core/processor/geometry.ts'
import { formatGeometry } from '../../core/processor/geometry.ts'
import { eachUntrustedLine, readUntrusted, untrustedNames } from '../files/untrusted-file.ts'
import type { SandboxPort, ToolPort } from '../ports/ports.ts'
import { type ProfiledOutcome, type ProfiledWorkload, runBeside, runUnder, scratchName } from './run-under.ts'

const MOST_FILES = 16_384
const MOST_BYTES = 2 ** 31
const LINE_CAP_CHARACTERS = 16_384
const LOG_CAP_BYTES = 64 * 1024
const MOST_LOGS = 64

/**
 * The names of fork in glibc and musl. A forked child inherits the costs of its parent (valgrind's manual, Forking Programs), which would count
 * twice; writing them out before each fork leaves both with none.
 */
const FORKS = ['fork', '__fork', '__libc_fork']

export interface SimulatedRun extends ProfiledOutcome {
  readonly files: readonly CallgrindFile[]
  /** Whether there were more files or bytes than are read. */
  readonly capped: boolean
  /** What valgrind had to say, all processes together, capped. */
  readonly log: string
}

export interface Simulation {
  readonly valgrind: string
  readonly geometry: Geometry
  /** What the run costs is added to these. */
  readonly table: CostTable
  readonly totals: EventTotals
  /** Who called whom; not kept when absent. */
  readonly calls?: CallTable
  /** Which costs are kept apart, because callgrind may have written them under another object file than theirs. */
  readonly strays?: StrayRule
}

/** Runs the workload in callgrind with the given caches, and adds what every process of it cost to the table. */
export async function simulate(
  sandbox: SandboxPort,
  { valgrind, geometry, ...tables }: Simulation,
  workload: ProfiledWorkload,
): Promise<SimulatedRun> {
  const name = scratchName('callgrind')
  const logs = scratchName('valgrind')
  const place = sandbox.placeOf(workload.tree)
  const options = [
    ...optionsFor(geometry),
    `--callgrind-out-file=${place.inside.scratch}/${name}.%p`,
    `--log-file=${place.inside.scratch}/${logs}.%p`,
  ]
  const ended = await runUnder(sandbox, [valgrind, '--tool=callgrind', ...options], workload)
  const read = await readProfiles(place.scratch, name, tables)
  const log = await readLogs(place.scratch, logs)
  const remove = 'cd "$1" && rm -f -- "$2".* "$3".*'
  await runBeside(sandbox, ['sh', '-c', remove, 'sh', place.inside.scratch, name, logs], workload)
  return { ...ended, ...read, log }
}

const optionsFor = ({ l1i, l1d, ll }: Geometry): readonly string[] => [
  // Neither VALGRIND_OPTS nor a .valgrindrc, which the pull request could put into its tree.
  '--command-line-only=yes',
  '--vgdb=no',
  '--cache-sim=yes',
  '--branch-sim=yes',
  '--dump-instr=yes',
  '--compress-pos=no',
  '--compress-strings=no',
  '--trace-children=yes',
  ...FORKS.map(name => `--dump-before=${name}`),
  `--I1=${formatGeometry(l1i)}`,
  `--D1=${formatGeometry(l1d)}`,
  `--LL=${formatGeometry(ll)}`,
]

async function readProfiles(
  folder: string,
  prefix: string,
  { table, totals, calls, strays }: Pick<Simulation, 'table' | 'totals' | 'calls' | 'strays'>,
): Promise<Pick<SimulatedRun, 'files' | 'capped'>> {
  const names = await untrustedNames(folder, `${prefix}.`, MOST_FILES + 1)
  const files: CallgrindFile[] = []
  let left = MOST_BYTES
  for (const name of names.slice(0, MOST_FILES)) {
    const reader = callgrindReader(table, totals, { calls, strays })
    const caps = { bytes: left, lineCharacters: LINE_CAP_CHARACTERS }
    const bytes = await eachUntrustedLine({ folder, name }, caps, reader.line)
    left -= bytes ?? 0
    files.push(reader.end())
    if (left <= 0) break
  }
  return { files, capped: names.length > files.length }
}

async function readLogs(folder: string, prefix: string): Promise<string> {
  const names = await untrustedNames(folder, `${prefix}.`, MOST_LOGS)
  const texts = await Promise.all(names.map(name => readUntrusted(folder, name, LOG_CAP_BYTES)))
  return texts.join('')
}

/** valgrind's version, for example `3.24.0`, or undefined when it does not run. */
export async function valgrindVersion(tools: ToolPort, path: string): Promise<string | undefined> {
  const result = await tools
    .run({ file: path, args: ['--version'], timeoutSeconds: 20 })
    .catch(() => undefined)
  return result?.code === 0 ? /^valgrind-(\S+)/m.exec(result.stdout)?.[1] : undefined
}

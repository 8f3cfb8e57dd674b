import type { BenchmarkPlan, HarnessFormat } from '../model/plan.ts'
import type { Side } from '../model/side.ts'
import type { Arrangement } from './harness.ts'
import type { Output } from './output.ts'
import { HARNESSES } from './table.ts'

/** What a run is for, where not for all results of its command. */
export interface RunWish {
  /** The only results that are wanted, by name; those of the plan when absent. */
  readonly rows?: readonly string[]
  /** How often each result's code is to run. */
  readonly iterations?: number
}

/** How a benchmark is run: its own command line, with what its harness knows of printing, short runs and selection. */
export function arrangementOf({ command, format }: BenchmarkPlan, wish: RunWish = {}): Arrangement {
  const plain: Arrangement = { command }
  if (format.kind !== 'harness' || format.harness === 'auto') return plain
  const harness = HARNESSES[format.harness]
  const uses = (verb: 'print' | 'short' | 'select') => format.without?.includes(verb) !== true
  let run = plain
  const exact = wish.iterations === undefined ? undefined : harness.exactly?.(run, wish.iterations)
  if (exact) run = exact
  else if (uses('short')) run = harness.short?.(run) ?? run
  const rows = wish.rows ?? format.only
  if (rows && uses('select') && fitsACommandLine(rows)) run = harness.select?.(run, rows) ?? run
  // Last, because it may put the command line into a larger one.
  if (uses('print')) run = harness.print?.(run) ?? run
  return run
}

/** Linux takes 128 KiB for one argument or variable; a harness with more names than that runs all of its results. */
const MOST_NAMES_CHARACTERS = 32 * 1024

function fitsACommandLine(names: readonly string[]): boolean {
  return names.reduce((sum, name) => sum + name.length, 0) <= MOST_NAMES_CHARACTERS
}

/** The plan with the name that a side has for its row. */
export function onSide(plan: BenchmarkPlan, side: Side): BenchmarkPlan {
  const { format } = plan
  if (side === 'base' || format.kind !== 'harness' || format.onHead === undefined) return plan
  return { ...plan, format: { ...format, row: format.onHead } }
}

/** How one row of a harness is run alone, as far as the harness can select it; any other benchmark as it is. */
export function aloneOf(plan: BenchmarkPlan): Arrangement {
  const { format, countIterations: iterations } = plan
  return arrangementOf(plan, {
    ...(format.kind === 'harness' && format.row !== undefined && { rows: [format.row] }),
    ...(iterations !== undefined && { iterations }),
  })
}

/** How the names of a benchmark's rows are listed without measuring them; undefined where its harness cannot, or is not known. */
export function listingOf({ command, format }: BenchmarkPlan):
  | {
      readonly run: Arrangement
      readonly read: (output: Output) => readonly string[] | undefined
      readonly format: HarnessFormat
    }
  | undefined {
  if (format.kind !== 'harness' || format.harness === 'auto') return undefined
  const { list } = HARNESSES[format.harness]
  const run = list?.arrange({ command })
  return list && run && { run, read: list.read, format }
}

/** Whether fewer results than all can be asked for. */
export function selects({ format }: BenchmarkPlan): boolean {
  if (format.kind !== 'harness' || format.harness === 'auto') return false
  return HARNESSES[format.harness].select !== undefined && format.without?.includes('select') !== true
}

/**
 * The words that run a benchmark: one `bash -c`, which a simple command replaces. As in a step of GitHub Actions, a part of a pipe or a
 * line that fails fails the run, because a benchmark that died before something else printed or succeeded has measured nothing.
 */
export function benchmarkWords(command: string): readonly string[] {
  return ['bash', '-e', '-o', 'pipefail', '-c', command]
}

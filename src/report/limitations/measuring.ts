import type { BenchmarkReport, Limitation } from '../../core/model/report.ts'
import type { Side } from '../../core/model/side.ts'
import { shortDuration } from '../terminal/progress.ts'
import { formatShare, formatValue } from '../text/format.ts'

/** What the report says of times that show less than they seem to. */

const KEEPS_PAGES = 'These keep their physical pages from run to run.'

/** The control has no tree of its own. */
export const controlInPlace: Limitation = {
  what: 'There is no second copy of the base work tree.',
  instead: "The control runs in base's own tree, which cannot show a bias of paths, files or state.",
}

/** What the first runs say that a table needs. */
interface Needed {
  readonly rows: number
  readonly seconds: number
  readonly budgetSeconds: number
}

const needs = ({ rows, seconds }: Needed): string =>
  `${rows === 1 ? '1 benchmark needs' : `${rows} benchmarks need`} about ${shortDuration(seconds)}`

/** The budget holds what the table needs; for the log. */
export const budgetIsEnough = (needed: Needed): string =>
  `${needs(needed)} at least; the budget is ${shortDuration(needed.budgetSeconds)}.`

/** The budget is too small for the whole table. */
export const fewWillBeDecided = (needed: Needed, rows: number): Limitation => ({
  what: `${needs(needed)}, and the budget is ${shortDuration(needed.budgetSeconds)}: about ${rows} of them will be decided, the cheapest first.`,
  instead: 'Raise budget, or split the table over several jobs with shard.',
})

/** Which files a run maps is not known. */
export const mappedFilesUnknown: Limitation = {
  what: 'The file system of the work trees does not tell which files a run maps.',
  instead: 'Every ELF file of the tree is rewritten before each run.',
}

/** Some files that a run maps are too large to be rewritten before each run. */
export const tooLargeToRewrite = (files: readonly string[], mostBytes: number): Limitation => ({
  what: `The files that a run maps are larger than ${mostBytes / 2 ** 20} MB together; ${files.length} of them are not rewritten, ${files[0]} first.`,
  instead: KEEPS_PAGES,
})

/** Some files that a run maps could not be rewritten. */
export const notRewritten = (files: readonly string[]): Limitation => ({
  what: `Files that a run maps could not be rewritten (${files.length}, ${files[0]} first).`,
  instead: KEEPS_PAGES,
})

/** The two copies of base differ. */
export const unfitControl = (name: string): Limitation => ({
  what: `The control of ${name} differs from base although it is the same build, so the machine is not fit to judge it.`,
  instead: 'Its times decide nothing; it is undecided.',
})

/** Some runs failed and others took their place; the clause continues "it …". */
export const flakyRuns = (name: string, side: Side, times: number, clause: string): Limitation => ({
  what: `${name} failed ${times === 1 ? 'once' : 'twice'} on ${side}: it ${clause}.`,
  instead:
    'Others were run in place of the rounds with a failed run. What these would have shown is not known, so each counts against every answer.',
})

/** Smaller steps than this part of the threshold hardly widen an interval. */
const WORTH_SAYING = 0.1

/** Benchmarks whose clock counts in coarser steps than their digits have; one sentence for all of them. */
export function coarseClocks(rows: readonly BenchmarkReport[]): readonly Limitation[] {
  const coarse = rows.flatMap(({ name, unit, threshold, base, head }) =>
    [base, head].flatMap(series => {
      const { step = 0, digit, median = 0 } = series ?? {}
      if (digit === undefined || step < WORTH_SAYING * threshold * median) return []
      return [{ name, unit, step, digit, share: step / median }]
    }),
  )
  const [first] = coarse.toSorted((one, other) => other.share - one.share)
  if (first === undefined) return []
  const others = new Set(coarse.map(({ name }) => name)).size - 1
  const more = others === 0 ? '' : `, and so do ${others} more`
  const of = Number.isFinite(first.share) ? ` (${formatShare(first.share)} of its value)` : ''
  return [
    {
      what: `The values of \`${first.name}\` move in steps of ${formatValue(first.step, first.unit)}${of} although they are printed in steps of ${formatValue(first.digit, first.unit)}${more}: the clock behind the digits is coarse.`,
      instead: 'What a step can hide is left open; use a finer clock, or measure longer in each run.',
    },
  ]
}

const MILLISECOND = 1e-3
const SOME_RUNS = 4

/** Benchmarks that printed one whole number of milliseconds again and again, with finer digits that are zero; one sentence for all of them. */
export function valuesWithoutNoise(rows: readonly BenchmarkReport[]): readonly Limitation[] {
  const still = rows.flatMap(({ name, unit, threshold, base, head }) => {
    const share = Math.max(...[base, head].map(series => MILLISECOND / (series?.median || MILLISECOND)))
    const isStill = [base, head].every(series => {
      const [first = 0, ...rest] = series?.samples ?? []
      const ticks = first / MILLISECOND
      return (
        rest.length >= SOME_RUNS - 1 &&
        rest.every(each => each === first) &&
        Math.abs(ticks - Math.round(ticks)) < 1e-9 &&
        (series?.step ?? 0) < MILLISECOND
      )
    })
    return unit === 's' && isStill && share >= threshold / 2
      ? [{ name, share, unit, value: base!.median }]
      : []
  })
  const [first] = still.toSorted((one, other) => other.share - one.share)
  if (first === undefined) return []
  const more = still.length === 1 ? '' : `, and ${still.length - 1} more do the like`
  return [
    {
      what: `The values of \`${first.name}\` have no noise: each run of a side printed the same whole milliseconds (${formatValue(first.value, first.unit)} on base)${more}.`,
      instead: `A clock that counts milliseconds would do so, and could hide a change of ${formatShare(first.share)}; look at what the benchmark takes its time from.`,
    },
  ]
}

/** A program that kept several CPUs busy was measured on one. */
export function busyOnOneCpu(
  name: string,
  { kept, threads, cpu }: { readonly kept: number; readonly threads: number; readonly cpu: string },
): Limitation {
  const by = threads > 1 ? ` with ${threads} threads` : ''
  return {
    what: `${name} kept ${kept.toFixed(1)} CPUs busy${by} in its first run, and was then measured with all its threads on CPU ${cpu} alone.`,
    instead: `A change of its parallelism was not measured; give it cpus: ${Math.max(threads, Math.ceil(kept))}.`,
  }
}

/** Programs that started threads were measured on one CPU. */
export function threadsOnOneCpu(
  programs: readonly { readonly name: string; readonly threads: number }[],
  cpu: string,
): Limitation {
  const [first] = programs
  const most = Math.max(...programs.map(({ threads }) => threads))
  const who =
    programs.length === 1
      ? `${first!.name} started ${first!.threads} threads, which`
      : `${programs.length} benchmarks started up to ${most} threads each, which`
  return {
    what: `${who} shared CPU ${cpu} alone.`,
    instead: `A change of parallelism was not measured; if the threads are meant to run at once, give cpus: ${most}.`,
  }
}

/** Nothing shows that a benchmark runs what was built. */
export const runsNothingBuilt = (name: string, sides: readonly Side[]): Limitation => ({
  what: `${name} used no file of its own tree or home on ${sides.join(' and ')}, so nothing shows that it runs what was built.`,
  instead:
    'It was measured all the same, but a pass says nothing of the change if both sides run a program of the machine; name the built program by its path in the tree.',
})

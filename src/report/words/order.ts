import type { BenchmarkReport, Decision } from '../../core/model/report.ts'

/** How many times worse than base: above 1 is worse, whichever way better points; 1 where nothing was compared. */
function slowness(benchmark: BenchmarkReport): number {
  const ratio = benchmark.change?.ratio ?? 1
  return benchmark.better === 'lower' ? ratio : 1 / ratio
}

/** A benchmark whose head side broke fails the gate as a slowdown does. */
export function isBroken(benchmark: BenchmarkReport): boolean {
  return benchmark.decision === 'unmeasured' && benchmark.fault?.side === 'head'
}

const INTEREST: Readonly<Record<Decision, number>> = {
  slower: 9,
  masked: 8,
  undecided: 6,
  unmeasured: 5,
  removed: 4,
  faster: 3,
  new: 2,
  unchanged: 1,
}

function interest(benchmark: BenchmarkReport): number {
  return isBroken(benchmark) ? 7 : INTEREST[benchmark.decision]
}

/** All benchmarks, the one a reviewer must see first at the top: breaches, then what is open, then the rest; the worst of each kind first. */
export function worstFirst(benchmarks: readonly BenchmarkReport[]): readonly BenchmarkReport[] {
  const distance = (benchmark: BenchmarkReport) => Math.abs(Math.log(slowness(benchmark)))
  return benchmarks.toSorted(
    (one, other) => interest(other) - interest(one) || distance(other) - distance(one) || byName(one, other),
  )
}

function byName(one: BenchmarkReport, other: BenchmarkReport): number {
  if (one.name === other.name) return 0
  return one.name < other.name ? -1 : 1
}

/** The benchmarks of one decision, worst first. */
export function decided(
  benchmarks: readonly BenchmarkReport[],
  decision: Decision,
): readonly BenchmarkReport[] {
  return worstFirst(benchmarks.filter(benchmark => benchmark.decision === decision))
}

/** Both sides have the same code, so that nothing was run: unchanged without a round. */
export function isIdentical(benchmark: BenchmarkReport): boolean {
  return (
    benchmark.untouched === undefined &&
    benchmark.decision === 'unchanged' &&
    benchmark.rounds === 0 &&
    benchmark.change === undefined
  )
}

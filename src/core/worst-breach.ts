import { redecide } from './decision/redecide.ts'
import type { BenchmarkReport } from './model/report.ts'

/**
 * The benchmark to bisect: of those that are slower the one that got worst, among those that would be so whatever the rest of
 * the table says (Bonferroni). A claim that stands by the others' strength only (e-BH) is one of several of which some may be
 * wrong, and to pick one of them has no error rate.
 */
export function worstBreach(rows: readonly BenchmarkReport[], alpha: number): BenchmarkReport | undefined {
  return rows
    .filter(row => row.decision === 'slower')
    .flatMap(row => redecide([row], alpha / rows.length))
    .filter(row => row.decision === 'slower')
    .toSorted((one, other) => slowdown(other) - slowdown(one))[0]
}

/** How many times worse than base. */
function slowdown({ change, better }: BenchmarkReport): number {
  const ratio = change?.ratio ?? 1
  return better === 'lower' ? ratio : 1 / ratio
}

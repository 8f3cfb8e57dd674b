import { percent, signed } from '../text/figures.ts'
import type { Interval, RoundsSummary, SummarizedRow } from './rounds-summary.ts'

/** The sentences that say why an answer is open, each with what was seen and what to do. */

/** The rounds ended before any answer was possible. */
export function tooFewRounds({ summary, ended }: SummarizedRow, needed: number): string {
  return `No answer is possible before ${rounds(needed)}, and ${ended ?? 'measuring ended'} after ${rounds(summary.rounds)}; raise the budget.`
}

/** Two copies of the same build differ beyond the threshold. */
export function controlUnfit({ control, effect }: RoundsSummary): string {
  const seen = control ? ` (${within(control)})` : ''
  return `The control, base against a second copy of base, shows a change beyond ${percent(effect.threshold)}${seen}, so this machine cannot judge it now; quiet the machine and measure again.`
}

/** The answer stands only if the bias between two copies of the same build is ignored. */
export function controlOpen({ bias }: RoundsSummary): string {
  return `Two copies of base differ by at least ${percent(bias - 1)} here, and with that taken off the answer is open; quiet the machine and measure again.`
}

/** The row alone would be a breach, the table is too large for that much evidence. */
export function pastChance({ change }: RoundsSummary, rows: number): string {
  const seen = change ? ` (${within(change)})` : ''
  return `On its own it would be slower${seen}, but among ${rows} benchmarks that is not yet beyond chance; raise the budget.`
}

/** The rounds speak for neither side of the threshold. */
export function straddles({ summary, ended, detectable }: SummarizedRow): string {
  const where = summary.change ? `the change is ${within(summary.change)}` : 'the change is open'
  const could = detectable ? `; these rounds could have shown a slowdown of ${percent(detectable - 1)}` : ''
  return `After ${rounds(summary.rounds)} ${ended ?? 'measuring ended'}: ${where}, which does not settle the threshold of ${percent(summary.effect.threshold)}${could}; raise the budget or quiet the machine.`
}

/** Not slower is shown; whether it is faster is not. */
export function speedUpOpen({ summary, ended }: SummarizedRow): string {
  return `It is not slower; whether it is faster by more than ${percent(summary.effect.threshold)} was open when ${ended ?? 'measuring ended'} after ${rounds(summary.rounds)}.`
}

function within({ ratio, low, high }: Pick<Interval, 'ratio'> & Partial<Interval>): string {
  if (low === undefined || high === undefined) return signed(ratio - 1)
  return `${signed(ratio - 1)}, from ${signed(low - 1)} to ${signed(high - 1)}`
}

function rounds(count: number): string {
  return count === 1 ? '1 round' : `${count} rounds`
}

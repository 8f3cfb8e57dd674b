import type { BenchmarkReport } from '../../core/model/report.ts'
import { signed } from '../../core/text/figures.ts'

/** How far measuring has come. */
export interface Progress {
  readonly benchmarks: number
  readonly decided: number
  readonly rounds: number
  readonly spentSeconds: number
  readonly budgetSeconds: number
}

/** How far measuring has come, in one line of the log. */
export function progressLine({ benchmarks, decided, rounds, spentSeconds, budgetSeconds }: Progress): string {
  return `Measuring: ${decided} of ${benchmarks} benchmarks have their answer, ${rounds} rounds so far, ${spentSeconds.toFixed(0)} s of at most ${budgetSeconds} s.`
}

/** What came of one benchmark, in one line of the log. */
export function decidedLine({ name, decision, reason, change, rounds }: BenchmarkReport): string {
  const interval = change
    ? ` ${signed(change.ratio - 1)} (${signed(change.low - 1)} to ${signed(change.high - 1)})`
    : ''
  return oneLine(`${name}: ${decision}${interval} after ${rounds} rounds.${reason ? ` ${reason}` : ''}`)
}

/** Names and reasons may hold text of the pull request; a line break in it must not start a line of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}

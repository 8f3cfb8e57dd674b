import type { BenchmarkReport } from '../core/model/report.ts'
import type { Tracker } from './measure/tracker.ts'

/** Where measuring stands, in one line. */
export function progressLine(
  trackers: readonly Tracker[],
  { spent, budget }: { readonly spent: number; readonly budget: number },
): string {
  const decided = trackers.filter(({ ending }) => ending).length
  const rounds = trackers.reduce((sum, tracker) => sum + tracker.rounds.length, 0)
  return `Measuring: ${decided} of ${trackers.length} benchmarks have their answer, ${rounds} rounds so far, ${spent.toFixed(0)} s of at most ${budget} s.`
}

/** What came of one benchmark, in one line. */
export function decidedLine({ name, decision, reason, change, rounds }: BenchmarkReport): string {
  const percent = (ratio: number) => `${ratio < 1 ? '−' : '+'}${Math.abs((ratio - 1) * 100).toFixed(1)} %`
  const interval = change
    ? ` ${percent(change.ratio)} (${percent(change.low)} to ${percent(change.high)})`
    : ''
  return oneLine(`${name}: ${decision}${interval} after ${rounds} rounds.${reason ? ` ${reason}` : ''}`)
}

/** Names and reasons may hold text of the pull request; a line break in it must not start a line of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}

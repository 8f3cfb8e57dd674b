import type { BenchmarkReport } from '../../core/model/report.ts'
import { formatChange, formatInterval } from '../text/format.ts'

/** How far measuring has come. */
export interface Progress {
  readonly benchmarks: number
  readonly decided: number
  readonly rounds: number
  readonly spentSeconds: number
  readonly budgetSeconds: number
  /** Seconds that the rest takes at least. */
  readonly leftSeconds: number
}

/** How far measuring has come, in one line of the log. */
export function progressLine(progress: Progress): string {
  const { benchmarks, decided, rounds, spentSeconds, budgetSeconds, leftSeconds } = progress
  const left = decided < benchmarks ? `, at least ${shortDuration(leftSeconds)} to go` : ''
  return `Measuring: ${decided} of ${benchmarks} benchmarks have their answer, ${rounds} rounds so far, ${spentSeconds.toFixed(0)} s of at most ${budgetSeconds} s${left}.`
}

/** The same in the few words that a line of a terminal has room for. */
export function progressWords({ benchmarks, decided, rounds, leftSeconds }: Progress): string {
  const left = decided < benchmarks ? `, at least ${shortDuration(leftSeconds)} to go` : ''
  return `${decided} of ${benchmarks} decided, ${rounds} rounds${left}`
}

/** Seconds in words that do not pretend to know more than they do. */
export function shortDuration(seconds: number): string {
  return seconds < 100 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`
}

/** What came of one benchmark, in one line of the log. */
export function decidedLine({ name, decision, reason, change, rounds }: BenchmarkReport): string {
  const interval = change ? ` ${formatChange(change.ratio)} (${formatInterval(change)})` : ''
  const after = rounds > 0 ? ` after ${rounds} rounds` : ''
  return oneLine(`${name}: ${decision}${interval}${after}.${reason ? ` ${reason}` : ''}`)
}

/** Names and reasons may hold text of the pull request; a line break in it must not start a line of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}

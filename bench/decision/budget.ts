import { type Goal, nextTurn } from '../../src/flow/measure/turns.ts'
import { say, target } from './gates.ts'

/** Rows, seconds of a run, and seconds of budget. */
const TABLES = [
  [50, 2, 600],
  [50, 0.2, 60],
  [12, 3, 600],
  [10, 5, 600],
  [30, 1, 600],
  [100, 0.5, 600],
  [300, 0.2, 600],
  [100, 0.005, 180],
  [5, 20, 600],
  [1000, 0.1, 300],
  [3, 40, 600],
] as const

/** What version 0.1 could do with the same budget: rounds of three, blocks of six, eight rounds needed, a warm-up first. */
const TODAY = { runs: 3, block: 6, goal: { answer: 8, breach: 8 }, warmUp: true }
const NOW = { runs: 6, block: 2, goal: { answer: 2, breach: 2 }, warmUp: false }

/** Tables of clear rows under a budget: how many are decided, of how many that fit. */
export function budgets(): void {
  say('\nA budget that is not enough for all: rows decided before, now, and possible')
  let reached = true
  for (const [rows, run, budget] of TABLES) {
    const possible = Math.min(rows, Math.floor(budget / (12 * 1.03 * run)))
    const [today, now] = [played({ rows, run, budget }, TODAY), played({ rows, run, budget }, NOW)]
    say(`  ${rows} × ${run} s in ${budget} s: ${today} before, ${now} now, ${possible} possible`)
    if (now < possible) reached = false
  }
  target('as many rows as fit are decided on each of the eleven tables', reached)
}

function played(
  table: { readonly rows: number; readonly run: number; readonly budget: number },
  way: { readonly runs: number; readonly block: number; readonly goal: Goal; readonly warmUp: boolean },
): number {
  const seconds = way.runs * table.run
  const open = Array.from({ length: table.rows }, () => ({
    rounds: 0,
    warm: !way.warmUp,
    secondsPerRound: way.warmUp ? 0 : seconds,
  }))
  let spent = 0
  let decided = 0
  for (;;) {
    const waiting = open.filter(({ rounds }) => rounds < way.goal.answer)
    const next = way.warmUp
      ? turnOfToday(waiting, table.budget - spent)
      : nextTurn(waiting, table.budget - spent, way.goal)
    const row = next === undefined ? undefined : waiting[next]
    if (!row) return decided
    for (let step = 0; step < (row.warm ? way.block : 1) && spent < table.budget; step++) {
      if (row.rounds >= way.goal.answer) break
      const taken = seconds * (0.97 + 0.06 * ((row.rounds + spent) % 1))
      spent += taken
      if (!row.warm) break
      row.secondsPerRound = Math.min(row.secondsPerRound || taken, taken)
      row.rounds++
      if (row.rounds === way.goal.answer) decided++
    }
    row.warm = true
  }
}

/** The turns of version 0.1: the first rows get the time, but a row counts only once a round of it is known. */
function turnOfToday(
  open: readonly { readonly rounds: number; readonly secondsPerRound: number }[],
  secondsLeft: number,
): number | undefined {
  let left = secondsLeft
  let next: number | undefined
  for (const [at, { rounds, secondsPerRound }] of open.entries()) {
    const need = Math.max(8 - rounds, 1) * secondsPerRound
    if (need > left || left <= 0) continue
    if (rounds < 8) left -= need
    if (next === undefined || rounds < open[next]!.rounds) next = at
  }
  return next
}

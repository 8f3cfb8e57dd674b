import { type Noise, simulatedRounds } from '../../__tests__/doubles/simulated-machine.ts'
import { decideTable, isAnswered, isNotSlower } from '../../src/core/decision/decide.ts'
import type { Round } from '../../src/core/decision/rounds.ts'
import { summarizeRounds } from '../../src/core/decision/rounds-summary.ts'
import { ROUND_PARTS } from '../../src/core/decision/schedule.ts'
import type { EffectThreshold } from '../../src/core/statistics/questions.ts'
import { type Ended, gateOfToday, roundsOfThree } from '../today/gate.ts'

/** What all gates of a table have in common. */
export interface Terms {
  readonly mark: EffectThreshold
  readonly alpha: number
  readonly rows: number
  readonly maxRuns: number
}

/** Runs before the first one that counts: the two of the survey are the warm-up. */
export const RUNS_BEFORE = 2

/** Measures by the present method until the answer stands, the rounds end, or the runs do. */
export function gateOfNow(rounds: Iterator<Round>, { mark, alpha, rows, maxRuns }: Terms): Ended {
  const taken: Round[] = []
  const family = { alpha, rows }
  let notSlowerAt: number | undefined
  for (;;) {
    const runs = ROUND_PARTS.length * taken.length
    const next = runs + ROUND_PARTS.length > maxRuns ? undefined : rounds.next()
    if (next && !next.done) taken.push(next.value)
    const summary = summarizeRounds(taken, mark, alpha)
    if (isNotSlower(summary, family)) notSlowerAt ??= taken.length
    const more = taken.length - (notSlowerAt ?? taken.length)
    if (!next || next.done || isAnswered(summary, family, more)) {
      const { decision } = decideTable([{ summary }], family)[0]!
      const named = decision === 'slower' || decision === 'undecided' ? decision : 'notSlower'
      return { decision: named, runs: ROUND_PARTS.length * taken.length }
    }
  }
}

/** Shares of the decisions over many gates, in percent, and the mean number of runs. */
export interface Tally {
  readonly slower: number
  readonly notSlower: number
  readonly undecided: number
  readonly runs: number
}

export function tallyOf(ended: readonly Ended[]): Tally {
  const share = (decision: Ended['decision']) =>
    (100 * ended.filter(each => each.decision === decision).length) / ended.length
  return {
    slower: share('slower'),
    notSlower: share('notSlower'),
    undecided: share('undecided'),
    runs: ended.reduce((sum, { runs }) => sum + runs, 0) / ended.length,
  }
}

/** The same simulated machine, judged by the earlier method and by the present one. */
export function bothMethods(
  of: {
    readonly noise: Noise
    readonly head: number
    readonly shape?: (next: () => number) => number
    readonly gates: number
  },
  terms: Terms,
): { readonly today: Tally; readonly now: Tally } {
  const seeds = Array.from({ length: of.gates }, (_, gate) => 7919 * gate + 3)
  return {
    today: tallyOf(seeds.map(seed => gateOfToday(roundsOfThree({ ...of, seed }), terms))),
    now: tallyOf(seeds.map(seed => gateOfNow(simulatedRounds({ ...of, seed }), terms))),
  }
}

/** A cell of a table: what was decided how often, and the runs it took. */
export function cell({ slower, notSlower, undecided, runs }: Tally): string {
  return `${slower.toFixed(1)} / ${notSlower.toFixed(1)} / ${undecided.toFixed(1)} · ${runs.toFixed(0)}`
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** A target of this benchmark; a missed one makes the program fail. */
export function target(what: string, reached: boolean): void {
  say(`  ${reached ? 'reached' : 'MISSED'}: ${what}`)
  if (!reached) process.exitCode = 1
}

/** The value of an option `--name=number`, or its default. */
export function option(name: string, otherwise: number): number {
  const given = process.argv.find(argument => argument.startsWith(`--${name}=`))
  return given ? Number(given.slice(name.length + 3)) : otherwise
}

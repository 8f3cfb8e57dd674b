import { MACHINES, simulatedRounds } from '../__tests__/doubles/simulated-machine.ts'
import { decideTable, isAnswered } from '../src/core/decision/decide.ts'
import type { Round } from '../src/core/decision/rounds.ts'
import { type RoundsSummary, summarizeRounds } from '../src/core/decision/rounds-summary.ts'

/**
 * Counted claims over whole tables of twenty simulated benchmarks, some of them slower by 8 % and the others equal or
 * exactly at the threshold of 3 %: how many tables make a wrong claim, and how many slowdowns are found.
 */
const given = process.argv.find(argument => argument.startsWith('--tables='))
const tables = given ? Number(given.slice('--tables='.length)) : 5
const ROWS = 20
const MOST_ROUNDS = 30
const family = { alpha: 0.01, rows: ROWS }
const mark = { threshold: 0.03, better: 'lower' } as const

for (const slow of [0, 3, 10])
  for (const other of [1, 1.03]) {
    const tally = { wrongTables: 0, wrongShare: 0, found: 0, missed: 0 }
    for (let table = 0; table < tables; table++) count(tally, { table, slow, other })
    process.stdout.write(
      `  ${slow} of ${ROWS} slower by 8 %, the others at ${other}: a wrong claim in ${tally.wrongTables} of ${tables} tables (false discovery rate ${(tally.wrongShare / tables).toFixed(4)}), ${tally.found} of ${slow * tables} slowdowns found, ${tally.missed} called not slower\n`,
    )
  }

function count(
  tally: { wrongTables: number; wrongShare: number; found: number; missed: number },
  { table, slow, other }: { readonly table: number; readonly slow: number; readonly other: number },
): void {
  const rows = Array.from({ length: ROWS }, (_, row) => ({
    summary: lastLook(row < slow ? 1.08 : other, table * 1000 + row * 31 + 5),
  }))
  const decisions = decideTable(rows, family).map(({ decision }) => decision)
  const found = decisions.slice(0, slow).filter(decision => decision === 'slower').length
  const wrong = decisions.slice(slow).filter(decision => decision === 'slower').length
  tally.found += found
  tally.wrongShare += wrong / Math.max(1, wrong + found)
  if (wrong > 0) tally.wrongTables++
  tally.missed += decisions.slice(0, slow).filter(each => each === 'unchanged' || each === 'faster').length
}

/** What the rounds say when the benchmark has its answer or all its rounds. */
function lastLook(head: number, seed: number): RoundsSummary {
  const rounds: Round[] = []
  for (const round of simulatedRounds({ noise: MACHINES.noisy, head, seed })) {
    rounds.push(round)
    const summary = summarizeRounds(rounds, mark, family.alpha)
    if (rounds.length === MOST_ROUNDS || isAnswered(summary, family, 0)) return summary
  }
  throw new Error('the schedule ended')
}

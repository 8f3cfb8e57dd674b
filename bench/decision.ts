import { MACHINES, type Noise, simulate, simulatedRounds } from '../__tests__/doubles/simulated-machine.ts'

/**
 * Rounds to a decision on simulated machines, against a fixed design of equal error: as many pairs as a sign test needs
 * that must tell the smallest slowdown of interest from the threshold with an error of at most alpha either way, and so
 * spends that many on every benchmark. The table is one of ten benchmarks: eight unchanged, one with the smallest
 * slowdown, one clearly slower.
 */
const ALPHA = 0.01
const THRESHOLD = 0.03
const TABLE = [
  { what: 'unchanged', head: 1, share: 0.8 },
  { what: '+5 %', head: 1.05, share: 0.1 },
  { what: '+10 %', head: 1.1, share: 0.1 },
]
const SMALLEST = 1.05
const GATES = 60
const TARGET = 0.4

const all = { ours: 0, fixed: 0, alone: 0 }
for (const name of ['quiet', 'noisy', 'heavyTailed', 'bimodal', 'bursts', 'correlated'] as const) {
  const noise: Noise = MACHINES[name]
  const fixed = fixedRounds(pairsWon(noise))
  const taken = TABLE.map(row => ({ ...row, ...averageOf(noise, row.head) }))
  const rounds = taken.reduce((sum, row) => sum + row.rounds * row.share, 0)
  const alone = TABLE.reduce((sum, { head, share }) => sum + averageOf(noise, head, true).rounds * share, 0)
  all.ours += rounds
  all.alone += alone
  all.fixed += fixed
  const parts = taken.map(row => `${row.what} ${row.rounds.toFixed(0)}`).join(', ')
  const wrong = taken.reduce((sum, row) => sum + row.wrong, 0)
  say(
    `  ${name}: ${percent(rounds / fixed)} of the rounds and ${percent((1.5 * rounds) / fixed)} of the runs of a fixed design (${fixed} rounds); mean rounds: ${parts}; ${wrong} of ${GATES * TABLE.length} answers wrong`,
  )
}
const ratio = all.ours / all.fixed
const outcome = ratio <= TARGET ? 'reached' : 'missed'
say(
  `  comparing with both copies of base takes ${percent(all.ours / all.alone)} of the rounds that one copy takes`,
)
say(`  all machines together: ${percent(ratio)} of the rounds, target ${percent(TARGET)}: ${outcome}`)
if (ratio > TARGET) process.exitCode = 1

/** Mean rounds to an answer, and how many answers were wrong. */
function averageOf(
  noise: Noise,
  head: number,
  onlyBase = false,
): { readonly rounds: number; readonly wrong: number } {
  const mark = { threshold: THRESHOLD, better: 'lower' } as const
  const expected = head > 1 + THRESHOLD ? 'slower' : 'unchanged'
  const gates = Array.from({ length: GATES }, (_, at) =>
    simulate({
      noise,
      head,
      mark,
      family: { alpha: ALPHA, rows: 1 },
      maxRounds: 1500,
      seed: 7919 * at + 3,
      onlyBase,
    }),
  )
  return {
    rounds: gates.reduce((sum, gate) => sum + gate.rounds, 0) / GATES,
    wrong: gates.filter(({ decision }) => decision !== expected && decision !== 'undecided').length,
  }
}

/** How often a pair lies above the threshold when the slowdown is the smallest of interest. */
function pairsWon(noise: Noise): number {
  const stream = simulatedRounds({ noise, head: SMALLEST, seed: 99 })
  const draws = 20_000
  let won = 0
  for (let draw = 0; draw < draws; draw++) {
    const round = stream.next().value
    if (round && round.head > round.base * (1 + THRESHOLD)) won++
  }
  return won / draws
}

/** The smallest sign test with both errors at most alpha. */
function fixedRounds(p: number): number {
  for (let rounds = 1; ; rounds++) {
    let critical = rounds + 1
    while (critical > 0 && atLeast(critical - 1, rounds, 0.5) <= ALPHA) critical--
    if (critical <= rounds && atLeast(critical, rounds, p) >= 1 - ALPHA) return rounds
  }
}

/** P(X ≥ least) for X successes in n trials of chance p, term by term. */
function atLeast(least: number, n: number, p: number): number {
  let logChoose = 0
  let sum = 0
  for (let wins = 0; wins <= n; wins++) {
    if (wins >= least) sum += Math.exp(logChoose + wins * Math.log(p) + (n - wins) * Math.log1p(-p))
    logChoose += Math.log(n - wins) - Math.log(wins + 1)
  }
  return sum
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

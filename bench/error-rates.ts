import { MACHINES, type Noise, simulate } from '../__tests__/doubles/simulated-machine.ts'

/**
 * Counted answers of simulated gates with fixed seeds: every machine, every truth, at a threshold of 3 %, an error rate
 * of 0.01 and at most 100 rounds. These are the figures of docs/how-it-decides.md (there with --gates=300).
 */
const given = process.argv.find(argument => argument.startsWith('--gates='))
const gates = given ? Number(given.slice('--gates='.length)) : 20
const THRESHOLD = 0.03
const TRUTHS = [
  { what: 'equal', head: 1 },
  { what: 'at the threshold', head: 1.03 },
  { what: '+4 %', head: 1.04 },
  { what: '+5 %', head: 1.05 },
  { what: '+8 %', head: 1.08 },
  { what: '−8 %', head: 0.92 },
]

process.stdout.write(
  `${gates} gates a row: slower, faster, unchanged, undecided (control unfit); mean rounds\n`,
)
let wrong = 0
for (const { what, head } of TRUTHS)
  for (const [name, noise] of Object.entries<Noise>(MACHINES)) {
    const { counts, unfit, rounds } = countsOf(noise, head)
    const cells = [counts.slower, counts.faster, counts.unchanged, counts.undecided]
    process.stdout.write(`${what} | ${name} | ${cells.join(' | ')} (${unfit}) | ${rounds.toFixed(0)}\n`)
    if (head === 1) wrong += counts.slower + counts.faster
    else if (head > 1 + THRESHOLD) wrong += counts.faster + counts.unchanged
    else if (head < 1) wrong += counts.slower
  }
process.stdout.write(`wrong answers off the threshold: ${wrong}\n`)

function countsOf(noise: Noise, head: number) {
  const counts = { slower: 0, faster: 0, unchanged: 0, undecided: 0 }
  let unfit = 0
  let rounds = 0
  for (let gate = 0; gate < gates; gate++) {
    const answer = simulate({
      noise,
      head,
      mark: { threshold: THRESHOLD, better: 'lower' },
      family: { alpha: 0.01, rows: 1 },
      maxRounds: 100,
      seed: 104_729 * gate + 17,
    })
    counts[answer.decision]++
    rounds += answer.rounds / gates
    if (answer.control?.fit === false) unfit++
  }
  return { counts, unfit, rounds }
}

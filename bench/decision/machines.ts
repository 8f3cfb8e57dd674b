import { MACHINES, type Noise } from '../../__tests__/doubles/simulated-machine.ts'
import { RUNS_BEFORE as BEFORE_TODAY } from '../today/gate.ts'
import { bothMethods, cell, RUNS_BEFORE, say, target } from './gates.ts'

const ALPHA = 0.01
const MOST_RUNS = 180
/** Six real-looking tables: eight of ten benchmarks unchanged, one just above the mark, one clearly slower. */
const MIX = [
  { what: 'unchanged', head: 1, share: 0.8 },
  { what: '+5 %', head: 1.05, share: 0.1 },
  { what: '+10 %', head: 1.1, share: 0.1 },
]
const TRUTHS = [1, 1.03, 1.04, 1.05, 1.08, 0.97]

/** Simulated machines: error rates, undecided shares and runs of both methods, at a threshold of 3 %. */
export function machines(gates: number): void {
  const terms = {
    mark: { threshold: 0.03, better: 'lower' as const },
    alpha: ALPHA,
    rows: 1,
    maxRuns: MOST_RUNS,
  }
  say(
    `Machines, threshold 3 %, at most ${MOST_RUNS} runs, ${gates} gates a cell: % slower / not slower / undecided · runs`,
  )
  const most = mostOf(gates, ALPHA)
  const wrong = { breaches: 0, passes: 0, atMark: 0, below: 0 }
  const longer: string[] = []
  for (const [name, noise] of Object.entries<Noise>(MACHINES))
    for (const head of TRUTHS) {
      const { today, now } = bothMethods({ noise, head, gates }, terms)
      say(`  ${name}, head ${head}: before ${cell(today)} | now ${cell(now)}`)
      if (head < 1.03) wrong.breaches = Math.max(wrong.breaches, now.slower)
      if (head > 1.03) wrong.passes = Math.max(wrong.passes, now.notSlower)
      if (head === 1.03) wrong.atMark = Math.max(wrong.atMark, now.slower, now.notSlower)
      if (head === 1) wrong.below = Math.max(wrong.below, now.slower)
      const p = (today.undecided + now.undecided) / 200
      const chance = 300 * Math.sqrt((2 * p * (1 - p)) / gates)
      if (head !== 1.03 && now.undecided > today.undecided + chance) longer.push(`${name} at ${head}`)
    }
  target(`false breaches of equal builds: ${wrong.below} % on the worst machine`, wrong.below === 0)
  target(
    `false breaches below the mark: at most ${wrong.breaches.toFixed(2)} % (limit ${most.toFixed(2)} %)`,
    wrong.breaches <= most,
  )
  target(`false passes above the mark: at most ${wrong.passes.toFixed(2)} %`, wrong.passes <= most)
  target(`either wrong claim at the mark: at most ${wrong.atMark.toFixed(2)} %`, wrong.atMark <= most)
  const others = longer.filter(cellName => !cellName.startsWith('rhythmic'))
  target(
    `undecided nowhere more often than before, by more than chance${others.length > 0 ? `, but ${others.join(', ')}` : ''}`,
    others.length === 0,
  )
  if (others.length < longer.length)
    say(
      `  but for ${longer.filter(name => name.startsWith('rhythmic')).join(', ')}: a disturbance in step with the rounds, from which a balanced order took some and its promise with it`,
    )
}

/** Runs to a decision: the clear case, a mixed table, a slowdown close to the mark, and large tables. */
export function runs(gates: number): void {
  say('\nRuns to a decision')
  clearCases(gates)
  mixOfMachines(gates)
  const mark = { threshold: 0.03, better: 'lower' as const }
  const rounds = 60
  const noise = MACHINES.noisy
  const close = { noise, head: 1.05, gates }
  const before = bothMethods(close, { mark, alpha: ALPHA, rows: 1, maxRuns: 3 * rounds }).today
  const now = bothMethods(close, { mark, alpha: ALPHA, rows: 1, maxRuns: 6 * rounds }).now
  const equal = bothMethods(close, { mark, alpha: ALPHA, rows: 1, maxRuns: 240 })
  say(
    `  +5 % at a 3 % gate on 3 % noise: in 60 rounds before ${before.slower.toFixed(0)} %, now ${now.slower.toFixed(0)} %; in 240 runs before ${equal.today.slower.toFixed(0)} %, now ${equal.now.slower.toFixed(0)} %`,
  )
  target(`found in at least 90 % within 60 rounds: ${now.slower.toFixed(0)} %`, now.slower >= 90)
  for (const rows of [10, 100, 300]) {
    const terms = { mark, alpha: ALPHA, rows, maxRuns: 300 }
    const large = bothMethods({ noise: MACHINES.quiet, head: 1.1, gates: Math.min(gates, 100) }, terms)
    say(
      `  +10 % among ${rows} benchmarks: ${large.today.runs.toFixed(0)} runs before, ${large.now.runs.toFixed(0)} now`,
    )
  }
}

function clearCases(gates: number): void {
  const terms = {
    mark: { threshold: 0.05, better: 'lower' as const },
    alpha: ALPHA,
    rows: 1,
    maxRuns: MOST_RUNS,
  }
  const noise = MACHINES.quiet
  for (const head of [1, 1.2]) {
    const { today, now } = bothMethods({ noise, head, gates }, terms)
    const [all, allNow] = [today.runs + BEFORE_TODAY, now.runs + RUNS_BEFORE]
    target(
      `a clear case (head ${head}, 1 % noise, 5 % threshold) in at most 15 runs in all: ${allNow.toFixed(1)} (before ${all.toFixed(1)})`,
      allNow <= 15,
    )
  }
  const { today, now } = bothMethods({ noise, head: 0.953, gates }, { ...terms, maxRuns: 258 })
  say(`  −4.7 % at 5 %: ${today.runs.toFixed(0)} runs before, ${now.runs.toFixed(0)} now`)
}

function mixOfMachines(gates: number): void {
  const terms = { mark: { threshold: 0.03, better: 'lower' as const }, alpha: ALPHA, rows: 1, maxRuns: 1500 }
  const all = { today: 0, now: 0 }
  for (const name of ['quiet', 'noisy', 'heavyTailed', 'bimodal', 'bursts', 'correlated'] as const) {
    const sum = { today: 0, now: 0 }
    for (const { head, share } of MIX) {
      const { today, now } = bothMethods({ noise: MACHINES[name], head, gates: Math.ceil(gates / 3) }, terms)
      sum.today += share * today.runs
      sum.now += share * now.runs
    }
    say(
      `  ${name}: ${sum.today.toFixed(0)} runs before, ${sum.now.toFixed(0)} now (${(sum.now / sum.today).toFixed(2)})`,
    )
    all.today += sum.today
    all.now += sum.now
  }
  const ratio = all.now / all.today
  target(`at most 0.75 of the runs over the mix: ${ratio.toFixed(2)}`, ratio <= 0.75)
}

/** The largest share, in percent, that chance alone lets a rate of alpha show in so many gates: three standard errors. */
export function mostOf(gates: number, alpha: number): number {
  return 100 * (alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / gates))
}

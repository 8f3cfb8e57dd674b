import { MACHINES } from '../../__tests__/doubles/simulated-machine.ts'
import { bothMethods, cell, say, target } from './gates.ts'
import { mostOf } from './machines.ts'

const ALPHA = 0.01
const THRESHOLD = 0.05
const normal = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())

/** Heads whose runs vary in a way that base's do not, about the mark itself: whatever is claimed there is wrong. */
const SHAPES: readonly {
  readonly name: string
  readonly shape: (next: () => number) => number
  /** In how many percent of gates the document lets a claim be wrong. */
  readonly promised: number
}[] = [
  { name: 'same shape', shape: () => 1, promised: 1 },
  { name: 'three times the noise', shape: next => Math.exp(0.03 * normal(next)), promised: 1 },
  { name: 'five times the noise', shape: next => Math.exp(0.05 * normal(next)), promised: 1 },
  { name: 'evenly between ±5 %', shape: next => 1 + 0.1 * (next() - 0.5), promised: 1 },
  {
    name: 'two-sided exponential, 4 %',
    shape: next => Math.exp((next() < 0.5 ? 0.04 : -0.04) * Math.log(1 - next())),
    promised: 1,
  },
  {
    name: 'now and then ±20 %, mostly the same',
    shape: next => [0.8, 1, 1.25][Math.floor(next() * 3)]!,
    promised: 1,
  },
  {
    name: 'two speeds, +25 % or −20 %, each half the time',
    shape: next => (next() < 0.5 ? 0.8 : 1.25),
    promised: 2.2,
  },
  {
    name: 'two speeds, the slow one 40 % of the time',
    shape: next => (next() < 0.6 ? 0.8 : 1.25),
    promised: 1,
  },
]

/** Wrong claims at the mark for heads whose noise has another shape than base's. */
export function shapes(gates: number): void {
  say(
    `\nA head exactly at the mark of 5 % whose noise has another shape, ${gates} gates: % slower / not slower / undecided · runs`,
  )
  for (const { name, shape, promised } of SHAPES) {
    const of = { noise: MACHINES.quiet, head: 1 + THRESHOLD, shape, gates }
    const terms = {
      mark: { threshold: THRESHOLD, better: 'lower' as const },
      alpha: ALPHA,
      rows: 1,
      maxRuns: 240,
    }
    const { today, now } = bothMethods(of, terms)
    say(`  ${name}: before ${cell(today)} | now ${cell(now)}`)
    const wrong = name.includes('40 %') ? now.slower : Math.max(now.slower, now.notSlower)
    const most = mostOf(gates, promised / 100)
    target(
      `${name}: at most ${promised} % wrong (${most.toFixed(2)} % by chance): ${wrong.toFixed(2)} %`,
      wrong <= most,
    )
  }
}

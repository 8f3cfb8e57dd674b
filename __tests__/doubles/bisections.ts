import type { Bisection, BisectionStep } from '../../src/core/bisection/bisection.ts'
import type { BenchmarkReport } from '../../src/core/model/report.ts'
import { bisectionSentence, type UnwordedBisection } from '../../src/report/bisection/sentence.ts'
import { aReport } from './reports.ts'

/** The n-th commit of an invented history. */
export function aCommit(at: number, title = `Change number ${at}`) {
  return { sha: `${at}`.padStart(2, '0').repeat(20).replace(/0/g, 'a'), title }
}

export function aStep(head: number, overrides: Partial<BisectionStep> = {}): BisectionStep {
  return {
    kind: 'between',
    base: aCommit(10),
    head: aCommit(head),
    position: head - 10,
    answer: 'below',
    decision: 'unchanged',
    change: { ratio: 1.002, low: 0.995, high: 1.009, confidence: 0.998 },
    rounds: 12,
    seconds: 41,
    ...overrides,
  }
}

function unbuilt(head: number): BisectionStep {
  const { decision: _, change: __, ...step } = aStep(head)
  const reason = 'The build of the head side exited with code 2: make.'
  return { ...step, answer: 'broken', reason, rounds: 0 }
}

const SLOWER = {
  answer: 'above',
  decision: 'slower',
  change: { ratio: 1.702, low: 1.69, high: 1.71, confidence: 0.998 },
} as const

/** A bisection of twelve commits that found the eighth, unless told otherwise; its sentence is made from it. */
export function aBisection(overrides: Partial<UnwordedBisection> = {}, row?: BenchmarkReport): Bisection {
  const bisection: UnwordedBisection = {
    schema: 1,
    outcome: 'commit',
    tool: { name: 'perf-verdict', version: '0.1.0' },
    good: aCommit(10),
    bad: aCommit(22),
    commits: 12,
    benchmark: { name: 'call_method', threshold: 0.05 },
    others: [],
    steps: [
      aStep(22, { ...SLOWER, kind: 'range' }),
      unbuilt(16),
      aStep(18, SLOWER),
      aStep(14),
      aStep(17, { decision: 'faster', change: { ratio: 0.9, low: 0.88, high: 0.93, confidence: 0.998 } }),
      aStep(18, { ...SLOWER, kind: 'last', base: aCommit(17) }),
    ],
    candidates: [aCommit(18)],
    candidateCount: 1,
    after: aCommit(17),
    alpha: 0.01,
    mostDecisions: 11,
    seed: 7,
    startedAt: '2026-11-22T10:00:00.000Z',
    seconds: 312,
    notes: [],
    ...overrides,
  }
  const gate = aReport({ benchmarks: row ? [row] : [] })
  return { ...bisection, sentence: bisectionSentence(bisection, { gate, row }) }
}

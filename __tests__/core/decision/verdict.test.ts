import { describe, expect, test } from '@jest/globals'
import { exitCode, type VerdictInput, verdictOf } from '../../../src/core/decision/verdict.ts'
import type { Cause } from '../../../src/core/model/explanation.ts'
import type { BenchmarkReport, Decision } from '../../../src/core/model/report.ts'

function benchmark(decision: Decision, more: Partial<BenchmarkReport> = {}): BenchmarkReport {
  return {
    name: decision,
    unit: 's',
    threshold: 0.05,
    better: 'lower',
    metric: 'time',
    decision,
    rounds: 10,
    ...more,
  }
}

const placement = (confidence: Cause['confidence'], kind: Cause['kind'] = 'placement'): BenchmarkReport =>
  benchmark('slower', { cause: { kind, confidence, because: ['It moved.'], against: [] } })
const broken = (side: 'base' | 'head' | 'both') => benchmark('unmeasured', { fault: { side, kind: 'crash' } })
const [unchanged, faster, slower] = [benchmark('unchanged'), benchmark('faster'), benchmark('slower')]
const [undecided, added, removed] = [benchmark('undecided'), benchmark('new'), benchmark('removed')]

const cases: readonly (Partial<VerdictInput> & { what: string; verdict: string })[] = [
  { what: 'everything unchanged or faster', benchmarks: [unchanged, faster], verdict: 'pass' },
  { what: 'a new benchmark beside others', benchmarks: [unchanged, added], verdict: 'pass' },
  { what: 'only new benchmarks', benchmarks: [added], verdict: 'pass' },
  { what: 'one slower', benchmarks: [unchanged, slower, undecided], verdict: 'fail' },
  { what: 'slower by shown placement', benchmarks: [placement('shown')], verdict: 'fail' },
  {
    what: 'slower by shown placement, excused',
    benchmarks: [unchanged, placement('shown')],
    onPlacement: 'warn',
    verdict: 'pass',
  },
  {
    what: 'slower by likely placement, which excuses nothing',
    benchmarks: [placement('likely')],
    onPlacement: 'warn',
    verdict: 'fail',
  },
  {
    what: 'slower by a mixture, which excuses nothing',
    benchmarks: [placement('shown', 'mixed')],
    onPlacement: 'warn',
    verdict: 'fail',
  },
  {
    what: 'excused placement beside an open row',
    benchmarks: [placement('shown'), undecided],
    onPlacement: 'warn',
    verdict: 'undecided',
  },
  { what: 'one undecided', benchmarks: [unchanged, undecided], verdict: 'undecided' },
  { what: 'all undecided', benchmarks: [undecided, undecided], verdict: 'undecided' },
  { what: 'head broke where base ran', benchmarks: [unchanged, broken('head')], verdict: 'fail' },
  { what: 'head broke and nothing else was measured', benchmarks: [broken('head')], verdict: 'fail' },
  { what: 'base broke in one of two', benchmarks: [unchanged, broken('base')], verdict: 'undecided' },
  { what: 'base broke everywhere', benchmarks: [broken('base'), broken('base')], verdict: 'error' },
  { what: 'both sides broke', benchmarks: [broken('both')], verdict: 'error' },
  { what: 'unmeasured for a reason unknown', benchmarks: [benchmark('unmeasured')], verdict: 'error' },
  { what: 'nothing measured beside a new one', benchmarks: [added, broken('base')], verdict: 'error' },
  { what: 'no benchmarks', benchmarks: [], verdict: 'error' },
  { what: 'a removed benchmark', benchmarks: [unchanged, removed], verdict: 'pass' },
  {
    what: 'a removed benchmark where that is forbidden',
    benchmarks: [unchanged, removed],
    onRemoved: 'fail',
    verdict: 'fail',
  },
  { what: 'an error', benchmarks: [unchanged], errors: [{ what: 'no merge base' }], verdict: 'error' },
  { what: 'an error beside a breach', benchmarks: [slower], errors: [{ what: 'a shard' }], verdict: 'fail' },
  { what: 'a head that does not build', benchmarks: [], failedBuilds: ['head'], verdict: 'fail' },
  { what: 'a base that does not build', benchmarks: [], failedBuilds: ['base'], verdict: 'error' },
  { what: 'neither side builds', benchmarks: [], failedBuilds: ['base', 'head'], verdict: 'error' },
]

describe('the verdict', () => {
  test.each(cases)('$what: $verdict', ({ what: _, verdict, ...input }) => {
    const whole = { benchmarks: [], errors: [], onPlacement: 'fail', onRemoved: 'warn', ...input } as const
    expect(verdictOf(whole)).toBe(verdict)
  })
})

test.each([
  ['pass', 0],
  ['fail', 1],
  ['undecided', 2],
  ['error', 2],
] as const)('the exit code of %s is %i', (verdict, code) => {
  expect(exitCode(verdict)).toBe(code)
})

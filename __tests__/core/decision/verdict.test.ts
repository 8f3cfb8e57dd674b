import { describe, expect, test } from '@jest/globals'
import { DEFAULT_POLICIES } from '../../../src/core/decision/policy.ts'
import { exitCode, type VerdictInput, verdictOf } from '../../../src/core/decision/verdict.ts'
import type { Cause } from '../../../src/core/model/explanation.ts'
import { POLICY_NAMES, type Policies } from '../../../src/core/model/policies.ts'
import type { BenchmarkReport, Decision, Report } from '../../../src/core/model/report.ts'

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
    policies: { ...DEFAULT_POLICIES, 'on-placement': 'warn' },
    verdict: 'pass',
  },
  {
    what: 'slower by likely placement, which excuses nothing',
    benchmarks: [placement('likely')],
    policies: { ...DEFAULT_POLICIES, 'on-placement': 'warn' },
    verdict: 'fail',
  },
  {
    what: 'slower by a mixture, which excuses nothing',
    benchmarks: [placement('shown', 'mixed')],
    policies: { ...DEFAULT_POLICIES, 'on-placement': 'warn' },
    verdict: 'fail',
  },
  {
    what: 'excused placement beside an open row',
    benchmarks: [placement('shown'), undecided],
    policies: { ...DEFAULT_POLICIES, 'on-placement': 'warn' },
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
  { what: 'a removed benchmark', benchmarks: [unchanged, removed], verdict: 'fail' },
  {
    what: 'a removed benchmark where that is allowed',
    benchmarks: [unchanged, removed],
    policies: { ...DEFAULT_POLICIES, 'on-removed': 'pass' },
    verdict: 'pass',
  },
  { what: 'slower by shown codegen', benchmarks: [placement('shown', 'codegen')], verdict: 'fail' },
  {
    what: 'slower by shown codegen, excused',
    benchmarks: [placement('shown', 'codegen')],
    policies: { ...DEFAULT_POLICIES, 'on-codegen': 'warn' },
    verdict: 'pass',
  },
  { what: 'an error', benchmarks: [unchanged], errors: [{ what: 'no merge base' }], verdict: 'error' },
  { what: 'an error beside a breach', benchmarks: [slower], errors: [{ what: 'a shard' }], verdict: 'fail' },
  { what: 'a head that does not build', benchmarks: [], failedBuilds: ['head'], verdict: 'fail' },
  { what: 'a base that does not build', benchmarks: [], failedBuilds: ['base'], verdict: 'error' },
  { what: 'neither side builds', benchmarks: [], failedBuilds: ['base', 'head'], verdict: 'error' },
]

type Judged = Pick<Report, 'benchmarks'> & Partial<Pick<Report, 'errors'>>
const ALL_PASS = Object.fromEntries(POLICY_NAMES.map(name => [name, 'pass'] as const))

describe('the verdict', () => {
  test.each(cases)('$what: $verdict', ({ what: _, verdict, ...input }) => {
    const whole = { benchmarks: [], errors: [], policies: DEFAULT_POLICIES, ...input } as const
    expect(verdictOf(whole)).toBe(verdict)
  })
})

const BASE = { what: 'The build of the base side exited with code 2.', side: 'base' } as const
const OTHER = { what: 'Shard 2 of 3 left no report.' }
const exits: readonly (readonly [string, Judged, Partial<Policies>, number])[] = [
  ['a pass', { benchmarks: [unchanged] }, {}, 0],
  ['a breach', { benchmarks: [slower] }, {}, 1],
  ['a breach whatever else is excused', { benchmarks: [slower, undecided] }, { 'on-undecided': 'pass' }, 1],
  ['an undecided row', { benchmarks: [unchanged, undecided] }, {}, 3],
  ['an undecided row that only warns', { benchmarks: [unchanged, undecided] }, { 'on-undecided': 'warn' }, 0],
  ['a row that neither side ran', { benchmarks: [broken('both')] }, {}, 3],
  ['a row that neither side ran, allowed', { benchmarks: [broken('both')] }, { 'on-unmeasured': 'pass' }, 0],
  ['a base without the benchmark', { benchmarks: [broken('base')] }, {}, 3],
  [
    'a base without the benchmark, allowed',
    { benchmarks: [broken('base')] },
    { 'on-base-broken': 'warn' },
    0,
  ],
  [
    'one kind allowed and another not',
    { benchmarks: [broken('base'), undecided] },
    { 'on-base-broken': 'warn' },
    3,
  ],
  ['a base that does not build', { benchmarks: [], errors: [BASE] }, {}, 3],
  [
    'a base that does not build, allowed',
    { benchmarks: [], errors: [BASE] },
    { 'on-base-broken': 'warn' },
    0,
  ],
  [
    'neither side builds, with the base allowed',
    { benchmarks: [], errors: [BASE, { ...BASE, side: 'head' }] },
    { 'on-base-broken': 'warn' },
    3,
  ],
  ['a missing shard, which no policy excuses', { benchmarks: [undecided], errors: [OTHER] }, ALL_PASS, 3],
  ['nothing at all, which no policy excuses', { benchmarks: [] }, ALL_PASS, 3],
]

test.each(exits)('the exit code of %s', (_, { benchmarks, errors = [] }, some, code) => {
  const policies = { ...DEFAULT_POLICIES, ...some }
  const failedBuilds = errors.flatMap(({ side }) => side ?? [])
  const verdict = verdictOf({ benchmarks, errors, failedBuilds, policies })
  expect(exitCode({ verdict, benchmarks, errors, policies })).toBe(code)
})

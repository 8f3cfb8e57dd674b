import { describe, expect, test } from '@jest/globals'
import { commentWanted } from '../../../src/core/config/comment-mode.ts'
import type { BenchmarkReport, Decision, Verdict } from '../../../src/core/model/report.ts'

const row = (decision: Decision): BenchmarkReport => ({
  name: 'a',
  unit: 's',
  threshold: 0.05,
  better: 'lower',
  metric: 'time',
  decision,
  rounds: 9,
})

describe('whether a report gets a comment', () => {
  test.each<[Verdict, Decision, readonly string[]]>([
    ['pass', 'unchanged', ['create', 'update', 'update', 'none']],
    ['pass', 'faster', ['create', 'create', 'update', 'none']],
    ['pass', 'new', ['create', 'create', 'update', 'none']],
    ['undecided', 'undecided', ['create', 'create', 'update', 'none']],
    ['error', 'unmeasured', ['create', 'create', 'update', 'none']],
    ['fail', 'slower', ['create', 'create', 'create', 'none']],
    // A breach that is excused as placement is still one to tell of.
    ['pass', 'slower', ['create', 'create', 'create', 'none']],
  ])('%s with %s: always, on-change, on-breach, never are %j', (verdict, decision, expected) => {
    const report = { verdict, benchmarks: [row(decision)] }
    const modes = ['always', 'on-change', 'on-breach', 'never'] as const
    expect(modes.map(mode => commentWanted(report, mode))).toEqual(expected)
  })
})

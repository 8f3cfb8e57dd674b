import { describe, expect, test } from '@jest/globals'
import { type OverLayouts, withLayouts } from '../../../src/core/decision/gate-on.ts'
import { DEFAULT_POLICIES } from '../../../src/core/decision/policy.ts'
import { keptMasked } from '../../../src/core/decision/redecide.ts'
import { verdictOf } from '../../../src/core/decision/verdict.ts'
import type { Decision, GateOn, OtherMeasurement } from '../../../src/core/model/report.ts'
import { tableRow } from '../../../src/report/markdown/table.ts'
import { remarksOf } from '../../../src/report/words/status.ts'
import { aBenchmark, aReport } from '../../doubles/reports.ts'

const change = (ratio: number) => ({ ratio, low: ratio - 0.01, high: ratio + 0.01, confidence: 0.98 })
const RATIOS = { slower: 2, faster: 0.5, unchanged: 1 } as const
const ratioOf = (decision: string) => RATIOS[decision as keyof typeof RATIOS] ?? 1.04

const row = (decision: Decision) =>
  aBenchmark({ name: 'parse', decision, change: change(ratioOf(decision)), rounds: 2 })
function laid(decision: OtherMeasurement['decision'], gateOn: GateOn): OverLayouts {
  const known = decision === 'unmeasured' ? {} : { change: change(ratioOf(decision)), linker: 'bfd' }
  return { how: 'over-layouts', gateOn, decision, rounds: 2, ...known }
}

describe('a row measured as built and over layouts', () => {
  test.each<[Decision, OtherMeasurement['decision'], GateOn, Decision]>([
    ['slower', 'unchanged', 'as-built', 'slower'],
    ['slower', 'unchanged', 'both', 'slower'],
    ['slower', 'unchanged', 'layouts', 'unchanged'],
    ['faster', 'unchanged', 'layouts', 'unchanged'],
    ['unchanged', 'slower', 'as-built', 'masked'],
    ['faster', 'slower', 'both', 'masked'],
    ['unchanged', 'slower', 'layouts', 'slower'],
    ['unchanged', 'undecided', 'as-built', 'unchanged'],
    ['unchanged', 'undecided', 'both', 'undecided'],
    ['unchanged', 'undecided', 'layouts', 'undecided'],
    ['unchanged', 'unmeasured', 'as-built', 'unchanged'],
    ['unchanged', 'unmeasured', 'both', 'undecided'],
    ['faster', 'unmeasured', 'layouts', 'undecided'],
    ['slower', 'unmeasured', 'layouts', 'slower'],
    ['undecided', 'unchanged', 'layouts', 'unchanged'],
    ['undecided', 'slower', 'as-built', 'undecided'],
  ])('%s as built, %s over layouts, gate on %s: %s', (built, over, gateOn, decision) => {
    const found = withLayouts(row(built), laid(over, gateOn))
    expect(found.decision).toBe(decision)
    expect(found.other?.how).toBe(gateOn === 'layouts' && over !== 'unmeasured' ? 'as-built' : 'over-layouts')
  })

  test('shows both numbers in the table, and says which one decides where they differ', () => {
    const found = withLayouts(row('slower'), laid('unchanged', 'layouts'))
    expect(tableRow(found)).toContain('as built 2×')
    expect(remarksOf(aReport({ verdict: 'pass', benchmarks: [found] }))).toEqual([
      '`parse` is 2× as built and 0.0 % over layouts: the difference is luck of code placement, and layouts decide here (gate-on).',
    ])
    expect(
      remarksOf(aReport({ benchmarks: [withLayouts(row('slower'), laid('unchanged', 'both'))] })),
    ).toEqual([expect.stringContaining('the built layout decides here (gate-on)')])
    expect(
      remarksOf(aReport({ benchmarks: [withLayouts(row('unchanged'), laid('unchanged', 'both'))] })),
    ).toEqual([])
  })

  test('passes nothing when it is decided anew from its samples as built', () => {
    for (const over of ['undecided', 'unmeasured'] as const)
      for (const gateOn of ['both', 'layouts'] as const) {
        const held = withLayouts(row('unchanged'), laid(over, gateOn))
        const policies = DEFAULT_POLICIES
        expect(verdictOf({ benchmarks: [held], errors: [], policies })).toBe('undecided')
        // Over layouts its own samples are those of the layouts, and decide.
        if (gateOn === 'layouts' && over === 'undecided') continue
        expect(keptMasked({ ...held, decision: 'unchanged' }, held).decision).toBe('undecided')
        expect(keptMasked({ ...held, decision: 'slower' }, held).decision).toBe('slower')
      }
  })
})

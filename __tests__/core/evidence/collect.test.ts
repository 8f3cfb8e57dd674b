import { expect, test } from '@jest/globals'
import { judgeCause } from '../../../src/core/cause/judge.ts'
import { collectEvidence, isBuiltOtherwise, withRebuilt } from '../../../src/core/evidence/collect.ts'
import type { ChangedCode, Rebuilt } from '../../../src/core/evidence/evidence.ts'
import type { Metric } from '../../../src/core/model/metric.ts'
import { describeCause } from '../../../src/report/words/signs.ts'
import { evidenceWith } from '../cause/pieces.ts'

const change = { ratio: 5, low: 4.9, high: 5.1, confidence: 0.99 }
const counters = {
  source: 'simulated' as const,
  base: { instructions: 1e6, taskClockSeconds: 0.0034 },
  head: { instructions: 5e6, taskClockSeconds: 0.0037 },
}

test.each<[Metric, boolean, boolean]>([
  ['time', true, true],
  ['cpu-time', false, true],
  ['instructions', false, false],
  ['memory', false, false],
])('a change of %s may be waiting: %s', (metric, waits, timed) => {
  const cause = describeCause(judgeCause(collectEvidence({ change, metric, counters }, undefined)))
  const told = [...cause.because, ...cause.against].join(' ')
  expect([told.includes('the program waits'), told.includes('of the change in time')]).toEqual([waits, timed])
})

const code = (touched: ChangedCode['touched'], through?: readonly string[]): ChangedCode => ({
  ...{ name: 'step', growth: 0.5, share: 0.5, touched },
  ...(through ? { through } : {}),
})
const rebuilt: Rebuilt = {
  ...{ files: [{ name: 'bench', difference: { kind: 'byte', at: 8 } }], functions: ['step'], moved: false },
}

test.each([
  ['its source is the same', code('no'), 'unknown'],
  ['something it is built from may have changed', code('maybe'), 'unknown'],
  ['the build draws a source anew', code('yes', ['builds another drawn.h']), 'unknown'],
  ['the diff names its lines', code('yes'), 'yes'],
  ['a dependency moved', code('yes', ['moves lib from 1 to 2']), 'yes'],
] as const)(
  'of code that differs between two builds of base, where %s, little is known',
  (_, each, touched) => {
    const evidence = { ...evidenceWith([]), changed: [each] }
    expect(withRebuilt(evidence, rebuilt).changed.map(found => found.touched)).toEqual([touched])
    expect(withRebuilt(evidence, { ...rebuilt, functions: [] }).changed).toEqual([each])
  },
)

test('only sources that the build made are drawn anew', () => {
  expect(isBuiltOtherwise(code('yes', ['builds another a.h', 'moves lib from 1 to 2']))).toBe(false)
  expect(isBuiltOtherwise(code('yes'))).toBe(false)
})

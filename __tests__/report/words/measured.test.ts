import { describe, expect, test } from '@jest/globals'
import type { HostReport, KnobReport } from '../../../src/core/model/report.ts'
import { limitationSentence, measuredFacts } from '../../../src/report/words/measured.ts'
import { statusParts } from '../../../src/report/words/status.ts'
import { aBenchmark, aReport } from '../../doubles/reports.ts'

function knobSentences(knobs: readonly KnobReport[]): readonly string[] {
  const facts = measuredFacts(aReport({ host: { knobs, isolation: 'none' } }))
  return facts.find(({ title }) => title === 'How it was measured')?.sentences.slice(2) ?? []
}

describe('the system settings', () => {
  test('that changed are named with both values, those with the wanted value are counted, the others have their reasons', () => {
    const gone = 'this machine does not have it'
    expect(
      knobSentences([
        { name: 'swappiness', found: '60', set: '1', restored: true },
        { name: 'aslr', found: '2', set: '2', restored: true },
        { name: 'turbo', why: gone },
        { name: 'governor', why: gone },
        { name: 'c-states', why: 'this machine shows no idle states' },
      ]),
    ).toEqual([
      'One system setting changed while measuring (`swappiness` from `60` to `1`); all were restored.',
      'One system setting had the wanted value already.',
      'Left alone: `turbo` and `governor` (this machine does not have it).',
      'Left alone: `c-states` (this machine shows no idle states).',
    ])
  })

  test('that did not last until the end are named with the reason', () => {
    const why = 'the host process was killed by SIGKILL before the end, so some rounds may have run untuned'
    const held = { found: '0', set: '1', restored: true, lasted: false, why }
    expect(
      knobSentences([
        { name: 'turbo', ...held },
        { name: 'ksm', ...held },
      ]).at(-1),
    ).toBe(`Did not last: \`turbo\` and \`ksm\` (${why}).`)
  })

  test('that could not be put back are an alarm', () => {
    expect(knobSentences([{ name: 'swappiness', found: '60', set: '1', restored: false }])[0]).toMatch(
      /`swappiness` could not be restored, so look at this machine\.$/,
    )
  })
})

test('a limitation is said as its two sentences', () => {
  const limitation = { what: 'There is no PMU.', instead: 'Misses were simulated.' }
  expect(limitationSentence(limitation)).toBe('There is no PMU. Misses were simulated.')
})

test('rounds are given as a range where benchmarks needed different numbers', () => {
  const benchmarks = [
    aBenchmark({ rounds: 8 }),
    aBenchmark({ name: 'b', rounds: 60 }),
    aBenchmark({ name: 'c', rounds: 0 }),
  ]
  const sentences = measuredFacts(aReport({ benchmarks })).flatMap(facts => facts.sentences)
  expect(sentences).toContainEqual(
    expect.stringMatching(/measured in 8 to 60 rounds: .* in random order with seed 20161119/),
  )
})

test('a machine that was not quiet is named beside the verdict', () => {
  const host: HostReport = { knobs: [], isolation: 'none', noise: ['The CPUs are 98 % busy.'] }
  expect(statusParts(aReport({ host })).at(-1)).toBe('on a machine that was not quiet')
  expect(statusParts(aReport({ shard: { index: 2, of: 5 } }))).toContain('shard 2 of 5')
})

import { describe, expect, test } from '@jest/globals'
import type { BenchmarkReport, Verdict } from '../../../src/core/model/report.ts'
import type { LayoutTrial } from '../../../src/core/model/trials.ts'
import { causeWords } from '../../../src/report/words/finding.ts'
import { verdictSentence } from '../../../src/report/words/sentence.ts'
import { verdictTitle } from '../../../src/report/words/title.ts'
import { aBenchmark, aCause, aChange, aReport, aSuspect, theStory } from '../../doubles/reports.ts'
import { SAMPLES } from '../../doubles/sample-reports.ts'

function say(
  verdict: Verdict,
  benchmarks: readonly BenchmarkReport[],
  errors: readonly { readonly what: string }[] = [],
): string {
  return verdictSentence({ verdict, benchmarks, errors })
}

test('a speed-up that only the layout gave says so first, with its figure over layouts', () => {
  const layout: LayoutTrial = {
    ...{ question: 'speed-up', asBuilt: 0.87, layouts: 12, linker: 'bfd', seeds: [], base: [], head: [] },
    ...{ ratio: 1, low: 0.98, high: 1.02, best: 1, p: 0.8, outcome: 'placement', sentence: '' },
  }
  const lucky = aChange(0.87, {
    name: 'parse',
    cause: aCause('placement', { confidence: 'shown' }),
    trials: { layout },
  })
  expect(say('pass', [lucky])).toBe(
    '`parse` is 13 % faster, by luck of code placement: 0.0 % over layouts; nothing got slower.',
  )
})

describe('the sentence about one breach', () => {
  test('is the one that the story deserves', () => {
    expect(say('fail', [theStory(), aBenchmark()])).toBe(
      '`call_method` is 70.2 % slower, and not because of this change: the same instructions ran, but three hot functions moved into the same instruction-cache sets.',
    )
  })

  const placed = (overrides: Partial<BenchmarkReport>) =>
    say('fail', [aChange(1.3, { cause: aCause('placement'), ...overrides })])
  const at = (mechanism: 'alignment' | 'straddle' | 'data-set-conflict' | 'moved', symbol = 'loop') => {
    const suspect = aSuspect(symbol, 1)
    return { ...suspect, evidence: { ...suspect.evidence, mechanism } }
  }

  test.each([
    ['no suspect', {}, 'the same code ran, but hot code moved'],
    [
      'a lost alignment',
      { suspects: [at('alignment')] },
      'the same code ran, but the hot function `loop` lost its alignment',
    ],
    [
      'two lost alignments',
      { suspects: [at('alignment'), at('alignment', 'b')] },
      'two hot functions lost their alignment',
    ],
    [
      'a straddled line',
      { suspects: [at('straddle')] },
      'the hot function `loop` moved across a boundary between cache lines',
    ],
    [
      'moved data',
      { suspects: [at('data-set-conflict', 'table')] },
      'the data `table` moved into data-cache sets that other hot data uses',
    ],
    ['a bare move', { suspects: [at('moved')] }, 'the hot function `loop` moved.'],
    [
      'only a likelihood',
      { cause: aCause('placement', { confidence: 'likely' }) },
      'slower, probably not because of this change: ',
    ],
  ])('says of placement with %s what moved', (_, overrides, clause) => {
    expect(placed(overrides)).toContain(clause)
  })

  test.each([
    [
      'work',
      '`parse/large.json` is 41.2 % slower because this change makes it do more work: 41 % more instructions ran, most of them in `parse_string`.',
    ],
    [
      'codegen',
      '`m68k_step` is 5.2 % slower, probably because the compiler made other code of the same source: 5.4 % more instructions ran, most of them in `read_effective_address`.',
    ],
    [
      'memory',
      '`matrix` is 61 % slower because it misses the data cache more often: 250× as many misses (simulated).',
    ],
    [
      'branches',
      '`sort_random` is 24 % slower because more of its branches are mispredicted: 84.9× as many misses.',
    ],
    [
      'mixed',
      '`render/tree` takes 2.31× as long, about 50 % of it because hot code moved and the rest because of what this change does.',
    ],
    ['unexplained', '`compress` is 8.7 % slower, and no cause was shown.'],
    ['build-failed', 'The build of the head side exited with code 2: make -j2 bench.'],
    ['identical', 'Nothing was measured, because both sides built to the same code.'],
    [
      'lucky',
      '`dispatch` is 26 % faster, probably by luck of code placement; nothing got slower; one benchmark is new.',
    ],
    ['well', 'Nothing got slower: all 12 benchmarks stayed within their thresholds.'],
    [
      'undecided',
      'No verdict on `startup`: a slowdown below 11.8 % could not have been seen; nothing else got slower.',
    ],
    [
      'unfit',
      'No verdict, because this machine was not steady: the base and a copy of itself differed by 8.2 % in `hash_map`; nothing else got slower.',
    ],
  ])('on %s is as approved', (name, sentence) => {
    expect(SAMPLES[name]?.sentence).toBe(sentence)
  })

  test('says what is known of programs without sources: what ran more, and in which function', () => {
    const sign = (rule: string) => ({ rule, supports: false, figures: {} })
    const row = aChange(1.7, {
      name: 'new',
      cause: {
        ...aCause('unexplained'),
        signs: [sign('instructions-explain'), sign('changed-code-unknown')],
      },
      counters: { source: 'perf', base: { instructions: 100 }, head: { instructions: 290 } },
      hot: [
        {
          ...{ symbol: 'mix', object: 'new', state: 'changed' },
          base: { share: 0.9, address: 1, size: 1, instructions: 90 },
          head: { share: 0.95, address: 1, size: 1, instructions: 280 },
        },
      ],
    })
    expect(verdictSentence(aReport({ benchmarks: [row], verdict: 'fail' }))).toBe(
      '`new` is 70 % slower: 2.9× as many instructions ran, most of them in `mix`; whether the source of that code changed is not known.',
    )
  })

  test('names page faults where these are what rose, and misses where both did', () => {
    const paged = (missed: number) =>
      aChange(1.4, {
        cause: aCause('memory'),
        counters: {
          source: 'simulated',
          base: { pageFaults: 300, dcacheMisses: 1000 },
          head: { pageFaults: 16_500, dcacheMisses: missed },
        },
      })
    expect(say('fail', [paged(1001)])).toMatch(
      /because its memory comes in more pages: 55× as many page faults/,
    )
    expect(say('fail', [paged(2000)])).toMatch(
      /because it misses the data cache more often: 2× as many misses/,
    )
    expect(causeWords(aCause('memory'), paged(1001))).toBe('page faults')
    expect(causeWords(aCause('memory'), { ...paged(1001), decision: 'faster' })).toBe(
      'fewer data-cache misses',
    )
  })

  test.each([
    ['in times from three times on', aChange(3.2), '`call_method` takes 3.2× as long.'],
    [
      'of a throughput by its fall',
      aChange(1.2, {
        better: 'higher',
        decision: 'slower',
        change: { ratio: 0.8, low: 0.79, high: 0.81, confidence: 0.98 },
      }),
      '`call_method` fell by 20 %, which is slower.',
    ],
    [
      'of instructions by their number',
      aChange(1.03, { metric: 'instructions' }),
      '`call_method` runs 3 % more instructions.',
    ],
    [
      'of a mixture without a share',
      aChange(1.5, { cause: aCause('mixed', { confidence: 'likely' }) }),
      '`call_method` is 50 % slower, probably in part because of what this change does and in part because hot code moved.',
    ],
  ])('speaks %s', (_, benchmark, sentence) => {
    expect(say('fail', [benchmark])).toBe(sentence)
  })
})

describe('the sentence about many benchmarks', () => {
  test.each([
    [
      'breaches of one cause',
      [theStory(), theStory({ name: 'b' })],
      '2 of 2 benchmarks are slower, `b` most (+70.2 %): both by code placement and not by this change.',
    ],
    [
      'breaches without a cause',
      [aChange(1.2), aChange(1.3, { name: 'b' })],
      '2 of 2 benchmarks are slower, `b` most (+30.0 %).',
    ],
    [
      'a breach beside a broken one',
      [
        aChange(1.2),
        aBenchmark({ name: 'b', decision: 'unmeasured', fault: { side: 'head', kind: 'crash' } }),
      ],
      '`call_method` is 20 % slower; `b` broke on the head side.',
    ],
    [
      'several broken ones',
      ['a', 'b', 'c', 'd'].map(name =>
        aBenchmark({ name, decision: 'unmeasured', fault: { side: 'head', kind: 'crash' } }),
      ),
      '`a`, `b`, `c` and one more broke on the head side.',
    ],
    [
      'several faster ones',
      [aChange(0.5), aChange(0.9, { name: 'b', cause: aCause('placement') })],
      '2 benchmarks are faster, `call_method` most (2× as fast), 1 of them by luck of code placement; nothing got slower.',
    ],
    [
      'several open ones',
      ['a', 'b'].map(name => aBenchmark({ name, decision: 'undecided' })),
      'No verdict on 2 of 2 benchmarks.',
    ],
    [
      'some that could not be measured',
      [aBenchmark(), aBenchmark({ name: 'b', decision: 'unmeasured' })],
      '`b` could not be measured; nothing else got slower.',
    ],
    [
      'one that did not change',
      [aBenchmark()],
      '`json_dumps` did not get slower by more than its threshold of 5 %.',
    ],
    [
      'what came and went',
      [aBenchmark({ decision: 'new' }), aBenchmark({ decision: 'removed' })],
      'One benchmark is new; one benchmark is gone.',
    ],
  ])('tells of %s', (_, benchmarks, sentence) => {
    expect(say('pass', benchmarks)).toBe(sentence)
  })

  test.each([
    ['nothing', [], [], 'No benchmark was measured.'],
    [
      'nothing but faults',
      [],
      [{ what: 'The base cannot be found; fetch with fetch-depth: 0.' }, { what: 'x' }],
      'The base cannot be found; fetch with fetch-depth: 0; and one more fault.',
    ],
    [
      'one that yielded nothing',
      [aBenchmark({ decision: 'unmeasured', reason: 'It printed nothing.' })],
      [],
      '`json_dumps` could not be measured: it printed nothing.',
    ],
    [
      'several that yielded nothing',
      ['a', 'b'].map(name => aBenchmark({ name, decision: 'unmeasured' })),
      [],
      'None of the 2 benchmarks could be measured.',
    ],
  ])('of an error with %s says why', (_, benchmarks, errors, sentence) => {
    expect(say('error', benchmarks, errors)).toBe(sentence)
  })

  test('says that a benchmark which is gone fails the check, when it does', () => {
    expect(say('fail', [aBenchmark(), aBenchmark({ decision: 'removed' })])).toMatch(
      /one benchmark is gone, which fails the check\.$/,
    )
  })
})

test.each(Object.entries(SAMPLES))(
  'the sentence on %s is one line that ends, without a doubled mark',
  (_, { sentence }) => {
    expect(sentence).toMatch(/^[^\n]+[^.;:,]\.$/)
    expect(sentence).not.toMatch(/\s\s|\.\.|,,|;;|undefined|NaN/)
  },
)

test.each([
  ['placement', '1 of 3 benchmarks slower'],
  ['placement-warns', '1 of 2 benchmarks slower, not counted as a failure'],
  ['well', 'Nothing got slower'],
  ['undecided', '1 of 2 benchmarks undecided'],
  ['build-failed', 'The pull request does not build'],
  ['broken', 'A benchmark broke'],
])('the title on %s is short', (name, title) => {
  expect(verdictTitle(SAMPLES[name]!)).toBe(title)
})

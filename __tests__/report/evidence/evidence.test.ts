import { describe, expect, test } from '@jest/globals'
import type { Displacer, Suspect, Touched } from '../../../src/core/model/explanation.ts'
import { displacerSentences } from '../../../src/report/evidence/displacers.ts'
import { evidenceOf } from '../../../src/report/evidence/evidence.ts'
import { setRanges, suspectSentence, touchedSentence } from '../../../src/report/evidence/suspects.ts'
import { commonAxis, histogram, pointer, sparkline } from '../../../src/report/text/sparkline.ts'
import { aBenchmark, aSuspect, theStory } from '../../doubles/reports.ts'
import { SAMPLES } from '../../doubles/sample-reports.ts'

describe('a suspect', () => {
  const suspect = aSuspect('f', 1)
  const other = (evidence: Partial<Suspect['evidence']>, kind: Suspect['kind'] = 'function') =>
    suspectSentence(
      { ...suspect, kind, evidence: { from: 64, to: 128, share: 0.25, mechanism: 'moved', ...evidence } },
      'time',
    )

  test.each([
    ['where it was and is', other({}), '`f` (25 % of the time) moved from `0x40` to `0x80`.'],
    ['that it stayed', other({ to: 64 }), '`f` (25 % of the time) stays at `0x40`.'],
    [
      'whom it shares one set with',
      other({ mechanism: 'set-conflict', sets: { base: [1], head: [2] }, sharedWith: ['g'] }),
      '`f` (25 % of the time) moved from `0x40` to `0x80`, into set 2 that `g` uses too.',
    ],
    [
      'four that share its sets',
      other({
        mechanism: 'set-conflict',
        sets: { base: [], head: [2, 3] },
        sharedWith: ['a', 'b', 'c', 'd'],
      }),
      'into sets 2–3 that `a`, `b`, `c` and one more use too.',
    ],
    [
      'sets that nobody is known to share',
      other({ mechanism: 'set-conflict', sets: { base: [], head: [2] } }),
      'to `0x80`, into set 2.',
    ],
    [
      'its place in the line',
      other({ mechanism: 'alignment', lineOffset: { base: 0, head: 34 } }),
      'from byte 0 of a cache line to byte 34.',
    ],
    ['that it straddles', other({ mechanism: 'straddle' }), 'across a boundary between cache lines.'],
    [
      'its misses',
      other({ misses: { base: 1_310, head: 1_104_220 } }),
      '; instruction-cache misses 1,310 → 1.10 M.',
    ],
    [
      'data as data',
      other({ mechanism: 'data-set-conflict', misses: { base: 0, head: 9 } }, 'data'),
      '`f` (25 % of the accesses) moved from `0x40` to `0x80`; data-cache misses 0 → 9.',
    ],
  ])('is told with %s', (_, sentence, part) => {
    expect(sentence).toContain(part)
  })

  test.each([
    [[], 'sets '],
    [[5], 'set 5'],
    [[3, 1, 2, 7, 7], 'sets 1–3 and 7'],
    [[0, 2, 4, 6, 8, 10, 12, 14], 'sets 0, 2, 4, 6, 8 and 3 more runs'],
  ])('in sets %j lies in %s', (sets, shown) => {
    expect(setRanges(sets)).toBe(shown)
  })
})

describe('a displacer', () => {
  const displacer = (overrides: Partial<Displacer> = {}): Displacer => ({
    ...{ symbol: 'g', object: 'x', bytes: 48, change: 'grew', share: 0 },
    ...overrides,
  })

  test.each([
    [
      { source: 'Python/traceback.c:204' },
      '`g` grew by 48 bytes in `Python/traceback.c:204`; 0.0 % of the time is spent in it.',
    ],
    [{ change: 'shrank' as const, bytes: -1 }, '`g` shrank by 1 byte;'],
    [{ change: 'added' as const, bytes: 6_144 }, '`g` was added, 6,144 bytes;'],
    [{ change: 'removed' as const, bytes: -16 }, '`g` was removed, 16 bytes;'],
    [{ change: 'reordered' as const }, '`g` has another place in the order;'],
    [{ change: 'padding' as const, bytes: -32 }, '`g` lost 32 bytes of padding;'],
    [
      { change: 'padding' as const, bytes: -32, symbol: 'in front of h' },
      'The padding in front of `h` shrank by 32 bytes.',
    ],
    [{ share: 0.004 }, '; 0.4 % of the time is spent in it.'],
    [{ commits: [{ sha: '99aabbccddeeff00', title: 'Colour' }] }, '(`99aabbccdd` `Colour`);'],
  ])('%j is told in a sentence', (overrides, part) => {
    expect(displacerSentences([displacer(overrides)], 'time')).toEqual([expect.stringContaining(part)])
  })

  test('speaks of instructions where they were simulated', () => {
    expect(displacerSentences([displacer()], 'instructions')[0]).toMatch(
      /; 0\.0 % of the instructions run in it\.$/,
    )
  })

  test('shares a sentence with those that met the same fate, after those that the change touches', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map(symbol => displacer({ symbol, bytes: 3_920 }))
    const paddings = ['h', 'i', 'j'].map(symbol =>
      displacer({ symbol: `in front of ${symbol}`, change: 'padding', bytes: -80 }),
    )
    const own = displacer({
      symbol: 'tell',
      change: 'added',
      bytes: 60,
      source: 'src/traceback.c:6',
      commits: [{ sha: '004ca4e46e65', title: 'Tell' }],
    })
    expect(displacerSentences([...many, ...paddings, own], 'instructions')).toEqual([
      '`tell` was added, 60 bytes in `src/traceback.c:6` (`004ca4e46e` `Tell`); 0.0 % of the instructions run in it.',
      '`a`, `b`, `c` and two more grew by 3,920 bytes each; 0.0 % of the instructions run in each.',
      'The padding in front of `h`, `i` and `j` shrank by 80 bytes each.',
    ])
  })
})

describe('the functions that the change touches', () => {
  const touched = (share: number, from: Touched['from'] = 'lines'): Touched => ({
    function: 'f',
    file: 'f.c',
    share,
    from,
  })

  test.each([
    [[], ''],
    [[touched(0)], 'The change touches one function; it is not hot.'],
    [[touched(0), touched(0.001)], 'The change touches two functions; none of them is hot.'],
    [[touched(0.4)], 'The change touches one function; it is hot: `f` takes 40 % of the time.'],
    [
      [touched(0.4), touched(0.2), touched(0)],
      'The change touches three functions; two of them are hot: `f` takes 40 % of the time.',
    ],
    [
      [touched(0, 'hunks')],
      'The change touches one function, as far as the hunk headers of the diff tell; it is not hot.',
    ],
  ])('%j', (functions, sentence) => {
    expect(touchedSentence(functions, 'time')).toBe(sentence)
  })
})

describe('the evidence', () => {
  test('on the story comes in the order in which a reviewer asks', () => {
    expect(evidenceOf(theStory(), { items: 6, rows: 12 }).map(({ title }) => title)).toEqual([
      'Evidence',
      'Against it',
      'What differs in the counters',
      'Suspects',
      'What moved them',
      'Measured',
      'Layout trial: 12 random layouts a side',
      'What it means',
      'What to do',
    ])
  })

  test('counts what it leaves out', () => {
    const suspects = Array.from({ length: 9 }, (_, index) => aSuspect(`f${index}`, index + 1))
    const [found] = evidenceOf(theStory({ suspects }), { items: 6, rows: 12 }).filter(
      ({ title }) => title === 'Suspects',
    )
    expect(found?.items).toHaveLength(6)
    expect(found?.more).toBe(3)
  })

  test('gives no advice on luck, and none where nothing is known', () => {
    const titles = SAMPLES.lucky!.benchmarks.flatMap(benchmark =>
      evidenceOf(benchmark, { items: 6, rows: 12 }),
    ).map(({ title }) => title)
    expect(titles).not.toContain('What to do')
    expect(evidenceOf(aBenchmark({ base: { median: 1, samples: [] } }), { items: 6, rows: 12 })).toEqual([])
  })
})

describe('a distribution in characters', () => {
  const axis = { low: 0, high: 10, bins: 5 }

  test.each([
    [[0, 1, 2, 9.9, 10], '█▄  █'],
    [[5], '  █  '],
    [[], '     '],
    [[Number.NaN, -3, 30], '█   █'],
  ])('of %j is %s', (values, drawn) => {
    expect(sparkline(values, axis)).toBe(drawn)
  })

  test('has its mark below its bin', () => {
    expect([0, 5, 10].map(value => pointer(value, axis))).toEqual(['▲    ', '  ▲  ', '    ▲'])
  })

  test('keeps every value when all are the same, and has no axis when there is none', () => {
    const flat = commonAxis([[3, 3], [3]], 4)
    expect(flat && histogram([3, 3, 3], flat)).toEqual([0, 0, 3, 0])
    expect(commonAxis([[], [Number.NaN]], 4)).toBeUndefined()
  })
})

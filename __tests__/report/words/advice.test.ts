import { describe, expect, test } from '@jest/globals'
import type { Remedy } from '../../../src/core/layouts/remedies.ts'
import type { Cause, Suspect } from '../../../src/core/model/explanation.ts'
import type { RemedyTrial } from '../../../src/core/model/trials.ts'
import { shortName } from '../../../src/core/text/symbol-name.ts'
import { adviceFor } from '../../../src/report/words/advice.ts'
import { remedyResult } from '../../../src/report/words/remedy.ts'

const cause = (kind: Cause['kind']): Cause => ({ kind, confidence: 'likely', because: [], against: [] })
const suspect = (symbol: string, mechanism: Suspect['evidence']['mechanism']): Suspect => ({
  ...{ symbol, object: 'bench', rank: 1, kind: 'function', because: '' },
  evidence: { from: 1, to: 2, share: 0.5, mechanism },
})

describe('advice', () => {
  test.each([
    ['set-conflict', /hot|order file/],
    ['alignment', /-falign-functions=64/],
    ['data-set-conflict', /one array or one section/],
    ['straddle', /64 bytes/],
    ['moved', /order file/],
  ] as const)(
    'for %s names the remedy and the suspect, and says that it was not tried',
    (mechanism, remedy) => {
      const advice = adviceFor(cause('placement'), [suspect('op_01', mechanism), suspect('op_02', mechanism)])
      expect(advice.join(' ')).toMatch(remedy)
      for (const sentence of advice) expect(sentence).toMatch(/\(not tried here\)\.$/)
      expect(advice[0]).toContain('`op_01` and `op_02`')
    },
  )

  test.each(['work', 'codegen', 'memory', 'branches', 'unexplained'] as const)(
    'is not given for %s',
    kind => {
      expect(adviceFor(cause(kind), [suspect('f', 'alignment')])).toEqual([])
    },
  )

  test('is given once a mechanism', () => {
    expect(
      adviceFor(cause('mixed'), [
        suspect('a', 'alignment'),
        suspect('b', 'alignment'),
        suspect('c', 'moved'),
      ]),
    ).toHaveLength(2)
  })
})

const ORDER: Remedy = { kind: 'order', functions: ['op_01'], objects: [] }
const ALIGN: Remedy = { kind: 'align', flags: ['-falign-functions=64'] }
const tried = (remedy: Remedy, ratio: number): RemedyTrial =>
  remedyResult(remedy, { ratio, low: ratio - 0.01, high: ratio + 0.01 }, { threshold: 0.05, untreated: 1.7 })
const CURES = 1
const HELPS = 1.4
const NO_CURE = 1.7

describe('advice after a remedy trial', () => {
  const adviceOn = (mechanism: Suspect['evidence']['mechanism'], trials: readonly RemedyTrial[]) =>
    adviceFor(cause('mixed'), [suspect('op_01', mechanism)], trials)

  test.each([
    ['set-conflict', ORDER, /^Give the linker an order file .*\(tried above\), or mark `op_01` /],
    ['moved', ORDER, /^Give the linker an order file .*\(tried above\), or mark `op_01` /],
    [
      'moved',
      ALIGN,
      /^Build the file of `op_01` with -falign-functions=64 .*\(tried above, for all files\)\.$/,
    ],
    ['alignment', ALIGN, /^Build the file of `op_01` .*\(tried above, for all files\)\.$/],
    ['straddle', ALIGN, /^Align `op_01` to 64 bytes .*\(tried above, for all functions\)\.$/],
    ['data-set-conflict', ORDER, /^Put `op_01` into one array .*\(tried above, by an order file\)\.$/],
  ] as const)('for %s keeps what %j was tried to do when that helps, and drops it when not', (...given) => {
    const [mechanism, remedy, kept] = given
    const about = (ratio: number) =>
      adviceOn(mechanism, [tried(remedy, ratio)]).filter(sentence => kept.test(sentence))
    expect([about(CURES), about(HELPS), about(NO_CURE)].map(({ length }) => length)).toEqual([1, 1, 0])
  })

  test.each([
    ['set-conflict', [ORDER], ['profile-guided']],
    ['set-conflict', [ALIGN], ['order file', 'profile-guided']],
    ['moved', [ORDER], []],
    ['moved', [ALIGN], ['order file']],
    ['moved', [ORDER, ALIGN], []],
    ['alignment', [ALIGN], []],
    ['alignment', [ORDER], ['-falign-loops=32']],
    ['straddle', [ALIGN], []],
    ['data-set-conflict', [ORDER], []],
  ] as const)('for %s leaves of what was not tried, when %j is no cure, %j', (...given) => {
    const [mechanism, remedies, left] = given
    const advice = adviceOn(
      mechanism,
      remedies.map(remedy => tried(remedy, NO_CURE)),
    )
    expect(advice).toEqual(left.map(words => expect.stringContaining(words)))
    for (const sentence of advice) expect(sentence).toMatch(/\(not tried here\)\.$/)
  })

  test('is as without one where the report does not tell what was tried', () => {
    const { kind: _kind, helps: _helps, ...untold } = tried(ORDER, CURES)
    expect(adviceOn('set-conflict', [untold])).toEqual(adviceOn('set-conflict', []))
  })
})

describe('a short name', () => {
  test.each([
    ['report(double)', 'report'],
    ['void std::sort<int*>(int*, int*)', 'std::sort<int*>'],
    [
      'void std::__introsort_loop<__gnu_cxx::__normal_iterator<Item<double>*, long> >(long)',
      'std::__introsort_loop<…>',
    ],
    ['Counter<long>::add(std::vector<long> const&)', 'Counter<long>::add'],
    ['foo::operator()(int)', 'foo::operator()'],
    ['a::(anonymous namespace)::f(int)', 'a::{anonymous}::f'],
    ['unsigned long const& pick<int>(int)', 'pick<int>'],
    ['bench::mix', 'bench::mix'],
    ['main', 'main'],
  ])('of %j is %j', (whole, short) => {
    expect(shortName(whole)).toBe(short)
  })
})

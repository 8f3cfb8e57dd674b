import { describe, expect, test } from '@jest/globals'
import { adviceFor } from '../../src/core/advice.ts'
import type { Cause, Suspect } from '../../src/core/model.ts'
import { shortName } from '../../src/core/short-name.ts'

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
      expect(advice[0]).toContain('op_01 and op_02')
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

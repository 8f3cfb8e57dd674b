import { describe, expect, test } from '@jest/globals'
import { isColdPart, originOf, sameOrigin } from '../../../src/core/code/clone-name.ts'
import type { ElfSymbol } from '../../../src/core/elf/elf.ts'
import { matchSymbols } from '../../../src/core/placement/match.ts'
import { sourceName } from '../../../src/core/placement/source-name.ts'

const symbols = (...all: readonly (string | readonly [string, number])[]): ElfSymbol[] =>
  all.map((each, at) => {
    const [name, size] = typeof each === 'string' ? [each, 64] : each
    return { name, kind: 'function', address: 4096 + at * 128, size, section: 1, local: false }
  })

const pairs = (base: readonly ElfSymbol[], head: readonly ElfSymbol[]): string[] =>
  [...matchSymbols(base, head).headOf].flatMap((to, from) =>
    to < 0 ? [] : [`${base[from]!.name}@${from}=${head[to]!.name}@${to}`],
  )

describe('symbols of two builds', () => {
  test('are matched by name wherever they lie', () => {
    expect(pairs(symbols('a', 'b', 'gone'), symbols('b', 'new', 'a'))).toEqual(['a@0=a@2', 'b@1=b@0'])
  })

  test('are matched without hashes and clone numbers', () => {
    const rust = (hash: string) => `_ZN5bench3mix17h${hash}E`
    expect(
      pairs(
        symbols(rust('30d71155e1e264ca'), 'f.constprop.0', 'g.isra.0'),
        symbols(rust('1111111111111111'), 'f.constprop.1', 'g'),
      ),
    ).toHaveLength(3)
  })

  test('with the same name are matched in order, and by size when their number differs', () => {
    expect(pairs(symbols(['s', 10], ['s', 20]), symbols(['s', 10], ['s', 25]))).toEqual([
      's@0=s@0',
      's@1=s@1',
    ])
    expect(pairs(symbols(['s', 10], ['s', 20], ['s', 30]), symbols(['s', 10], ['s', 30]))).toEqual([
      's@0=s@0',
      's@2=s@1',
    ])
  })

  test('without names are matched by the sizes around them', () => {
    const nameless = (...sizes: number[]) =>
      symbols(...sizes.map((size, at) => [`0x${(4096 + at).toString(16)}`, size] as const))
    const found = [
      ...matchSymbols(nameless(10, 20, 30, 20, 40, 50), nameless(10, 20, 30, 99, 20, 40, 50)).headOf,
    ]
    expect(found).toEqual([0, 1, 2, 4, 5, 6])
  })

  test('of which there are many with one name do not cost the square', () => {
    const many = (count: number) => symbols(...Array.from({ length: count }, () => 'same'))
    expect([...matchSymbols(many(5000), many(4000)).headOf].filter(to => to >= 0)).toHaveLength(4000)
  })
})

describe('names', () => {
  test.each([
    ['parse.isra.0.cold', 'parse'],
    ['f.constprop.0', 'f'],
    ['main', 'main'],
    ['main.cold.12', 'main'],
    ['_ZN3fooE.llvm.123', '_ZN3fooE'],
  ])('%s comes from %s', (name, origin) => {
    expect(originOf(name)).toBe(origin)
  })

  test('of parts are known', () => {
    expect(isColdPart('f.cold')).toBe(true)
    expect(isColdPart('cold')).toBe(false)
    expect(sameOrigin('f.part.0', 'f.cold')).toBe(true)
  })

  test.each([
    ['crc', 'crc'],
    ['interp.constprop.0', 'interp'],
    ['_Z5totalIdET_RKSt6vectorI4ItemIS0_ESaIS3_EE', 'total'],
    ['_ZL4stepjj', 'step'],
    ['_ZN3foo3barEv', 'bar'],
    ['_ZNK3foo4sizeEv', 'size'],
    ['_ZN7CounterIlE3addERKSt6vectorIlSaIlEE', 'add'],
    ['_ZN5bench3mix17h30d71155e1e264caE', 'mix'],
    ['_RNvNtCs1234_5bench4cold5usage', 'usage'],
    ['main.(*T).Run.func1', 'Run'],
    ['internal/abi.BoundsDecode', 'BoundsDecode'],
  ])('%s is %s in the source', (symbol, name) => {
    expect(sourceName(symbol)).toBe(name)
  })
})

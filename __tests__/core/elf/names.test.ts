import { describe, expect, test } from '@jest/globals'
import type { ElfSymbol } from '../../../src/core/elf/elf.ts'
import { normaliseName, symbolKeys } from '../../../src/core/elf/names.ts'

const hash = '0123456789abcdef'

describe('normaliseName', () => {
  test.each([
    ['main', 'main', 'a plain name'],
    ['f.constprop.0', 'f.constprop', 'a clone for a constant'],
    ['f.constprop.0.isra.3', 'f.constprop.isra', 'a clone of a clone'],
    ['f.part.12.cold', 'f.part.cold', 'a cold piece of a piece'],
    ['f.cold.7', 'f.cold', 'a numbered cold piece'],
    ['f.llvm.1234567890123456789', 'f', 'a promoted LLVM local'],
    ['f.lto_priv.0', 'f', 'a privatised GCC local'],
    ['f.lto_priv.0.lto_priv.1', 'f', 'one privatised twice'],
    ['f.lto_priv.3.constprop.1', 'f.constprop', 'a clone of a privatised local'],
    ['counter.17', 'counter', 'a local static'],
    ['CSWTCH.42', 'CSWTCH', 'a switch table'],
    ['.str.12', '.str', 'a string table'],
    [`_ZN4core3fmt5write17h${hash}E`, '_ZN4core3fmt5writeE', 'a legacy Rust name'],
    [`_ZN4core3fmt5write17h${hash}E.llvm.99`, '_ZN4core3fmt5writeE', 'a legacy Rust name, promoted'],
    ['_RNvCskwGfYPst2Cb_3foo3bar', '_RNvC3foo3bar', 'a Rust name with a crate hash'],
    [
      '_RINvNtCs1_5alloc3vec3newNtCsZ9a_4core1TE',
      '_RINvNtC5alloc3vec3newNtC4core1TE',
      'a Rust name with two',
    ],
    ['anon.fad58de7366495db4650cfefac2fcd61.12', 'anon', 'a Rust constant without a name'],
    ['main.(*Tree).walk.func1', 'main.(*Tree).walk.func1', 'a Go closure'],
    ['gopkg.in/yaml%2ev3.Marshal', 'gopkg.in/yaml%2ev3.Marshal', 'a Go import path'],
    ['_ZN3foo3barEi', '_ZN3foo3barEi', 'a C++ name'],
    ['', '', 'no name'],
  ])('%s becomes %s: %s', (name, wanted) => {
    expect(normaliseName(name)).toBe(wanted)
    expect(normaliseName(normaliseName(name))).toBe(wanted)
  })

  test.each([
    ['f', 'f.cold'],
    ['f', 'f.constprop.0'],
    ['f.part.0', 'f.isra.0'],
    [`_ZN1a1b17h${hash}E`, `_ZN1a1c17h${hash}E`],
    ['_RNvCs1_3foo3bar', '_RNvCs1_3foo3baz'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(normaliseName(one)).not.toBe(normaliseName(other))
  })
})

describe('symbolKeys', () => {
  const symbol = (name: string, address: number, kind: ElfSymbol['kind'] = 'function'): ElfSymbol => ({
    ...{ name, kind, address, size: 8, section: 1, local: true },
  })

  test('numbers symbols of one name from the second on, functions and data apart', () => {
    const symbols = [
      symbol('help', 0),
      symbol('help.lto_priv.1', 8),
      symbol('help', 16, 'data'),
      symbol('main', 24),
    ]
    expect(symbolKeys(symbols)).toEqual(['function help', 'function help #2', 'data help', 'function main'])
  })

  test('matches all functions of two builds that differ in clone numbers and hashes only', () => {
    const base = symbolKeys([symbol('f.isra.0', 0), symbol(`_ZN1a1b17h${hash}E`, 8), symbol('s.3', 16)])
    const head = symbolKeys([
      symbol('f.isra.7', 4),
      symbol('_ZN1a1b17hffffffffffffffffE', 12),
      symbol('s.9', 20),
    ])
    expect(head).toEqual(base)
  })
})

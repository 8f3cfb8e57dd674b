import { describe, expect, test } from '@jest/globals'
import { inMemory } from '../../../src/core/elf/fields.ts'
import { sameProgram } from '../../../src/core/elf/identity.ts'
import { readLayout } from '../../../src/core/elf/read-elf.ts'
import { type Crafted, type CraftedSection, craftElf } from './crafted-elf.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = { name: '.text', flags: 6, address: 0x1000, bytes: bytes('machine code') }
const strings = (path: string) => ({
  name: '.rodata',
  flags: 2,
  address: 0x2000,
  bytes: bytes(`at ${path}/a.c`),
})
const id = (content: string) => ({
  name: '.note.gnu.build-id',
  type: 7,
  flags: 2,
  address: 0x500,
  bytes: bytes(content),
})
const zeros = { name: '.bss', type: 8, flags: 3, address: 0x3000, size: 64 }
const comment = (content: string) => ({ name: '.comment', bytes: bytes(content) })

const program = (sections: readonly CraftedSection[], more: Crafted = {}) =>
  readLayout(inMemory(craftElf({ sections, entry: 0x1000, ...more })))

const base = program([id('1111'), text, strings('/w/base'), zeros, comment('gcc')])

describe('sameProgram', () => {
  test('masks build ids, paths of equal length and what is not loaded', () => {
    const head = program([id('2222'), text, strings('/w/head'), zeros, comment('clang, longer')])
    expect(sameProgram(base, head, { paths: ['/w/base', '/w/head'] })).toEqual({ same: true })
    expect(sameProgram(base, head)).toEqual({ same: false, difference: 'section .rodata differs at 0x2006' })
  })

  test.each([
    [
      'code',
      [id('1'), { ...text, bytes: bytes('machine c0de') }, strings('/w/base'), zeros],
      {},
      'section .text differs at 0x1009',
    ],
    [
      'an address',
      [id('1'), { ...text, address: 0x1010 }, strings('/w/base'), zeros],
      {},
      'section .text is at 0x1000 and at 0x1010',
    ],
    [
      'a size',
      [id('1'), text, strings('/w/base'), { ...zeros, size: 65 }],
      {},
      'section .bss has 64 and 65 bytes',
    ],
    [
      'a flag',
      [id('1'), { ...text, flags: 2 }, strings('/w/base'), zeros],
      {},
      'section .text is of another kind',
    ],
    [
      'a name',
      [id('1'), { ...text, name: '.init' }, strings('/w/base'), zeros],
      {},
      'one has section .text where the other has .init',
    ],
    [
      'a section more',
      [id('1'), text, strings('/w/base'), zeros, { ...text, name: '.fini' }],
      {},
      'one loads 3 sections, the other 4',
    ],
    [
      'the start',
      [id('1'), text, strings('/w/base'), zeros],
      { entry: 0x1004 },
      'one starts at 0x1000, the other at 0x1004',
    ],
    [
      'the machine',
      [id('1'), text, strings('/w/base'), zeros],
      { machine: 183 },
      'they are of different kinds',
    ],
    [
      'a segment',
      [id('1'), text, strings('/w/base'), zeros],
      { segments: [{ offset: 0, address: 0, fileSize: 1 }] },
      'one has 0 segments, the other 1',
    ],
    ['being linked', [text], { type: 1 }, 'they are not linked'],
  ] as const)('names a difference in %s', (_, sections, more, difference) => {
    expect(sameProgram(base, program(sections, more), { paths: ['/w/base', '/w/head'] })).toEqual({
      same: false,
      difference,
    })
  })

  test('names a segment that is laid out differently', () => {
    const segments = [{ offset: 0, address: 0x1000, fileSize: 12 }]
    const [one, other] = [12, 13].map(memorySize =>
      program([text], { segments: segments.map(segment => ({ ...segment, memorySize })) }),
    )
    expect(sameProgram(one!, one!)).toEqual({ same: true })
    expect(sameProgram(one!, other!)).toEqual({
      same: false,
      difference: 'segment 0 (at 0x1000) is laid out differently',
    })
  })

  test('says nothing is shown of files without a section table', () => {
    const bare = program([])
    expect(sameProgram(bare, bare).same).toBe(false)
  })
})

import { describe, expect, test } from '@jest/globals'
import { ElfError } from '../../../src/core/elf/errors.ts'
import { inMemory } from '../../../src/core/elf/fields.ts'
import { readElf } from '../../../src/core/elf/read-elf.ts'
import { type Crafted, type CraftedSymbol, craftElf } from './crafted-elf.ts'

const code = Uint8Array.from({ length: 64 }, (_, index) => index)
const text = { name: '.text', flags: 6, address: 0x1000, bytes: code }
const data = { name: '.data', flags: 3, address: 0x2000, bytes: code }

const read = (crafted: Crafted) => readElf(inMemory(craftElf(crafted)))
const symbolsOf = (symbols: readonly CraftedSymbol[], more: Crafted = {}) =>
  read({ sections: [text, data], symbols, ...more }).symbols

describe('readElf', () => {
  test.each([
    { bits: 64, bigEndian: false, machine: 62, known: 'x86-64' },
    { bits: 64, bigEndian: false, machine: 183, known: 'aarch64' },
    { bits: 64, bigEndian: true, machine: 22, known: 'other' },
    { bits: 32, bigEndian: false, machine: 3, known: 'other' },
    { bits: 32, bigEndian: true, machine: 20, known: 'other' },
  ] as const)('reads $bits bits, big-endian $bigEndian, machine $machine', ({ known, ...form }) => {
    const elf = read({
      ...form,
      entry: 0x1008,
      sections: [text, data],
      segments: [{ offset: 0, address: 0xf00, fileSize: 200, memorySize: 300 }],
      symbols: [
        { name: 'table', address: 0x2004, size: 16, type: 1, section: 2 },
        { name: 'main', address: 0x1008, size: 8, type: 2, binding: 0 },
        { name: 'pick', address: 0x1010, size: 4, type: 10 },
      ],
    })
    expect(elf).toMatchObject({
      bits: form.bits,
      littleEndian: !form.bigEndian,
      machine: known,
      entry: 0x1008,
    })
    expect(elf.symbolSource).toBe('symtab')
    expect(elf.segments).toEqual([
      { type: 1, flags: 5, offset: 0, address: 0xf00, fileSize: 200, memorySize: 300 },
    ])
    expect(elf.sections[1]).toMatchObject({ name: '.text', address: 0x1000, size: 64, flags: 6, type: 1 })
    expect(elf.symbols).toEqual([
      { name: 'main', kind: 'function', address: 0x1008, size: 8, section: 1, local: true },
      { name: 'pick', kind: 'function', address: 0x1010, size: 4, section: 1, local: false },
      { name: 'table', kind: 'data', address: 0x2004, size: 16, section: 2, local: false },
    ])
    expect([...elf.bytesAt(0x1008, 4)]).toEqual([8, 9, 10, 11])
  })

  test('reads counts and section indexes that do not fit 16 bits', () => {
    const elf = read({
      extended: true,
      sections: [text, data],
      segments: [{ offset: 0, address: 0, fileSize: 64 }],
      symbols: [{ name: 'f', address: 0x2000, size: 8, section: 2 }],
    })
    expect(elf.sections.map(({ name }) => name)).toEqual([
      ...['', '.text', '.data', '.symtab', '.strtab', '.symtab_shndx', '.shstrtab'],
    ])
    expect(elf.segments).toHaveLength(1)
    expect(elf.symbols).toMatchObject([{ name: 'f', section: 2 }])
  })

  test('takes .dynsym where .symtab is missing, and says so', () => {
    const elf = read({
      sections: [text],
      symbols: [{ name: 'f', address: 0x1000, size: 8 }],
      symbolTable: '.dynsym',
    })
    expect(elf).toMatchObject({ symbolSource: 'dynsym', symbols: [{ name: 'f' }] })
    expect(read({ sections: [text] })).toMatchObject({ symbolSource: 'none', symbols: [] })
  })

  test('leaves out symbols that lie nowhere, thread-local ones, sections, files and labels', () => {
    const at = { address: 0x1000, size: 4 }
    const nowhere = [0, 0xfff1, 0xfff2].map(section => ({ name: 'x', ...at, section }))
    const others = [0, 3, 4, 6].map(type => ({ name: 'y', ...at, type }))
    expect(symbolsOf([...nowhere, ...others, { name: 'f', ...at }]).map(({ name }) => name)).toEqual(['f'])
  })

  test('makes aliases of names at one address and size, the exported and plainest first', () => {
    const at = { address: 0x1010, size: 16 }
    const symbols = symbolsOf([
      { name: '__read', ...at },
      { name: 'aaa', ...at, binding: 0 },
      { name: 'read', ...at, binding: 2 },
      { name: 'read', ...at },
      { name: 'part', address: 0x1010, size: 4 },
      { name: 'object', ...at, type: 1 },
    ])
    expect(symbols.map(({ name, size, aliases }) => [name, size, aliases])).toEqual([
      ['read', 16, ['__read', 'aaa']],
      ['object', 16, undefined],
      ['part', 4, undefined],
    ])
  })

  test.each([
    [
      'to the next symbol',
      [
        ['a', 0x1000, 0],
        ['b', 0x1018, 4],
      ],
      [
        ['a', 24],
        ['b', 4],
      ],
    ],
    ['to the end of the section', [['a', 0x1030, 0]], [['a', 16]]],
    [
      'to its namesake’s size',
      [
        ['a', 0x1000, 0],
        ['b', 0x1000, 12],
        ['c', 0x1008, 4],
      ],
      [
        ['a', 12],
        ['c', 4],
      ],
    ],
    ['never beyond the section', [['a', 0x1038, 400]], [['a', 8]]],
    ['not at all behind the section', [['a', 0x1040, 0]], [['a', 0]]],
  ] as const)('extends a symbol without a size %s', (_, given, wanted) => {
    const symbols = symbolsOf(given.map(([name, address, size]) => ({ name, address, size })))
    expect(symbols.map(({ name, size }) => [name, size])).toEqual(wanted)
  })

  test('names the files that units were compiled from, each once and without folders', () => {
    const symbols = [
      { name: 'src/main.c', address: 0, type: 4 },
      { name: 'step.c', address: 0, type: 4 },
      { name: 'main', address: 0x1000, size: 4 },
      { name: 'step.c', address: 0, type: 4 },
      { name: '', address: 0, type: 4 },
    ]
    const elf = read({ sections: [text, data], symbols })
    expect(elf.unitFiles).toEqual(['main.c', 'step.c'])
    expect(elf.symbols.map(({ name }) => name)).toEqual(['main'])
    expect(read({ sections: [text] }).unitFiles).toEqual([])
  })

  test('clears the Thumb bit and leaves out mapping symbols on ARM', () => {
    const given = [
      { name: 'thumb', address: 0x1009, size: 4 },
      { name: '$t.1', address: 0x1008, size: 4 },
      { name: '$d', address: 0x100c, size: 4, type: 1 },
      { name: '$dollar', address: 0x1011, size: 4, type: 1 },
    ]
    const onArm = symbolsOf(given, { bits: 32, machine: 40 })
    expect(onArm.map(({ name, address }) => [name, address])).toEqual([
      ['thumb', 0x1008],
      ['$dollar', 0x1011],
    ])
    expect(symbolsOf(given, { bits: 32, machine: 3 }).map(({ name }) => name)).toContain('$t.1')
  })

  test('keeps sections of a relocatable file apart although all begin at 0', () => {
    const sections = [
      { ...text, address: 0 },
      { ...data, address: 0, bytes: code.subarray(0, 32) },
    ]
    const symbols = symbolsOf(
      [
        { name: 'second', address: 0, section: 2 },
        { name: 'first', address: 0, section: 1 },
        { name: 'later', address: 8, section: 1 },
      ],
      { type: 1, sections },
    )
    expect(symbols.map(({ name, size, section }) => [name, size, section])).toEqual([
      ['first', 8, 1],
      ['second', 32, 2],
      ['later', 56, 1],
    ])
  })

  test('reads any number of symbols of different sizes at one address', () => {
    const many = Array.from({ length: 130_000 }, (_, size) => ({
      name: 'f',
      address: 0x1000,
      size: size + 1,
    }))
    const sections = [{ ...text, type: 8, bytes: new Uint8Array(), size: 200_000 }]
    expect(symbolsOf(many, { sections })).toHaveLength(130_000)
  })

  test('decodes names that are not ASCII', () => {
    const given = ['main.(*T)·f', 'größe', 'plain'].map((name, index) => ({
      name,
      address: 0x1000 + index * 8,
      size: 8,
    }))
    expect(symbolsOf(given).map(({ name }) => name)).toEqual(given.map(({ name }) => name))
  })

  test('finds the build id among other notes', () => {
    const note = (owner: string, type: number, content: readonly number[]) => {
      const bytes = new Uint8Array(12 + 4 + content.length)
      new Uint32Array(bytes.buffer, 0, 3).set([owner.length + 1, content.length, type])
      bytes.set(new TextEncoder().encode(owner), 12)
      bytes.set(content, 16)
      return bytes
    }
    const notes = Uint8Array.from([
      ...note('GNU', 1, [0, 0, 0, 0]),
      ...note('GNU', 3, [0xab, 0x01, 0xff, 0x10]),
    ])
    expect(read({ sections: [{ name: '.note', type: 7, bytes: notes }] }).buildId).toBe('ab01ff10')
    const segment = { type: 4, offset: 64 + 56, address: 0, fileSize: notes.length }
    const whole = craftElf({ sections: [{ name: '.x', bytes: notes }], segments: [segment] })
    whole.fill(0, 40, 48)
    expect(readElf(inMemory(whole)).buildId).toBe('ab01ff10')
    expect(read({ sections: [text] }).buildId).toBeUndefined()
  })
})

describe('bytesAt', () => {
  const zeros = { name: '.bss', type: 8, flags: 3, address: 0x3000, size: 64 }
  const threadZeros = { name: '.tbss', type: 8, flags: 0x403, address: 0x2000, size: 4096 }
  const elf = read({ sections: [text, threadZeros, data, zeros] })

  test.each([
    ['a part of a section', 0x1010, 3, [16, 17, 18]],
    ['no more than the section has', 0x103e, 10, [62, 63]],
    ['nothing between sections', 0x1040, 4, []],
    ['nothing of a section without bytes', 0x3000, 4, []],
    ['what lies where thread-local zeros seem to be', 0x2001, 2, [1, 2]],
    ['nothing in front of all', 0, 4, []],
  ])('yields %s', (_, address, size, wanted) => {
    expect([...elf.bytesAt(address, size)]).toEqual(wanted)
  })

  test('goes by segments where there is no section table', () => {
    const bytes = craftElf({
      sections: [text],
      segments: [{ offset: 64 + 56, address: 0x1000, fileSize: 64, memorySize: 128 }],
    })
    bytes.fill(0, 40, 48)
    const bare = readElf(inMemory(bytes))
    expect(bare.sections).toEqual([])
    expect([...bare.bytesAt(0x103e, 8)]).toEqual([62, 63])
    expect([...bare.bytesAt(0x1050, 8)]).toEqual([])
  })
})

describe('readElf on what it cannot read', () => {
  const whole = craftElf({
    sections: [text],
    segments: [{ offset: 0, address: 0x1000, fileSize: 64 }],
    symbols: [{ name: 'f', address: 0x1000, size: 8 }],
  })
  const changed = (at: number, value: number, size = 2): Uint8Array => {
    const bytes = Uint8Array.from(whole)
    for (let index = 0; index < size; index++) bytes[at + index] = Math.floor(value / 256 ** index) % 256
    return bytes
  }
  const sectionsAt = whole.length - 6 * 64

  test.each([
    ['an empty file', new Uint8Array(), /not an ELF file/],
    ['a text', new TextEncoder().encode('#!/bin/sh\nexit 0\n'), /not an ELF file/],
    ['a class that does not exist', changed(4, 3, 1), /class 3/],
    ['a byte order that does not exist', changed(5, 7, 1), /byte order 7/],
    ['only a header', whole.subarray(0, 40), /ELF header/],
    ['a section table behind the end', changed(40, 1e6, 8), /section table/],
    ['a segment table behind the end', changed(32, 1e6, 8), /segment table/],
    ['section headers that are too small', changed(58, 40), /40 bytes each/],
    ['segment headers that are too small', changed(54, 8), /8 bytes each/],
    ['section names in no section', changed(62, 99), /Section 99/],
    ['a section behind the end', changed(sectionsAt + 64 + 32, 1e9, 8), /Section 1 .* beyond the end/],
    ['an address beyond 2^53', changed(sectionsAt + 64 + 22, 0xffff), /beyond 2\^53/],
    ['a symbol table without strings', changed(sectionsAt + 2 * 64 + 40, 1, 4), /no string table/],
  ])('says what is wrong with %s', (_, bytes, message) => {
    expect(() => readElf(inMemory(bytes))).toThrow(ElfError)
    expect(() => readElf(inMemory(bytes))).toThrow(message)
  })

  test('a file cut off at any place is an ElfError', () => {
    for (let length = 0; length < whole.length; length++)
      expect(() => readElf(inMemory(whole.subarray(0, length)))).toThrow(ElfError)
    expect(readElf(inMemory(whole)).symbols).toHaveLength(1)
  })

  test('a file that shrinks while it is read is an ElfError', () => {
    const shrunk = {
      size: whole.length,
      read: (at: number, size: number) => whole.subarray(at, at + size - 1),
    }
    expect(() =>
      readElf({
        ...shrunk,
        read: (at, size) => (at < 64 ? whole.subarray(at, at + size) : shrunk.read(at, size)),
      }),
    ).toThrow(/changed while/)
  })

  test('a table larger than memory should hold is an ElfError before it is read', () => {
    const bytes = craftElf({ sections: [text], symbols: [{ name: 'f', address: 0x1000, size: 8 }] })
    new DataView(bytes.buffer).setBigUint64(bytes.length - 5 * 64 + 2 * 64 + 32, 2n ** 34n, true)
    const sparse = {
      size: 2 ** 36,
      read: (at: number, size: number) => {
        expect(size).toBeLessThan(2 ** 20)
        return bytes.subarray(at, at + size)
      },
    }
    expect(() => readElf(sparse)).toThrow(/more than the/)
  })
})

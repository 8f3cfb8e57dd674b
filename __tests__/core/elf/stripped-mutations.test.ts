import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { ElfImage } from '../../../src/core/elf/elf.ts'
import { ElfError } from '../../../src/core/elf/errors.ts'
import { inMemory } from '../../../src/core/elf/fields.ts'
import { functionsOf } from '../../../src/core/elf/functions.ts'
import { sameProgram } from '../../../src/core/elf/identity.ts'
import { pltSymbols } from '../../../src/core/elf/plt.ts'
import { readElf } from '../../../src/core/elf/read-elf.ts'
import { craftElf } from './crafted-elf.ts'
import { tally } from './mutations.ts'
import { run, temporaryFolder, testWith, write } from './tools-here.ts'

const folder = temporaryFolder()
const isElfError = (error: unknown): boolean => error instanceof ElfError

/** Go's table of three functions, in the layout of Go 1.20 and later (runtime/symtab.go). */
function goTable(): Uint8Array {
  const names = new TextEncoder().encode('main.one\0main.two\0main.three\0')
  const [nameTable, functions] = [72, 128]
  const bytes = new Uint8Array(256)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0xfffffff1, true)
  bytes.set([0, 0, 1, 8], 4)
  for (const [index, word] of [3, 0, 0x1000, nameTable, 0, 0, 0, functions].entries())
    view.setBigUint64(8 + index * 8, BigInt(word), true)
  bytes.set(names, nameTable)
  const rows = [
    [0, 32],
    [16, 40],
    [24, 48],
    [64, 0],
  ] as const
  for (const [index, [entry, at]] of rows.entries()) {
    view.setUint32(functions + index * 8, entry, true)
    view.setUint32(functions + index * 8 + 4, at, true)
  }
  for (const [at, name] of [
    [32, 0],
    [40, 9],
    [48, 18],
  ] as const)
    view.setUint32(functions + at + 4, name, true)
  return bytes
}

const code = { name: '.text', flags: 6, address: 0x1000, bytes: new Uint8Array(64) }

test('damaged tables of Go are read or refused with an ElfError', () => {
  const bytes = craftElf({
    entry: 0x1000,
    sections: [code, { name: '.gopclntab', flags: 2, bytes: goTable() }],
  })
  const elf = readElf(inMemory(bytes))
  expect(functionsOf(elf)).toMatchObject({
    from: 'go',
    functions: [
      { name: 'main.one', address: 0x1000, size: 16 },
      { name: 'main.two', address: 0x1010, size: 8 },
      { name: 'main.three', address: 0x1018, size: 40 },
    ],
  })
  let found = 0
  const read = (damaged: Uint8Array): void => {
    found += functionsOf({ ...elf, file: inMemory(damaged) }).functions.length
  }
  const result = tally([bytes], { read, expected: isElfError })
  expect(result.read).toBeGreaterThan(result.tried / 100)
  expect(found).toBeGreaterThan(result.tried / 100)
}, 180_000)

/** A file with frames, stubs and their relocations as the linker wrote them, and little else. */
function withStubs(): Uint8Array {
  const source =
    'int outside(int);\nint other(int);\nint f(int a) { return outside(a) + other(a); }\nint g(int a) { return f(a) * 3; }\n'
  run('gcc', [
    '-O1',
    '-shared',
    '-fPIC',
    '-nostdlib',
    '-Wl,-z,lazy',
    '-o',
    join(folder, 'a.so'),
    write(join(folder, 'a.c'), source),
  ])
  const whole = readElf(inMemory(new Uint8Array(readFileSync(join(folder, 'a.so')))))
  const order = ['.text', '.plt', '.plt.sec', '.eh_frame', '.rela.plt', '.dynsym', '.dynstr']
  const kept = order.flatMap(wanted => whole.sections.filter(({ name }) => name === wanted))
  const links: Readonly<Record<string, string>> = { '.rela.plt': '.dynsym', '.dynsym': '.dynstr' }
  return craftElf({
    type: 3,
    sections: kept.map(({ name, type, flags, address, offset, size, entrySize }) => ({
      ...{ name, type, flags, address, entrySize, bytes: whole.file.read(offset, size) },
      link: links[name] ? kept.findIndex(section => section.name === links[name]) + 1 : 0,
    })),
  })
}

testWith('gcc', 'readelf')(
  'damaged frames, stubs and programs to compare are read or refused with an ElfError',
  () => {
    const bytes = withStubs()
    const whole = readElf(inMemory(bytes))
    expect(new Set(pltSymbols(whole).values())).toEqual(new Set(['f', 'other', 'outside']))
    expect(functionsOf(whole).functions.map(({ name }) => name)).toEqual(expect.arrayContaining(['f', 'g']))
    let [names, same] = [0, 0]
    const read = (damaged: Uint8Array): void => {
      const elf: ElfImage = readElf(inMemory(damaged))
      names += pltSymbols(elf).size + functionsOf(elf).functions.length
      if (sameProgram(whole, elf).same) same++
    }
    const result = tally([bytes], { read, expected: isElfError })
    expect(result.refused).toBeGreaterThan(result.tried / 100)
    expect(names).toBeGreaterThan(result.tried / 100)
    expect(same).toBeGreaterThan(result.tried / 2000)
  },
  180_000,
)

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { inMemory } from '../../../src/core/elf/fields.ts'
import { readElf } from '../../../src/core/elf/read-elf.ts'
import { openElf } from '../../../src/shell/files/elf-file.ts'
import { differences } from './readelf-symbols.ts'
import { can, run, temporaryFolder, testWith, write } from './tools-here.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder, name)
const source = `
static int table[4] = {1, 2, 3, 4};
int room[100];
__attribute__((noinline)) static int inner(int a) { return table[a & 3]++; }
__attribute__((noinline)) int outer(int a) { return inner(a) + room[a & 7]; }
int main(int argc, char **argv) { return outer(argc); }
`

function agrees(name: string): ReturnType<typeof readElf> {
  const { elf, close } = openElf(at(name))
  expect(differences(elf, run('readelf', ['-sW', at(name)]))).toEqual([])
  close()
  return elf
}

describe('the forms that a build leaves', () => {
  beforeAll(() => {
    write(at('program.c'), source)
  })

  testWith('gcc', 'readelf')('a linked program', () => {
    run('gcc', ['-O2', '-o', at('program'), at('program.c')])
    const elf = agrees('program')
    expect(elf.symbols.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['inner', 'outer', 'main', 'table', 'room']),
    )
    const ids = run('readelf', ['-n', at('program')])
    expect(ids).toContain(`Build ID: ${elf.buildId}`)
  })

  testWith('gcc', 'readelf')('an object file with a section for each function', () => {
    run('gcc', [
      '-O2',
      '-ffunction-sections',
      '-fdata-sections',
      '-c',
      '-o',
      at('program.o'),
      at('program.c'),
    ])
    const elf = agrees('program.o')
    expect(elf.type).toBe('relocatable')
    expect(elf.symbols.filter(({ address }) => address === 0).length).toBeGreaterThan(3)
  })

  testWith(
    'gcc',
    'strip',
    'readelf',
  )('a stripped shared object shows its exports only', () => {
    run('gcc', ['-O2', '-shared', '-fPIC', '-o', at('shared.so'), at('program.c')])
    run('strip', [at('shared.so')])
    const elf = agrees('shared.so')
    expect(elf).toMatchObject({ symbolSource: 'dynsym', type: 'shared' })
    const names = elf.symbols.map(({ name }) => name)
    expect(names).toContain('outer')
    expect(names).not.toContain('inner')
  })

  testWith(
    'gcc',
    'objcopy',
    'readelf',
  )('a debug-only file has symbols but no code', () => {
    run('gcc', ['-O2', '-g', '-o', at('whole'), at('program.c')])
    run('objcopy', ['--only-keep-debug', at('whole'), at('whole.debug')])
    const [whole, debug] = [openElf(at('whole')), openElf(at('whole.debug'))]
    expect(debug.elf.symbols).toEqual(whole.elf.symbols)
    expect(debug.elf.buildId).toBe(whole.elf.buildId)
    const outer = whole.elf.symbols.find(({ name }) => name === 'outer')!
    expect(whole.elf.bytesAt(outer.address, outer.size)).toHaveLength(outer.size)
    expect(debug.elf.bytesAt(outer.address, outer.size)).toHaveLength(0)
    whole.close()
    debug.close()
  })

  testWith('gcc', 'readelf')('a program for 32 bits', () => {
    const asm = write(
      at('thirty-two.s'),
      '.globl f\n.type f,@function\nf: nop\nret\n.size f,.-f\n.globl _start\n.type _start,@function\n_start: call f\n',
    )
    run('as', ['--32', '-o', at('thirty-two.o'), asm])
    expect(agrees('thirty-two.o')).toMatchObject({
      bits: 32,
      symbols: [
        { name: 'f', size: 2 },
        { name: '_start', size: 5 },
      ],
    })
  })

  const targets = ['aarch64', 'arm', 'powerpc64', 'powerpc', 'mips', 's390x', 'riscv64', 'i386']
  test.each(targets)('an object of %s, by clang where it is there', target => {
    const args = [
      `--target=${target}-linux-gnu`,
      '-O1',
      '-ffreestanding',
      '-c',
      '-o',
      at(`${target}.o`),
      at('program.c'),
    ]
    if (!can('clang', args)) return console.info(`skipped: no clang for ${target} here`)
    expect(agrees(`${target}.o`).symbols.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['outer', 'room']),
    )
  })

  testWith('gcc', 'readelf')('an object with more sections than fit 16 bits', () => {
    const lines = Array.from(
      { length: 66_000 },
      (_, i) => `.section .text.f${i},"ax",@progbits\n.type f${i},@function\nf${i}: nop\n.size f${i},1`,
    )
    run('as', ['-o', at('many.o'), write(at('many.s'), `${lines.join('\n')}\n`)])
    const elf = readElf(inMemory(new Uint8Array(readFileSync(at('many.o')))))
    expect(elf.symbols).toHaveLength(66_000)
    const last = elf.symbols.find(({ name }) => name === 'f65999')!
    expect(elf.sections[last.section]!.name).toBe('.text.f65999')
  })
})

import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from '@jest/globals'
import { functionsFromEhFrame } from '../../../src/core/elf/eh-frame.ts'
import type { ElfImage } from '../../../src/core/elf/elf.ts'
import { functionsOf } from '../../../src/core/elf/functions.ts'
import { functionsFromGoTable } from '../../../src/core/elf/gopclntab.ts'
import { openElf } from '../../../src/shell/files/elf-file.ts'
import { folderOf, run, temporaryFolder, testWith, write } from './tools-here.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder, name)
const source = `
#include <stdlib.h>
__attribute__((noinline)) static int inner(int a) { if (__builtin_expect(a == 12345, 0)) abort(); return a * 3; }
__attribute__((noinline, visibility("default"))) int outer(int a) { return inner(a) + 1; }
int main(int argc, char **argv) { return outer(argc); }
`

function read(path: string): ElfImage {
  const { elf, close } = openElf(path)
  // Left open by purpose: code and frames are read while the test asks; the process closes it.
  expect(close).toBeInstanceOf(Function)
  return elf
}

describe('functions out of .eh_frame', () => {
  testWith('gcc', 'strip')('have the bounds that the symbols had', () => {
    run('gcc', ['-O2', '-o', at('whole'), write(at('a.c'), source)])
    copyFileSync(at('whole'), at('stripped'))
    run('strip', [at('stripped')])
    const named = read(at('whole')).symbols.filter(({ name }) => /^(inner|outer|main)/.test(name))
    const bounds = functionsFromEhFrame(read(at('stripped')))
    expect(named.length).toBeGreaterThanOrEqual(3)
    for (const { address, size, section } of named)
      expect(bounds).toContainEqual({
        ...{ name: `0x${address.toString(16)}`, kind: 'function', address, size, section, local: true },
      })
  })

  testWith('g++')('are found beside the exception tables of C++', () => {
    const code =
      '#include <stdexcept>\nint f(int a) { if (a) throw std::runtime_error("x"); return a; }\nint main(int c, char **) { try { return f(c); } catch (std::exception &) { return 1; } }\n'
    run('g++', ['-O1', '-o', at('cpp'), write(at('a.cpp'), code)])
    const elf = read(at('cpp'))
    const bounds = new Map(functionsFromEhFrame(elf).map(({ address, size }) => [address, size]))
    for (const { address, size } of elf.symbols.filter(({ name }) => /^(main|_Z1fi)/.test(name)))
      expect(bounds.get(address)).toBe(size)
  })
})

describe('the best list of functions', () => {
  testWith('gcc', 'strip')('is by name, by export and bounds, or by bounds alone', () => {
    const file = write(at('a.c'), source)
    run('gcc', ['-O2', '-o', at('named'), file])
    expect(functionsOf(read(at('named'))).from).toBe('symtab')
    run('gcc', ['-O2', '-s', '-o', at('bare'), file])
    expect(functionsOf(read(at('bare'))).from).toBe('frames')
    run('gcc', ['-O2', '-s', '-shared', '-fPIC', '-o', at('exports.so'), file])
    const { functions, from } = functionsOf(read(at('exports.so')))
    expect(from).toBe('dynsym')
    expect(functions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['outer', expect.stringMatching(/^0x/)]),
    )
    const addresses = functions.map(({ address }) => address)
    expect(addresses).toEqual(addresses.toSorted((a, b) => a - b))
    expect(new Set(addresses).size).toBe(addresses.length)
  })
})

describe('functions out of Go’s table', () => {
  testWith('go')(
    'are those of the symbol table that was stripped',
    () => {
      write(
        at('m.go'),
        'package main\n\n//go:noinline\nfunc work(a int) int { return a * 3 }\n\nfunc main() { println(work(2)) }\n',
      )
      const env = {
        ...process.env,
        PATH: `${folderOf('go')}:${process.env.PATH}`,
        GO111MODULE: 'off',
        CGO_ENABLED: '0',
      }
      run('go', ['build', '-o', at('go'), at('m.go')], { env, cwd: folder })
      run('go', ['build', '-ldflags=-s -w', '-o', at('go-stripped'), at('m.go')], { env, cwd: folder })
      const symbols = new Map(read(at('go')).symbols.map(({ address, name }) => [address, name]))
      const stripped = read(at('go-stripped'))
      expect(stripped.symbolSource).toBe('none')
      const { functions, from } = functionsOf(stripped)
      expect(from).toBe('go')
      expect(functions.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['main.work', 'main.main', 'runtime.mallocgc']),
      )
      const agreeing = functions.filter(({ address, name }) => symbols.get(address) === name)
      expect(agreeing.length / functions.length).toBeGreaterThan(0.9)
    },
    120_000,
  )

  testWith('gcc')('are none in a C program', () => {
    run('gcc', ['-o', at('c'), write(at('a.c'), source)])
    expect(functionsFromGoTable(read(at('c')))).toEqual([])
  })
})

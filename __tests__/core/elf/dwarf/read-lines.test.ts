import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { readLines, tidyPath } from '../../../../src/core/elf/dwarf/read-lines.ts'
import type { ElfFile } from '../../../../src/core/elf/elf.ts'
import { inflate, openElf } from '../../../../src/shell/files/elf-file.ts'
import { can, folderOf, run, temporaryFolder, testWith, toolPath, write } from '../tools-here.ts'

const root = join(temporaryFolder(), 'tree')
const at = (name: string): string => join(root, name)

const header = `static inline int square(int x) {
  int y = x * x;
  return y + 1;
}
`
const source = `#include "sub/square.h"
int total;
__attribute__((noinline)) int one(int a) {
  total += square(a);
  return total;
}
__attribute__((noinline)) int two(int a) {
  for (int i = 0; i < a; i++)
    total ^= i;
  return total;
}
int main(int argc, char **argv) { return one(argc) + two(argc); }
`

beforeAll(() => {
  mkdirSync(at('src/sub'), { recursive: true })
  write(at('src/sub/square.h'), header)
  write(at('src/a.c'), source)
})

/** Every address of the program's own functions, and a number of others spread evenly over the code. */
function addressesOf(elf: ElfFile, most: number): number[] {
  const own = elf.symbols.filter(({ name }) => /^(one|two|main|main\.main)$/.test(name))
  const code = elf.sections.filter(({ flags, size }) => flags % 8 >= 4 && size > 0)
  const step = Math.max(1, Math.floor(code.reduce((sum, { size }) => sum + size, 0) / most))
  const spread = (from: number, size: number, by: number): number[] =>
    Array.from({ length: Math.ceil(size / by) }, (_, index) => from + index * by)
  return [
    ...own.flatMap(({ address, size }) => spread(address, size, 1)),
    ...code.flatMap(({ address, size }) => spread(address, size, step)),
  ]
}

/** What a tool says of addresses, tidied as our paths are; empty where it knows neither file nor line. */
function told(tool: string, path: string, addresses: readonly number[]): string[] {
  const input = addresses.map(address => `0x${address.toString(16)}\n`).join('')
  return run(tool, ['-e', path], { input })
    .trimEnd()
    .split('\n')
    .map(line => {
      const [, file, number] = /^(.*):(\d+|\?)(?: \(.*\))?$/.exec(line) ?? []
      return file === undefined || number === '?' || number === '0' ? '' : `${tidyPath(file)}:${number}`
    })
}

/** The addresses at which our lines are not the tool's, of how many that have lines. */
function beside(tool: string, path: string, most = 3000): { lines: number; wrong: string[] } {
  const { elf, close } = openElf(path)
  const addresses = addressesOf(elf, most)
  const table = readLines(elf, { inflate })
  close()
  const theirs = told(tool, path, addresses)
  const ours = addresses.map(address => {
    const found = table.lineOf(address)
    return found ? `${found.file}:${found.line}` : ''
  })
  const wrong = ours.flatMap((line, i) =>
    line === theirs[i] ? [] : [`${addresses[i]!.toString(16)} ${theirs[i]} ${line}`],
  )
  return { lines: ours.filter(line => line !== '').length, wrong: wrong.slice(0, 5) }
}

describe('lines beside addr2line', () => {
  test.each([
    ['gcc', '-gdwarf-2'],
    ['gcc', '-gdwarf-3'],
    ['gcc', '-gdwarf-4'],
    ['gcc', '-gdwarf-5'],
    ['gcc', '-g -gz=zlib'],
    ['gcc', '-g -gz=zlib-gnu'],
    ['gcc', '-g -gno-as-loc-support'],
    ['gcc', '-g -ffunction-sections -Wl,--gc-sections'],
    ['gcc', '-g -no-pie -static'],
    ['clang', '-gdwarf-2'],
    ['clang', '-gdwarf-4'],
    ['clang', '-gdwarf-5'],
  ])('agree for %s %s', (compiler, options) => {
    const program = at('program')
    const args = ['-O2', ...options.split(' '), '-o', program, 'src/a.c']
    if (!can(compiler, args, root) || !toolPath('addr2line'))
      return console.info(`skipped: ${compiler} ${options} does not work here`)
    const { lines, wrong } = beside('addr2line', program)
    expect(wrong).toEqual([])
    expect(lines).toBeGreaterThan(40)
  })

  test('agree for offsets of 64 bits, which addr2line itself reads from llvm only', () => {
    const args = ['-O2', '-g', '-gdwarf64', '-gdwarf-5', '-o', at('wide'), 'src/a.c']
    if (!can('gcc', args, root) || !toolPath('llvm-addr2line'))
      return console.info('skipped: no llvm-addr2line here')
    expect(beside('llvm-addr2line', at('wide')).wrong).toEqual([])
  })

  testWith('g++', 'addr2line')('agree for C++ with templates', () => {
    const code =
      '#include <map>\n#include <string>\nint main(int c, char **v) {\n  std::map<std::string, int> m;\n  for (int i = 0; i < c; i++)\n    m[v[i]]++;\n  return m.size();\n}\n'
    run('g++', ['-g', '-gdwarf-4', '-O1', '-o', at('cpp'), write(at('m.cpp'), code)])
    const { lines, wrong } = beside('addr2line', at('cpp'))
    expect(wrong).toEqual([])
    expect(lines).toBeGreaterThan(1000)
  })

  testWith('rustc', 'llvm-addr2line')(
    'agree for Rust',
    () => {
      const code = 'fn main() {\n    let n = std::env::args().count();\n    println!("{}", n);\n}\n'
      run('rustc', ['-g', '-O', '-o', at('rust'), write(at('m.rs'), code)])
      const { lines, wrong } = beside('llvm-addr2line', at('rust'))
      expect(wrong).toEqual([])
      expect(lines).toBeGreaterThan(1000)
    },
    120_000,
  )

  testWith('go', 'llvm-addr2line')(
    'agree for Go, whose sections are compressed',
    () => {
      write(at('m.go'), 'package main\n\nfunc main() {\n\tprintln(len("a"))\n}\n')
      const env = {
        ...process.env,
        PATH: `${folderOf('go')}:${process.env.PATH}`,
        GO111MODULE: 'off',
        CGO_ENABLED: '0',
      }
      run('go', ['build', '-o', at('go'), at('m.go')], { env, cwd: root })
      const { lines, wrong } = beside('llvm-addr2line', at('go'))
      expect(wrong).toEqual([])
      expect(lines).toBeGreaterThan(1000)
    },
    120_000,
  )
})

describe('what a line table tells', () => {
  const built = (options: readonly string[]): ReturnType<typeof readLines> => {
    run('gcc', ['-O2', ...options, '-o', at('asked'), 'src/a.c'], { cwd: root })
    const { elf, close } = openElf(at('asked'))
    const table = readLines(elf, { inflate, root })
    close()
    return table
  }
  const touching = (
    table: ReturnType<typeof readLines>,
    file: string,
    first: number,
    last: number,
  ): string[] =>
    table
      .functionsTouching(file, [{ first, last }])
      .map(({ symbol, line }) => `${symbol.name} ${line}`)
      .sort()

  for (const version of ['-gdwarf-4', '-gdwarf-5'])
    testWith('gcc')(`functions that come from lines, with ${version}`, () => {
      const table = built([version])
      expect(table.files).toEqual(expect.arrayContaining(['src/a.c', 'src/sub/square.h']))
      expect(touching(table, 'src/a.c', 3, 6)).toEqual(['one 3'])
      expect(touching(table, 'src/a.c', 8, 9)).toEqual(['two 8'])
      expect(touching(table, 'src/a.c', 5, 8)).toEqual(['one 5', 'two 7'])
      expect(touching(table, 'src/a.c', 1, 2)).toEqual([])
      expect(touching(table, 'src/other.c', 1, 99)).toEqual([])
      expect(touching(table, 'src/sub/square.h', 2, 3)).toEqual(['one 2'])
    })

  testWith('gcc')('the lines of a function, inlined ones by their own file', () => {
    const table = built(['-g'])
    const { elf, close } = openElf(at('asked'))
    close()
    const one = elf.symbols.find(({ name }) => name === 'one')!
    const lines = table.linesOf(one).toSorted((a, b) => (a.file < b.file ? -1 : 1))
    expect(lines.map(({ file }) => file)).toEqual(['src/a.c', 'src/sub/square.h'])
    expect(lines[0]).toMatchObject({ first: 3, last: 6 })
    expect(lines[1]!.first).toBeGreaterThanOrEqual(1)
    expect(lines[1]!.last).toBeLessThanOrEqual(4)
  })

  testWith('gcc')('a file whose build path was mapped away is found by its ending', () => {
    const table = built(['-g', `-ffile-prefix-map=${root}=/mapped`, '-fdebug-prefix-map=src=/module/src'])
    expect(touching(table, 'a.c', 8, 9)).toEqual(['two 8'])
  })

  testWith('gcc', 'strip')('nothing of a program without debug information', () => {
    run('gcc', ['-O2', '-o', at('bare'), 'src/a.c'], { cwd: root })
    const { elf, close } = openElf(at('bare'))
    const table = readLines(elf, { inflate })
    close()
    expect(table.files).toEqual([])
    expect(table.lineOf(elf.entry)).toBeUndefined()
    expect(table.linesOf({ address: elf.entry, size: 10 })).toEqual([])
  })
})

describe('tidyPath', () => {
  test.each([
    ['/a/b/../c/./d.c', undefined, '/a/c/d.c'],
    ['./src//a.c', undefined, 'src/a.c'],
    ['/tree/src/a.c', '/tree', 'src/a.c'],
    ['/tree/src/a.c', '/tree/', 'src/a.c'],
    ['/treetop/a.c', '/tree', '/treetop/a.c'],
    ['../a.c', '/tree', '../a.c'],
    ['/../a.c', undefined, '/../a.c'],
    ['', undefined, ''],
  ])('%s under %s is %s', (path, folder, wanted) => {
    expect(tidyPath(path, folder)).toBe(wanted)
  })
})

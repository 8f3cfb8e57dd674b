import { join } from 'node:path'
import { describe, expect } from '@jest/globals'
import { causeClause } from '../../../src/report/words/cause-clause.ts'
import { temporaryFolder, testWith } from '../../core/elf/tools-here.ts'
import { aBenchmark } from '../../doubles/reports.ts'
import { type BuiltProgram, explainBuilt, type Tree } from './built-programs.ts'

const folder = temporaryFolder()

const MAIN = `#include <stdio.h>
#include "drawn.h"
__attribute__((noinline)) unsigned step(unsigned t, unsigned x) {
  t ^= x ^ SALT;
  for (int i = 0; i < ROUNDS; i++) { t *= 0x9e3779b9u; t ^= t >> 5; }
  return t ^ (t >> 9);
}
int main(void) { unsigned t = 1; for (unsigned i = 0; i < 60000; i++) t = step(t, i); printf("%u\\n", t); return 0; }
`
const makefile = (flags: string): string => `bench: main.c drawn.h\n\t$(CC) ${flags} -o $@ main.c\n`
const drawn = (rounds: number, salt: number): Tree => ({
  'drawn.h': `#define ROUNDS ${rounds}\n#define SALT ${salt}u\n`,
})
const tree = (flags: string): Tree => ({ 'main.c': MAIN, Makefile: makefile(flags) })

/** What the build draws on each side and again, and by which flags each side is built. */
const program = (
  [base, head, again]: readonly [Tree, Tree, Tree],
  flags: readonly [string, string] = ['-O1', '-O1'],
): BuiltProgram => ({
  base: { ...tree(flags[0]), 'README.md': 'one\n' },
  head: { ...tree(flags[1]), 'README.md': 'two\n' },
  untracked: { base, head },
  again,
  build: 'make -s',
  ratio: 2,
})

describe('a build that gives other code each time', () => {
  for (const flags of ['-O1', '-O1 -g'])
    testWith(
      'gcc',
      'valgrind',
      'git',
    )(`is recognised in what it draws, built with ${flags}`, async () => {
      const { cause } = await explainBuilt(
        join(folder, `drawn${flags}`.replaceAll(' ', '')),
        program([drawn(1, 1), drawn(6, 2), drawn(5, 3)], [flags, flags]),
      )
      expect([cause.kind, causeClause(aBenchmark({ name: 'x', cause }))]).toEqual([
        'unexplained',
        expect.stringContaining('not reproducible'),
      ])
      expect(cause.because.join(' ')).toMatch(/base built twice .* gives other code of step in bench/)
    })

  testWith(
    'gcc',
    'valgrind',
    'git',
  )('is no excuse where two builds of base are the same', async () => {
    const { cause } = await explainBuilt(
      join(folder, 'same'),
      program([drawn(1, 1), drawn(6, 2), drawn(1, 1)]),
    )
    expect(cause.kind).toBe('work')
  })

  testWith(
    'gcc',
    'valgrind',
    'git',
  )('hides no compiler flag where only a number is drawn', async () => {
    const { cause } = await explainBuilt(
      join(folder, 'flag'),
      program([drawn(4, 100_001), drawn(4, 100_001), drawn(4, 100_003)], ['-O1', '-O0']),
    )
    expect([cause.kind, cause.through]).toEqual(['codegen', [expect.stringContaining('Makefile')]])
  })
})

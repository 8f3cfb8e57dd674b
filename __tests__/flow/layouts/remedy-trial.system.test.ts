// Shares the machine: nothing here depends on the clock.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { LayoutFault } from '../../../src/core/layouts/fault.ts'
import { remediesFor } from '../../../src/core/layouts/remedies.ts'
import type { Suspect } from '../../../src/core/model/explanation.ts'
import { type Result, success } from '../../../src/core/model/result.ts'
import type { RemedyTrial } from '../../../src/core/model/trials.ts'
import { remedyTrials } from '../../../src/flow/layouts/remedy-trial.ts'
import { layoutFault } from '../../../src/report/words/layout-trial.ts'
import { withBuiltSides } from '../../doubles/built-sides.ts'
import { coldFunction } from '../../scenarios/machine.ts'
import type { Tree } from '../../scenarios/scenario.ts'

const has = (...names: readonly string[]) =>
  names.every(name => (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, name))))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-remedy-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const suspect = (mechanism: Suspect['evidence']['mechanism'], symbol = 'alpha'): Suspect => ({
  ...{ symbol, object: 'bench', rank: 1, because: 'it moved' },
  kind: mechanism === 'data-set-conflict' ? 'data' : 'function',
  evidence: { from: 0, to: 64, share: 1, mechanism },
})

/** Costs twice as much as soon as what the expression asks for does not hold. */
function sources(good: string, coldBytes: number): Tree {
  return {
    'a.c': '__attribute__((noinline)) int alpha(int x) { return x + 1; }\nint warm[4] = {1};\n',
    'b.c': `${coldFunction('cold', coldBytes)}int cold_data[${coldBytes}] = {1};\n`,
    'c.c': '__attribute__((noinline)) int beta(int x) { return x + 2; }\nint hot[4] = {2};\n',
    'main.c': `#include <stdint.h>
#include <stdio.h>
int alpha(int), beta(int);
extern int warm[], hot[];
static uintptr_t apart(const void *a, const void *b) { return a < b ? (uintptr_t)b - (uintptr_t)a : (uintptr_t)a - (uintptr_t)b; }
int main(void) {
    int good = ${good};
    printf("cost %d\\n", alpha(0) + beta(0) + warm[0] + hot[0] > 0 && good ? 100 : 200);
    return (int)(0 * apart(warm, hot));
}
`,
  }
}

interface Case {
  readonly name: string
  readonly needs: readonly string[]
  readonly good: string
  readonly build: string
  readonly suspects: readonly Suspect[]
  readonly cured: readonly boolean[]
}

const near = 'apart((void *)alpha, (void *)beta) < 1024'
const cases: readonly Case[] = [
  {
    name: 'GNU ld puts functions side by side',
    needs: ['gcc'],
    good: near,
    build: 'gcc -O1 a.c b.c c.c main.c -o bench',
    suspects: [suspect('set-conflict')],
    cured: [true],
  },
  {
    name: 'lld puts functions side by side',
    needs: ['clang', 'ld.lld'],
    good: near,
    build: 'clang -O1 -fuse-ld=lld a.c b.c c.c main.c -o bench',
    suspects: [suspect('set-conflict')],
    cured: [true],
  },
  {
    name: 'gold puts functions side by side',
    needs: ['gcc', 'ld.gold'],
    good: near,
    build: 'gcc -O1 -fuse-ld=gold a.c b.c c.c main.c -o bench',
    suspects: [suspect('set-conflict')],
    cured: [true],
  },
  {
    name: 'GNU ld puts data side by side',
    needs: ['gcc'],
    good: 'apart(warm, hot) < 1024',
    build: 'gcc -O1 a.c b.c c.c main.c -o bench',
    suspects: [suspect('data-set-conflict', 'warm'), suspect('data-set-conflict', 'hot')],
    cured: [true],
  },
  {
    name: 'gcc aligns functions',
    needs: ['gcc'],
    good: '((uintptr_t)beta & 63) == 0',
    build: 'gcc -O1 a.c b.c c.c main.c -o bench',
    suspects: [suspect('alignment')],
    cured: [true],
  },
  {
    name: 'what is no remedy is measured as none',
    needs: ['gcc'],
    good: near,
    build: 'gcc -O1 a.c b.c c.c main.c -o bench',
    suspects: [suspect('alignment')],
    cured: [false],
  },
  {
    name: 'mold takes no order, so there is nothing to try',
    needs: ['gcc', 'mold'],
    good: near,
    build: 'gcc -O1 -fuse-ld=mold a.c b.c c.c main.c -o bench',
    suspects: [suspect('set-conflict')],
    cured: [],
  },
]

function tryRemedies(each: Case): Promise<Result<readonly RemedyTrial[], LayoutFault>> {
  // The alignment case is good where the cold code is a whole number of lines long, and bad with a few bytes more.
  const aligned = each.good.includes('63')
  const base = sources(aligned ? '1' : each.good, 8)
  const head = sources(each.good, aligned ? 24 : 8000)
  return withBuiltSides(
    mkdtempSync(join(folder, 'case-')),
    { base, head, build: each.build, run: './bench' },
    async (request, setup, ports) =>
      success(
        await remedyTrials({ ...request, hot: ['alpha', 'beta'], suspects: each.suspects }, setup, ports),
      ),
  )
}

describe('a remedy trial of a real build', () => {
  for (const each of cases) {
    const there = has('git', ...each.needs)
    ;(there ? test : test.skip)(
      `${each.name}${there ? '' : ` (needs ${each.needs.join(', ')})`}`,
      async () => {
        const tried = await tryRemedies(each)
        if (!tried.ok) throw new Error(layoutFault(tried.fault))
        const trials = tried.value
        expect(trials.map(trial => trial.cured)).toEqual(each.cured)
        for (const trial of trials) {
          expect(trial.ratio).toBe(trial.cured ? 1 : 2)
          expect(trial.sentence).toContain('instead of 2×')
        }
      },
    )
  }
})

test.each([
  ['set-conflict', ['order']],
  ['alignment', ['align']],
  ['straddle', ['align']],
  ['moved', ['order', 'align']],
  ['data-set-conflict', ['order']],
] as const)('against %s the remedies %j are tried', (mechanism, kinds) => {
  expect(remediesFor([suspect(mechanism)], ['alpha']).map(({ kind }) => kind)).toEqual(kinds)
})

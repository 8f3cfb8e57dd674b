// Shares the machine: nothing here depends on the clock.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { LayoutFault } from '../../../src/core/layouts/fault.ts'
import type { Result } from '../../../src/core/model/result.ts'
import type { LayoutTrial } from '../../../src/core/model/trials.ts'
import { layoutTrial } from '../../../src/flow/layouts/trial.ts'
import { layoutFault } from '../../../src/report/words/layout-trial.ts'
import { withBuiltSides } from '../../doubles/built-sides.ts'
import { drawn } from '../../doubles/soak.ts'
import type { Tree } from '../../scenarios/scenario.ts'

/** The benchmark's value is where its functions are, so that a trial's outcome does not depend on any clock. */
const c = (factor: number): Tree => ({
  'main.c': `#include <stdint.h>
#include <stdio.h>
int alpha(int), beta(int), gamma_(int);
int main(void) {
    unsigned place = (uintptr_t)alpha >> 4 & 15;
    printf("cost %u\\n", ${factor} * (1000 + (alpha(1) + beta(2) + gamma_(3) > 0) * place));
    return 0;
}
`,
  ...Object.fromEntries(
    ['alpha', 'beta', 'gamma_'].map(name => [
      `${name}.c`,
      `__attribute__((noinline)) int ${name}(int x) { return x + ${name.length}; }\n`,
    ]),
  ),
  Makefile: 'bench: alpha.o beta.o gamma_.o main.o\n\t$(CC) $(LDFLAGS) -o $@ $^\n',
  'CMakeLists.txt':
    'cmake_minimum_required(VERSION 3.13)\nproject(bench C)\nadd_library(parts SHARED alpha.c beta.c gamma_.c)\nadd_executable(bench main.c)\ntarget_link_libraries(bench parts)\n',
})

const go = (factor: number): Tree => ({
  'go.mod': 'module example.invalid/bench\n\ngo 1.20\n',
  'main.go': `package main

import (
	"fmt"
	"reflect"
)

//go:noinline
func alpha(x int) int { return x + 1 }

func main() { fmt.Printf("cost %d\\n", ${factor}*(1000+int(reflect.ValueOf(alpha).Pointer()>>5&15)*(alpha(0)))) }
`,
})

const rust = (factor: number): Tree => ({
  'Cargo.toml': '[package]\nname = "bench"\nversion = "0.1.0"\nedition = "2021"\n',
  'src/main.rs': `#[inline(never)]
fn alpha(x: usize) -> usize { std::hint::black_box(x) + 1 }
fn main() { println!("cost {}", ${factor} * (1000 + (alpha as usize >> 4 & 15) * alpha(0))); }
`,
})

const has = (...names: readonly string[]) =>
  names.every(name => (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, name))))

interface Case {
  readonly name: string
  readonly needs: readonly string[]
  readonly build: string
  readonly linker: string
  readonly sources?: (factor: number) => Tree
  readonly run?: string
}

const cases: readonly Case[] = [
  { name: 'make, gcc and the usual linker', needs: ['gcc', 'make'], build: 'make -s CC=gcc', linker: 'bfd' },
  {
    name: 'one command with temporary objects',
    needs: ['gcc'],
    build: 'gcc -O2 *.c -o bench -Wl,--gc-sections',
    linker: 'bfd',
  },
  {
    name: 'a file that is stripped after the link',
    needs: ['gcc', 'strip'],
    build: 'gcc -O2 -static *.c -o bench && strip bench',
    linker: 'bfd',
  },
  {
    name: 'link-time optimisation',
    needs: ['gcc'],
    build: 'gcc -O2 -flto *.c -o bench',
    linker: 'bfd',
  },
  {
    name: 'gold',
    needs: ['gcc', 'ld.gold'],
    build: 'make -s CC=gcc LDFLAGS=-fuse-ld=gold',
    linker: 'gold',
  },
  {
    name: 'lld under clang, named by its path',
    needs: ['clang', 'ld.lld'],
    build: 'make -s CC=$(command -v clang) LDFLAGS=-fuse-ld=lld',
    linker: 'lld',
  },
  {
    name: 'mold',
    needs: ['gcc', 'mold'],
    build: 'make -s CC=gcc LDFLAGS=-fuse-ld=mold',
    linker: 'mold',
  },
  {
    name: 'CMake with a shared library',
    needs: ['gcc', 'cmake', 'make'],
    build: 'cmake -S . -B b >log -DCMAKE_C_COMPILER=gcc && cmake --build b >>log',
    linker: 'bfd',
    run: './b/bench',
  },
  {
    name: 'cargo',
    needs: ['cargo', 'rustc', 'gcc'],
    build: 'cargo build --release --offline --quiet',
    linker: 'bfd',
    sources: rust,
    run: './target/release/bench',
  },
  { name: 'go', needs: ['go'], build: 'go build -o bench .', linker: 'go', sources: go },
]

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-layout-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function tryLayouts(
  work: string,
  { build, sources = c, run = './bench' }: Pick<Case, 'build' | 'sources' | 'run'>,
  headFactor: number,
): Promise<Result<LayoutTrial, LayoutFault>> {
  return withBuiltSides(work, { base: sources(1), head: sources(headFactor), build, run }, layoutTrial)
}

/** The usual linker always, and four of the others by the seed: together they take minutes. */
const tried = new Set(drawn(cases, { always: 1, more: 4 }))

describe('a layout trial of a real build', () => {
  for (const each of cases) {
    const there = has('git', ...each.needs)
    const lacks = there ? 'the soak, or another seed' : each.needs.join(', ')
    const runs = there && tried.has(each)
    if (!runs) process.stdout.write(`skipped: ${each.name} needs ${lacks}\n`)
    ;(runs ? test : test.skip)(
      `under ${each.name} lays the code out anew for each seed${runs ? '' : ` (needs ${lacks})`}`,
      async () => {
        const outcome = await tryLayouts(mkdtempSync(join(folder, 'case-')), each, 2)
        if (!outcome.ok) throw new Error(layoutFault(outcome.fault))
        const trial = outcome.value
        expect(trial.linker).toBe(each.linker)
        expect(trial.layouts).toBe(4)
        expect(trial.seeds).toHaveLength(4)
        // The values are places: they differ when the code is elsewhere.
        expect(new Set(trial.base).size).toBeGreaterThan(1)
        expect(new Set(trial.head).size).toBeGreaterThan(1)
        for (const value of trial.base) expect(value).toBeLessThan(1016)
        expect(trial.ratio).toBeGreaterThan(1.9)
      },
    )
  }

  test('of code that costs the same says that it was luck', async () => {
    const trial = await tryLayouts(mkdtempSync(join(folder, 'same-')), { build: 'gcc *.c -o bench' }, 1)
    expect(trial.ok ? trial.value.outcome : trial.fault).toBe('placement')
  })

  test('works below a folder with a blank and a quote in its name', async () => {
    const work = mkdtempSync(join(folder, "odd ' name-"))
    const trial = await tryLayouts(work, { build: 'gcc *.c -o bench && strip bench' }, 2)
    expect(trial.ok ? trial.value.ratio > 1.9 : layoutFault(trial.fault)).toBe(true)
  })

  test.each([
    ['a build that fails', 'echo no such thing >&2; exit 3', /exited with code 3 \(no such thing\)/],
    [
      'a program that is no ELF file',
      "printf '#!/bin/sh\\necho cost 5\\n' >bench; chmod +x bench",
      /maps no ELF file/,
    ],
    [
      'a linker that stands where no wrapper can',
      'unset COMPILER_PATH; PATH=/usr/bin:/bin gcc *.c -o bench',
      /no link of base's build passed our wrappers/,
    ],
  ])('of %s is a limitation', async (_, build, why) => {
    const trial = await tryOnly(mkdtempSync(join(folder, 'none-')), build)
    expect(!trial.ok && layoutFault(trial.fault)).toMatch(why)
  })
})

/** A trial whose build differs from the one that made the measured trees, so that only the trial meets it. */
async function tryOnly(work: string, build: string): Promise<Result<LayoutTrial, LayoutFault>> {
  return tryLayouts(work, { build: `case $PWD in */trial/*) ${build} ;; *) gcc *.c -o bench ;; esac` }, 1)
}

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { callgrindReader, countsOfTotals } from '../../../src/core/counters/callgrind.ts'
import { emptyCostTable, profilesOf } from '../../../src/core/counters/cost-table.ts'
import type { Profile } from '../../../src/core/counters/profile.ts'
import { collectEvidence } from '../../../src/core/evidence/collect.ts'
import type { Counters, Counts } from '../../../src/core/model/counters.ts'
import type { PerSide } from '../../../src/core/model/side.ts'
import type { Geometry } from '../../../src/core/processor/geometry.ts'
import { DIFF_ARGUMENTS } from '../../../src/core/source/diff.ts'
import {
  diagnose,
  type Examined,
  examineSides,
  explain,
  explainCounters,
  placementCandidate,
} from '../../../src/flow/diagnose/diagnose.ts'
import { run, temporaryFolder, testWith, toolPath } from '../../core/elf/tools-here.ts'
import { type ExplainedProgram, explainedPrograms } from './explained-programs.ts'

const folder = temporaryFolder()
const outside = temporaryFolder()
const cache = (sizeBytes: number, ways: number) => ({ sizeBytes, ways, lineBytes: 64 })
const geometry: Geometry = {
  l1i: cache(32768, 8),
  l1d: cache(32768, 8),
  ll: cache(8388608, 16),
  from: 'input',
}

/** Runs a program under callgrind as the counters do. */
function simulate(program: string): { readonly profile: Profile; readonly counts: Counts } {
  const out = `${program}.callgrind`
  const caches = Object.entries({ I1: geometry.l1i, D1: geometry.l1d, LL: geometry.ll }).map(
    ([name, { sizeBytes, ways }]) => `--${name}=${sizeBytes},${ways},64`,
  )
  run(
    'valgrind',
    [
      '--tool=callgrind',
      '--cache-sim=yes',
      '--branch-sim=yes',
      '--dump-instr=yes',
      '--compress-pos=no',
      '--compress-strings=no',
      ...caches,
      `--callgrind-out-file=${out}`,
      program,
    ],
    { env: { PATH: '/usr/bin:/bin' } },
  )
  const table = emptyCostTable()
  const totals = new Map<string, number>()
  const reader = callgrindReader(table, totals)
  for (const line of readFileSync(out, 'utf8').split('\n')) reader.line(line)
  return {
    profile: { source: 'callgrind', total: table.total, objects: profilesOf(table, true) },
    counts: countsOfTotals(totals),
  }
}

interface Studied {
  readonly examined: Examined
  readonly counters: Counters
  readonly profiles: PerSide<Profile>
  readonly trees: PerSide<string>
  readonly diff: string
}

/** Builds both versions in trees of their own, counts both, and reads git's diff between them. */
async function study(program: ExplainedProgram): Promise<Studied> {
  const root = join(folder, program.name.replaceAll(/\W+/g, '-'))
  const trees = { base: join(root, 'base'), head: join(root, 'head') }
  const sides = (['base', 'head'] as const).map(side => {
    mkdirSync(trees[side], { recursive: true })
    for (const [name, text] of Object.entries(program[side])) writeFileSync(join(trees[side], name), text)
    const bench = join(trees[side], 'bench')
    run(program.compiler ?? 'gcc', [...program.flags, join(trees[side], 'main.c'), '-o', bench])
    return simulate(bench)
  })
  const profiles = { base: sides[0]!.profile, head: sides[1]!.profile }
  const counters: Counters = { source: 'simulated', base: sides[0]!.counts, head: sides[1]!.counts }
  const commits = [{ sha: '0123456789abcdef', title: 'The change', files: Object.keys(program.head) }]
  const diff = diffBetween(root, program)
  return {
    examined: await examineSides({ profiles, trees, diff, commits, geometry }),
    counters,
    profiles,
    trees,
    diff,
  }
}

function diffBetween(root: string, { base, head }: ExplainedProgram): string {
  const clone = join(root, 'clone')
  mkdirSync(clone)
  const git = (...args: string[]): string =>
    execFileSync(
      'git',
      [
        '-C',
        clone,
        '-c',
        'user.name=x',
        '-c',
        'user.email=x@example.invalid',
        '-c',
        'commit.gpgsign=false',
        ...args,
      ],
      { encoding: 'utf8' },
    )
  git('init', '-q')
  for (const [tag, tree] of [
    ['base', base],
    ['head', head],
  ] as const) {
    for (const [name, text] of Object.entries(tree)) writeFileSync(join(clone, name), text)
    git('add', '-A')
    git('commit', '-q', '-m', tag)
    git('tag', tag)
  }
  return git(...DIFF_ARGUMENTS, 'base', 'head')
}

const measured = (ratio: number, counters: Counters) => ({
  change: { ratio, low: ratio * 0.97, high: ratio * 1.03, confidence: 0.99 },
  counters,
})

/** The lines of a file's head side that a diff without context adds. */
function addedLines(diff: string, file: string): readonly number[] {
  const [, part = ''] = diff.split(`+++ b/${file}\n`)
  const own = part.split(/^diff --git /m)[0]!
  return [...own.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].flatMap(([, start, count = '1']) =>
    upTo(Number(count)).map(index => Number(start) + index),
  )
}

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i)

/** What sampling would have seen of a profile: one in so many counts, and no misses. */
function sampled({ total, objects }: Profile, oneIn: number): Profile {
  const thinned = objects.map(({ object, addresses, counts }) => {
    const kept = addresses.flatMap((address, at) => {
      const samples = Math.floor(counts[at]! / oneIn)
      return samples > 0 ? [[address, samples] as const] : []
    })
    return { object, addresses: kept.map(([address]) => address), counts: kept.map(([, samples]) => samples) }
  })
  const seen = thinned.reduce((sum, { counts }) => sum + counts.reduce((all, count) => all + count, 0), 0)
  return {
    source: 'perf-record',
    total: total > 0 ? seen : 0,
    objects: thinned.filter(({ counts }) => counts.length > 0),
  }
}

describe('diagnosing real builds', () => {
  for (const program of explainedPrograms) {
    testWith(
      'gcc',
      'valgrind',
      'git',
    )(`when ${program.name}: ${program.kind}, ${program.confidence}`, async () => {
      const { examined, counters, profiles, trees, diff } = await study(program)
      try {
        const found = explain(
          examined,
          collectEvidence(measured(program.ratio, counters), examined.examination),
        )
        expect(found.cause).toMatchObject({ kind: program.kind, confidence: program.confidence })
        expect(found.cause.because.length).toBeGreaterThan(1)
        expect(found.hot.some(({ symbol }) => symbol.startsWith(program.hot))).toBe(true)
        for (const { kind, base, head } of found.hot) {
          for (const place of [base, head]) {
            if (!place) continue
            expect(place.section).toMatch(kind === 'data' ? /^\.(?:ro)?data|^\.bss/ : /^\.text|^\.plt/)
            expect(place.sets).toContain(Math.floor(place.address / 64) % 64)
          }
        }
        const ran = found.touched.filter(({ share, from }) => share > 0 && from !== 'sizes')
        for (const { file, line } of ran) expect(addedLines(diff, file)).toContain(line)
        if (program.kind === 'work' || program.kind === 'mixed') expect(ran.length).toBeGreaterThan(0)
        expect(found.suspects.map(({ symbol }) => symbol).sort()).toEqual(
          [...(program.suspects ?? [])].sort(),
        )
        const displacers = found.displacers.map(({ symbol }) => symbol)
        for (const name of program.displacers ?? []) expect(displacers).toContain(name)
        for (const { commits, source, share } of found.displacers) {
          expect(commits?.[0]?.title).toBe('The change')
          expect(source).toMatch(/^main\.c:\d+$/)
          expect(share).toBe(0)
        }
        const byPlacement = program.kind === 'placement' || program.kind === 'mixed'
        if (byPlacement)
          expect(
            placementCandidate(
              examined,
              collectEvidence(measured(program.ratio, counters), examined.examination),
            ),
          ).toBe(true)
        const again = await examineSides({
          profiles: { base: sampled(profiles.base, 100), head: sampled(profiles.head, 100) },
          trees,
          diff,
          commits: [],
          geometry,
        })
        const { change } = measured(program.ratio, counters)
        const uncounted = explain(again, collectEvidence({ change }, again.examination)).cause
        again.close()
        if (!byPlacement) expect(uncounted.kind).not.toBe('placement')
        if (program.confidence === 'shown')
          expect(
            placementCandidate(
              examined,
              collectEvidence(measured(program.ratio, counters), examined.examination),
            ),
          ).toBe(false)
      } finally {
        examined.close()
      }
    })
  }

  testWith(
    'g++',
    'valgrind',
    'git',
  )('names C++ functions as people read them, and finds touched ones by debug lines', async () => {
    const source = (extra: string) => `#include <vector>
template <class T> struct Counter { T total{}; __attribute__((noinline)) void add(const std::vector<T> &v) { for (auto x : v) { total += x; ${extra} } } };
int main() { std::vector<long> v(3000, 3); Counter<long> c; for (int i = 0; i < 30; i++) c.add(v); return c.total == 5; }
`
    const program = {
      name: 'c++',
      compiler: 'g++',
      flags: ['-O1', '-g', '-x', 'c++'],
      ratio: 1.6,
      kind: 'work',
      confidence: 'shown',
      hot: '_ZN',
      base: { 'main.c': source('') },
      head: { 'main.c': source('total ^= total >> 3;') },
    } as const
    const { examined, counters, profiles, trees } = await study(program)
    try {
      expect(
        explain(examined, collectEvidence(measured(1.6, counters), examined.examination)).touched[0],
      ).toMatchObject({
        function: '_ZN7CounterIlE3addERKSt6vectorIlSaIlEE',
        from: 'lines',
        file: 'main.c',
        line: 2,
      })
    } finally {
      examined.close()
    }
    const lines: string[] = []
    const log = {
      line: (text: string) => lines.push(text),
      warn: () => {},
      group: async <T>(_: string, work: () => Promise<T>) => work(),
    }
    const tools = {
      find: async (name: string) => toolPath(name),
      run: async ({ file, args, input }: { file: string; args: readonly string[]; input?: string }) => ({
        code: 0,
        stderr: '',
        stdout: run(file, args, input === undefined ? {} : { input }),
      }),
    }
    const found = await diagnose(
      { ...measured(1.6, counters), profiles, trees, geometry, diff: '', commits: [] },
      { log, tools } as never,
    )
    expect(found.hot[0]!.symbol).toContain('Counter<long>::add')
    expect(found.cause.because.join(' ')).toContain('Counter<long>::add')
  })
})

describe('diagnosing what cannot be read', () => {
  const profileOf = (object: string): Profile => ({
    source: 'callgrind',
    total: 100,
    objects: [{ object, addresses: [4096], counts: [100] }],
  })
  const examine = (object: string, diff = '') =>
    examineSides({
      profiles: { base: profileOf(object), head: profileOf(object) },
      trees: { base: folder, head: folder },
      diff,
      commits: [],
      geometry,
    })

  test.each([
    ['a missing file', '/nowhere/bench', /could not be read/],
    ['a text', textFile(), /could not be read/],
    ['a device that never ends', '/dev/zero', /could not be read/],
    ['code that was compiled at run time', '[anon]', /found no file for/],
  ])('%s is a limitation, and the cause is unexplained', async (_, object, limitation) => {
    const examined = await examine(object)
    const change = { ratio: 1.5, low: 1.4, high: 1.6, confidence: 0.99 }
    const found = explain(examined, collectEvidence({ change }, examined.examination))
    examined.close()
    expect(found.cause.kind).toBe('unexplained')
    expect(found.limitations.map(({ what }) => what).join('\n')).toMatch(limitation)
  })

  test('sources outside of the tree are not read, whatever the diff and links in the tree say', async () => {
    const secret = join(outside, 'secret.c')
    writeFileSync(secret, 'int leaked(void) {\n  return 1;\n}\n')
    symlinkSync(secret, join(folder, 'link.c'))
    const diff = (name: string) =>
      `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n@@ -1 +1 @@\n-int leaked(void) { return 1; }\n+int leaked(void) { return 2; }\n`
    for (const name of ['link.c', '../secret.c', '/etc/hostname.c']) {
      const examined = await examine('/nowhere', diff(name))
      examined.close()
      expect(examined.examination.change.functions).toEqual([])
    }
  })

  test('counters alone are judged where no profile could be taken', () => {
    const change = { ratio: 1.5, low: 1.4, high: 1.6, confidence: 0.99 }
    const counters = { source: 'perf', base: { instructions: 100 }, head: { instructions: 150 } } as const
    const { cause, limitations } = explainCounters(collectEvidence({ change, counters }, undefined))
    expect(cause.kind).toBe('unexplained')
    expect(limitations[0]!.what).toContain('No profile')
  })
})

function textFile(): string {
  const path = join(folder, 'text')
  writeFileSync(path, 'not an ELF file')
  return path
}

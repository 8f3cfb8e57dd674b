// Shares the machine: nothing here depends on the clock.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { success } from '../../../src/core/model/result.ts'
import { findRenamedRows } from '../../../src/flow/build/renamed-rows.ts'

const folder = mkdtempSync(join(tmpdir(), 'pv-renamed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What Google Benchmark calls, as far as its symbols go, and two functions that a benchmark may call. */
const FRAME = `
namespace benchmark { struct State { bool KeepRunning(); int range; }; }
extern volatile int sink;
volatile int sink;
bool benchmark::State::KeepRunning() { return sink++ < 9; }
__attribute__((noinline)) int work(int n) { int s = n; for (int i = 0; i < n; i++) s = s * 31 + sink; return s; }
__attribute__((noinline)) int other(int n) { int s = n; for (int i = 0; i < n; i++) s = s * 37 - sink; return s; }
`
const bench = (name: string, body = 'sink = work(state.range);') =>
  `void ${name}(benchmark::State& state) { while (state.KeepRunning()) { ${body} } }\n`

let nth = 0
function build(source: string): string {
  const tree = join(folder, `${nth++}`)
  mkdirSync(tree)
  writeFileSync(join(tree, 'bench.cc'), `${FRAME}${source}`)
  execFileSync('g++', ['-O1', '-shared', '-fPIC', '-o', 'bench.so', 'bench.cc'], { cwd: tree })
  return tree
}

interface Sides {
  readonly base: string
  readonly head: string
  readonly gone: readonly string[]
  readonly added: readonly string[]
}

function found({ base, head, gone, added }: Sides) {
  const results = (names: readonly string[]) =>
    success(['BM_kept', ...names].map(name => ({ name, value: 1, unit: 's' })))
  const mapped = { exact: true, files: ['bench.so', 'nowhere'] }
  const { renames, remarks } = findRenamedRows({
    entry: 'micro',
    harness: 'google-benchmark',
    results: { base: results(gone), head: results(added) },
    trees: { base, head },
    mapped: { base: mapped, head: mapped },
  })
  return { renames: [...renames], remarks: remarks.join(' ') }
}

describe('a row that is gone and one that is new', () => {
  const base = build(bench('BM_kept') + bench('BM_old') + bench('BM_gone', 'sink = other(7) + work(3);'))

  test('are one under another name where the function is the same code', () => {
    const head = build(bench('BM_new') + bench('BM_kept') + bench('BM_gone', 'sink = other(7) + work(3);'))
    const { renames, remarks } = found({ base, head, gone: ['BM_old/8'], added: ['BM_new/8'] })
    expect(renames).toEqual([['BM_new/8', 'BM_old/8']])
    expect(remarks).toMatch(/`BM_old\/8` of `micro` is called `BM_new\/8` in head/)
  })

  test.each([
    { what: 'calls another function', body: 'sink = other(state.range);', added: 'BM_new/8' },
    { what: 'does less', body: 'sink = work(state.range & 1);', added: 'BM_new/8' },
    { what: 'has other arguments', body: undefined, added: 'BM_new/16' },
    { what: 'is no function of the program', body: undefined, added: 'BM_unknown/8' },
  ])('are two where the new one $what, and that is said', ({ body, added }) => {
    const head = build(bench('BM_new', body) + bench('BM_kept'))
    const { renames, remarks } = found({ base, head, gone: ['BM_old/8'], added: [added] })
    expect(renames).toEqual([])
    expect(remarks).toMatch(
      /`BM_old\/8` of `micro` is gone, and `BM_\w+\/\d+` is new\. If one was renamed, nothing compared it/,
    )
  })

  test('are two where more than one fits', () => {
    const head = build(bench('BM_new') + bench('BM_newer') + bench('BM_kept'))
    const { renames } = found({ base, head, gone: ['BM_old/8'], added: ['BM_new/8', 'BM_newer/8'] })
    expect(renames).toEqual([])
  })

  test('are two where a link stands in the place of the program', () => {
    const real = build(bench('BM_new') + bench('BM_kept'))
    const head = join(folder, 'linked')
    mkdirSync(head)
    symlinkSync(join(real, 'bench.so'), join(head, 'bench.so'))
    expect(found({ base, head, gone: ['BM_old/8'], added: ['BM_new/8'] }).renames).toEqual([])
  })

  test('one alone is no matter of names', () => {
    expect(found({ base, head: base, gone: ['BM_old'], added: [] })).toEqual({ renames: [], remarks: '' })
  })
})

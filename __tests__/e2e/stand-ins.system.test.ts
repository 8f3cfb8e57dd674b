// Shares the machine: instructions are counted, and the clock decides nothing.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/core/model/report.ts'

const CLI = resolve('dist/cli.js')
const root = mkdtempSync(join(tmpdir(), 'perf-verdict-stand-ins-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A small project of each way of building, and what makes its hot function allocate once a call. */
interface StandIn {
  readonly kind: string
  readonly needs: readonly string[]
  /** Whether it is built from the C sources that several share. */
  readonly sharesC?: true
  readonly build: string
  readonly run: string
  readonly source: string
  readonly allocates: string
}

const IN_C = `unsigned *volatile kept = malloc(48);
  if (!kept) return t;
  *kept = t;
  t ^= *kept & 1;
  free(kept);`
const C = { sharesC: true, source: 'step.c', allocates: IN_C } as const

const STAND_INS: readonly StandIn[] = [
  { ...C, kind: 'make', needs: ['gcc', 'make'], build: 'make -s', run: './bench' },
  { ...C, kind: 'autotools', needs: ['gcc', 'make'], build: './configure && make -s', run: './bench' },
  {
    ...{ ...C, kind: 'cmake', needs: ['gcc', 'cmake'], run: './build/bench' },
    build: 'cmake -S . -B build > /dev/null && cmake --build build > /dev/null',
  },
  {
    ...{ ...C, kind: 'meson', needs: ['gcc', 'meson', 'ninja'], run: './build/bench' },
    build: 'meson setup build > /dev/null && ninja -C build > /dev/null',
  },
  {
    ...{ kind: 'cargo', needs: ['cargo'], source: 'src/step.rs' },
    build: 'cargo build --release --offline --quiet',
    run: './target/release/bench',
    allocates: 't ^= (*std::hint::black_box(Box::new(t))) & 1;',
  },
  {
    ...{ kind: 'go', needs: ['go'], source: 'step.go' },
    build: 'go build -o bench .',
    run: './bench',
    allocates: 'kept = make([]uint32, 12)\n\tt ^= kept[3] & 1',
  },
  {
    ...{ kind: 'cython', needs: ['gcc', 'cython3', 'python3', 'python3-config'], source: 'step.pyx' },
    build:
      'cython3 -3 step.pyx && gcc -O2 -g -shared -fPIC $(python3-config --includes) step.c -o step$(python3-config --extension-suffix)',
    run: 'python3 bench.py',
    allocates: 'spare = [t, x, i]\n    t ^= <unsigned int>len(spare) & 1',
  },
]

/** Tried at every run of the system tests; the others take from half a minute to three. */
const QUICK: ReadonlySet<string> = new Set(['make', 'cmake', 'go'])

const isThere = (tool: string) =>
  (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, tool)))

/** The project on main, and on a branch with one allocation a call. */
function repositoryOf({ kind, sharesC, source, allocates }: StandIn): string {
  const folder = join(root, kind)
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: folder })
  cpSync(join('__tests__/fixtures/stand-ins', kind), folder, { recursive: true })
  if (sharesC) cpSync('__tests__/fixtures/stand-ins/c', folder, { recursive: true })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'Start')
  git('switch', '--quiet', '--create', 'slower')
  const text = readFileSync(join(folder, source), 'utf8')
  writeFileSync(
    join(folder, source),
    text.replace(/\/\* room \*\/|\/\/ room|# room/, () => allocates),
  )
  git('commit', '--quiet', '--all', '--message', 'Slower')
  return folder
}

describe('an allocation a call, in a project built with', () => {
  for (const standIn of STAND_INS) {
    const { kind, build, run } = standIn
    const missing = standIn.needs.filter(tool => !isThere(tool))
    const wanted = [
      ...missing,
      ...(isThere('valgrind') ? [] : ['valgrind']),
      ...(QUICK.has(kind) || process.env.SOAK ? [] : ['the soak, because it takes longer']),
    ]
    if (wanted.length > 0) process.stdout.write(`skipped: ${kind} needs ${wanted.join(', ')}\n`)
    const tried = wanted.length > 0 ? test.skip : test
    tried(kind, () => {
      const [repository, out] = [repositoryOf(standIn), join(root, `${kind}-out`)]
      const gate = spawnSync(
        process.execPath,
        [
          ...[CLI, 'gate', '--repo', repository, '--base', 'main', '--head', 'slower', '--out', out],
          ...['--build', build, '--bench', `step=${run}`, '--metric', 'instructions', '--tune', 'off'],
        ],
        // The lock of this test's own is in the environment.
        { encoding: 'utf8', env: { ...process.env } },
      )
      expect([gate.status, existsSync(join(out, 'report.json')) ? '' : gate.stderr]).toEqual([1, ''])
      const { benchmarks } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report
      const [row] = benchmarks
      const { cause, touched = [] } = row!
      const told = [...(cause?.because ?? []), ...(cause?.against ?? [])].join('\n')
      expect([row!.decision, cause?.kind, told]).toEqual(['slower', 'work', expect.stringMatching(/alloc/)])
      expect(touched.map(each => each.function)).toContainEqual(expect.stringMatching(/step/))
    })
  }
})

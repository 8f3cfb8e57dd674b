import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/core/model/report.ts'
import { drawn } from '../doubles/soak.ts'

const CLI = resolve('dist/cli.js')
const root = mkdtempSync(join(tmpdir(), 'perf-verdict-examples-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Each example: what it needs, what its patch slows down, and what it leaves alone. */
const EXAMPLES = [
  { name: 'go', needs: ['go', 'version'], slower: /Join/, same: /Count/ },
  {
    name: 'cmake-google-benchmark',
    needs: ['sh', '-c', 'cmake --version && test -e /usr/include/benchmark/benchmark.h'],
    slower: /adler/,
    same: /fletcher/,
  },
  // Criterion and cargo take minutes a side: in the soak only.
  {
    name: 'rust-criterion',
    needs: ['sh', '-c', 'test -n "$SOAK" && cargo --version'],
    slower: /slug/,
    same: /words/,
  },
  {
    name: 'python-extension',
    needs: ['python3', '-c', 'import pytest_benchmark, setuptools'],
    slower: /test_depth/,
    same: /test_split/,
  },
] as const

/** A Python with what the extension's tests need, made once and kept; the machine's own where it cannot be made. */
function pythonFolder(): string | undefined {
  const folder = resolve('.cache/examples-python')
  const python = join(folder, 'bin', 'python3')
  if (isThere([python, '-c', 'import pytest_benchmark, setuptools'])) return join(folder, 'bin')
  const made = spawnSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' }).status === 0
  const packages = ['pytest==8.4.2', 'pytest-benchmark==5.1.0', 'setuptools==80.9.0']
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]
  return made && spawnSync(python, install, { stdio: 'ignore' }).status === 0
    ? join(folder, 'bin')
    : undefined
}

const python = pythonFolder()
const env = { ...process.env, PATH: [python, process.env.PATH].filter(part => part !== undefined).join(':') }

function isThere([file, ...args]: readonly string[]): boolean {
  return spawnSync(file!, args, { stdio: 'ignore' }).status === 0
}

/** The example as a repository: its files on main, its patch on a branch. */
function repositoryOf(name: string): string {
  const folder = join(root, name)
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  cpSync(join('examples', name), folder, { recursive: true })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'Start')
  git('switch', '--quiet', '--create', 'slower')
  git('apply', 'slower.patch')
  git('commit', '--quiet', '--all', '--message', 'Slower')
  return folder
}

const there = EXAMPLES.filter(({ needs }) => isThere(['env', `PATH=${env.PATH}`, ...needs]))
/** Each takes most of a minute, so that one is tried by the seed; the soak tries all. */
const tried = new Set(drawn(there, { always: 0, more: 1 }))

describe('an example', () => {
  for (const example of EXAMPLES) {
    const { name, needs, slower, same } = example
    const run = tried.has(example) ? test : test.skip
    const lacks = there.includes(example) ? 'the soak, or another seed' : needs.join(' ')
    if (run === test.skip) process.stdout.write(`skipped: ${name} needs ${lacks}\n`)
    run(`${name}: its patch fails the gate on the row that it slows down, and on no other`, () => {
      const repository = repositoryOf(name)
      // As on a runner that built it before: benchmarks have no network to fetch with.
      if (name === 'rust-criterion') spawnSync('cargo', ['fetch'], { cwd: repository, stdio: 'ignore' })
      const out = join(root, `${name}-out`)
      const args = ['gate', '--repo', repository, '--base', 'main', '--head', 'slower', '--out', out]
      const gate = spawnSync(process.execPath, [CLI, ...args, '--counters', 'off', '--layouts', 'off'], {
        encoding: 'utf8',
        env,
      })
      expect([gate.status, existsSync(join(out, 'report.json')) ? '' : gate.stderr]).toEqual([1, ''])
      const { benchmarks } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report
      const breaches = benchmarks.filter(({ decision }) => decision === 'slower').map(row => row.name)
      expect(breaches.length).toBeGreaterThan(0)
      for (const breach of breaches) expect(breach).toMatch(slower)
      expect(benchmarks.map(row => row.name)).toContainEqual(expect.stringMatching(same))
    })
  }
})

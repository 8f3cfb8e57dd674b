import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/core/model/report.ts'
import { type Bundle, bundle } from '../doubles/bundle.ts'

/**
 * Each harness for real: the recipe of docs/harnesses.md, a head that slows one result by three, renames none, adds one and removes one.
 * The machine may be busy with other things, so that the threshold is wide.
 */
const page = readFileSync('docs/harnesses.md', 'utf8')
const recipeOf = (name: string) =>
  new RegExp(`<!-- recipe: ${name} -->\n\`\`\`yaml\n([\\s\\S]*?)\`\`\``).exec(page)![1]!
const projects = join(import.meta.dirname, 'projects')

let entries: Bundle
const folders: string[] = []
beforeAll(() => {
  entries = bundle(['src/cli.ts'])
})
afterAll(() => {
  entries.end()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Lines that end with the other side's mark are left out, and the marks with them. */
function sideOf(text: string, side: 'base' | 'head'): string {
  const other = side === 'base' ? '@head' : '@base'
  return text
    .split('\n')
    .filter(line => !line.trimEnd().endsWith(other))
    .map(line => line.replace(/\s*(?:\/\/|#) @(?:base|head)\s*$/, ''))
    .join('\n')
}

function lay(project: string, folder: string, side: 'base' | 'head'): void {
  for (const file of readdirSync(join(projects, project), { recursive: true, encoding: 'utf8' })) {
    const from = join(projects, project, file)
    if (statSync(from).isDirectory()) mkdirSync(join(folder, file), { recursive: true })
    else writeFileSync(join(folder, file), sideOf(readFileSync(from, 'utf8'), side))
  }
}

function gate(project: string): Report {
  const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-harness-'))
  folders.push(folder)
  const git = (...args: string[]) => {
    const ran = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (ran.status !== 0) throw new Error(ran.stderr)
  }
  git('init', '-q', '-b', 'main')
  lay(project, folder, 'base')
  mkdirSync(join(folder, '.github'))
  writeFileSync(join(folder, '.github/perf-verdict.yml'), `${recipeOf(project)}threshold: 50%\n`)
  git('add', '-A')
  git('commit', '-qm', 'base')
  git('tag', 'base')
  lay(project, folder, 'head')
  git('add', '-A')
  git('commit', '-qm', 'head')
  const out = join(folder, 'out')
  const options = ['--counters', 'off', '--layouts', 'off', '--tune', 'off', '--budget', '90s', '--out', out]
  const ran = spawnSync(
    process.execPath,
    [entries.path('cli'), 'gate', '--repo', folder, '--base', 'base', '--head', 'HEAD', ...options],
    {
      encoding: 'utf8',
      timeout: 300_000,
    },
  )
  if (!existsSync(join(out, 'report.json'))) throw new Error(`${ran.stdout}\n${ran.stderr}`)
  return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report
}

const onPath = (tool: string) =>
  (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, tool)))

const REAL = [
  {
    project: 'google-benchmark',
    there: existsSync('/usr/include/benchmark/benchmark.h'),
    prefix: 'micro: ',
    steady: ['steady/500', 'steady/2000'],
    grows: 'grows',
    gone: 'gone',
    added: 'added',
  },
  {
    project: 'hyperfine',
    there: onPath('hyperfine'),
    prefix: 'cli: ',
    steady: ['steady'],
    grows: 'grows',
    gone: 'gone',
    added: 'added',
  },
  {
    project: 'go',
    there: onPath('go'),
    prefix: 'go: ',
    steady: ['BenchmarkSteady/size-500', 'BenchmarkSteady/size-2000'],
    grows: 'BenchmarkGrows',
    gone: 'BenchmarkGone',
    added: 'BenchmarkAdded',
  },
]

describe('a gate of real harnesses', () => {
  for (const { project, there, prefix, steady, grows, gone, added } of REAL) {
    const run = there ? test : test.skip
    if (!there) console.log(`${project} is not installed; its gate is skipped.`)
    run(
      `${project}: one slowdown, one row more, one less, and nothing else`,
      () => {
        const { verdict, benchmarks } = gate(project)
        const decisions = Object.fromEntries(benchmarks.map(({ name, decision }) => [name, decision]))
        expect(decisions[prefix + grows]).toBe('slower')
        expect(decisions[prefix + gone]).toBe('removed')
        expect(decisions[prefix + added]).toBe('new')
        for (const name of steady)
          expect(['unchanged', 'undecided', 'faster']).toContain(decisions[prefix + name])
        expect(verdict).toBe('fail')
        const [row] = benchmarks.filter(({ name }) => name === prefix + grows)
        expect(row!.unit).toBe('s')
        expect(row!.change!.ratio).toBeGreaterThan(1.7)
      },
      330_000,
    )
  }
})

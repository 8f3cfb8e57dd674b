import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HarnessName } from '../../src/core/model/harness-name.ts'
import type { ProjectGate } from './gate-project.ts'

/** One harness at one version, with what the two commits of its project come to. */
export interface HarnessCase {
  readonly harness: HarnessName
  readonly version: string
  readonly gate: ProjectGate
  /** Name of the entry in its recipe, as rows show it. */
  readonly prefix: string
  readonly steady: readonly string[]
  readonly grows: string
  readonly gone: string
  readonly added: string
  /** Whether everyday's tests run it; the rest is soaked. */
  readonly everyday?: true
  /** Installs what it needs into a folder and returns where its programs are; a string says why it cannot be tried. */
  readonly install?: (folder: string) => Installed | string
}

interface Installed {
  readonly path?: string
  readonly env?: Readonly<Record<string, string>>
}

const there = (file: string) => () => (existsSync(file) ? {} : `${file} is not there`)

function onPath(tool: string): () => Installed | string {
  return () =>
    (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, tool)))
      ? {}
      : `${tool} is not installed`
}

function ran(folder: string, file: string, args: readonly string[], env = process.env): string | undefined {
  const { status, stderr, error } = spawnSync(file, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 900_000,
  })
  return status === 0 ? undefined : `${file} ${args[0]} failed: ${error ?? stderr.trim().split('\n').at(-1)}`
}

/** Python packages in an environment of their own. */
function venv(...packages: readonly string[]): (folder: string) => Installed | string {
  return folder => {
    const failed =
      ran(folder, 'python3', ['-m', 'venv', 'venv']) ??
      ran(folder, join(folder, 'venv/bin/pip'), ['install', '-q', '--disable-pip-version-check', ...packages])
    return failed ?? { path: join(folder, 'venv/bin') }
  }
}

/** Another Node.js out of the npm registry. */
function node(version: string): (folder: string) => Installed | string {
  return folder => {
    writeFileSync(join(folder, 'package.json'), '{"private":true}')
    const failed = ran(folder, 'npm', ['install', '--silent', `node@${version}`])
    if (failed) return failed
    const modules = join(folder, 'node_modules')
    const found = readdirSync(modules, { recursive: true, encoding: 'utf8' }).find(file =>
      /^node(?:-bin)?[\w-]*\/bin\/node$/.test(file),
    )
    return found === undefined ? 'the package has no node' : { path: join(modules, found, '..') }
  }
}

/** A program of crates.io. */
function crate(name: string, version: string): (folder: string) => Installed | string {
  return folder => {
    const failed = ran(folder, 'cargo', ['install', '-q', '--locked', '--root', folder, `${name}@${version}`])
    return failed ?? { path: join(folder, 'bin') }
  }
}

/** Google Benchmark through its Python package, which prints what the C++ library prints. */
const STEADY_SIZES = ['steady/500', 'steady/2000']
const PLAIN = { grows: 'grows', gone: 'gone', added: 'added' }

export const CASES: readonly HarnessCase[] = [
  {
    harness: 'google-benchmark',
    version: '1.7 (Debian)',
    gate: { project: 'google-benchmark' },
    prefix: 'micro: ',
    steady: STEADY_SIZES,
    ...PLAIN,
    everyday: true,
    install: there('/usr/include/benchmark/benchmark.h'),
  },
  {
    harness: 'google-benchmark',
    version: '1.9.5 (PyPI)',
    gate: {
      project: 'google-benchmark-python',
      config: 'benchmarks:\n  - name: micro\n    command: python bench.py\nthreshold: 50%\n',
    },
    prefix: 'micro: ',
    steady: STEADY_SIZES,
    ...PLAIN,
    install: venv('google-benchmark==1.9.5'),
  },
  {
    harness: 'catch2',
    version: '2.13 (Debian)',
    gate: { project: 'catch2' },
    prefix: 'micro: ',
    steady: ['text › steady'],
    grows: 'text › grows',
    gone: 'other, with a comma › gone',
    added: 'other, with a comma › added',
    install: there('/usr/include/catch2/catch.hpp'),
  },
  ...['0.8.2', '0.5.1'].map(
    (version): HarnessCase => ({
      harness: 'criterion',
      version,
      gate: {
        project: 'criterion',
        versions: { 'version = "0.8"': `version = "=${version}"` },
        budget: '4m',
      },
      prefix: 'rust: ',
      steady: STEADY_SIZES,
      ...PLAIN,
      grows: 'a name that is too long for its line: grows',
      install: onPath('cargo'),
    }),
  ),
  ...['0.1.21', '0.1.14'].map(
    (version): HarnessCase => ({
      harness: 'divan',
      version,
      gate: { project: 'divan', versions: { 'divan = "0.1"': `divan = "=${version}"` }, budget: '4m' },
      prefix: 'rust: ',
      steady: STEADY_SIZES,
      grows: 'inner/grows',
      gone: 'gone',
      added: 'added',
      install: onPath('cargo'),
    }),
  ),
  {
    harness: 'libtest',
    version: 'the compiler’s',
    gate: { project: 'libtest', env: { RUSTC_BOOTSTRAP: '1' }, budget: '6m' },
    prefix: 'rust: ',
    steady: ['steady'],
    grows: 'inner::grows',
    gone: 'gone',
    added: 'added',
    install: onPath('cargo'),
  },
  ...(['installed', 'go1.21.13'] as const).map(
    (version): HarnessCase => ({
      harness: 'go',
      version,
      gate: { project: 'go', env: version === 'installed' ? {} : { GOTOOLCHAIN: version } },
      prefix: 'go: ',
      steady: ['BenchmarkSteady/size-500', 'BenchmarkSteady/size-2000'],
      grows: 'BenchmarkGrows',
      gone: 'BenchmarkGone',
      added: 'BenchmarkAdded',
      ...(version === 'installed' && { everyday: true }),
      install: onPath('go'),
    }),
  ),
  ...['5.3.1', '4.0.0'].map(
    (version): HarnessCase => ({
      harness: 'pytest-benchmark',
      version,
      gate: { project: 'pytest-benchmark', budget: '6m' },
      prefix: 'python: ',
      steady: ['test_steady[200]', 'test_steady[20000]'],
      grows: 'test_grows',
      gone: 'test_gone',
      added: 'test_added',
      install: venv(`pytest-benchmark==${version}`, 'pytest<9'),
    }),
  ),
  ...['2.11.0', '2.3.0'].map(
    (version): HarnessCase => ({
      harness: 'pyperf',
      version,
      gate: { project: 'pyperf', budget: '5m' },
      prefix: 'python: ',
      steady: ['steady'],
      ...PLAIN,
      install: venv(`pyperf==${version}`),
    }),
  ),
  {
    harness: 'hyperfine',
    version: '1.15 (Debian)',
    gate: { project: 'hyperfine' },
    prefix: 'cli: ',
    steady: ['steady'],
    ...PLAIN,
    everyday: true,
    install: onPath('hyperfine'),
  },
  {
    harness: 'hyperfine',
    version: '1.20.0',
    gate: { project: 'hyperfine' },
    prefix: 'cli: ',
    steady: ['steady'],
    ...PLAIN,
    install: crate('hyperfine', '1.20.0'),
  },
  ...['1.37', '1.29'].map(
    (version): HarnessCase => ({
      harness: 'jmh',
      version,
      gate: { project: 'jmh', versions: { '<version>1.37': `<version>${version}` }, budget: '15m' },
      prefix: 'java: ',
      steady: ['demo.Text.steady (size=500)'],
      grows: 'demo.Text.grows (size=500)',
      gone: 'demo.Text.gone (size=500)',
      added: 'demo.Text.added (size=500)',
      install: onPath('mvn'),
    }),
  ),
  ...['4.1.12', '2.1.9'].map(
    (version): HarnessCase => ({
      harness: 'vitest',
      version,
      gate: { project: 'vitest', versions: { '4.1.12': version }, budget: '8m' },
      prefix: 'js: ',
      steady: ['text.bench.js > text > steady'],
      grows: 'text.bench.js > text > grows',
      gone: 'text.bench.js > text > gone',
      added: 'text.bench.js > text > added',
      install: onPath('npm'),
    }),
  ),
  {
    harness: 'vitest',
    version: '5.1.2',
    gate: {
      project: 'vitest-5',
      config:
        'build: npm install\nbenchmarks:\n  - name: js\n    command: npx vitest bench --run\nthreshold: 50%\n',
      budget: '8m',
    },
    prefix: 'js: ',
    steady: ['text.bench.js > text > one > steady'],
    grows: 'text.bench.js > text > several > grows',
    gone: 'text.bench.js > text > several > gone',
    added: 'text.bench.js > text > several > added',
    install: node('22'),
  },
  ...['6.2.5', '2.9.0'].map(
    (version): HarnessCase => ({
      harness: 'tinybench',
      version,
      gate: { project: 'tinybench', versions: { '6.2.5': version } },
      prefix: 'js: ',
      steady: ['steady'],
      ...PLAIN,
      install: onPath('npm'),
    }),
  ),
  // Formats without a tool of their own.
  ...(
    [
      ['bencher', 'metric format'],
      ['github-action-benchmark', 'custom JSON'],
      ['json-lines', 'rates'],
      ['lines', 'NAME VALUE UNIT'],
    ] as const
  ).map(
    ([harness, version]): HarnessCase => ({
      harness,
      version,
      gate: { project: 'formats', recipe: harness },
      prefix: 'app: ',
      steady: ['steady'],
      ...PLAIN,
    }),
  ),
]

/** A folder for what a case installs. */
export function installFolder(root: string, { harness, version }: HarnessCase): string {
  const folder = join(root, `${harness}-${version.replace(/\W+/g, '-')}`)
  mkdirSync(folder, { recursive: true })
  return folder
}

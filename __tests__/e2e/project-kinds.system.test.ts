// Shares the machine: nothing here depends on the clock.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Report } from '../../src/core/model/report.ts'
import { isRoot, ORDINARY } from '../doubles/drive-sandbox.ts'
import { makeRepository } from '../doubles/repository.ts'
import { PATIENCE, soaking } from '../doubles/soak.ts'

/** Ways in which projects are built, each at every isolation level: whether the build and the run work inside, first cold and then with what the caches hold. */
interface Kind {
  readonly name: string
  readonly needs: readonly string[]
  readonly files: (value: string) => Readonly<Record<string, string>>
  readonly build: string
  readonly bench: string
  /** What the repository needs besides files. */
  readonly make?: (repository: string, git: (...args: string[]) => void) => void
}

const C = (value: string) => ({
  'main.c': `#include <stdio.h>\nint main(void) { puts("${value}"); return 0; }\n`,
})
const LFS_CONTENT = '0.1\n'
const LFS_ID = createHash('sha256').update(LFS_CONTENT).digest('hex')

const KINDS: readonly Kind[] = [
  {
    name: 'git describe',
    needs: ['cc'],
    files: C,
    build: 'v=$(git describe --tags); test -n "$v"; cc -DV="\\"$v\\"" -o bench main.c',
    bench: './bench',
    make: (_, git) => git('tag', 'v1.0'),
  },
  {
    name: 'submodule',
    needs: ['cc'],
    files: C,
    build: 'cc -include lib/lib.h -o bench main.c',
    bench: './bench',
    make(repository, git) {
      const lib = `${repository}.lib`
      makeRepository(lib).commit('Begin', { 'lib.h': '/* of the submodule */\n' })
      git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', lib, 'lib')
      git('commit', '--quiet', '--message', 'Add the submodule')
    },
  },
  {
    name: 'Git LFS',
    needs: ['cc'],
    files: value => ({
      ...C(value),
      '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
      'data.bin': `version https://git-lfs.github.com/spec/v1\noid sha256:${LFS_ID}\nsize ${LFS_CONTENT.length}\n`,
    }),
    build: 'grep -qx 0.1 data.bin; cc -o bench main.c',
    bench: './bench',
    make(repository) {
      const folder = join(repository, '.git/lfs/objects', LFS_ID.slice(0, 2), LFS_ID.slice(2, 4))
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, LFS_ID), LFS_CONTENT)
    },
  },
  {
    name: 'cargo',
    needs: ['cargo'],
    files: value => ({
      'Cargo.toml': '[package]\nname = "bench"\nversion = "0.1.0"\nedition = "2021"\n',
      'src/main.rs': `fn main() { println!("${value}"); }\n`,
    }),
    build: 'cargo build --quiet --release',
    bench: 'target/release/bench',
  },
  {
    name: 'go',
    needs: ['go'],
    files: value => ({
      'go.mod': 'module example.invalid/bench\n\ngo 1.18\n',
      'main.go': `package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("${value}") }\n`,
    }),
    build: 'go build -o bench .',
    bench: './bench',
  },
  {
    name: 'Python (pyenv)',
    needs: ['python3'],
    files: value => ({ 'bench.py': `print("${value}")\n` }),
    build: 'python3 -m compileall -q .',
    bench: 'python3 bench.py',
  },
  {
    name: 'CMake',
    needs: ['cmake', 'cc'],
    files: value => ({
      ...C(value),
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.10)\nproject(bench C)\nadd_executable(bench main.c)\n',
    }),
    build: 'cmake -S . -B build && cmake --build build',
    bench: 'build/bench',
  },
  {
    name: 'Meson',
    needs: ['meson', 'ninja', 'cc'],
    files: value => ({
      ...C(value),
      'meson.build': "project('bench', 'c')\nexecutable('bench', 'main.c')\n",
    }),
    build: 'meson setup build && meson compile -C build',
    bench: 'build/bench',
  },
]

const LEVELS = [
  { name: 'root, bubblewrap', as: 'root', without: [] },
  { name: 'root, util-linux', as: 'root', without: ['bwrap'] },
  { name: 'user, bubblewrap', as: 'ordinary', without: [] },
  { name: 'user, util-linux', as: 'ordinary', without: ['bwrap'] },
  { name: 'uid', as: 'root', without: ['bwrap', 'unshare'] },
  { name: 'none', as: 'ordinary', without: ['bwrap', 'unshare'] },
] as const

const CLI = resolve('dist/cli.js')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-kinds-'))
  chmodSync(folder, 0o777)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function pathWithout(names: readonly string[]): string {
  const own = process.env.PATH ?? '/usr/bin:/bin'
  if (names.length === 0) return own
  const bin = mkdtempSync(join(folder, 'bin-'))
  chmodSync(bin, 0o755)
  const system = ['/usr/bin', '/usr/sbin']
  for (const at of system)
    for (const name of readdirSync(at))
      if (!names.includes(name) && !existsSync(join(bin, name))) symlinkSync(join(at, name), join(bin, name))
  const rest = own.split(':').filter(at => !/^\/(?:usr\/)?s?bin$/.test(at))
  return [...rest, bin].join(':')
}

/** A copy of the Rust toolchain where every user may read it: that of root lies in a closed home. Undefined where there is none. */
let rust: string | undefined
function openRust(): string | undefined {
  if (rust !== undefined) return rust
  const { status, stdout } = spawnSync('rustc', ['--print', 'sysroot'], { encoding: 'utf8' })
  if (status !== 0) return undefined
  rust = join(folder, 'rust')
  for (const part of ['bin', 'lib']) cpSync(join(stdout.trim(), part), join(rust, part), { recursive: true })
  return rust
}

/** `works`, with what the builds took, or why not. */
function gate(kind: Kind, level: (typeof LEVELS)[number], home: string): { says: string; seconds: number } {
  const repository = mkdtempSync(join(folder, 'repository-'))
  const { git, commit } = makeRepository(repository)
  commit('Begin', kind.files('0.100'))
  kind.make?.(repository, git)
  git('branch', 'base')
  commit('Make it slower', kind.files('0.200'))
  const out = join(repository, 'out')
  const become =
    level.as === 'ordinary' && isRoot
      ? ['/usr/bin/setpriv', `--reuid=${ORDINARY}`, `--regid=${ORDINARY}`, '--clear-groups', '--']
      : []
  const readable =
    kind.needs.includes('cargo') && (level.as === 'ordinary' || level.name === 'uid') ? openRust() : undefined
  const path = pathWithout(level.without)
  const env = {
    PATH: readable === undefined ? path : `${readable}/bin:${path}`,
    HOME: home,
    TMPDIR: folder,
    ...(process.env.HOME && { RUSTUP_HOME: join(process.env.HOME, '.rustup') }),
  }
  if (become.length > 0)
    spawnSync('chown', ['-R', `${ORDINARY}:${ORDINARY}`, repository, `${repository}.lib`])
  // Without namespaces jobs are another user, to whom tools in a closed home (/root) are not there.
  const asJob =
    level.name === 'uid' ? ['/usr/bin/setpriv', `--reuid=${ORDINARY}`, '--clear-groups', '--'] : become
  const has = (tool: string) => {
    const [file, ...args] = [...asJob, '/bin/sh', '-c', `${tool} --version || ${tool} version`]
    return spawnSync(file!, args, { env, stdio: 'ignore' }).status === 0
  }
  const missing = kind.needs.find(tool => !has(tool))
  if (missing !== undefined) return { says: `no ${missing}`, seconds: 0 }
  const options = ['--base', 'base', '--head', 'main', '--repo', repository, '--build', kind.build]
  const more = ['--bench', `b=${kind.bench}`, '--format', 'seconds', '--out', out, '--budget', '10m']
  const quick = ['--tune', 'off', '--counters', 'off', '--layouts', 'off', '--seed', '1']
  const asked = level.name === 'none' ? ['--isolation', 'off'] : []
  const [file, ...args] = [...become, process.execPath, CLI, 'gate', ...options, ...more, ...quick, ...asked]
  const run = spawnSync(file!, args, { env, encoding: 'utf8', timeout: 900_000 })
  const report = existsSync(join(out, 'report.json'))
    ? (JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report)
    : undefined
  const built = [...`${run.stdout}${run.stderr}`.matchAll(/built (?:base|head) in ([\d.]+) s/g)]
  const seconds = built.reduce((sum, [, each]) => sum + Number(each), 0)
  const works = report?.benchmarks[0]?.decision === 'slower'
  const why = report?.errors[0]?.what ?? report?.benchmarks[0]?.reason ?? run.stderr.trim().split('\n').at(-1)
  return { says: works ? 'works' : `FAILS: ${why}`, seconds }
}

/** KINDS=a,b and LEVELS=a;b try only these. */
test(
  'every kind of project builds and runs at every level, cold and warm',
  () => {
    const wanted = process.env.LEVELS?.split(';') ?? LEVELS.map(({ name }) => name)
    const levels = LEVELS.filter(({ as, name }) => (isRoot || as === 'ordinary') && wanted.includes(name))
    const asked =
      process.env.KINDS?.split(',') ?? (soaking ? KINDS.map(({ name }) => name) : ['git describe'])
    const kinds = KINDS.filter(({ name }) => asked.includes(name))
    const failed: string[] = []
    const rows = kinds.map(kind => {
      const cells = (soaking ? levels : levels.slice(0, 1)).map(level => {
        const home = mkdtempSync(join(folder, 'home-'))
        chmodSync(home, 0o777)
        const cold = gate(kind, level, home)
        const warm = soaking && cold.says === 'works' ? warmed(kind, level, home) : undefined
        for (const each of [cold, warm])
          if (each?.says.startsWith('FAILS')) failed.push(`${kind.name}, ${level.name}: ${each.says}`)
        const ratio = warm && cold.seconds > 0 ? ` ${(warm.seconds / cold.seconds).toFixed(2)}` : ''
        const cell = `${cold.says.slice(0, 14)}${warm === undefined ? '' : `/${warm.says.slice(0, 14)}${ratio}`}`
        // The soak takes long: what is known is shown at once.
        process.stdout.write(`${kind.name}, ${level.name}: ${cell}\n`)
        return cell
      })
      return `${kind.name.padEnd(16)} ${cells.map(cell => cell.padEnd(20)).join('')}`
    })
    console.info(
      [`${''.padEnd(16)} ${levels.map(({ name }) => name.padEnd(20)).join('')}`, ...rows].join('\n'),
    )
    expect(failed).toEqual([])
  },
  PATIENCE,
)

/** The same gate with the caches that a build outside has filled. */
function warmed(kind: Kind, level: (typeof LEVELS)[number], home: string) {
  const repository = mkdtempSync(join(folder, 'outside-'))
  const { git, commit } = makeRepository(repository)
  commit('Begin', kind.files('0.100'))
  kind.make?.(repository, git)
  const env = {
    ...process.env,
    HOME: home,
    RUSTUP_HOME: join(process.env.HOME ?? '', '.rustup'),
    GIT_CONFIG_GLOBAL: '/dev/null',
  }
  spawnSync('bash', ['-ec', kind.build], { cwd: repository, env, stdio: 'ignore' })
  if (level.as === 'ordinary' && isRoot) spawnSync('chown', ['-R', `${ORDINARY}:${ORDINARY}`, home])
  return gate(kind, level, home)
}

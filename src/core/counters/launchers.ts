import type { SeenProcess } from './process-record.ts'

/**
 * What a program does for the benchmark that starts it. A `starter` runs the command it gets; a `builder` makes programs; a `shell` and any
 * `other` program may do either that or the benchmark's own work.
 */
export type LauncherKind = 'starter' | 'builder' | 'shell' | 'other'

interface Row {
  readonly kind: LauncherKind
  /** Names of programs, without version and ending. */
  readonly names: readonly string[]
  /** Whether an interpreter may run a script or a module of such a name. */
  readonly script?: boolean
}

const ROWS: readonly Row[] = [
  // Package managers and runners of scripts, many of them scripts themselves.
  {
    kind: 'starter',
    script: true,
    names: ['npm', 'npm-cli', 'npx', 'npx-cli', 'yarn', 'yarnpkg', 'pnpm', 'pnpx'],
  },
  {
    kind: 'starter',
    script: true,
    names: ['corepack', 'nx', 'turbo', 'lerna', 'wireit', 'npm-run-all', 'run-s'],
  },
  {
    kind: 'starter',
    script: true,
    names: ['poetry', 'pipenv', 'pipx', 'pdm', 'hatch', 'tox', 'nox', 'conda'],
  },
  { kind: 'starter', script: true, names: ['pyenv', 'rbenv', 'nodenv', 'goenv', 'asdf', 'bundle', 'rake'] },
  {
    kind: 'starter',
    names: ['cargo', 'rustup', 'go', 'dub', 'zig', 'swift', 'dune', 'stack', 'cabal', 'dotnet'],
  },
  { kind: 'starter', names: ['uv', 'uvx', 'rye', 'pixi', 'mise', 'direnv', 'mamba'] },
  // Runners of targets and tests.
  {
    kind: 'starter',
    script: true,
    names: ['meson', 'ninja', 'cmake', 'ctest', 'invoke', 'inv', 'scons', 'waf'],
  },
  { kind: 'starter', names: ['make', 'gmake', 'remake', 'samu', 'muon', 'just', 'task', 'mage', 'xmake'] },
  { kind: 'starter', names: ['bazel', 'bazelisk', 'buck2', 'pants'] },
  // Programs that change how another one runs, and become it or wait for it.
  {
    kind: 'starter',
    names: ['env', 'nice', 'ionice', 'chrt', 'taskset', 'numactl', 'timeout', 'time', 'stdbuf'],
  },
  {
    kind: 'starter',
    names: ['setsid', 'nohup', 'xargs', 'parallel', 'sudo', 'doas', 'su', 'runuser', 'setpriv'],
  },
  {
    kind: 'starter',
    names: ['unshare', 'chroot', 'flock', 'script', 'unbuffer', 'prlimit', 'setarch', 'watch'],
  },
  {
    kind: 'builder',
    names: ['cc', 'c++', 'gcc', 'g++', 'cpp', 'cc1', 'cc1plus', 'collect2', 'lto1', 'lto-wrapper'],
  },
  {
    kind: 'builder',
    names: ['clang', 'clang++', 'as', 'ld', 'ar', 'ranlib', 'strip', 'objcopy', 'lld', 'mold', 'gold'],
  },
  { kind: 'builder', names: ['rustc', 'compile', 'asm', 'link', 'cgo', 'ccache', 'sccache'] },
  { kind: 'shell', names: ['bash', 'sh', 'dash', 'ash', 'zsh', 'ksh', 'mksh', 'fish', 'busybox'] },
]

const KINDS: ReadonlyMap<string, LauncherKind> = new Map(
  ROWS.flatMap(({ kind, names }) => names.map(name => [name, kind] as const)),
)

const SCRIPTS: ReadonlySet<string> = new Set(ROWS.flatMap(({ script, names }) => (script ? names : [])))

/** Programs that run a script, which decides what they are. */
const INTERPRETERS: ReadonlySet<string> = new Set(
  ['node', 'nodejs', 'bun', 'deno', 'python', 'pypy', 'perl', 'ruby', 'php', 'lua'].concat(
    ROWS.filter(({ kind }) => kind === 'shell').flatMap(({ names }) => names),
  ),
)

/** Subcommands that make a starter out of a program which is more than that. */
const RUNS_SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  bun: ['run', 'x'],
  deno: ['task'],
  node: ['--run'],
}

/** What a program is by its name and words, and what a reader calls it: `npm` for node with npm's script. */
export function launcherOf({ program, words }: Pick<SeenProcess, 'program' | 'words'>): {
  readonly kind: LauncherKind
  readonly name: string
  /** Whether a script decides what it does. */
  readonly script: boolean
} {
  const own = plainName(program)
  const called = plainName(words[0] ?? program)
  if (INTERPRETERS.has(own)) return { ...scriptOf(own, words), script: true }
  // rustup is cargo by the name that it is called by, as busybox is many.
  const name = KINDS.has(called) ? called : own
  return { kind: kindOf(name), name, script: false }
}

function scriptOf(
  own: string,
  words: readonly string[],
): Pick<ReturnType<typeof launcherOf>, 'kind' | 'name'> {
  const shell = KINDS.get(own) === 'shell'
  if (RUNS_SCRIPTS[own]?.some(each => words[1]?.split('=')[0] === each)) return { kind: 'starter', name: own }
  const options = words.slice(1)
  const at = options.findIndex(word => !word.startsWith('-') || /^-[cem]$/.test(word))
  const found = options[at]
  if (found === undefined || found === '-c' || found === '-e')
    return { kind: shell ? 'shell' : 'other', name: own }
  const script = found === '-m' ? (options[at + 1] ?? '').split('.')[0]! : found
  const managed = /\/(?:\.?(pyenv|rbenv|nodenv|goenv|asdf|mise))\//.exec(script)?.[1]
  // A script in the folder of a version manager is part of it; the programs that it manages are no scripts of a shell.
  if (shell && managed !== undefined) return { kind: 'starter', name: managed }
  // A benchmark may be called make.py; those who install a command write no ending, or npm's.
  const name = script.slice(script.lastIndexOf('/') + 1).replace(/\.c?js$/, '')
  if (SCRIPTS.has(name)) return { kind: 'starter', name: name.replace(/-cli$/, '') }
  return { kind: shell ? 'shell' : 'other', name: own }
}

/** `g++` for `/usr/bin/x86_64-linux-gnu-g++-12`, `python` for `python3.11`, `npm-cli` for `npm-cli.js`. */
function plainName(path: string): string {
  const file = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/ \(deleted\)$/, '')
    .replace(/\.(?:[cm]?js|py|pl|rb|sh|exe)$/, '')
  const plain = file.replace(/-?\d+(?:\.\d+)*$/, '')
  if (KINDS.has(file)) return file
  const ofTarget = plain.replace(
    /^(?:[a-z0-9_]+-){2,3}(?=(?:gcc|g\+\+|cpp|ld|as|ar|strip|objcopy)(?:\.\w+)?$)/,
    '',
  )
  return /^ld\.\w+$/.test(ofTarget) ? 'ld' : ofTarget || file
}

const kindOf = (name: string): LauncherKind => KINDS.get(name) ?? 'other'

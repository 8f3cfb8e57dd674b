import type { Fingerprint } from '../model/report.ts'

/** Raise it when what is kept, or how, changes. */
const SCHEMA = 3

/** Everything that can change what a build of the base returns. */
export interface BaseBuild {
  readonly baseSha: string
  readonly command: string
  /** What the tree lacks of the commit: submodules and Git LFS objects that the clone does not have. */
  readonly leftOut: string
  /** The whole environment of the build. */
  readonly env: Readonly<Record<string, string>>
  /** Where the tree is: builds hold absolute paths. */
  readonly tree: string
  readonly toolVersion: string
  /** Processor, kernel, libc and compilers of this machine. */
  readonly machine: Fingerprint
}

export interface Ingredient {
  readonly name: string
  readonly value: string
}

/**
 * What differs from run to run, or from day to day, and changes no build: the terminal, the size of the memory, what is tuned, and the
 * tools that measure. A kernel that was brought up to date must not cost every pull request a build. The processor stays: `-march=native`.
 */
const NOT_BUILT_FROM = {
  env: ['TERM', 'COLUMNS', 'LINES', 'COLORTERM'],
  machine: [
    ...['microcode', 'cpus', 'smt', 'kernel', 'kernel parameters', 'machine', 'virtualisation', 'memory'],
    ...['l1d', 'l1i', 'l2', 'l3', 'l4', 'frequency driver', 'governor', 'turbo', 'isolated'],
    ...['transparent huge pages', 'perf', 'valgrind'],
  ],
} as const

function without(values: Readonly<Record<string, string>>, names: readonly string[]) {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))
}

/** The ingredients of the key in a fixed order, to be printed and hashed; no branch name is among them. */
export function ingredientsOf(build: BaseBuild): readonly Ingredient[] {
  const record = (prefix: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values)
      .map(([name, value]) => ({ name: `${prefix}.${name}`, value }))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
  return [
    { name: 'schema', value: String(SCHEMA) },
    { name: 'perf-verdict', value: build.toolVersion },
    { name: 'base', value: build.baseSha },
    { name: 'left-out', value: build.leftOut },
    { name: 'build', value: build.command },
    { name: 'tree', value: build.tree },
    ...record('env', without(build.env, NOT_BUILT_FROM.env)),
    ...record('machine', without(build.machine, NOT_BUILT_FROM.machine)),
  ]
}

/** The key itself; any change of any ingredient changes it. `sha256` returns lower-case hex. */
export function cacheKey(ingredients: readonly Ingredient[], sha256: (text: string) => string): string {
  return `perf-verdict-base-${sha256(JSON.stringify(ingredients.map(({ name, value }) => [name, value])))}`
}

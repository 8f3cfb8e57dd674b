import { isWithin } from './toolchains.ts'

/** A cache of a toolchain: where builds look for it in a home, and the variable that may say otherwise. */
interface ToolCache {
  /** Below the home, as the tool has it by itself. */
  readonly home: string
  readonly variable?: string
  /** Below what the variable names. */
  readonly below?: string
}

/** Parts of a home that hold nothing but what was downloaded or compiled; credentials and settings next to them stay out. */
const CACHES: readonly ToolCache[] = [
  { home: '.cargo/registry', variable: 'CARGO_HOME', below: 'registry' },
  { home: '.cargo/git', variable: 'CARGO_HOME', below: 'git' },
  { home: 'go/pkg/mod', variable: 'GOMODCACHE' },
  { home: 'go/pkg/mod', variable: 'GOPATH', below: 'pkg/mod' },
  { home: '.cache/go-build', variable: 'GOCACHE' },
  { home: '.cache/ccache', variable: 'CCACHE_DIR' },
  { home: '.ccache' },
  { home: '.gradle/caches', variable: 'GRADLE_USER_HOME', below: 'caches' },
  { home: '.gradle/wrapper', variable: 'GRADLE_USER_HOME', below: 'wrapper' },
  { home: '.m2/repository' },
  { home: '.cache/pip', variable: 'PIP_CACHE_DIR' },
  { home: '.cache/uv', variable: 'UV_CACHE_DIR' },
  { home: '.npm/_cacache', variable: 'npm_config_cache', below: '_cacache' },
]

/** What these variables are inside: the tool's own place in the job's home. */
const INSIDE: Readonly<Record<string, string>> = {
  CARGO_HOME: '.cargo',
  GOPATH: 'go',
  GOMODCACHE: 'go/pkg/mod',
  GOCACHE: '.cache/go-build',
  CCACHE_DIR: '.cache/ccache',
  GRADLE_USER_HOME: '.gradle',
  PIP_CACHE_DIR: '.cache/pip',
  UV_CACHE_DIR: '.cache/uv',
  XDG_CACHE_HOME: '.cache',
  npm_config_cache: '.npm',
}

/** A folder of the machine that jobs start from, and where they find it: below their home, or at a path of its own. */
export interface Lent {
  readonly from: string
  readonly at: { readonly home: string } | { readonly path: string }
}

type Env = Readonly<Record<string, string | undefined>>

/** The caches of a caller that may be there, and what else the user shares. */
export function lentFolders(env: Env, share: readonly string[]): readonly Lent[] {
  const { HOME } = env
  const caches = CACHES.flatMap(({ home, variable, below }): Lent[] => {
    const named = variable === undefined ? undefined : env[variable]
    if (named?.startsWith('/'))
      return [{ from: below === undefined ? named : `${named}/${below}`, at: { home } }]
    return HOME?.startsWith('/') ? [{ from: `${HOME}/${home}`, at: { home } }] : []
  })
  const shared = share.flatMap((path): Lent[] => {
    if (!path.startsWith('~/')) return [{ from: path, at: { path } }]
    const home = path.slice(2)
    return HOME?.startsWith('/') ? [{ from: `${HOME}/${home}`, at: { home } }] : []
  })
  const all = new Map<string, Lent>()
  for (const each of [...caches, ...shared]) {
    const key = 'home' in each.at ? `~/${each.at.home}` : each.at.path
    // The first that a variable names, or the last that the user does.
    if (!all.has(key) || shared.includes(each)) all.set(key, each)
  }
  return [...all.values()]
}

/** The variables that name caches as they are inside, where they were given at all. */
export function insideVariables(env: Env, home: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(INSIDE).flatMap(([name, below]) =>
      env[name] === undefined ? [] : [[name, `${home}/${below}`]],
    ),
  )
}

/** What a shared folder must keep apart from, by real paths. */
export interface KeptApart {
  /** The user's work tree, in whose place each side has its own. */
  readonly workTree?: string | undefined
  /** The gate's folder with the trees of all sides. */
  readonly folder: string
}

/** Why folders that are layered at these paths would show a side something else than its own, a sentence each. */
export function sharedFaults(
  paths: readonly (readonly [name: string, real: string])[],
  { workTree, folder }: KeptApart,
): readonly string[] {
  return paths.flatMap(([name, real]) => {
    const meets = (other: string) => [name, real].some(path => isWithin(path, other) || isWithin(other, path))
    if (workTree !== undefined && meets(workTree))
      return [
        `share names ${name}, which ${isWithin(real, workTree) ? 'is in' : 'holds'} the repository at ${workTree}: both sides would see its files there instead of their own; share a folder outside of it, or write bring for files that an earlier step made.`,
      ]
    return meets(folder)
      ? [
          `share names ${name}, which holds the gate's own work folder ${folder}; share what is needed of it by name.`,
        ]
      : []
  })
}

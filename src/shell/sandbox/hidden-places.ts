import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { RepositoryPlaces } from '../ports/world.ts'

/** What jobs may not see, and what of it they still need. */
export interface HiddenPlaces {
  /** Replaced by an empty folder, apart from `exposed`. */
  readonly home: string | undefined
  /** Folders below the home that builds need: toolchains on PATH, our own working folder. */
  readonly exposed: readonly string[]
  /** Other folders that are replaced by empty ones. */
  readonly folders: readonly string[]
  /** Files that are replaced by empty ones. */
  readonly files: readonly string[]
  /** Folders that are there to be read, also where they lie in one that is replaced. */
  readonly readOnly: readonly string[]
}

export const NO_REPOSITORY: RepositoryPlaces = { hidden: [], readOnly: [] }

const TOOLCHAIN_VARIABLES = ['RUSTUP_HOME', 'CARGO_HOME', 'GOROOT', 'JAVA_HOME']
const CREDENTIALS_IN_TOOLCHAINS = [
  '.cargo/credentials',
  '.cargo/credentials.toml',
  '.docker/config.json',
  '.npmrc',
]

/** Hides the home with its keys and the runner's temporary folder with its file commands; shows toolchains and the work folder. */
export function hiddenPlaces(
  env: Readonly<Record<string, string | undefined>>,
  workFolder: string,
  repository: RepositoryPlaces = NO_REPOSITORY,
): HiddenPlaces {
  const home = env.HOME?.startsWith('/') && env.HOME !== '/' ? env.HOME : undefined
  const inHome = (path: string) => home !== undefined && path.startsWith(`${home}${sep}`)
  const wanted = [
    ...(env.PATH ?? '').split(':'),
    ...TOOLCHAIN_VARIABLES.flatMap(name => env[name] ?? []),
    `${home}/.rustup`,
  ]
  const toolchains = wanted
    .filter(path => inHome(path) && existsSync(path))
    .map(path => topBelow(home!, path))
  const exposed = new Set([...toolchains, ...(inHome(workFolder) ? [workFolder] : [])])
  const wantedHidden = [env.RUNNER_TEMP, env.GITHUB_OUTPUT && dirname(env.GITHUB_OUTPUT)].filter(
    path =>
      path !== undefined && path !== '' && existsSync(path) && !inHome(path) && !workFolder.startsWith(path),
  ) as string[]
  // What lies in another hidden folder is gone with it.
  const folders = [...new Set(wantedHidden)].filter(
    path => !wantedHidden.some(other => path.startsWith(`${other}${sep}`)),
  )
  const files =
    home === undefined
      ? []
      : CREDENTIALS_IN_TOOLCHAINS.map(name => join(home, name)).filter(path => existsSync(path))
  return {
    home,
    exposed: [...exposed],
    folders: [...folders, ...repository.hidden],
    files,
    readOnly: repository.readOnly,
  }
}

/** The first folder below the home on the way to a path, so that `~/.cargo/bin` shows all of `~/.cargo`. */
function topBelow(home: string, path: string): string {
  return join(home, relative(home, path).split(sep)[0]!)
}

/** What of the machine a question about toolchains needs. */
export interface ToolchainFacts {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The names in a folder; none where there is no such folder. */
  readonly namesIn: (folder: string) => readonly string[]
  /** Where a path leads when links are followed; undefined where it leads nowhere. */
  readonly realPath: (path: string) => string | undefined
  /** Folders that are never shown whole, whatever a PATH says: the home, the runner's temporary folder, the user's clone. */
  readonly closed: readonly string[]
  /** Folders that every job sees anyway. */
  readonly system: readonly string[]
}

/** Parts of a toolchain next to its `bin`; what else is there may be anybody's: keys, settings, other programs. */
const PARTS =
  /^(?:s?bin|shims|lib(?:32|64|x32|exec)?|include|share|conf|jmods|pkg|src|misc|api|test|versions|plugins|pyenv\.d|completions|rbenv\.d|version|toolchains|update-hashes|settings\.toml|sdk|shared|host|packs|VERSION|go\.env|release|pyvenv\.cfg|(?:x86_64|aarch64|arm|i[3-6]86|riscv64|powerpc64(?:le)?|s390x)[\w.-]*)$/
/** Next to the programs of these is what is the user's own. */
const PERSONAL = /^(?:\.local|\.cargo)$/
const PERSONAL_PARTS = /^(?:s?bin|lib(?:32|64|exec)?)$/
const BIN = /^(?:s?bin|shims|condabin|libexec)$/
const FOLDER_VARIABLES = ['RUSTUP_HOME', 'GOROOT', 'JAVA_HOME', 'PYENV_ROOT', 'RBENV_ROOT', 'DOTNET_ROOT']
const PROGRAM_VARIABLES = ['CC', 'CXX', 'AR', 'LD']

/**
 * The folders of toolchains that are in use: those on PATH, and of the prefix around a `bin` the parts that belong to a toolchain. The folders
 * above them are not shown, because a runner keeps its credentials and the files of its steps next to its tool cache.
 */
export function toolchainFolders(facts: ToolchainFacts): readonly string[] {
  const { env } = facts
  const onPath = (env.PATH ?? '').split(':').filter(part => part.startsWith('/'))
  const programs = PROGRAM_VARIABLES.flatMap(name => env[name]?.split(' ', 1) ?? [])
  const folders = [...onPath, ...programs.filter(path => path.startsWith('/')).map(folderOf)].flatMap(path =>
    aroundFolder(trimmed(path), facts),
  )
  const prefixes = FOLDER_VARIABLES.flatMap(name => env[name] ?? [])
    .filter(path => path.startsWith('/'))
    .flatMap(path => partsOf(trimmed(path), facts))
  const found = [...folders, ...prefixes].flatMap(path => {
    const real = facts.realPath(path)
    return real === undefined ? [] : real === path ? [path] : [real, path]
  })
  return outermost(found.filter(path => mayBeShown(path, facts)))
}

function aroundFolder(path: string, facts: ToolchainFacts): readonly string[] {
  if (!BIN.test(nameOf(path))) return [path]
  const prefix = folderOf(path)
  return [path, ...(facts.closed.includes(prefix) ? [] : partsOf(prefix, facts))]
}

function partsOf(prefix: string, facts: ToolchainFacts): readonly string[] {
  // The root is around /bin, and what has such a name there (/src, /shared, /test) is of no toolchain.
  if (prefix === '/') return []
  const names = facts.namesIn(prefix)
  // A folder for what was installed by go, and not go itself, which has its version written next to it.
  const isPersonal = PERSONAL.test(nameOf(prefix)) || (nameOf(prefix) === 'go' && !names.includes('VERSION'))
  const parts = isPersonal ? PERSONAL_PARTS : PARTS
  return names.filter(name => parts.test(name)).map(name => `${prefix}/${name}`)
}

/** Nothing that is closed, holds something closed, or is shown to everybody anyway. */
function mayBeShown(path: string, { closed, system }: ToolchainFacts): boolean {
  if (path === '/' || system.some(folder => isWithin(path, folder))) return false
  return !closed.some(folder => isWithin(folder, path))
}

/** Without those that are in others. */
function outermost(paths: readonly string[]): readonly string[] {
  const all = [...new Set(paths)]
  return all.filter(path => !all.some(other => other !== path && isWithin(path, other)))
}

/** Whether a path is a folder or is in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)
}

const trimmed = (path: string): string => path.replace(/\/{2,}/g, '/').replace(/\/$/, '') || '/'
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

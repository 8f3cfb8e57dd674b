import { matches, parsed, type VersionReader } from './manifest-text.ts'
import { NATIVE_READERS } from './native-manifests.ts'

/** Versions by the name of what is depended on, as one manifest or lock file gives them. */
export type Versions = ReadonlyMap<string, string>

/** Long versions are commits and checksums: their beginning tells them apart. */
const LONGEST_VERSION = 40

/** The files that say what a build takes from elsewhere, and how each is read: by its lines, since only names and versions are wanted. */
const READERS: readonly (readonly [RegExp, VersionReader])[] = [
  [/(?:^|\/)Cargo\.lock$/, cargoLock],
  [/(?:^|\/)(?:poetry|uv|pdm)\.lock$/, tomlPackages],
  [/(?:^|\/)Cargo\.toml$/, cargoManifest],
  [/(?:^|\/)go\.(?:mod|work)$/, goModule],
  [/(?:^|\/)go\.sum$/, goSums],
  [/(?:^|\/)vendor\/modules\.txt$/, goVendored],
  [/(?:^|\/)rust-toolchain(?:\.toml)?$/, rustToolchain],
  [/(?:^|\/)\.tool-versions$/, toolVersions],
  [/(?:^|\/)flake\.lock$/, flakeLock],
  [/(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, npmLock],
  [/(?:^|\/)yarn\.lock$/, yarnLock],
  [/(?:^|\/)pnpm-lock\.yaml$/, pnpmLock],
  [/(?:^|\/)(?:[\w.-]*requirements[\w.-]*|constraints[\w.-]*)\.(?:txt|in)$/, pythonRequirements],
  [/(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg))$/, pythonStrings],
  [/(?:^|\/)Pipfile\.lock$/, pipfileLock],
  ...NATIVE_READERS,
]

/** Whether a file pins what a build takes from elsewhere. */
export function isDependencyFile(path: string): boolean {
  return READERS.some(([pattern]) => pattern.test(path))
}

/** Whether a file pins compilers: another one makes other code of the same source. */
export function isToolchainFile(path: string, name: string): boolean {
  return (
    /(?:^|\/)(?:rust-toolchain(?:\.toml)?|\.tool-versions)$/.test(path) ||
    (name === 'toolchain' && /(?:^|\/)go\.(?:mod|work)$/.test(path))
  )
}

/** The versions that a file pins; undefined for a file that pins none by its kind, empty for one that cannot be read. */
export function lockedVersions(path: string, text: string): Versions | undefined {
  const reader = READERS.find(([pattern]) => pattern.test(path))?.[1]
  if (!reader) return undefined
  const versions = new Map<string, string[]>()
  for (const [name, version] of reader(text, path)) {
    const known = versions.get(name)
    if (known) known.push(version)
    else versions.set(name, [version])
  }
  // Several versions of one package can be locked at the same time.
  return new Map(
    Array.from(versions, ([name, all]) => [
      name,
      [...new Set(all.map(version => version.slice(0, LONGEST_VERSION)))].sort().join(', '),
    ]),
  )
}

/** `[[package]]` tables; a source with a commit tells more than the version. */
function* tomlPackages(text: string): Generator<readonly [string, string]> {
  for (const part of text.split(/^\[\[package\]\]$/m).slice(1)) {
    const value = (key: string): string | undefined =>
      new RegExp(`^${key} = "([^"\\n]{1,300})"`, 'm').exec(part)?.[1]
    const [name, version] = [value('name'), value('version')]
    const commit = /^source = .*#([0-9a-f]{7,64})"?/m.exec(part)?.[1]?.slice(0, 10)
    if (name) yield [name, `${version ?? ''}${commit ? ` (${commit})` : ''}`]
  }
}

/** Members of the workspace have no source: their versions are the project's own. */
function* cargoLock(text: string): Generator<readonly [string, string]> {
  yield* tomlPackages(
    text
      .split(/(?=^\[\[package\]\]$)/m)
      .filter(part => /^source = /m.test(part))
      .join(''),
  )
}

/** Plain, inline-table and own-table forms of a dependency; what `[patch]` puts in its place counts instead of it. */
function* cargoManifest(text: string): Generator<readonly [string, string]> {
  const found = [...cargoDependencies(text)]
  const patched = new Set(found.flatMap(({ name, patch }) => (patch ? [name] : [])))
  for (const { name, version, patch } of found) if (patch || !patched.has(name)) yield [name, version]
}

interface CargoDependency {
  readonly name: string
  readonly version: string
  readonly patch: boolean
}

function* cargoDependencies(text: string): Generator<CargoDependency> {
  let section = ''
  for (const line of text.split('\n')) {
    const table = /^\[([^\]\n]+)\]/.exec(line)?.[1]
    if (table !== undefined) {
      section = table
      continue
    }
    const patch = /^(?:patch\.|replace$)/.test(section)
    const own = /^(?:patch\.(?:"[^"]*"|[\w-]+)|(?:.*\.)?(?:dev-|build-)?dependencies)\.([\w-]+)$/.exec(
      section,
    )?.[1]
    if (own !== undefined) {
      const version = /^\s*(?:version|tag|rev|branch|path)\s*=\s*"([^"]*)"/.exec(line)?.[1]
      if (version !== undefined) yield { name: own, version, patch }
    } else if (patch || /(?:^|\.)(?:dev-|build-)?dependencies$/.test(section)) {
      const [, name, plain, inner] =
        /^\s*"?([\w-]+)(?::[^"\s]*)?"?\s*=\s*(?:"([^"]*)"|\{(.*)\})/.exec(line) ?? []
      const version =
        plain ??
        /\b(?:version|tag|rev|branch)\s*=\s*"([^"]*)"/.exec(inner ?? '')?.[1] ??
        /\bpath\s*=\s*"([^"]*)"/.exec(inner ?? '')?.[1]
      if (name !== undefined && version !== undefined) yield { name, version, patch }
    }
  }
}

function* goModule(text: string): Generator<readonly [string, string]> {
  // A module that is replaced by a folder of the tree is built from that folder.
  const folders = [...matches(text, /^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+(\.{0,2}\/\S+)\s*$/gm)]
  const replaced = new Set(folders.map(([name]) => name))
  yield* folders
  for (const [name, version] of matches(text, /^\s*(?:require\s+)?([\w.-]+\.[\w-]+\/[^\s]+)\s+(v[^\s]+)/gm))
    if (!replaced.has(name)) yield [name, version]
  yield* matches(text, /^\s*(?:replace\s+)?\S+(?:\s+v\S+)?\s+=>\s+([^\s]+)\s+(v[^\s]+)/gm)
  yield* matches(text, /^(go)\s+(\d[\w.]*)/gm)
  yield* matches(text, /^(toolchain)\s+(\S+)/gm)
}

function* goSums(text: string): Generator<readonly [string, string]> {
  yield* matches(text, /^(\S+) (v[^\s/]+) h1:/gm)
}

function* goVendored(text: string): Generator<readonly [string, string]> {
  yield* matches(text, /^# (\S+) (v\S+)(?: =>.*)?$/gm)
}

function* rustToolchain(text: string): Generator<readonly [string, string]> {
  const channel = /^\s*channel\s*=\s*"([^"\n]+)"/m.exec(text)?.[1] ?? /^\s*([\w.-]+)\s*$/.exec(text)?.[1]
  if (channel !== undefined) yield ['the Rust toolchain', channel]
}

function* toolVersions(text: string): Generator<readonly [string, string]> {
  yield* matches(text, /^([a-z][\w-]*)[ \t]+(\S+)/gm)
}

function* flakeLock(text: string): Generator<readonly [string, string]> {
  for (const [name, node] of entriesOf(parsed(text), 'nodes')) {
    const rev = (node as { locked?: { rev?: unknown } } | null)?.locked?.rev
    if (typeof rev === 'string') yield [name, rev.slice(0, 10)]
  }
}

function* npmLock(text: string): Generator<readonly [string, string]> {
  for (const [path, entry] of entriesOf(parsed(text), 'packages', 'dependencies')) {
    const version = (entry as { version?: unknown } | null)?.version
    if (path !== '' && typeof version === 'string') yield [path.replace(/^.*node_modules\//, ''), version]
  }
}

function* yarnLock(text: string): Generator<readonly [string, string]> {
  yield* matches(text, /^"?(@?[^@\s"]+)@[^\n]*:\n\s+version:? "?([^"\s]+)"?/gm)
}

function* pnpmLock(text: string): Generator<readonly [string, string]> {
  yield* matches(text, /^ {2}'?\/?(@?[^@\s']+)@([^\s:('\n]+)[^\n]*:$/gm)
}

function* pythonRequirements(text: string): Generator<readonly [string, string]> {
  yield* matches(text, /^\s*([A-Za-z][\w.-]*)(?:\[[^\]\n]*\])?\s*(?:===?|~=|>=)\s*([\w.*+!-]+)/gm)
}

function* pythonStrings(text: string): Generator<readonly [string, string]> {
  yield* matches(text, /["']([A-Za-z][\w.-]*)(?:\[[^\]\n]*\])?\s*(?:===?|~=|>=)\s*([\w.*+!-]+)/g)
}

function* pipfileLock(text: string): Generator<readonly [string, string]> {
  for (const [name, entry] of entriesOf(parsed(text), 'default', 'develop')) {
    const version = (entry as { version?: unknown } | null)?.version
    if (typeof version === 'string') yield [name, version.replace(/^==/, '')]
  }
}

function entriesOf(whole: unknown, ...keys: readonly string[]): readonly (readonly [string, unknown])[] {
  const record = typeof whole === 'object' && whole !== null ? (whole as Record<string, unknown>) : {}
  for (const key of keys) {
    const part = record[key]
    if (typeof part === 'object' && part !== null) return Object.entries(part)
  }
  return []
}

import { argumentsOf, matches, parsed, type VersionReader } from './manifest-text.ts'

/** How the manifests of C, C++ and their neighbours name what a build takes from elsewhere. */
export const NATIVE_READERS: readonly (readonly [RegExp, VersionReader])[] = [
  [/(?:^|\/)conan\.lock$|(?:^|\/)conanfile\.(?:txt|py)$/, conanReferences],
  [/(?:^|\/)vcpkg(?:-configuration)?\.json$/, vcpkgManifest],
  [/(?:^|\/)CMakeLists\.txt$|\.cmake$/, cmakeFetches],
  [/\.wrap$/, mesonWrap],
  [/(?:^|\/)(?:MODULE|WORKSPACE)(?:\.bazel|\.bzlmod)?$|\.bzl$/, bazelModules],
  [/(?:^|\/)build\.zig\.zon$/, zigPackages],
  [/(?:^|\/)dub\.selections\.json$/, dubSelections],
  [/(?:^|\/)xmake\.lua$/, xmakeRequires],
  [/(?:^|\/)\.gitrepo$/, gitSubrepo],
]

/** Commits are long, and their beginning tells them apart. */
const shortened = (version: string): string =>
  /^[0-9a-f]{40,64}$/.test(version) ? version.slice(0, 10) : version

const ARCHIVE_VERSION = /[-_/@]v?(\d+(?:\.\d+)*[\w.+-]*?)(?:\.tar(?:\.\w+)?|\.t[gbx]z2?|\.zip)\b/

/** `name/version` with `@user/channel` and `#revision` behind it. */
function* conanReferences(text: string): Generator<readonly [string, string]> {
  yield* matches(
    text,
    /(?:^\s*|["'])([a-z0-9_][\w+.-]+)\/([\w+.[\]><=~ -]*\d[\w+.[\]><=~ -]*)(?=[@#"'\s]|$)/gm,
  )
}

type Entry = Readonly<Record<string, unknown>>

function* vcpkgManifest(text: string): Generator<readonly [string, string]> {
  const manifest = parsed(text) as Entry | undefined
  const registry = manifest?.['default-registry'] as Entry | undefined
  const baseline = manifest?.['builtin-baseline'] ?? registry?.baseline
  if (typeof baseline === 'string') yield ['vcpkg baseline', baseline.slice(0, 10)]
  for (const key of ['dependencies', 'overrides']) {
    const list = manifest?.[key]
    for (const entry of Array.isArray(list) ? list : []) {
      const { name, version, ...rest } = entry as Entry
      const pinned =
        version ??
        rest['version>='] ??
        rest['version-string'] ??
        rest['version-semver'] ??
        rest['version-date']
      const names = Array.isArray(rest.features) ? rest.features.join(', ') : ''
      const port = typeof rest['port-version'] === 'number' ? `#${rest['port-version']}` : ''
      if (typeof name !== 'string') continue
      if (typeof pinned === 'string') yield [name, `${pinned}${port}${names && ` with ${names}`}`]
      else yield [name, names === '' ? 'its default features' : `the features ${names}`]
    }
  }
}

/** FetchContent, ExternalProject and CPM: a name, and a tag or an archive behind it. */
function* cmakeFetches(source: string): Generator<readonly [string, string]> {
  const variables = new Map(matches(source, /\bset\s*\(\s*(\w+)\s+"?([^\s")]+)"?/gi))
  const text = source
    .replaceAll(/(^|\s)#.*$/gm, '$1')
    .replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => variables.get(name) ?? whole)
  const calls =
    'FetchContent_Declare|ExternalProject_Add|CPM(?:Add|Find|Declare)Package|download_project|hunter_config'
  for (const body of argumentsOf(text, calls)) {
    const address = /^\s*"?(?:gh|gl|bb|https?):(?:\/\/)?([\w./-]+?)(?:\.git)?[@#]([^"\s@#]+)/.exec(body)
    if (address) {
      yield [lastTwo(address[1]!), shortened(address[2]!)]
      continue
    }
    const name = /\bNAME\s+"?([\w.+-]+)/.exec(body)?.[1] ?? /^\s*"?([\w.+-]+)/.exec(body)?.[1]
    const plain = /^\s*"?[\w.+-]+@([\w.+-]+)"?\s*$/.exec(body)?.[1]
    const pinned =
      plain ??
      /\b(?:GIT_TAG|VERSION|SVN_REVISION|HG_TAG)\s+"?([^\s"]+)/.exec(body)?.[1] ??
      ARCHIVE_VERSION.exec(/\bURL\s+"?(\S+)/.exec(body)?.[1] ?? '')?.[1] ??
      /\bURL_(?:HASH\s+"?\w+=|MD5\s+"?)([0-9a-fA-F]{10})/.exec(body)?.[1]
    if (name && pinned) yield [name, shortened(pinned)]
  }
}

const lastTwo = (address: string): string => address.split('/').slice(-2).join('/')

/** The file itself bears the name; an archive has its version in the folder it becomes, a repository in its revision. */
function* mesonWrap(text: string, path: string): Generator<readonly [string, string]> {
  const given = (key: string): string =>
    new RegExp(`^\\s*${key}\\s*=\\s*(\\S+)\\s*$`, 'm').exec(text)?.[1] ?? ''
  const version =
    given('revision') ||
    (/[-_@]v?(\d\S*)$/.exec(given('directory'))?.[1] ??
      ARCHIVE_VERSION.exec(given('source_filename'))?.[1] ??
      ARCHIVE_VERSION.exec(given('source_url'))?.[1] ??
      (given('wrapdb_version') || given('source_hash').slice(0, 10)))
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.wrap$/, '')
  if (version !== '') yield [name, shortened(version)]
}

/** Calls of a module or repository rule; a constant of the file may hold the version. */
function* bazelModules(source: string): Generator<readonly [string, string]> {
  const constants = new Map(matches(source, /^([A-Za-z_]\w*)\s*=\s*"([^"\n]*)"/gm))
  const text = source.replaceAll(/(^|\s)#.*$/gm, '$1')
  const rules = 'bazel_dep|\\w*(?:http_archive|git_repository)|\\w+_override'
  for (const body of argumentsOf(text, rules)) {
    const given = (key: string): string => {
      const written = new RegExp(`\\b${key}\\s*=\\s*([^,\\n]+)`).exec(body)?.[1] ?? ''
      // `"mix-" + V`, `"mix-%s" % V` and `"mix-{}".format(V)` differ by what V is.
      return written
        .replaceAll(/\b[A-Za-z_]\w*\b/g, word => constants.get(word) ?? word)
        .replaceAll(/["'\s]/g, '')
    }
    const name = given('(?:module_)?name')
    const pinned =
      given('version') ||
      given('tag') ||
      given('commit') ||
      (/v?(\d+(?:\.\d+)+[\w.]*)/.exec(given('strip_prefix'))?.[1] ??
        ARCHIVE_VERSION.exec(body)?.[1] ??
        given('(?:sha256|integrity)').slice(0, 17))
    if (/^[\w.+-]+$/.test(name) && pinned !== '') yield [name, shortened(pinned)]
  }
}

function* zigPackages(text: string): Generator<readonly [string, string]> {
  yield* matches(text, /\.@?"?([\w-]+)"?\s*=\s*\.\{\s*\.url\s*=\s*"([^"]+)"/g)
}

function* dubSelections(text: string): Generator<readonly [string, string]> {
  const versions = (parsed(text) as Entry | undefined)?.versions
  for (const [name, version] of Object.entries((versions ?? {}) as Entry))
    if (typeof version === 'string') yield [name, version]
}

function* xmakeRequires(text: string): Generator<readonly [string, string]> {
  for (const body of argumentsOf(text, 'add_requires'))
    yield* matches(body, /["']([\w.+:-]+)\s+([^"'\n]*\d[^"'\n]*)["']/g)
}

/** A folder that git-subrepo keeps: its record names the commit. */
function* gitSubrepo(text: string, path: string): Generator<readonly [string, string]> {
  const commit = /^\s*commit\s*=\s*([0-9a-f]{7,64})\s*$/m.exec(text)?.[1]
  const folder = path.split('/').at(-2)
  if (commit !== undefined && folder !== undefined) yield [folder, shortened(commit)]
}

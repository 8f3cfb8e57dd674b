import type { PerSide, Side } from '../model/side.ts'

/** One kind of variables that builds and benchmarks get from the job; in a name `*` stands for any letters, digits and `_`. */
export interface PassedVariables {
  readonly kind: string
  readonly names: readonly string[]
}

/** What a child may see of the caller's environment; everything else stays out (an allow-list). docs/build-environment.md has it too. */
export const PASSED: readonly PassedVariables[] = [
  { kind: 'system', names: ['PATH', 'TERM', 'TZ', 'LANG', 'LANGUAGE', 'LC_*', 'SOURCE_DATE_EPOCH'] },
  {
    kind: 'compilers',
    names: [
      ...[
        'CC',
        'CXX',
        'CPP',
        'FC',
        'AR',
        'AS',
        'LD',
        'NM',
        'RANLIB',
        'STRIP',
        'OBJCOPY',
        'HOSTCC',
        'HOSTCXX',
      ],
      ...['CC_*', 'CXX_*', 'AR_*', 'RUSTC', 'RUSTC_*', 'RUSTDOC', 'SDKROOT', 'CROSS_COMPILE'],
      ...['HOST_CC', 'HOST_CXX', 'HOST_AR', 'TARGET_CC', 'TARGET_CXX', 'TARGET_AR', 'RANLIB_*', 'CXXSTDLIB'],
      ...['OBJC', 'CUDACXX', 'CUDAHOSTCXX', 'CUDA_HOME', 'CUDA_PATH', 'NVCC', 'LLVM_CONFIG', 'PROTOC'],
    ],
  },
  {
    kind: 'flags',
    names: [
      ...['CFLAGS', 'CXXFLAGS', 'CPPFLAGS', 'LDFLAGS', 'LDLIBS', 'ASFLAGS', 'ARFLAGS', 'FFLAGS', 'FCFLAGS'],
      ...[
        'CFLAGS_*',
        'CXXFLAGS_*',
        'LDFLAGS_*',
        'RUSTFLAGS',
        'RUSTDOCFLAGS',
        'MAKEFLAGS',
        'MFLAGS',
        'GNUMAKEFLAGS',
      ],
      ...['LIBS', 'HOST_CFLAGS', 'HOST_CXXFLAGS', 'TARGET_CFLAGS', 'TARGET_CXXFLAGS', 'CUDAFLAGS', 'DFLAGS'],
      ...['NVCC_PREPEND_FLAGS', 'NVCC_APPEND_FLAGS', 'OBJCFLAGS', 'SCONSFLAGS'],
    ],
  },
  {
    kind: 'search paths',
    names: [
      ...['CPATH', 'C_INCLUDE_PATH', 'CPLUS_INCLUDE_PATH', 'LIBRARY_PATH', 'LD_LIBRARY_PATH', 'LD_RUN_PATH'],
      ...['PKG_CONFIG', 'PKG_CONFIG_*', 'ACLOCAL_PATH'],
    ],
  },
  {
    kind: 'build tools',
    names: [
      ...['CMAKE_*', 'CTEST_*', 'NINJA_*', 'MESON_*', 'CONAN_*', 'VCPKG_*', 'CCACHE_*'],
      ...['NIX_*', 'ZIG_*', 'BAZELISK_*', 'USE_BAZEL_VERSION', 'XMAKE_*'],
    ],
  },
  {
    kind: 'Rust',
    names: [
      ...['CARGO_*', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN', 'RUST_BACKTRACE', 'RAYON_*'],
      ...['BINDGEN_*', 'LIBCLANG_PATH', 'OPENSSL_DIR', 'OPENSSL_*_DIR', 'OPENSSL_STATIC'],
    ],
  },
  { kind: 'Go', names: ['GO*', 'CGO_*'] },
  {
    kind: 'Java',
    names: [
      'JAVA_HOME',
      'JAVA_OPTS',
      'JAVA_TOOL_OPTIONS',
      'JDK_JAVA_OPTIONS',
      'MAVEN_OPTS',
      'MAVEN_ARGS',
      'GRADLE_OPTS',
    ],
  },
  { kind: 'Python', names: ['VIRTUAL_ENV', 'CONDA_PREFIX', 'PYTHON*', 'PIP_*', 'UV_*'] },
  { kind: 'Node.js', names: ['NODE_ENV', 'NODE_OPTIONS', 'NODE_PATH'] },
  {
    kind: 'run time',
    names: ['OMP_*', 'OPENBLAS_*', 'MKL_*', 'KMP_*', 'TBB_*', 'MALLOC_*', 'GLIBC_TUNABLES'],
  },
  {
    kind: 'proxies',
    names: [
      'http_proxy',
      'https_proxy',
      'no_proxy',
      'all_proxy',
      'HTTP_PROXY',
      'HTTPS_PROXY',
      'NO_PROXY',
      'ALL_PROXY',
    ],
  },
  {
    kind: 'certificates',
    names: [
      'SSL_CERT_FILE',
      'SSL_CERT_DIR',
      'CURL_CA_BUNDLE',
      'REQUESTS_CA_BUNDLE',
      'NODE_EXTRA_CA_CERTS',
      'GIT_SSL_CAINFO',
    ],
  },
]

export type Environment = Readonly<Record<string, string>>

type Caller = Readonly<Record<string, string | undefined>>
type Extra = readonly { readonly name: string; readonly value?: string }[]

/**
 * The environment of builds and benchmarks: the same names, values and size on both sides, because its size moves the
 * stack and changes timings by itself (Mytkowicz et al. 2009).
 */
export function childEnvironment(caller: Caller, extra: Extra, home: string): PerSide<Environment> {
  const passed = Object.entries(caller).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && isPassed(entry[0]) && !isSecret(entry[0], entry[1]),
  )
  const asked = extra.flatMap(({ name, value }) => {
    const found = value ?? caller[name]
    return found === undefined ? [] : [[name, found] as const]
  })
  const shared = {
    CI: 'true',
    HOME: home,
    LANG: 'C.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    ...Object.fromEntries([...passed, ...asked]),
  }
  // One word of equal length tells a script which side it runs on, for those that need to know.
  const of = (side: Side): Environment => ({ ...shared, PERF_VERDICT_SIDE: side })
  return { base: of('base'), head: of('head') }
}

const patternOf = (names: readonly string[]) =>
  new RegExp(`^(?:${names.map(name => name.replace('*', '[A-Za-z0-9_]*')).join('|')})$`)

const PASSED_NAME = patternOf(PASSED.flatMap(({ names }) => names).filter(name => name !== 'GO*'))
/** Go's own variables have no `_`; `GOOGLE_…` is somebody else's. */
const GO_NAME = /^GO[A-Z0-9]+$/

function isPassed(name: string): boolean {
  return PASSED_NAME.test(name) || GO_NAME.test(name)
}

/** Names of secrets among the names above, such as `CARGO_REGISTRY_TOKEN`, and values that hold one. */
function isSecret(name: string, value: string): boolean {
  return (
    /TOKEN|SECRET|PASSW|CREDENTIAL|AUTH|COOKIE|_PASS$|_KEY$|PRIVATE/i.test(name) ||
    SECRET_VALUES.some(form => form.test(value))
  )
}

/**
 * An address with a user, whose name alone may be a token; a token, password or signature that a value names (`CCACHE_REMOTE_STORAGE`,
 * `NIX_CONFIG`, `VCPKG_BINARY_SOURCES`); and what the services that hand out tokens begin them with.
 */
const SECRET_VALUES = [
  /:\/\/(?!git@)[^\s/@]+@/,
  /(?:token|password|passwd|secret|api-?key)s?\s*[=:]\s*[^\s;,]{12}|[?&;]sig=|\b(?:bearer|basic)\s+[\w+/=.-]{16}/i,
  /\b(?:gh[a-z]_[A-Za-z0-9]{20}|github_pat_|glpat-|AKIA[0-9A-Z]{12}|xox[a-z]-|npm_[A-Za-z0-9]{20}|pypi-AgE)/,
]

/** What a build may well read: flags, options, and the places of toolchains and libraries. */
const RELEVANT =
  /(?:FLAGS|_OPTS|_OPTIONS|_ROOT|_PREFIX|_TOOLCHAIN|_TRIPLE|_SYSROOT|_SDK|_INCLUDE_DIRS?|_LIBRARY_DIRS?|_LIB_DIRS?|_INCLUDE_PATH|_LIBRARY_PATH|_ARGS|_CC|_CXX|_LD|_LINKER|_TARGET)$|^(?:LD_PRELOAD|LD_AUDIT|DEBUG|NDEBUG|OPT(?:IMIZE)?|BUILD_TYPE)$/
/** Set by the runner's image or by the runner for all jobs. */
const OF_THE_RUNNER =
  /^(?:GITHUB|RUNNER|ACTIONS|INPUT|STATE|ANDROID|XDG|npm|AGENT|AZURE|DOTNET|VCPKG|POWERSHELL|BASH|HOMEBREW|IMAGE|PIPX|NVM|SGX|GHCUP|BOOTSTRAP)_/i

/** Names of variables that are set for the job, look as if a build read them, and do not reach it. */
export function variablesLeftOut(caller: Caller, extra: Extra): readonly string[] {
  const given = new Set(extra.map(({ name }) => name))
  return Object.entries(caller)
    .filter(([name, value]) => value !== undefined && value !== '' && !given.has(name))
    .filter(([name, value]) =>
      isPassed(name) ? isSecret(name, value!) : RELEVANT.test(name) && !OF_THE_RUNNER.test(name),
    )
    .map(([name]) => name)
    .sort()
}

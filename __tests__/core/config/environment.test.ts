import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { childEnvironment, PASSED, variablesLeftOut } from '../../../src/core/config/environment.ts'
import { variablesNotPassed } from '../../../src/report/limitations/preparing.ts'

const passes = (name: string, value = 'x') =>
  childEnvironment({ [name]: value }, [], '/home').head[name] === value

describe('what reaches builds and benchmarks', () => {
  test.each([
    ...[
      'CFLAGS',
      'CXXFLAGS',
      'LDFLAGS',
      'RUSTFLAGS',
      'CARGO_PROFILE_RELEASE_LTO',
      'CARGO_BUILD_TARGET',
      'CARGO_HOME',
    ],
    ...['GOFLAGS', 'GOARCH', 'GOAMD64', 'CGO_ENABLED', 'CMAKE_BUILD_TYPE', 'CMAKE_PREFIX_PATH', 'MAKEFLAGS'],
    ...[
      'PKG_CONFIG_PATH',
      'https_proxy',
      'HTTP_PROXY',
      'SSL_CERT_FILE',
      'LC_ALL',
      'VIRTUAL_ENV',
      'LD_LIBRARY_PATH',
    ],
    ...['CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS', 'LDFLAGS_x86_64', 'TARGET_CC', 'CROSS_COMPILE'],
    ...[
      'NIX_CFLAGS_COMPILE',
      'ZIG_GLOBAL_CACHE_DIR',
      'VCPKG_ROOT',
      'CONAN_HOME',
      'UV_PYTHON',
      'PIP_INDEX_URL',
    ],
    ...['BINDGEN_EXTRA_CLANG_ARGS', 'OPENSSL_LIB_DIR', 'LIBCLANG_PATH', 'CUDACXX', 'NVCC_APPEND_FLAGS'],
    ...['CC_x86_64_unknown_linux_gnu', 'RUSTC_WRAPPER', 'OMP_NUM_THREADS', 'PYTHONHASHSEED', 'NODE_OPTIONS'],
  ])('%s does, on both sides', name => {
    expect(passes(name)).toBe(true)
    const { base, head } = childEnvironment({ [name]: 'x' }, [], '/home')
    expect(base[name]).toBe(head[name])
  })

  test.each([
    ...[
      'GITHUB_TOKEN',
      'ACTIONS_RUNTIME_TOKEN',
      'AWS_SECRET_ACCESS_KEY',
      'GOOGLE_APPLICATION_CREDENTIALS',
      'SSH_AUTH_SOCK',
    ],
    ...[
      'CARGO_REGISTRY_TOKEN',
      'CARGO_REGISTRIES_MINE_TOKEN',
      'UV_INDEX_MINE_PASSWORD',
      'GOAUTH',
      'PIP_CLIENT_KEY',
      'CONAN_PASSWORD',
    ],
    ...['LD_PRELOAD', 'BASH_ENV', 'ENV', 'HOME', 'toString'],
  ])('%s does not', name => {
    expect(passes(name, '/job')).toBe(false)
  })

  test('an address with a password in it does not, one without does', () => {
    expect(passes('https_proxy', 'http://user:pass@proxy:3128')).toBe(false)
    expect(passes('GOPROXY', 'https://me:secret@go.example,direct')).toBe(false)
    expect(passes('GOPROXY', 'https://go.example,direct')).toBe(true)
  })

  test.each([
    ['PIP_INDEX_URL', 'https://ghp_0123456789abcdefghij@pypi.example/simple'],
    ['UV_INDEX_URL', 'https://onlyatoken@pypi.example/simple'],
    ['CCACHE_REMOTE_STORAGE', 'http://cache.example|bearer-token=0123456789abcdef'],
    [
      'VCPKG_BINARY_SOURCES',
      'clear;http,https://cache.example/{sha},readwrite,Authorization: Bearer 0123456789abcdef',
    ],
    ['VCPKG_BINARY_SOURCES', 'clear;x-azblob,https://cache.example/c,?sv=2019&sig=abc'],
    ['NIX_CONFIG', 'access-tokens = github.com=ghp_0123456789abcdefghij'],
    ['CARGO_NET_X', 'AKIA0123456789ABCDEF'],
  ])('%s with %s does not, because it holds a secret', (name, value) => {
    expect(passes(name, value)).toBe(false)
    expect(variablesLeftOut({ [name]: value }, [])).toEqual([name])
  })

  test.each([
    ['CFLAGS', '-O2 -DTOKEN=1 -DPASSWORD_LENGTH=12'],
    ['CARGO_REGISTRIES_MINE_INDEX', 'ssh://git@github.com/owner/index'],
    ['MAKEFLAGS', '-j2 SECRET=no'],
  ])('%s with %s does', (name, value) => {
    expect(passes(name, value)).toBe(true)
  })

  test('what env lists does, whatever its name', () => {
    const { base } = childEnvironment(
      { MY_TOKEN: 't' },
      [{ name: 'MY_TOKEN' }, { name: 'CFLAGS', value: '-O1' }],
      '/home',
    )
    expect(base).toMatchObject({ MY_TOKEN: 't', CFLAGS: '-O1' })
  })
})

describe('what does not reach them and may be missed', () => {
  test('is named, secrets among the known kinds too', () => {
    const caller = {
      ...{
        MY_SDK_ROOT: '/sdk',
        EXTRA_CFLAGS: '-O3',
        LD_PRELOAD: 'x.so',
        CARGO_REGISTRY_TOKEN: 't',
        CFLAGS: '-O2',
      },
      ...{
        GITHUB_TOKEN: 't',
        GITHUB_ACTION_REPOSITORY: 'x',
        RUNNER_TOOL_ROOT: 'x',
        SOMETHING: 'y',
        EMPTY_OPTS: '',
      },
    }
    const names = variablesLeftOut(caller, [{ name: 'MY_SDK_ROOT' }])
    expect(names).toEqual(['CARGO_REGISTRY_TOKEN', 'EXTRA_CFLAGS', 'LD_PRELOAD'])
    expect(variablesNotPassed(names)[0]!.what).toBe(
      'Builds and benchmarks do not get these variables of the job: `CARGO_REGISTRY_TOKEN`, `EXTRA_CFLAGS`, `LD_PRELOAD`.',
    )
    expect(variablesNotPassed([])).toEqual([])
  })
})

test('the documentation lists every variable that is passed', () => {
  const page = readFileSync('docs/build-environment.md', 'utf8')
  for (const { kind, names } of PASSED)
    expect(page).toContain(`| ${kind} | ${names.map(name => `\`${name}\``).join(' ')} |`)
})

import { describe, expect, test } from '@jest/globals'
import { dependencyChanges, dependencyWords } from '../../../src/core/source/dependencies.ts'
import { lockedVersions } from '../../../src/core/source/dependency-files.ts'
import { parseDiff } from '../../../src/core/source/diff.ts'
import { buildReach, reachOf } from '../../../src/core/source/reached.ts'
import { readSourceChange } from '../../../src/core/source/source-change.ts'

/** One entry of every kind of file, at version 1.2 and at 1.3, with the name that it is to be found by. */
const FILES: Readonly<Record<string, readonly [name: string, text: (version: string) => string]>> = {
  'Cargo.lock': [
    'memchr',
    v =>
      `[[package]]\nname = "mine"\nversion = "9.${v}"\n\n[[package]]\nname = "memchr"\nversion = "${v}"\nsource = "registry+https://example.org/index"\n`,
  ],
  'Cargo.toml': ['memchr', v => `[package]\nname = "x"\nversion = "${v}"\n[dependencies]\nmemchr = "${v}"\n`],
  'crates/a/Cargo.toml': ['itoa', v => `[dependencies]\nitoa = { version = "${v}", features = ["std"] }\n`],
  'go.mod': ['example.org/x/lib', v => `module example.org/me\n\nrequire (\n\texample.org/x/lib v${v}\n)\n`],
  'go.sum': [
    'example.org/x/lib',
    v => `example.org/x/lib v${v} h1:abc=\nexample.org/x/lib v${v}/go.mod h1:d=\n`,
  ],
  'vendor/modules.txt': [
    'example.org/x/lib',
    v => `# example.org/x/lib v${v}\n## explicit\nexample.org/x/lib\n`,
  ],
  'rust-toolchain.toml': ['the Rust toolchain', v => `[toolchain]\nchannel = "${v}"\n`],
  'rust-toolchain': ['the Rust toolchain', v => `${v}\n`],
  '.tool-versions': ['golang', v => `python 3.11.7\ngolang ${v}\n`],
  'flake.lock': [
    'nixpkgs',
    v => JSON.stringify({ nodes: { nixpkgs: { locked: { rev: v } }, root: { inputs: {} } } }),
  ],
  'package-lock.json': [
    'fast',
    v => JSON.stringify({ packages: { '': { version: v }, 'node_modules/fast': { version: v } } }),
  ],
  'requirements.txt': ['Cython', v => `# build\nCython==${v}\n`],
  'pyproject.toml': ['Cython', v => `[build-system]\nrequires = ["setuptools", "Cython==${v}"]\n`],
  'conanfile.txt': ['zlib', v => `[requires]\nzlib/${v}\n`],
  'conan.lock': ['zlib', v => `{"requires": ["zlib/${v}#abc%1"]}`],
  'vcpkg.json': ['fmt', v => `{"dependencies": [{"name": "fmt", "version>=": "${v}"}]}`],
  'CMakeLists.txt': [
    'fmt',
    v => `FetchContent_Declare(\n  fmt\n  GIT_REPOSITORY https://example.org/fmt.git\n  GIT_TAG v${v}\n)\n`,
  ],
  'cmake/fmt.cmake': [
    'fmt',
    v => `set(FMT_TAG v${v})\nFetchContent_Declare(fmt GIT_REPOSITORY x GIT_TAG \${FMT_TAG})\n`,
  ],
  'subprojects/zlib.wrap': ['zlib', v => `[wrap-file]\ndirectory = zlib-${v}\n`],
  'subprojects/png.wrap': [
    'png',
    v => `[wrap-git]\nurl = https://example.org/libpng.git\nrevision = v${v}\n`,
  ],
  'subprojects/xz.wrap': [
    'xz',
    v =>
      `[wrap-file]\ndirectory = xz_source\nsource_url = https://example.org/xz-${v}.tar.gz\nsource_hash = abc\n`,
  ],
  'third_party/CMakeLists.txt': ['example/mix', v => `CPMAddPackage("gh:example/mix@${v}") # or (newer)\n`],
  'cmake/near.cmake': ['mix', v => `CPMFindPackage(NAME mix VERSION ${v} OPTIONS "A (b)")\n`],
  'cmake/far.cmake': ['example/mix', v => `CPMAddPackage("https://example.org/example/mix.git#v${v}")\n`],
  'cmake/url.cmake': [
    'mix',
    v => `FetchContent_Declare(mix # (archive)\n  URL https://example.org/mix-${v}.tar.gz\n)\n`,
  ],
  WORKSPACE: [
    'mix',
    v =>
      `MIX = "${v}"\nhttp_archive(\n    name = "mix",\n    build_file_content = "cc_library(name = \\"mix\\")",\n    strip_prefix = "mix-%s" % MIX,\n)\n`,
  ],
  'bazel/deps.bzl': [
    'mix',
    v => `git_override(\n    module_name = "mix",\n    # the tag of (a) release\n    tag = "v${v}",\n)\n`,
  ],
  'dub.selections.json': ['mir-core', v => JSON.stringify({ fileVersion: 1, versions: { 'mir-core': v } })],
  'xmake.lua': ['zlib', v => `add_rules("mode.release")\nadd_requires("zlib ${v}", {system = false})\n`],
  'MODULE.bazel': ['abseil-cpp', v => `bazel_dep(name = "abseil-cpp", version = "${v}")\n`],
}

const diffOf = (path: string): string =>
  `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-old\n+new\n`

describe('what a diff moves to another version', () => {
  test.each(Object.entries(FILES))('%s', (path, [name, text]) => {
    const files = parseDiff(diffOf(path))
    const found = dependencyChanges(files, { base: () => text('1.2'), head: () => text('1.3') })
    expect(found.map(dependencyWords)).toEqual([expect.stringMatching(`^moves ${name} from v?1.2 to v?1.3$`)])
    expect(dependencyChanges(files, { base: () => text('1.2'), head: () => text('1.2') })).toEqual([])
  })

  test('a gitlink, by its path and both commits', () => {
    const [one, other] = ['a'.repeat(40), 'b'.repeat(40)]
    const files = parseDiff(
      `diff --git a/third/lib b/third/lib\nindex 1..2 160000\n--- a/third/lib\n+++ b/third/lib\n@@ -1 +1 @@\n-Subproject commit ${one}\n+Subproject commit ${other}\n`,
    )
    const change = readSourceChange(files, { base: () => undefined, head: () => undefined })
    expect(buildReach(change)).toEqual(['moves third/lib from aaaaaaaaaa to bbbbbbbbbb'])
    expect(reachOf('third/lib/src/hash.c', change)).toBe('moves third/lib from aaaaaaaaaa to bbbbbbbbbb')
    expect(reachOf('third/library/hash.c', change)).toBeUndefined()
  })

  test('a folder of a library, by the names that tools give it', () => {
    const at = (name: string, from: string, to: string) => ({
      ...readSourceChange([], { base: () => undefined, head: () => undefined }),
      dependencies: [{ name, from, to, file: 'Cargo.lock' }],
    })
    const commits = at('tokio', '1.2 (0a1b2c3d4e)', '1.2 (d7a6641f00)')
    expect(
      reachOf('/home/x/.cargo/git/checkouts/tokio-rs-6045ab92643a82b7/d7a6641/src/lib.rs', commits),
    ).toBe('moves tokio from 1.2 (0a1b2c3d4e) to 1.2 (d7a6641f00)')
    expect(reachOf('/home/x/.cargo/git/checkouts/other-6045ab92643a82b7/feedbee/src/lib.rs', commits)).toBe(
      undefined,
    )
    const bazel = at('mix', '1.2', '1.3')
    for (const folder of ['external/mix+', 'external/mix~1.3', 'external/rules_x++ext+mix'])
      expect(reachOf(`${folder}/mix.c`, bazel)).toBe('moves mix from 1.2 to 1.3')
    expect(reachOf('external/mixer+/mix.c', bazel)).toBe(undefined)
  })

  test('a git-subrepo and the features of a port, which are no versions', () => {
    const found = (path: string, base: string, head: string) =>
      dependencyChanges(parseDiff(diffOf(path)), { base: () => base, head: () => head }).map(dependencyWords)
    const [one, other] = ['a'.repeat(40), 'b'.repeat(40)]
    expect(
      found('third/mix/.gitrepo', `[subrepo]\n\tcommit = ${one}\n`, `[subrepo]\n\tcommit = ${other}\n`),
    ).toEqual(['moves mix from aaaaaaaaaa to bbbbbbbbbb'])
    expect(
      found(
        'vcpkg.json',
        '{"dependencies": [{"name": "mix"}]}',
        '{"dependencies": [{"name": "mix", "features": ["slow"]}]}',
      ),
    ).toEqual(['moves mix from its default features to the features slow'])
  })

  test('a path of the tree that a dependency is taken from', () => {
    const at = (path: string) => `[dependencies]\nmix = { path = "${path}" }\n`
    const found = dependencyChanges(parseDiff(diffOf('Cargo.toml')), {
      base: () => at('mix-a'),
      head: () => at('mix-b'),
    })
    expect(found.map(dependencyWords)).toEqual(['moves mix from mix-a to mix-b'])
  })

  test('what cargo and Go put in the place of a dependency, as its new version', () => {
    const found = (path: string, base: string, head: string) =>
      dependencyChanges(parseDiff(diffOf(path)), { base: () => base, head: () => head }).map(dependencyWords)
    const cargo = '[dependencies]\nmix = "1.2"\n'
    expect(found('Cargo.toml', cargo, `${cargo}[patch.crates-io]\nmix = { path = "patched/mix" }\n`)).toEqual(
      ['moves mix from 1.2 to patched/mix'],
    )
    expect(
      found(
        'Cargo.toml',
        cargo,
        `${cargo}[patch."https://example.org/mix"]\nmix = { git = "x", rev = "abc" }\n`,
      ),
    ).toEqual(['moves mix from 1.2 to abc'])
    expect(found('Cargo.toml', cargo, `${cargo}[patch.crates-io.mix]\npath = "own"\n`)).toEqual([
      'moves mix from 1.2 to own',
    ])
    const go = 'module example.org/me\n\nrequire example.org/mix v1.2.0\n'
    expect(found('go.mod', go, `${go}\nreplace example.org/mix => ./own/mix\n`)).toEqual([
      'moves example.org/mix from v1.2.0 to ./own/mix',
    ])
    expect(found('go.mod', go, `${go}\nreplace (\n\texample.org/mix v1.2.0 => ../mix\n)\n`)).toEqual([
      'moves example.org/mix from v1.2.0 to ../mix',
    ])
  })

  test('a lock file from which a patched package is gone does not say that it was dropped', () => {
    const texts = (side: 'base' | 'head') => (path: string) =>
      path === 'Cargo.lock'
        ? `[[package]]\nname = "mix"\nversion = "1.2"\n${side === 'base' ? 'source = "registry+x"\n' : ''}`
        : `[dependencies]\nmix = "1.2"\n${side === 'base' ? '' : '[patch.crates-io]\nmix = { path = "own" }\n'}`
    const found = dependencyChanges(parseDiff(diffOf('Cargo.lock') + diffOf('Cargo.toml')), {
      base: texts('base'),
      head: texts('head'),
    })
    expect(found.map(dependencyWords)).toEqual(['moves mix from 1.2 to own'])
  })

  test('a compiler, which is no part of the program', () => {
    const found = (path: string, base: string, head: string) =>
      dependencyChanges(parseDiff(diffOf(path)), { base: () => base, head: () => head }).map(
        ({ name, toolchain }) => [name, toolchain],
      )
    expect(found('rust-toolchain', '1.94.0\n', '1.95.0\n')).toEqual([['the Rust toolchain', true]])
    expect(found('go.mod', 'go 1.21\ntoolchain go1.21.1\n', 'go 1.22\ntoolchain go1.22.4\n')).toEqual([
      ['go', undefined],
      ['toolchain', true],
    ])
  })

  test('an archive that carries its version in its name', () => {
    const files = parseDiff(
      'diff --git a/vendor/lib-1.2.tar.gz b/vendor/lib-1.2.tar.gz\ndeleted file mode 100644\nBinary files a/vendor/lib-1.2.tar.gz and /dev/null differ\n' +
        'diff --git a/vendor/lib-1.3.tar.gz b/vendor/lib-1.3.tar.gz\nnew file mode 100644\nBinary files /dev/null and b/vendor/lib-1.3.tar.gz differ\n',
    )
    const found = dependencyChanges(files, { base: () => undefined, head: () => undefined })
    expect(found.map(dependencyWords)).toEqual(['moves lib from 1.2 to 1.3'])
  })

  test('a folder of vendored sources that carries its version in its name', () => {
    const rename = (from: string, to: string) =>
      `diff --git a/${from} b/${to}\nsimilarity index 90%\nrename from ${from}\nrename to ${to}\n`
    const moved = (...names: readonly [string, string][]) =>
      dependencyChanges(parseDiff(names.map(([from, to]) => rename(from, to)).join('')), {
        base: () => undefined,
        head: () => undefined,
      }).map(dependencyWords)
    expect(moved(['third_party/mix-1.2/mix.h', 'third_party/mix-1.3/mix.h'])).toEqual([
      'moves mix from 1.2 to 1.3',
    ])
    expect(moved(['deps/zstd_v1.5.2/lib/a/x.c', 'deps/zstd_v1.5.6/lib/b/x.c'])).toEqual([
      'moves zstd from 1.5.2 to 1.5.6',
    ])
    expect(moved(['lib-1.2/a.c', 'lib-1.2/b.c'], ['src/part-2/a.c', 'src/part-3/a.c'])).toEqual([])
  })

  test('a member of the workspace and a project of its own are no dependencies', () => {
    expect(lockedVersions('Cargo.lock', '[[package]]\nname = "mine"\nversion = "1.0"\n')).toEqual(new Map())
    expect(lockedVersions('src/main.c', 'int main;')).toBeUndefined()
    expect(lockedVersions('package-lock.json', '{ not json')).toEqual(new Map())
  })
})

describe('what reaches a built file', () => {
  const change = (path: string, added: string) =>
    readSourceChange(
      parseDiff(
        `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-CFLAGS = -O2\n+${added}\n`,
      ),
      { base: () => 'x', head: () => 'y' },
    )

  test('a template of the same stem', () => {
    expect(reachOf('build/parser.tab.c', change('src/parser.y', 'x'))).toBe(
      'changes src/parser.y, which it is generated from',
    )
    expect(reachOf('fast.c', change('pkg/fast.pyx', 'x'))).toBe(
      'changes pkg/fast.pyx, which it is generated from',
    )
    expect(reachOf('other.c', change('pkg/fast.pyx', 'x'))).toBeUndefined()
  })

  test('what a build file defines, apart from how it optimises', () => {
    expect(change('Makefile', 'CFLAGS = -O2 -DCHECKED=1').defines).toEqual(['-DCHECKED=1'])
    for (const value of ['\\"careful.inc\\"', `'"careful.inc"'`, '"<careful.inc>"'])
      expect(change('Makefile', `CFLAGS = -DSTEP=${value} -O2`).defines).toEqual([
        expect.stringMatching(/^-DSTEP=.*careful\.inc/),
      ])
    expect(change('flags.json', '["-DROUNDS=6", "-O2"]').defines).toEqual(['-DROUNDS=6'])
    expect(change('Makefile', 'CFLAGS = -O3 -fno-inline').defines).toEqual([])
    expect(change('CMakeLists.txt', 'target_compile_definitions(x PRIVATE SAFE)').defines).toEqual([
      'x PRIVATE SAFE',
    ])
    expect(change('CMakeLists.txt', 'set(CMAKE_C_FLAGS "-O3")').defines).toEqual([])
    expect(change('CMakeLists.txt', 'set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g -DNDEBUG")').defines).toEqual(
      [],
    )
    expect(change('CMakeLists.txt', 'set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG -DFAST")').defines).toEqual([
      '-DFAST',
    ])
    expect(change('CMakeLists.txt', 'set(CMAKE_CXX_FLAGS "-DNDEBUG")').defines).toEqual(['-DNDEBUG'])
    expect(buildReach(change('flags.env', 'CFLAGS="-O2 -DROUNDS=6"'))).toEqual([
      'defines -DROUNDS=6 for the compiler',
      'changes flags.env, which the build may read',
    ])
    expect(change('tools/compile', 'cc -O2 -DROUNDS=6 -o bench main.c').defines).toEqual(['-DROUNDS=6'])
    expect(change('.github/workflows/perf.yml', '  CFLAGS: -O2 -DROUNDS=6').defines).toEqual(['-DROUNDS=6'])
    expect(change('README.md', 'Build with -DROUNDS=6').defines).toEqual([])
    expect(change('Cargo.toml', 'mix = { path = "core", features = ["careful"] }').defines).toEqual([
      'features = ["careful"]',
    ])
    expect(
      change('Cargo.toml', 'mix = { version = "1", default-features = false, optional = true }').defines,
    ).toEqual(['default-features = false'])
    expect(change('.cargo/config.toml', 'rustflags = ["--cfg", "careful"]').defines).toEqual([
      '--cfg careful',
    ])
    expect(change('.cargo/config.toml', 'ROUNDS = "6"').defines).toContain('ROUNDS = "6"')
    expect(change('build.rs', '  println!("cargo:rustc-cfg=careful");').defines).toEqual([
      'rustc-cfg=careful',
    ])
    expect(change('build.rs', '  println!("cargo::rustc-env=ROUNDS=6");').defines).toEqual([
      'rustc-env=ROUNDS=6',
    ])
    expect(change('ci/build', 'cargo build --release --features careful').defines).toEqual([
      '--features careful',
    ])
    expect(change('Cargo.toml', 'default = ["checked"]').defines).toEqual(['default = ["checked"]'])
    const made = readSourceChange(
      parseDiff(
        'diff --git a/Makefile b/Makefile\n--- a/Makefile\n+++ b/Makefile\n@@ -1,2 +1,2 @@\n-ROUNDS ?= 3\n-NAME = a\n+ROUNDS ?= 6\n+NAME = b\n',
      ),
      { base: () => undefined, head: () => 'ROUNDS ?= 6\nNAME = b\nCFLAGS += -DROUNDS=$(ROUNDS)\n' },
    )
    expect(made.defines).toEqual(['ROUNDS = 6', 'ROUNDS = 3'])
    expect(buildReach(change('Makefile', 'CFLAGS = -O3'))).toEqual([
      'changes how the program is built (Makefile)',
    ])
  })
})

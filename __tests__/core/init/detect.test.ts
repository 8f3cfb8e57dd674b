import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { readConfig } from '../../../src/core/config/config-file.ts'
import { settle } from '../../../src/core/config/settings.ts'
import { detectSuites } from '../../../src/core/init/detect.ts'
import type { Suite } from '../../../src/core/init/suite.ts'
import { configText, workflowText } from '../../../src/core/init/texts.ts'

type Files = Readonly<Record<string, string>>

function suitesOf(files: Files): readonly Suite[] {
  return detectSuites({ paths: Object.keys(files).toSorted(), read: path => files[path]! })
}

const found = (files: Files) =>
  suitesOf(files).map(({ name, harness = '?', command }) => `${name} | ${harness} | ${command}`)

const PACKAGE = '[package]\nname = "text"\n'
const GO = 'package words\n\nfunc BenchmarkJoin(b *testing.B) {}\n'
const CMAKE =
  'add_executable(micro micro.cc)\ntarget_link_libraries(micro PRIVATE benchmark::benchmark_main)\n'

describe('the benchmarks of a repository are found', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'Cargo with criterion, named and found targets alike',
      {
        'Cargo.toml': `${PACKAGE}[dev-dependencies]\ncriterion = "0.5"\n[[bench]]\nname = "slugs"\nharness = false\n`,
        'benches/other.rs': 'fn main() {}',
      },
      ['rust | criterion | cargo bench --bench slugs --bench other'],
    ],
    [
      'Cargo with divan in a package of a workspace',
      {
        'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
        'crates/a/Cargo.toml': `${PACKAGE}autobenches = false\n[dev-dependencies.divan]\nversion = "0.1"\n[[bench]]\nname = "b"\n`,
        'crates/a/benches/not.rs': '',
      },
      ['rust crates/a | divan | cargo bench --manifest-path crates/a/Cargo.toml --bench b'],
    ],
    [
      "Rust's own benches",
      { 'Cargo.toml': PACKAGE, 'benches/text.rs': '#![feature(test)]\n#[bench]\nfn a(b: &mut Bencher) {}' },
      ['rust | libtest | cargo bench --bench text'],
    ],
    ['Cargo without benches', { 'Cargo.toml': PACKAGE, 'src/lib.rs': '' }, []],
    [
      'Go, each package with a binary of its own',
      {
        'go.mod': 'module m',
        'a/a_test.go': GO,
        'b/b_test.go': GO,
        'c/c_test.go': 'func TestX(t *testing.T) {}',
      },
      [
        "go a | go | cd a && ./perf-verdict.test -test.run '^$' -test.bench .",
        "go b | go | cd b && ./perf-verdict.test -test.run '^$' -test.bench .",
      ],
    ],
    [
      'CMake with Google Benchmark in a folder of its own',
      {
        'CMakeLists.txt': 'add_subdirectory(bench)',
        'bench/CMakeLists.txt': CMAKE,
        'bench/micro.cc': 'BENCHMARK(BM_a);',
      },
      ['micro | google-benchmark | ./build/bench/micro'],
    ],
    [
      'CMake with Catch2 only where something is benchmarked',
      {
        'CMakeLists.txt':
          'add_executable(tests t.cpp)\ntarget_link_libraries(tests Catch2::Catch2WithMain)\n# target_link_libraries(x benchmark)\n',
        't.cpp': 'TEST_CASE("a") { BENCHMARK("b") { return 1; }; }',
      },
      ['tests | catch2 | ./build/tests'],
    ],
    [
      'CMake with Catch2 for tests next to benchmarks, whose program includes them',
      {
        'CMakeLists.txt':
          'add_executable(tests t.cpp)\ntarget_link_libraries(tests Catch2::Catch2)\nadd_executable(b EXCLUDE_FROM_ALL "main.cpp")\ntarget_link_libraries(b Catch2::Catch2)\nadd_executable(c main2.cpp)\ntarget_sources(c PRIVATE more.cpp)\ntarget_link_libraries(c Catch2::Catch2)\n',
        't.cpp': 'TEST_CASE("t") {}',
        'main.cpp': '#include "sub/b.hpp"\n',
        'sub/b.hpp': 'BENCHMARK("b") {};',
        'main2.cpp': '',
        'more.cpp': 'BENCHMARK("c") {};',
      },
      ['b | catch2 | ./build/b', 'c | catch2 | ./build/c'],
    ],
    [
      'CMake with benchmarks that are registered by a call',
      {
        'CMakeLists.txt': CMAKE,
        'micro.cc': 'int main() { benchmark::RegisterBenchmark("a", f); }',
      },
      ['micro | google-benchmark | ./build/micro'],
    ],
    [
      'CMake with Catch2 for tests alone',
      {
        'CMakeLists.txt': 'add_executable(tests t.cpp)\ntarget_link_libraries(tests Catch2::Catch2)',
        't.cpp': 'TEST_CASE("a") {}',
      },
      [],
    ],
    [
      'Meson',
      {
        'perf/meson.build':
          "prog = executable('speed', 'a.c')\nbenchmark('parse', prog, args: ['--big', 'a b'])\n",
      },
      ["parse | ? | ./build/perf/speed --big 'a b'"],
    ],
    [
      'pytest-benchmark, by a dependency and by its fixture',
      {
        'pyproject.toml': '[project.optional-dependencies]\ntest = ["pytest-benchmark"]',
        'tests/test_a.py': 'def test_a(benchmark):\n  pass',
      },
      ['python | pytest-benchmark | python -m pytest -q --benchmark-only'],
    ],
    [
      'asv',
      { 'benchmarks/asv.conf.json': '{}' },
      [expect.stringMatching(/^asv benchmarks \| asv \| cd benchmarks && asv /) as unknown as string],
    ],
    [
      'vitest',
      { 'web/package.json': '{"devDependencies": {"vitest": "^3"}}', 'web/src/a.bench.ts': '' },
      ['js web | vitest | cd web && npx vitest bench --run'],
    ],
    [
      'a script of benchmarks that nothing is known of',
      { 'package.json': '{"scripts": {"bench": "node b.js"}, "devDependencies": {"benchmark": "^2"}}' },
      ['js | ? | npm run --silent bench'],
    ],
    [
      'Cargo with features that its benches require',
      {
        'Cargo.toml': `${PACKAGE}[dev-dependencies]\ndivan = "0.1"\n[[bench]]\nname = 'b'\nrequired-features = ["fast", 'wide']\n`,
      },
      ['rust | divan | cargo bench --features fast,wide --bench b'],
    ],
    [
      'CMake whose target is called after its project',
      {
        'CMakeLists.txt': 'project(demo CXX)\nadd_subdirectory(b)\n',
        'b/CMakeLists.txt': `add_executable(\${PROJECT_NAME}_bench micro.cc)\ntarget_link_libraries(\${PROJECT_NAME}_bench benchmark::benchmark)\n`,
        'b/micro.cc': 'BENCHMARK(BM_a);',
      },
      ['demo_bench | google-benchmark | ./build/b/demo_bench'],
    ],
    [
      'tinybench',
      { 'package.json': '{"scripts": {"bench": "node b.js"}, "devDependencies": {"tinybench": "^4"}}' },
      ['js | tinybench | npm run --silent bench'],
    ],
    [
      'JMH with Maven and with Gradle',
      {
        'm/pom.xml': '<artifactId>jmh-core</artifactId><finalName>benchmarks</finalName>',
        'g/build.gradle.kts': 'plugins { id("me.champeau.jmh") version "0.7" }',
      },
      ['java g | jmh | java -jar g/build/libs/*-jmh.jar', 'java m | jmh | java -jar m/target/benchmarks.jar'],
    ],
    ["a Makefile's target", { Makefile: 'all: x\nbench: x\n\t./x\n' }, ['bench | ? | make -s bench']],
    [
      'a Makefile that calls what was found',
      { Makefile: 'bench:\n\tcargo bench\n', 'Cargo.toml': PACKAGE, 'benches/a.rs': '' },
      ['rust | ? | cargo bench --bench a'],
    ],
    [
      'what others wrote',
      { 'vendor/x/go.mod': '', 'vendor/x/a_test.go': GO, 'node_modules/a/asv.conf.json': '{}' },
      [],
    ],
  ])('%s', (_, files, expected) => {
    expect(found(files)).toEqual(expected)
  })

  test('two of one name get names of their own', () => {
    const names = suitesOf({
      'a/CMakeLists.txt': CMAKE,
      'a/micro.cc': 'BENCHMARK(a);',
      'b/CMakeLists.txt': CMAKE,
      'b/micro.cc': 'BENCHMARK(a);',
    }).map(({ name }) => name)
    expect(new Set(names).size).toBe(2)
  })
})

describe('what has to be built first', () => {
  const builds = (files: Files) => suitesOf(files).flatMap(({ build }) => build)

  test.each([
    ['package-lock.json', 'npm ci'],
    ['web/pnpm-lock.yaml', '(cd web && pnpm install --frozen-lockfile)'],
    ['yarn.lock', 'yarn install --frozen-lockfile'],
    ['other/package-lock.json', '(cd web && npm install)'],
  ])('with %s packages are installed by %s', (lock, command) => {
    const web = { 'web/package.json': '{"devDependencies": {"vitest": "^3"}}', 'web/a.bench.ts': '' }
    expect(builds({ ...web, [lock]: '' })).toEqual([command])
  })

  test('an option that leaves the benchmarks out is set', () => {
    const files = {
      'CMakeLists.txt':
        'project(demo)\noption(DEMO_BUILD_BENCHMARKS "Build them" OFF)\noption(DEMO_TESTS "t" OFF)\nadd_subdirectory(bench)\n',
      'bench/CMakeLists.txt': CMAKE,
      'bench/micro.cc': 'BENCHMARK(BM_a);',
    }
    expect(builds(files)[0]).toBe(
      'cmake -S . -B build -DCMAKE_BUILD_TYPE=RelWithDebInfo -DDEMO_BUILD_BENCHMARKS=ON',
    )
  })
})

describe('the files that are written', () => {
  const HOSTILE = "my 'dir: #1/\u001b[31m\nx"
  const SUITES = [
    ...suitesOf({
      'Cargo.toml': `${PACKAGE}[dev-dependencies]\ncriterion = "0.5"\n`,
      'benches/other.rs': '',
      'go.mod': '',
      'a/a_test.go': GO,
      [`${HOSTILE}/asv.conf.json`]: '{}',
      [`${HOSTILE}/Makefile`]: 'bench: x\n',
      'tests/test_a.py': 'def test_a(benchmark): pass',
    }),
  ]
  const valid = new Ajv2020({ strict: false }).compile(
    JSON.parse(readFileSync('docs/perf-verdict.schema.json', 'utf8')),
  )

  test('hold a configuration that is read, has every suite, and is valid by the schema that it names', () => {
    const text = configText(SUITES)
    expect(SUITES).toHaveLength(4)
    const config = readConfig(text, 'perf-verdict.yml')
    expect(settle({}, config).benchmarks.map(({ command }) => command)).toEqual(
      SUITES.map(({ command }) => command),
    )
    expect(config.build).toBe('cargo bench --no-run\n(cd a && go test -c -o perf-verdict.test .)')
    valid(parse(text))
    expect(valid.errors).toBeNull()
    expect(text.split('\n')[0]).toMatch(
      /^# yaml-language-server: \$schema=https:\/\/\S+\/docs\/perf-verdict\.schema\.json$/,
    )
    for (const each of SUITES.flatMap(({ unknown }) => unknown))
      expect(text.replace(/[\n ]/g, '')).toContain(each.replace(/[\p{Cc} ]/gu, ''))
  })

  test('hold a workflow with the steps, pins and permissions of the one in the README', () => {
    const readme = parse(
      /```yaml\n(name: Performance\n[\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))![1]!,
    )
    const own = parse(workflowText(SUITES, { branch: 'main' }))
    const without = (gate: { readonly steps: readonly { readonly with: object }[] }) => ({
      ...gate,
      'runs-on': undefined,
      steps: gate.steps.map((step, at) => (at === 1 ? { ...step, with: undefined } : step)),
    })
    expect({ ...own, jobs: undefined }).toEqual({ ...readme, jobs: undefined })
    expect(without(own.jobs.gate)).toEqual(without(readme.jobs.gate))
    expect(parse(workflowText(SUITES, {})).on.push.branches).toEqual(['main'])
    expect(workflowText(SUITES, {})).toMatch(/To check: the name of the default branch/)
    expect(parse(workflowText(SUITES, { branch: 'a: b' })).on.push.branches).toEqual(['a: b'])
  })
})

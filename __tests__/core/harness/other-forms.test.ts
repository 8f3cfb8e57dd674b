import { describe, expect, test } from '@jest/globals'
import { arrangementOf } from '../../../src/core/harness/arrange.ts'
import { pipesInNestedShell } from '../../../src/core/harness/nested-shell.ts'
import { outputOf } from '../../../src/core/harness/output.ts'
import { openRun } from '../../../src/core/harness/read-run.ts'
import { recognise } from '../../../src/core/harness/table.ts'
import { betterOf, readUnit } from '../../../src/core/harness/units.ts'
import { type UnrecognisedRun, unrecognisedOutput } from '../../../src/core/harness/unrecognised.ts'
import { HARNESS_NAMES, type HarnessName } from '../../../src/core/model/harness-name.ts'
import type { HarnessFormat } from '../../../src/core/model/plan.ts'
import { nestedShellNote, unrecognisedNote } from '../../../src/report/notes/harness.ts'
import { faultClause } from '../../../src/report/reasons/faults.ts'
import { SAMPLE_PLAN } from '../../doubles/sample-plan.ts'

function noteOn(run: UnrecognisedRun): string | undefined {
  const output = unrecognisedOutput(run)
  return output && unrecognisedNote('b', output)
}

/** What a run that printed this gives: a value for each name, why it has none, or why nothing was read. */
function rows(harness: HarnessName | 'auto', stdout: string): Readonly<Record<string, unknown>> {
  const run = { seconds: 1, code: 0, signal: null, timedOut: false, stdout, truncated: false }
  const read = openRun(run, () => []).results(harness)
  if (!read.ok) return { fault: faultClause(read.fault.says) }
  return Object.fromEntries(
    read.value.map(({ name, value, unit, failed }) => [
      name,
      failed ? faultClause(failed) : unit === 's' ? Number(value.toPrecision(6)) : `${value} ${unit}`,
    ]),
  )
}

const failed = (pattern: RegExp) => expect.stringMatching(pattern)

describe('Google Benchmark', () => {
  const document = (...benchmarks: readonly object[]) => JSON.stringify({ context: {}, benchmarks })
  const once = { run_type: 'iteration', iterations: 9, cpu_time: 1, time_unit: 'ns' }
  const aggregates = (name: string, median: number) =>
    ['mean', 'median', 'stddev', 'cv'].map(aggregate_name => ({
      ...{ name: `${name}_${aggregate_name}`, run_name: name, run_type: 'aggregate', aggregate_name },
      ...{ iterations: 3, cpu_time: 1, time_unit: 'ns', real_time: aggregate_name === 'median' ? median : 7 },
    }))

  test('a benchmark that shows aggregates only is a row next to those that show each repetition', () => {
    const text = document(...aggregates('f', 11), { ...once, name: 'g', real_time: 20 })
    expect(rows('google-benchmark', text)).toEqual({ f: 1.1e-8, g: 2e-8 })
  })

  test('the repetitions that an aggregate counts are no iterations', () => {
    const read = recognise(outputOf('{"context":{},"benchmarks":[]}'))!.read(
      outputOf(document(...aggregates('f', 11))),
    )
    expect(read.ok && read.value).toEqual([expect.not.objectContaining({ iterations: expect.anything() })])
  })

  test('a benchmark may be called like an aggregate', () => {
    const named = document(
      { ...once, name: 'find_median', real_time: 3 },
      { ...once, name: 'f_cv', real_time: 4 },
    )
    expect(rows('google-benchmark', named)).toEqual({ find_median: 3e-9, f_cv: 4e-9 })
    const table = 'Benchmark   Time   CPU  Iterations\n---\nfind_median  3.0 ns  3.0 ns  9\n'
    expect(rows('google-benchmark', table)).toEqual({ find_median: 3e-9 })
  })

  test('a table of aggregates only gives their medians', () => {
    const table = ['mean', 'median', 'stddev'].map((each, at) => `f_${each}   ${at + 5} ns   1 ns   3\n`)
    expect(
      rows('google-benchmark', `Benchmark   Time   CPU  Iterations\n---\n${table.join('')}f_cv 1 % 1 %\n`),
    ).toEqual({
      f: 6e-9,
    })
  })

  test('rows of complexity are none', () => {
    const fit = { name: 'f_BigO', run_name: 'f', run_type: 'aggregate', aggregate_name: 'BigO', big_o: 'N' }
    expect(rows('google-benchmark', document({ ...once, name: 'f/8', real_time: 3 }, fit))).toEqual({
      'f/8': 3e-9,
    })
  })

  test('an error of a name with blanks is its own', () => {
    const table = "Benchmark   Time   CPU  Iterations\na b   ERROR OCCURRED: 'no file'\n"
    expect(rows('google-benchmark', table)).toEqual({ 'a b': failed(/no file/) })
  })

  test('two benchmarks of one name in a table or in CSV are no repetitions', () => {
    const table =
      'Benchmark   Time   CPU  Iterations\n---\nf  1 ns  1 ns  9\ng  1 ns  1 ns  9\nf  3 ns  3 ns  9\n'
    expect(rows('google-benchmark', table)).toEqual({ f: failed(/^printed 2 results/), g: 1e-9 })
    const csv = 'name,iterations,real_time,cpu_time,time_unit\n"f",9,1,1,ns\n'
    expect(rows('google-benchmark', csv + csv)).toEqual({ f: failed(/^printed 2 results/) })
  })

  test('CSV', () => {
    const text = `2026-11-28 Running ./bench
name,iterations,real_time,cpu_time,time_unit,bytes_per_second,items_per_second,label,error_occurred,error_message
"BM<a,""b"">/8",1000,12.5,12.4,ns,,,,,
"slow",10,3.5,3.5,ms,1e9,,"a, label",,
"broken",,,,,,,,true,"no file"
"fit_BigO",,1,1,N,,,,,
`
    expect(recognise(outputOf(text))?.name).toBe('google-benchmark')
    expect(rows('google-benchmark', text)).toEqual({
      'BM<a,"b">/8': 1.25e-8,
      slow: 0.0035,
      broken: failed(/no file/),
    })
  })
})

describe('other harnesses', () => {
  test('a Go benchmark whose only value has an unknown unit harms no other', () => {
    expect(rows('go', 'BenchmarkA-2  10  5 ns/op\nBenchmarkB-2  10  5.0 widgets\n')).toEqual({
      BenchmarkA: 5e-9,
      BenchmarkB: failed(/"BenchmarkB-2 10 5.0 widgets", which has no value with a known unit/),
    })
  })

  test('the events of `go test -json`, pieces of two packages among each other', () => {
    const event = (from: string, text: string) =>
      JSON.stringify({ Time: '2026-11-28T21:46:06Z', Action: 'output', Package: from, Output: text })
    const text = [
      event('a', 'pkg: a\n'),
      event('b', 'pkg: b\n'),
      event('a', 'BenchmarkSort/n=1-2         \t'),
      event('b', 'BenchmarkSort/n=1-2 \t'),
      event('a', '  378703\t         3.175 ns/op\t31494.05 MB/s\n'),
      event('b', ' 100\t 50.0 ns/op\n'),
      '{"Time":"2026-11-28T21:46:07Z","Action":"pass","Package":"a","Elapsed":0.28}',
    ].join('\n')
    expect(recognise(outputOf(text))?.name).toBe('go')
    expect(rows('go', text)).toEqual({ 'a.BenchmarkSort/n=1': 3.175e-9, 'b.BenchmarkSort/n=1': 5e-8 })
  })

  test('CSV of nanobench, whose names are not escaped', () => {
    const head =
      '"title";"name";"unit";"batch";"elapsed";"error %";"instructions";"branches";"branch misses";"total"\n'
    const text = `${head}"my; title";"fast | x";"byte";10;9.69e-09;0.008;0;0;0;0.02\n"t";"slow "q"";"op";1;6.66e-05;0.1;9;0;0;0.7\n`
    expect(recognise(outputOf(text))?.name).toBe('nanobench')
    expect(rows('nanobench', text)).toEqual({ 'fast | x': 9.69e-9, 'slow "q"': 6.66e-5 })
    expect(rows('nanobench', `${head}"t";"a";"op";1;nothing;0;0;0;0;0\n`).fault).toMatch(/no number/)
  })

  test('what asv skipped harms no other result', () => {
    const text =
      '{"commit_hash":"a","version":2,"result_columns":["result","params"],"results":{"m.time_f":[[NaN,0.5],[["1","2"]]]}}'
    expect(rows('asv', text)).toEqual({ 'm.time_f(1)': 'was skipped', 'm.time_f(2)': 0.5 })
  })

  test.each([
    'data_received..................: 2.2 MB 74 kB/s',
    'http_req_duration..............: avg=126.64ms min=118.69ms p(95)=146.93ms',
    'Other 100 700ns 7ns ± 1ns 9ns 12 ns',
    'parse 12.5 ms +/- 0.3 ms',
  ])('a line with more than one value is no name and its last value: %s', line => {
    expect(rows('lines', line).fault).toMatch(/holds more than one value/)
  })

  test('sizes and settings in a name are part of it', () => {
    const names = ['copy 4 KB', 'sort/n=1000', 'wait 10ms', 'parse v1.2', 'zoom 1.5x']
    const text = names.map(name => `${name} 12.5 ms`).join('\n')
    expect(Object.keys(rows('lines', text))).toEqual(names)
  })

  test('programs of Divan that each have a benchmark of one name', () => {
    const tree = (crate: string, time: string) =>
      `${crate}  fastest │ slowest │ median │ mean │ samples │ iters\n╰─ f  1 ns │ 1 ns │ ${time} │ 1 ns │ 1 │ 1\n\n`
    expect(rows('divan', tree('a', '1 ns'))).toEqual({ f: 1e-9 })
    expect(rows('divan', tree('a', '1 ns') + tree('b', '3 ns'))).toEqual({ 'a/f': 1e-9, 'b/f': 3e-9 })
  })

  test('rows behind one that vitest skipped, and one that is no number', () => {
    const text = ` ✓ a.bench.js > t 1803ms
     name            hz     min     max    mean     p75     p99    p995    p999     rme  samples
   · f   20.0  0.04  0.2  0.05  0.05  0.07  0.08  0.2  ±0.5%    10062
   · g  [skipped]
   · h   40.0  0.04  0.2  0.05  0.05  0.07  0.08  0.2  ±0.5%    10062
   · i   NaN  NaN  NaN  NaN  NaN  NaN  NaN  NaN  NaN  0
`
    expect(rows('vitest', text)).toEqual({
      'a.bench.js > t > f': 0.05,
      'a.bench.js > t > h': 0.025,
      'a.bench.js > t > i': Number.NaN,
    })
  })

  test('two scripts of pyperf that each have a benchmark of one name', () => {
    const line = (value: string) => `f: Mean +- std dev: ${value} +- 1 us\n`
    expect(rows('pyperf', line('10 us') + line('30 us'))).toEqual({ f: failed(/^printed 2 results/) })
  })

  test('a name that breaks a table is a fault', () => {
    const text = "│ Task name │ Latency med (ns) │\n│ 'a │ b' │ '12.3' │\n"
    expect(rows('tinybench', text).fault).toMatch(/more cells than its table; leave │ out of the name/)
  })

  test('JSON lines: a value that was lost is told, a rate is better the more it is, a score is nothing', () => {
    const text = [
      '{"name":"a","value":null,"unit":"ns"}',
      '{"name":"b","took":7,"unit":"ns"}',
      '{"name":"c","throughput":5}',
      '{"name":"d","ns_per_op":5}',
      '{"name":"logger","level":"info","msg":"x"}',
    ]
    expect(rows('json-lines', text.join('\n'))).toEqual({
      a: failed(/has no value/),
      b: failed(/has no value/),
      c: '5 ops/s',
      d: 5e-9,
    })
    expect(rows('json-lines', '{"name":"e","score":5}')).toEqual({ e: failed(/unit "score" is not known/) })
  })

  test('a measure that does not say whether more is better', () => {
    const text = JSON.stringify({ f: { accuracy: { value: 3 }, 'requests-per-second': { value: 5 } } })
    expect(rows('bencher', text)).toEqual({
      f: failed(/does not say whether more is better/),
      'f (requests-per-second)': '5 ops/s',
    })
  })
})

describe('units in any spelling', () => {
  test.each([
    ['us usec micros microsecs microseconds Microseconds µs μs us/op µs/iter', 's', 1e-6],
    ['ns nanos nsecs ns/byte nanoseconds/call', 's', 1e-9],
    ['s sec Sec Seconds sec/op s/frame', 's', 1],
    ['KB kB KBytes kbytes kB/op', 'B', 1000],
    ['MiB MiB/op', 'B', 2 ** 20],
    ['MiB/s MiB/sec', 'B/s', 2 ** 20],
    ['MB/s MBps MBytes/s MB/second', 'B/s', 1e6],
    ['ops/s op/s req/s rps qps tps fps FPS Hz hz it/s iterations/sec Messages/s words/s', 'ops/s', 1],
    ['ops/ms kHz kops/s Kreq/s', 'ops/s', 1000],
    ['MHz mhz MIPS mips Mops/s mops/s mreqs/s', 'ops/s', 1e6],
    ['Gbit/s GFLOP/s gflops/s GHz ghz Gops/s ops/ns', 'ops/s', 1e9],
    ['allocs/op instructions cycles/byte syscalls', '', 1],
  ] as const)('%s', (units, base, factor) => {
    for (const unit of units.split(' ')) {
      const read = readUnit(unit)
      expect([unit, read?.base]).toEqual([unit, base])
      expect(read!.factor / factor).toBeCloseTo(1, 9)
    }
  })

  test('a rate by any time is better the more it is', () => {
    for (const unit of ['ops/min', 'ops/ms', 'items per minute', 'requests per second', 'MB/ms', 'ops / s'])
      expect([unit, betterOf(readUnit(unit)!.base)]).toEqual([unit, 'higher'])
  })

  test.each(['ops', 'iterations', 'items', 'score', '%', 'x', 'Ms', 'MS', 'ms/s', 's/s', 'widgets'])(
    '%s may be better either way, or is nothing that is known',
    unit => {
      expect(readUnit(unit)).toBeUndefined()
    },
  )
})

describe('arrangements', () => {
  const run = (command: string, format: HarnessFormat, rows: readonly string[]) =>
    arrangementOf({ ...SAMPLE_PLAN, command, format }, { rows })

  test('Criterion.rs that prints as libtest keeps flags of its own', () => {
    const format = { kind: 'harness', harness: 'libtest' } as const
    expect(run('cargo bench -- --output-format bencher', format, ['a/1']).command).toMatch(
      /-- --output-format bencher --warm-up-time 0\.1 .* '\^\(a\/1\)\$'$/,
    )
    expect(run('cargo bench', format, ['a']).command).toMatch(/-- --exact a$/)
  })

  test('vitest keeps nothing for its next run', () => {
    const format = { kind: 'harness', harness: 'vitest' } as const
    const command = (command: string) => run(command, format, []).command
    expect(command('npx vitest bench --run')).toBe('npx vitest bench --run --no-cache')
    expect(command('npm run bench')).toBe('npm run bench -- --no-cache')
    expect(command('npx vitest bench --run --cache=false')).toBe('npx vitest bench --run --cache=false')
  })

  test('more names than a command line holds are not selected', () => {
    const format = { kind: 'harness', harness: 'google-benchmark' } as const
    const names = Array.from({ length: 3000 }, (_, at) => `BM_something_of_some_length/${at}`)
    expect(run('./bench', format, names.slice(0, 9)).env).toHaveProperty('BENCHMARK_FILTER')
    expect(run('./bench', format, names).env).not.toHaveProperty('BENCHMARK_FILTER')
  })
})

describe('outputs that no harness knows are not timed without a word', () => {
  test.each([
    ['BenchmarkDotNet', '{"Title":"x","Benchmarks":[{"FullName":"N.M","Statistics":{"Median":12.3}}]}'],
    ['BenchmarkTools.jl', '[{"Julia":"1.9"},[["BenchmarkGroup",{"data":{"f":["Trial",{"times":[1,2]}]}}]]]'],
    ['zbench', 'My Benchmark   65535   1.2s   18.5us ± 1.1us   (17.2us ... 50.1us)\n'],
    ['Celero', '|DemoSimple | Baseline | us/Iteration |\nTimer resolution: 0.001000 us\n'],
    ['Hayai', '[   RUNS   ]        Average time: 1234.500 us (~5.1 us)\n'],
    ['redis-benchmark', 'SET: 104166.67 requests per second, p50=0.247 msec\n'],
    ['redis-benchmark --csv', '"test","rps","avg_latency_ms"\n"SET","104166.67","0.2"\n'],
    ['wrk', 'Requests/sec: 748868.53\nTransfer/sec:    606.33MB\n'],
    ['perf stat -x,', '12.3,msec,task-clock,12,100.00,0.9,CPUs utilized\n'],
    ['benchmark.js', 'RegExp#test x 4,161,532 ops/sec ±0.99% (59 runs sampled)\n'],
    ['iai', 'sort\n  Instructions:     1735|1735 (No change)\n'],
    ['asv', '[100.00%] ··· time_f    12.3±0.1ms\n'],
    ['ab', 'Requests per second:    1234.56 [#/sec] (mean)\n'],
    ['GNU time -v', '\tUser time (seconds): 0.01\n\tMaximum resident set size (kbytes): 1234\n'],
    ['time of the shell', '\nreal\t0m0.024s\nuser\t0m0.001s\n'],
    ['GNU time', '0.00user 0.00system 0:00.00elapsed 33%CPU\n'],
    ['perf stat -j', '{"counter-value" : "0.553514", "unit" : "msec", "event" : "task-clock"}\n'],
    ['cargo-nextest', '        PASS [   0.015s] mycrate::bench bench_add\n'],
    ['mitata', 'sort    12.34 ns/iter  12.20 ns\n'],
  ])('%s', (_, stdout) => {
    expect(recognise(outputOf(stdout))).toBeUndefined()
    expect(noteOn({ stdout })).toMatch(/no harness was recognised/)
  })

  test('what measures the command itself, on standard error', () => {
    const stderr = '\n Performance counter stats for ./bench:\n\n 0.51 msec task-clock\n'
    expect(noteOn({ stdout: 'done\n', stderr })).toMatch(/on standard error/)
    expect(noteOn({ stdout: 'done\n', stderr: 'Finished in 0.02s\n' })).toBeUndefined()
  })
})

describe('a shell in a command that hides how a pipe ends', () => {
  test.each([
    "bash -c './bench | tee log'",
    'sh -c "./bench | cat"',
    "env A=1 /bin/sh -ec './bench | cat'",
    "timeout 5 bash --norc -c './bench | tail -1'",
  ])('%s', command => {
    expect(pipesInNestedShell(command)).toBe(true)
    expect(nestedShellNote('app')).toMatch(/^`app` starts its own shell, .* pipefail/)
  })

  test.each([
    './bench | tee log',
    "bash -o pipefail -c './bench | tee log'",
    "bash -c 'set -o pipefail; ./bench | tee log'",
    "sh -c './bench || exit 3'",
    "sh -c './bench' | tee log",
    'hush -c 3 "a | b"',
  ])('says nothing of %s', command => {
    expect(pipesInNestedShell(command)).toBe(false)
  })
})

describe('forms that hold no values, or hold them elsewhere', () => {
  test("Catch2's JSON has no benchmarks, and says so", () => {
    const text = JSON.stringify({ version: 1, metadata: { 'catch2-version': '3.7.1' }, 'test-run': {} })
    for (const harness of ['auto', 'catch2'] as const)
      expect(rows(harness, text)).toEqual({
        fault: expect.stringMatching(/^printed the JSON of Catch2.*-r xml$/),
      })
  })

  test('what no harness prints lists the harnesses there are', () => {
    const text = '| Method |     Mean |\n|------- |---------:|\n| Sha256 | 4.456 us |\n'
    const { fault } = rows('auto', text) as { fault: string }
    for (const name of HARNESS_NAMES) expect(fault).toContain(name)
  })

  test("JMH's table has the bytes that -prof gc counts, for the row with the same parameters", () => {
    const text = `Benchmark                    (n)  Mode  Cnt     Score    Error   Units
Text.sort                     10  avgt    3    12.345 ±  0.100   us/op
Text.sort:gc.alloc.rate       10  avgt    3   512.123 ± 10.000  MB/sec
Text.sort:gc.alloc.rate.norm  10  avgt    3  4096.001 ±  0.010    B/op
Text.sort                     20  avgt    3    24.345 ±  0.100   us/op
Text.sort:·gc.alloc.rate.norm 20  avgt    3  8192,001 ±  0,010    B/op
Text.find                     20  avgt    3     1.345 ±  0.100   us/op
`
    const read = recognise(outputOf(text))!.read(outputOf(text))
    expect(read.ok && read.value.map(({ name, metrics }) => [name, metrics?.['allocated-bytes']])).toEqual([
      ['Text.sort (n=10)', 4096.001],
      ['Text.sort (n=20)', 8192.001],
      ['Text.find (n=20)', undefined],
    ])
  })
})

import { describe, expect, test } from '@jest/globals'
import { listingOf } from '../../../src/core/harness/arrange.ts'
import { outputOf } from '../../../src/core/harness/output.ts'
import { HARNESSES, recognise } from '../../../src/core/harness/table.ts'
import type { HarnessName } from '../../../src/core/model/harness-name.ts'
import { faultClause } from '../../../src/report/reasons/faults.ts'

/** Forms that a harness prints now and then, or in other versions, after its documentation. */
function read(harness: HarnessName, text: string) {
  const found = HARNESSES[harness].read(outputOf(text))
  // How coarsely values were printed is a test of its own.
  return found.ok ? { ...found, value: found.value.map(({ step: _, cpuStep: __, ...rest }) => rest) } : found
}

function rows(harness: HarnessName, text: string): Readonly<Record<string, number | string>> {
  const found = read(harness, text)
  if (!found.ok) return { fault: faultClause(found.fault.says) }
  return Object.fromEntries(
    found.value.map(({ name, value, unit, failed }) => [
      name,
      failed ? faultClause(failed) : unit === 's' ? value : `${value} ${unit}`,
    ]),
  )
}

describe('units are read, so that a unit which a tool picks by size changes nothing', () => {
  test.each<[HarnessName, string, string]>([
    [
      'criterion',
      'f  time:   [990.10 ns 991.00 ns 992.00 ns]\n',
      'f  time:   [1.4800 µs 1.4900 µs 1.5000 µs]\n',
    ],
    [
      'hyperfine',
      'Benchmark 1: f\n  Time (mean ± σ):     700.0 µs ±   1.0 µs    [User: 1.0 ms, System: 2.0 ms]\n',
      'Benchmark 1: f\n  Time (mean ± σ):       1.05 ms ±   1.0 ms    [User: 1.0 ms, System: 2.0 ms]\n',
    ],
    ['pyperf', 'f: Mean +- std dev: 700 us +- 20 us\n', 'f: Mean +- std dev: 1.05 ms +- 0.02 ms\n'],
    [
      'google-benchmark',
      'Benchmark     Time   CPU  Iterations\n----\nf   991 ns  991 ns  1000\n',
      'Benchmark     Time   CPU  Iterations\n----\nf   1.49 us  1.49 us  1000\n',
    ],
    [
      'divan',
      'b  fastest │ slowest │ median │ mean │ samples │ iters\n╰─ f  1 ns │ 1 ns │ 991 ns │ 1 ns │ 1 │ 1\n',
      'b  fastest │ slowest │ median │ mean │ samples │ iters\n╰─ f  1 ns │ 1 ns │ 1.49 µs │ 1 ns │ 1 │ 1\n',
    ],
    [
      'catch2',
      'benchmark name   samples  iterations  estimated\nf   10   10   1 ms\n    991 ns   1 ns   1 ns\n',
      'benchmark name   samples  iterations  estimated\nf   10   10   1 ms\n    1.49 us   1 ns   1 ns\n',
    ],
    [
      'nanobench',
      '| ns/op | op/s | err% | total | b\n|--:|--:|--:|--:|:--\n| 991.00 | 1.00 | 1.0% | 0.01 | `f`\n',
      '| us/op | op/s | err% | total | b\n|--:|--:|--:|--:|:--\n| 1.49 | 1.00 | 1.0% | 0.01 | `f`\n',
    ],
    [
      'tinybench',
      "│ Task name │ Latency med (ns) │\n│ 'f' │ '991.00 ± 1' │\n",
      "│ Task name │ Latency med (us) │\n│ 'f' │ '1.49 ± 1' │\n",
    ],
    [
      'jmh',
      'Benchmark  Mode  Cnt  Score  Error  Units\nA.f  avgt  3  991.000 ± 1.0  ns/op\n',
      'Benchmark  Mode  Cnt  Score  Error  Units\nA.f  avgt  3  1.490 ± 1.0  us/op\n',
    ],
    ['lines', 'f 991 ns\n', 'f 1.49 µs\n'],
    ['lines', 'f: 700 us\n', 'f = 1.05 ms\n'],
    ['json-lines', '{"name":"f","value":991,"unit":"ns/iter"}', '{"name":"f","value":1.49,"unit":"us/iter"}'],
    [
      'github-action-benchmark',
      '[{"name":"f","unit":"ns","value":991}]',
      '[{"name":"f","unit":"\u03bcs","value":1.49}]',
    ],
    [
      'pytest-benchmark',
      'Name (time in ns)   Min   Median   OPS\n---\nf   1.0 (1.0)   991.0 (1.0)   3.0 (1.0)\n',
      'Name (time in us)   Min   Median   OPS (Kops/s)\n---\nf   1.0 (1.0)   1.49 (1.0)   3.0 (1.0)\n',
    ],
  ])('%s', (harness, before, after) => {
    const [base] = Object.values(rows(harness, before))
    const [head] = Object.values(rows(harness, after))
    expect(Number(head) / Number(base)).toBeCloseTo(1.5, 1)
  })
})

describe('what a harness says has failed is no value', () => {
  test.each<[HarnessName, string, RegExp]>([
    [
      'google-benchmark',
      '{"context":{},"benchmarks":[{"name":"f","error_occurred":true,"error_message":"no file"}]}',
      /reported an error: "no file"/,
    ],
    [
      'google-benchmark',
      "Benchmark  Time  CPU  Iterations\nf   ERROR OCCURRED: 'no file'\n",
      /reported an error: "no file"/,
    ],
    [
      'google-benchmark',
      '{"context":{},"benchmarks":[{"name":"f","skipped":true,"skip_message":"no gpu"}]}',
      /was skipped: "no gpu"/,
    ],
    [
      'hyperfine',
      '{"results":[{"command":"f","mean":1,"times":[1],"exit_codes":[3]}]}',
      /exited with code 3/,
    ],
    ['libtest', 'test f ... FAILED\n', /failed/],
    ['go', '--- FAIL: f\n    --- FAIL: BenchmarkF\nBenchmarkG-2  1  1 ns/op\n', /failed/],
    ['asv', '{"version":2,"commit_hash":"a","results":{"time_f":[null]}}', /failed/],
    [
      'catch2',
      '<Catch name="a"><TestCase name="t"><BenchmarkResults name="f" samples="1" iterations="1"><failed message="boom"/></BenchmarkResults>',
      /threw: "boom"/,
    ],
  ])('%s', (harness, text, expected) => {
    const found = read(harness, text)
    const said = found.ok ? found.value[0]!.failed : undefined
    expect(said && faultClause(said)).toMatch(expected)
  })
})

describe('what cannot be read is a fault that quotes the line', () => {
  test.each<[HarnessName, string, RegExp]>([
    ['lines', 'f 12 parsecs\n', /"f 12 parsecs", whose unit "parsecs" is not known/],
    ['criterion', 'f  time:   [1 parsec 2 parsec 3 parsec]\n', /time that can be read/],
    [
      'jmh',
      'Benchmark  Mode  Cnt  Score  Error  Units\nA.f  avgt  3  1.5 ± 0.1  eons/op\n',
      /"A.f avgt 3 1.5 eons\/op"/,
    ],
    ['pytest-benchmark', 'Name (time in eons)   Min   Median\nf 1.0 1.0\n', /no known unit/],
  ])('%s: %.40s', (harness, text, expected) => {
    expect(rows(harness, text).fault).toMatch(expected)
  })
})

describe('rows and names', () => {
  test('a go benchmark has metrics of its own, and packages in its name when there are several', () => {
    const text =
      'pkg: a\nBenchmarkF-8  10  5 ns/op  16 B/op  2 allocs/op  7 widgets/op\npkg: b\nBenchmarkF-8  10  6 ns/op\nBenchmarkRate-8  10  3.5 MB/s\n'
    expect(read('go', text)).toEqual({
      ok: true,
      value: [
        {
          name: 'a.BenchmarkF',
          value: 5e-9,
          unit: 's',
          iterations: 10,
          metrics: { 'allocated-bytes': 16, allocations: 2 },
        },
        { name: 'b.BenchmarkF', value: expect.closeTo(6e-9, 15), unit: 's', iterations: 10 },
        { name: 'b.BenchmarkRate', value: 3.5e6, unit: 'B/s', iterations: 10 },
      ],
    })
  })

  test('go names keep their ending when it is not the same for all', () => {
    expect(Object.keys(rows('go', 'BenchmarkF  10  5 ns/op\nBenchmarkF-2  10  5 ns/op\n'))).toEqual([
      'BenchmarkF',
      'BenchmarkF-2',
    ])
  })

  test('JMH: throughput is a rate, parameters and modes are part of the name, secondary metrics are not rows', () => {
    const text =
      'Benchmark  (n)  Mode  Cnt  Score  Error  Units\nA.f  1  thrpt  3  5.5 ± 0.1  ops/ms\nA.f:gc.alloc.rate.norm  1  thrpt  3  48 ± 0.1  B/op\nA.f  1  avgt  3  2 ± 0.1  ms/op\n'
    expect(rows('jmh', text)).toEqual({ 'A.f (n=1, thrpt)': '5500 ops/s', 'A.f (n=1, avgt)': 0.002 })
  })

  test('asv: one row for each combination of parameters, with the unit that the name says', () => {
    const text = JSON.stringify({
      version: 2,
      commit_hash: 'a',
      result_columns: ['result', 'params'],
      results: {
        'm.time_f': [
          [1, 2, 3, null],
          [
            ['a', 'b'],
            ['1', '2'],
          ],
        ],
        'm.peakmem_f': [[4096], []],
        'm.track_f': [[7], []],
      },
    })
    expect(rows('asv', text)).toEqual({
      'm.time_f(a, 1)': 1,
      'm.time_f(a, 2)': 2,
      'm.time_f(b, 1)': 3,
      'm.time_f(b, 2)': 'failed',
      'm.peakmem_f': '4096 B',
      'm.track_f': '7 ',
    })
  })

  test("Bencher's format: latency is in nanoseconds, further measures are rows of their own", () => {
    const text = JSON.stringify({
      f: { latency: { value: 88.5, lower_value: 87 }, throughput: { value: 10 } },
      g: { jaws: { value: 3 } },
    })
    expect(recognise(outputOf(text))?.name).toBe('bencher')
    expect(rows('bencher', text)).toEqual({ f: 8.85e-8, 'f (throughput)': '10 ops/s', g: '3 ' })
  })

  test('nanobench: instructions an operation are a metric, an unstable row is still a row', () => {
    const text =
      '|               ns/op |                op/s |    err% |          ins/op |     total | sorts\n|--------------------:|--------------------:|--------:|----------------:|----------:|:----------\n|            1,234.50 |          810,044.55 |    7.1% |           40.00 |      0.01 | :wavy_dash: `quick sort` (Unstable with ~8 iters. Increase `minEpochIterations` to e.g. 80)\n'
    expect(read('nanobench', text)).toEqual({
      ok: true,
      value: [{ name: 'quick sort', value: 1234.5e-9, unit: 's', metrics: { instructions: 40 } }],
    })
  })

  test('lines: names may hold spaces, other lines are passed over', () => {
    const text =
      'warming up\nstarted at 12:30\nparse small file  12.5 ms\nparse: 2,625.65 ns/iter\nthroughput 1.5 Mops/s\nallocs 12\n'
    expect(rows('lines', text)).toEqual({
      'parse small file': 0.0125,
      parse: expect.closeTo(2625.65e-9, 15),
      throughput: '1500000 ops/s',
      allocs: '12 ',
    })
  })

  test('hyperfine and Google Benchmark repeat a name for each repetition or parameter', () => {
    const text = JSON.stringify({
      results: [{ command: 'f', mean: 1, times: [3, 1, 2], exit_codes: [0, 0, 0], parameters: { n: '4' } }],
    })
    expect(rows('hyperfine', text)).toEqual({ 'f (n=4)': 2 })
  })
})

describe('output of any kind', () => {
  const plain = '{"name":"f","value":991,"unit":"ns"}'
  test.each([
    ['a byte order mark', `\ufeff${plain}`],
    ['colours', `\u001b[32m${plain}\u001b[0m`],
    ['a link and a title', `\u001b]0;title\u0007\u001b]8;;http://x\u001b\\${plain}`],
    ['lines around it', `[INFO] building {\nwarning: [x]\n${plain}\n[done]`],
    ['carriage returns', `10 %\r20 %\r${plain}\r\n`],
    ['pretty printing', `log\n${JSON.stringify(JSON.parse(plain), null, 2)}\n`],
    ['two documents without a line between them', `{"log":1}${plain}`],
  ])('%s does no harm', (_, text) => {
    expect(rows('json-lines', text)).toEqual({ f: expect.closeTo(991e-9, 15) })
  })

  test('a megabyte is read with work that grows with its length', () => {
    // Of this process alone, because the clock also counts what else the machine does.
    const seconds = (text: string) => {
      const before = process.cpuUsage()
      for (const harness of Object.values(HARNESSES)) {
        const output = outputOf(text)
        harness.recognises(output)
        harness.read(output)
      }
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1e6
    }
    for (const line of [
      '{[{"',
      'BenchmarkF 1 1 ns/op ',
      '│ a │',
      `${'9'.repeat(50)},`,
      '<BenchmarkResults <',
      '\u001b[',
      'a\r',
      '| ns/op ',
      'Benchmark  Time  CPU  Iterations\nf_median 1 ns 1 ns 1\nf_mean 1 ns 1 ns 1\nf_stddev 1 ns 1 ns 1\n',
      'name,iterations,real_time,cpu_time,time_unit\n"f_median",1,1,1,ns\n',
    ]) {
      const small = seconds(line.repeat(2 ** 17 / line.length))
      const large = seconds(line.repeat(2 ** 20 / line.length))
      expect(large).toBeLessThan(8 * 8 * small + 2)
    }
  })
})

describe('what is printed in another form is read right, or named', () => {
  const GB = (rows: readonly object[]) => JSON.stringify({ context: {}, benchmarks: rows })
  const row = (name: string, real_time: unknown, more: object = {}) => ({
    name,
    run_type: 'iteration',
    iterations: 9,
    real_time,
    cpu_time: 1,
    time_unit: 'ns',
    ...more,
  })
  const HEADER = 'Benchmark     Time   CPU  Iterations\n----\n'

  test.each<[string, HarnessName, string, Readonly<Record<string, number | string>>]>([
    [
      'documents of several programs',
      'google-benchmark',
      `${GB([row('a', 1)])}\n${GB([row('b', 2)])}`,
      { a: 1e-9, b: 2e-9 },
    ],
    [
      'a document after progress on the same line',
      'google-benchmark',
      `....[3/3] ${GB([row('a', 1)])}`,
      { a: 1e-9 },
    ],
    [
      'a document of many lines that begins behind progress',
      'google-benchmark',
      `....${JSON.stringify(JSON.parse(GB([row('a', 1)])), null, 2)}`,
      { a: 1e-9 },
    ],
    [
      'a counter that is no number, which JSON cannot hold',
      'google-benchmark',
      GB([row('a', 1, { rate: 0 })]).replace('"rate":0', '"rate": NaN, "other": -Infinity'),
      { a: 1e-9 },
    ],
    [
      'a time that is no number',
      'google-benchmark',
      GB([row('a', 7)]).replace(':7', ': NaN'),
      { a: expect.stringMatching(/^has no time that can be read/) as unknown as string },
    ],
    [
      'two benchmarks of one name',
      'google-benchmark',
      GB([row('a', 1, { family_index: 0 }), row('a', 3, { family_index: 1 }), row('b', 2)]),
      { a: expect.stringMatching(/^printed 2 results of this name/) as unknown as string, b: 2e-9 },
    ],
    [
      'one name in two programs',
      'google-benchmark',
      `${GB([row('a', 1)])}\n${GB([row('a', 3)])}`,
      { a: expect.stringMatching(/^printed 2 results of this name/) as unknown as string },
    ],
    ['a thousands separator', 'google-benchmark', `${HEADER}f   1,000 ms  1e+03 ms  1000\n`, { f: 1 }],
    ['no number', 'google-benchmark', `${HEADER}f   nan ns  nan ns  1000\n`, { f: Number.NaN }],
    [
      'a decimal comma',
      'google-benchmark',
      `${HEADER}f   12,5 ns  12,5 ns  1000\n`,
      { fault: 'printed "f 12,5 ns 12,5 ns 1000", whose time is no number' },
    ],
    [
      'a decimal comma, where there are no thousands separators',
      'jmh',
      'Benchmark  Mode  Cnt  Score   Error  Units\nA.f  avgt  3  3,123 ± 0,2  us/op\n',
      { 'A.f': 3.123e-6 },
    ],
    [
      'what a benchmark logs in the middle of its line',
      'go',
      'BenchmarkA-8  \tloading data\nmore 12 of 13\n   1000\t      1052 ns/op\t  16 B/op\nBenchmarkB-8 \t 10\t 5 ns/op\n',
      { BenchmarkA: 1.052e-6, BenchmarkB: 5e-9 },
    ],
    [
      'a log without a line break',
      'go',
      'BenchmarkA-8  \t...done      1000\t      1052 ns/op\n',
      { BenchmarkA: 1.052e-6 },
    ],
    [
      'a benchmark whose result never comes',
      'go',
      'BenchmarkA-8  \tloading\nBenchmarkB-8  \t 10\t 5 ns/op\n',
      { BenchmarkA: 'failed', BenchmarkB: 5e-9 },
    ],
    [
      'a skipped one',
      'go',
      'BenchmarkA-8  \t--- SKIP: BenchmarkA-8\nBenchmarkB-8  \t 10\t 5 ns/op\n',
      { BenchmarkB: 5e-9 },
    ],
    ['no number', 'libtest', 'test a ... bench:         NaN ns/iter (+/- NaN)\n', { a: Number.NaN }],
    ['apostrophes between thousands', 'lines', "a 1'234'567 ns\n", { a: 1.234567e-3 }],
    ['narrow blanks between thousands', 'lines', 'a 1\u202f234\u00a0567 ns\n', { a: 1.234567e-3 }],
    ...['a 1.234,5 ns', 'a 1,5 ms', 'a 0x10 ns', 'a Infinity ms', 'a:12ms', 'a 1.2.3 ms'].map(
      (line): [string, HarnessName, string, Readonly<Record<string, string>>] => [
        `${line}, after a line that is read`,
        'lines',
        `b 5 ms\n${line}\n`,
        { fault: `printed "${line}", whose value cannot be read; print it as in NAME 12.5 ms` },
      ],
    ),
    ['a version and a clock', 'lines', 'engine 1.2.3\nstarted at 12:30:11\nb 5 ms\n', { b: 5e-3 }],
  ])('%s (%s)', (_, harness, text, expected) => {
    expect(rows(harness, text)).toEqual(expected)
  })
})

test('libtest lists its benches without running them (cargo bench -- --list)', () => {
  const listing = listingOf({
    command: 'cargo bench',
    format: { kind: 'harness', harness: 'libtest' },
  } as never)!
  expect(listing.run.command).toBe('cargo bench -- --list')
  const printed = 'parses: test\nadded: benchmark\ninner::grows: benchmark\n\n1 test, 2 benchmarks\n'
  expect(listing.read(outputOf(printed))).toEqual(['added', 'inner::grows'])
})

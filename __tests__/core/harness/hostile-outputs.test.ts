import { describe, expect, test } from '@jest/globals'
import { outputOf } from '../../../src/core/harness/output.ts'
import { openRun } from '../../../src/core/harness/read-run.ts'
import { recognise } from '../../../src/core/harness/table.ts'
import { unrecognisedOutput } from '../../../src/core/harness/unrecognised.ts'
import type { HarnessName } from '../../../src/core/model/harness-name.ts'
import { faultClause } from '../../../src/report/reasons/faults.ts'

/** What a run that printed this gives when its harness is recognised: a value with its unit for each name, or why there is none. */
function rows(stdout: string, harness: HarnessName | 'auto' = 'auto'): Readonly<Record<string, string>> {
  const run = { seconds: 1, code: 0, signal: null, timedOut: false, stdout, truncated: false }
  const read = openRun(run, () => []).results(harness)
  if (!read.ok) return { fault: faultClause(read.fault.says) }
  return Object.fromEntries(
    read.value.map(({ name, value, unit, failed, metrics = {} }) => {
      const more = Object.entries(metrics).map(
        ([metric, amount]) => ` ${metric} ${Number(amount.toPrecision(6))}`,
      )
      return [
        name,
        failed !== undefined
          ? faultClause(failed)
          : `${Number(value.toPrecision(6))} ${unit}${more.join('')}`.trim(),
      ]
    }),
  )
}

const matching = (pattern: RegExp) => expect.stringMatching(pattern) as unknown as string
const twice = matching(/^printed 2 results of this name/)

describe('what other things a harness prints', () => {
  test.each<[string, HarnessName, string, Readonly<Record<string, string>>]>([
    [
      'libtest among warnings and summaries, with a rate behind its figures',
      'libtest',
      `warning: unused variable: \`x\`
running 2 tests
test sort ... bench:       1,234.56 ns/iter (+/- 78.00) = 512 MB/s
test find ... ignored

test result: ok. 0 passed; 0 failed; 1 ignored; 1 measured; 0 filtered out; finished in 0.50s
`,
      { sort: '0.00000123456 s' },
    ],
    [
      'libtest: two programs that each have a sort',
      'libtest',
      'test sort ... bench: 10 ns/iter (+/- 1)\n\nrunning 1 test\ntest sort ... bench: 30 ns/iter (+/- 1)\n',
      { sort: twice },
    ],
    [
      'libtest: a panic',
      'libtest',
      "test sort ... bench: 10 ns/iter (+/- 1)\ntest find ... FAILED\n\nfailures:\n\n---- find stdout ----\nthread 'find' panicked\n",
      { sort: '1e-8 s', find: 'failed' },
    ],
    [
      'Criterion.rs: its own comparisons are no results',
      'criterion',
      `Benchmarking fib 20: Warming up for 3.0000 s
fib 20                  time:   [26.029 µs 26.251 µs 26.505 µs]
                        thrpt:  [1.2 Melem/s 1.3 Melem/s 1.4 Melem/s]
                        change: [-0.3 % +0.3 % +0.7 %] (p = 0.21 > 0.05)
                        No change in performance detected.
Found 11 outliers among 99 measurements (11.11%)
group/a name that is too long for its column/1000000
                        time:   [1.0029 s 1.0251 s 1.0505 s]
                 change:
                        time:   [+80.3 % +90.3 % +99.7 %] (p = 0.00 < 0.05)
                        thrpt:  [-50.0 % -47.0 % -44.0 %]
                        Performance has regressed.
`,
      { 'fib 20': '0.000026251 s', 'group/a name that is too long for its column/1000000': '1.0251 s' },
    ],
    [
      'Criterion.rs: two programs that each have a sort',
      'criterion',
      'sort  time:   [1.0 µs 1.1 µs 1.2 µs]\nsort  time:   [3.0 µs 3.1 µs 3.2 µs]\n',
      { sort: twice },
    ],
    [
      'Criterion.rs: what it measures need not be time',
      'criterion',
      'fib  time:   [26.0 Kcycles 26.2 Kcycles 26.5 Kcycles]\n',
      { fault: matching(/Kcycles/) },
    ],
    [
      'cargo-criterion: groups end',
      'criterion',
      `{"reason":"benchmark-complete","id":"g/f","iteration_count":[10,20],"unit":"ns","typical":{"estimate":3.5,"unit":"ns"},"change":{"mean":{"estimate":0.01,"unit":"%"}}}
{"reason":"group-complete","group_name":"g","benchmarks":["g/f"]}
`,
      { 'g/f': '3.5e-9 s' },
    ],
    [
      'Divan: throughput, allocations and a benchmark that is ignored',
      'divan',
      `Timer precision: 20 ns
example           fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ sort           12.5 ns       │ 20 ns         │ 13.1 ns       │ 13.3 ns       │ 100     │ 12800
│                 7.9 GB/s      │ 5 GB/s        │ 7.6 GB/s      │ 7.5 GB/s      │         │
│                 max alloc:    │               │               │               │         │
│                   9           │ 9             │ 9             │ 9             │         │
│                   640 B       │ 640 B         │ 640 B         │ 640 B         │         │
│                 alloc:        │               │               │               │         │
│                   1           │ 1             │ 2             │ 1             │         │
│                   64 B        │ 64 B          │ 1.28 KB       │ 64 B          │         │
│                 dealloc:      │               │               │               │         │
│                   1           │ 1             │ 7             │ 1             │         │
├─ add                          │               │               │               │         │
│  ├─ u8          0.5 ns        │ 0.6 ns        │ 0.55 ns       │ 0.55 ns       │ 100     │ 102400
│  ╰─ u16         (ignored)     │               │               │               │         │
╰─ find           (ignored)     │               │               │               │         │
`,
      { sort: '1.31e-8 s allocations 2 allocated-bytes 1280', 'add/u8': '5.5e-10 s' },
    ],
    [
      'Google Benchmark: counters, labels, threads, complexity, errors with quotes',
      'google-benchmark',
      `Benchmark                              Time             CPU   Iterations UserCounters...
----------------------------------------------------------------------------------------
BM_copy/8                           12.3 ns         12.3 ns     57000000 bytes_per_second=605.9Mi/s items_per_second=81M/s
BM_copy/64/real_time/threads:2      1.23 s          2.46 s             1 Foo=1k
BM_copy_BigO                        2.50 N          2.50 N
BM_copy_RMS                            4 %             4 %
BM_man/manual_time                   100 us         1.00 us         7000 label with 12 ns
BM_err                          ERROR OCCURRED: 'it's broken'
BM_tpl<int, std::vector<int>>/1      5.0 ms          5.0 ms          140
`,
      {
        'BM_copy/8': '1.23e-8 s cpu-time 1.23e-8',
        'BM_copy/64/real_time/threads:2': '1.23 s cpu-time 2.46',
        'BM_man/manual_time': '0.0001 s cpu-time 0.000001',
        BM_err: matching(/it's broken/),
        'BM_tpl<int, std::vector<int>>/1': '0.005 s cpu-time 0.005',
      },
    ],
    [
      'Google Benchmark: a document of seconds, errors and skips of all versions',
      'google-benchmark',
      JSON.stringify({
        context: {},
        benchmarks: [
          {
            name: 'g/threads:4',
            run_type: 'iteration',
            threads: 4,
            iterations: 10,
            real_time: 1.5,
            cpu_time: 0.1,
            time_unit: 's',
          },
          {
            name: 'h',
            run_type: 'iteration',
            error_occurred: true,
            error_message: 'bad',
            real_time: 0,
            time_unit: 'ns',
          },
          {
            name: 'k',
            run_type: 'iteration',
            skipped: true,
            skip_message: 'no',
            real_time: 0,
            time_unit: 'ns',
          },
          {
            name: 'c_BigO',
            run_name: 'c',
            run_type: 'aggregate',
            aggregate_name: 'BigO',
            real_coefficient: 2,
            big_o: 'N',
            time_unit: 'ns',
          },
          { name: 'c_RMS', run_name: 'c', run_type: 'aggregate', aggregate_name: 'RMS', rms: 0.01 },
        ],
      }),
      { 'g/threads:4': '1.5 s cpu-time 0.1', h: matching(/bad/), k: matching(/no/) },
    ],
    [
      'Catch2: names that wrap, sections, minutes',
      'catch2',
      `-------------------------------------------------------------------------------
Text
  section one
-------------------------------------------------------------------------------
x.cpp:10
...............................................................................

benchmark name                       samples       iterations    est run time
                                     mean          low mean      high mean
                                     std dev       low std dev   high std dev
-------------------------------------------------------------------------------
sort a very very long benchmark name
that wraps                                     100            10      1.234 ms
                                        12.3456 us    12.1234 us    12.9 us
                                        1.23 us       1.1 us        1.4 us

find                                           100             1     1.5 s
                                        1.2345 m      1.1 m     1.3 m
                                        1 s       1 s     1 s
`,
      {
        'Text › sort a very very long benchmark name that wraps': '0.0000123456 s',
        'Text › find': '74.07 s',
      },
    ],
    [
      'nanobench: unstable rows, bars in names, another unit',
      'nanobench',
      `Warning, results might be unstable:
* CPU frequency scaling enabled: CPU 0 between 800.0 and 4,000.0 MHz

| relative |    ns/op |    op/s | err% | ins/op | total | mybench
|---------:|---------:|--------:|-----:|-------:|------:|:--------
|   100.0% |     1.95 | 512,820 | 0.1% |  12.00 |  0.01 | \`a\`
|    50.0% |     3.90 | 256,820 | 10.1% | 12.00 |  0.01 | :wavy_dash: \`b | c\` (Unstable with ~1,234.5 iters. Increase \`minEpochIterations\` to e.g. 12345)

| us/uint64 | uint64/s | err% | total | benchmark
|----------:|---------:|-----:|------:|:----------
|  1,234.50 |    810.0 | 0.1% |  0.01 | \`d\`
`,
      { a: '1.95e-9 s instructions 12', 'b | c': '3.9e-9 s instructions 12', d: '0.0012345 s' },
    ],
    [
      'go: -cpu, logs, rates, packages, failures',
      'go',
      `pkg: example.com/a
BenchmarkX/a_b=1         1000000              1052 ns/op              16 B/op          1 allocs/op
BenchmarkX/a_b=1-2       1000000               552 ns/op            16.5 MB/s        16 B/op          1 allocs/op
--- BENCH: BenchmarkX/a_b=1-4
    a_test.go:10: logged Benchmark 12 ns/op
BenchmarkOnlyRate-2  100  12345 req/s
--- FAIL: BenchmarkBad
    a_test.go:11: bad
PASS
pkg: example.com/b
BenchmarkX/a_b=1         1000000              2052 ns/op
exit status 1
`,
      {
        'example.com/a.BenchmarkX/a_b=1': '0.000001052 s allocated-bytes 16 allocations 1',
        'example.com/a.BenchmarkX/a_b=1-2': '5.52e-7 s allocated-bytes 16 allocations 1',
        'example.com/a.BenchmarkOnlyRate-2': '12345 ops/s',
        'example.com/a.BenchmarkBad': 'failed',
        'example.com/b.BenchmarkX/a_b=1': '0.000002052 s',
      },
    ],
    [
      'go: a panic in the middle of a line',
      'go',
      'BenchmarkA-2      \t 1000\t 5 ns/op\nBenchmarkB-2      \tpanic: boom\n\ngoroutine 1 [running]:\n',
      { BenchmarkA: '5e-9 s', BenchmarkB: 'failed' },
    ],
    [
      'pytest-benchmark: groups in units of their own',
      'pytest-benchmark',
      `---- benchmark 'a': 2 tests ----
Name (time in ns)          Min                 Max                Mean            StdDev              Median               IQR            Outliers  OPS (Mops/s)            Rounds  Iterations
---------------------------------
test_a              110.5001 (1.0)      9,999.9999 (1.0)      123.4567 (1.0)     50.0000 (1.0)      120.0000 (1.0)      5.0000 (1.0)     100;200        8.1000 (1.0)      50000         100
test_b[x y-1]       210.5001 (1.9)      9,999.9999 (1.0)      223.4567 (1.8)     50.0000 (1.0)      220.0000 (1.8)      5.0000 (1.0)     100;200        4.1000 (0.5)      50000         100
---------------------------------

---- benchmark 'b': 1 tests ----
Name (time in ms)     Min     Max    Mean  StdDev  Median     IQR  Outliers       OPS  Rounds  Iterations
---------------------------------
test_c             1.5000  9.0000  1.6000  0.1000  1.5500  0.1000      10;2  625.0000     100           1
---------------------------------

Legend:
  Outliers: 1 Standard Deviation from Mean; 1.5 IQR (InterQuartile Range) from 1st Quartile and 3rd Quartile.
`,
      { test_a: '1.2e-7 s', 'test_b[x y-1]': '2.2e-7 s', test_c: '0.00155 s' },
    ],
    [
      'pytest-benchmark without medians',
      'pytest-benchmark',
      'Name (time in ms)     Min     Max    Mean\n----\ntest_c   1.5000  9.0000  1.6000\n----\n',
      { fault: matching(/no column Median/) },
    ],
    [
      'pyperf: warnings between',
      'pyperf',
      '.....................\nsort: Mean +- std dev: 12.3 us +- 0.4 us\nWARNING: the benchmark result may be unstable\n* the standard deviation (4.5 ms) is 12% of the mean (12.3 ms)\n\nfind: Mean +- std dev: 1.05 ms +- 0.02 ms\n',
      { sort: '0.0000123 s', find: '0.00105 s' },
    ],
    [
      'pyperf: runs that only calibrate have no values',
      'pyperf',
      '{"benchmarks":[{"metadata":{"name":"sort","loops":4},"runs":[{"metadata":{"calibrate_loops":4},"warmups":[[1,0.1]]},{"values":[0.01,0.02,0.03],"warmups":[[4,0.2]]}]}],"version":"1.0"}',
      { sort: '0.02 s' },
    ],
    [
      'hyperfine: parameters, exit codes, the same command twice',
      'hyperfine',
      '{"results":[{"command":"./a","mean":0.1,"times":[0.1],"exit_codes":[0],"parameters":{"n":"1"}},{"command":"./a","mean":0.2,"times":[0.2],"exit_codes":[0],"parameters":{"n":"2"}},{"command":"./b","mean":0.2,"times":[0.2,0.3],"exit_codes":[0,1]},{"command":"./c","mean":0.1,"times":[0.1]},{"command":"./c","mean":0.5,"times":[0.5]}]}',
      { './a (n=1)': '0.1 s', './a (n=2)': '0.2 s', './b': 'exited with code 1', './c': twice },
    ],
    [
      'JMH: all modes, percentiles, groups, allocations',
      'jmh',
      `Benchmark                                     (size)    Mode     Cnt     Score     Error   Units
Text.sort                                         10   thrpt       5   123.456 ±   1.234  ops/ms
Text.sort                                         10    avgt       5     0.008 ±   0.001   ms/op
Text.sort                                         10  sample  123456     0.009 ±   0.001   ms/op
Text.sort:sort·p0.00                              10  sample             0.001             ms/op
Text.sort                                         10      ss       5     1.234 ±   0.500   ms/op
Text.sort:·gc.alloc.rate.norm                     10    avgt       5    64.000 ±   0.001    B/op
Text.group:get                                    10    avgt       5     0.008 ±   0.001   ms/op
`,
      {
        'Text.sort (size=10, thrpt)': '123456 ops/s',
        'Text.sort (size=10, avgt)': '0.000008 s allocated-bytes 64',
        'Text.sort (size=10, sample)': '0.000009 s',
        'Text.sort (size=10, ss)': '0.001234 s',
      },
    ],
    [
      'JMH: a time below what it prints harms no other row',
      'jmh',
      'Benchmark  Mode  Cnt  Score   Error  Units\nA.f        avgt    5 ≈ 10⁻³          us/op\nA.g        avgt    5 1.5 ± 0.1       us/op\n',
      { 'A.f': matching(/"A\.f avgt 5 ≈ 10⁻³ us\/op".*use -rf json/), 'A.g': '0.0000015 s' },
    ],
    [
      'tinybench: its first tables',
      'tinybench',
      "│ (index) │ Task Name │   ops/sec   │ Average Time (ns)  │  Margin  │ Samples │\n│    0    │  'fast'   │ '8,100,000' │ 123.45678          │ '±0.50%' │  81000  │\n",
      { fast: '1.23457e-7 s' },
    ],
  ])('%s', (_, harness, text, expected) => {
    expect(recognise(outputOf(text))?.name).toBe(harness)
    expect(rows(text)).toEqual(expected)
  })
})

/** A line of an output that no harness reads: it is never guessed at, and is named where the whole run is timed instead. */
const FOREIGN: readonly (readonly [tool: string, output: string])[] = [
  [
    'Criterion.rs estimates.json',
    '{"mean":{"point_estimate":1.2},"median":{"point_estimate":1.19},"slope":null}',
  ],
  ['libtest in another unit', 'test sort ... bench:      12.3 µs/iter (+/- 0.1)'],
  [
    'iai-callgrind',
    'bench::group::fib short:10\n  Instructions:                  1734|1734            (No change)',
  ],
  ['benchmark.js', 'RegExp#test x 4,161,532 ops/sec ±0.99% (59 runs sampled)'],
  ['mitata', 'noop       160.21 ps/iter  (143.1 ps … 24.71 ns) 156.59 ps'],
  [
    'mitata JSON',
    '{"layout":[{"name":null}],"benchmarks":[{"alias":"sort","runs":[{"stats":{"avg":12.34},"name":"sort"}]}]}',
  ],
  ['Hayai JSON', '{"format_version":1,"benchmarks":[{"fixture":"F","name":"a","runs":[{"duration":1.5}]}]}'],
  ['deno bench', 'URL parsing               388.5 ns     2,574,000 (371.5 ns … 476.6 ns) 395.0 ns'],
  [
    'deno bench --json',
    '{"version":1,"benches":[{"name":"URL parsing","results":[{"ok":{"n":100,"avg":388.5}}]}]}',
  ],
  ['BenchmarkDotNet', '| Method |     Mean |\n|------- |---------:|\n| Sha256 | 4.456 us |'],
  [
    'BenchmarkDotNet JSON',
    '{"Title":"B","Benchmarks":[{"FullName":"X.Sha256","Statistics":{"Mean":4456.1,"Median":4450.2}}]}',
  ],
  ['BenchmarkDotNet CSV', 'Method;Job;Mean;Error;StdDev\nSha256;DefaultJob;4.456 us;0.0123 us;0.0109 us'],
  ['lit', '********** TEST RESULTS **********\nexec_time: 0.1234'],
  ['lit JSON', '{"__version__":[0,1,0],"elapsed":1.2,"tests":[{"metrics":{"exec_time":0.1234}}]}'],
  ['sysbench', 'CPU speed:\n    events per second:  1234.56'],
  ['fio', 'read: IOPS=308, BW=1234KiB/s (1264kB/s)(12.1MiB/10003msec)'],
  ['fio JSON', '{"fio version":"fio-3.33","jobs":[{"read":{"iops":308.5,"lat_ns":{"mean":123456.7}}}]}'],
  ['wrk', '    Latency   635.91us    0.89ms  12.92ms   93.69%'],
  ['k6', '     http_req_duration..............: avg=126.64ms min=118.69ms'],
  ['k6 JSON', '{"metrics":{"http_req_duration":{"avg":126.64,"min":118}}}'],
  ['redis-benchmark --csv', '"test","rps","avg_latency_ms"\n"SET","104166.67","0.2"'],
  ['ab', 'Time per request:       8.100 [ms] (mean)'],
  ['pgbench', 'latency average = 1.234 ms'],
  ['iperf', '{"start":{},"end":{"sum_sent":{"bits_per_second":9.4e9}}}'],
  ['oha', '  Requests/sec: 1234.5'],
  ['zbench', 'My Benchmark           65535    1.2s           18.5us ± 1.1us'],
  ['BenchmarkTools.jl', ' Range (min … max):   9.960 ns …  1.2 μs  ┊ GC (min … max): 0.00% … 0.00%'],
  ['@btime', '  10.010 ns (0 allocations: 0 bytes)'],
  ['criterion of Haskell', 'time                 193.2 ns   (191.5 ns .. 195.6 ns)'],
  [
    'criterion of Haskell, JSON',
    '["criterion","1.6.3",[{"reportName":"fib/9","reportAnalysis":{"anMean":{"estPoint":1.943e-7}}}]]',
  ],
  ['tasty-bench', '    fifth:     OK (2.13s)\n       63 ns ± 3.4 ns'],
  ['tasty-bench --csv', 'Name,Mean (ps),2*Stdev (ps)\nAll.fib.fifth,63000,3800'],
  ['bechamel', '│  sort           │             12.34 ns/run│'],
  ['core_bench', '│ Name │ Time/Run │ mWd/Run │\n│ id   │   3.08ns │         │'],
  ['package-benchmark', '│ Metric               │      p0 │\n│ Time (wall clock) (ns) *  │ 1234 │'],
  [
    'benchee',
    'Name                  ips        average  deviation\nflat_map           2.40 K      416.00 μs    ±12.88%',
  ],
  ['criterion of Nim', 'Benchmark: fib()\nTime: 1.2345us ± 0.0012us'],
  ['PHPBench', '| HashBench | benchMd5  |     | 1000 | 10  | 1.25mb   | 0.23μs | ±1.2%  |'],
  ['benchmark-ips', '            addition     35.123M (± 1.2%) i/s   (28.47 ns/i)'],
  [
    'Benchmark.bm',
    '                 user     system      total        real\nsort:        0.010000   0.000000   0.010000 (  0.012345)',
  ],
  [
    'XCTest',
    "Test Case '-[T testPerf]' measured [Time, seconds] average: 0.123, relative standard deviation: 5.1%",
  ],
  [
    'Celero CSV',
    'Group,Experiment,Samples,Iterations,Baseline,us/Iteration,Iterations/sec\ng,a,10,1000,1.0,1.5,666666',
  ],
  ['nonius', 'mean: 12.3 ns, lb 12 ns, ub 13 ns, ci 0.95'],
  [
    'picobench',
    '   Name (baseline is *)    |   Dim   |  Total ms |  ns/op  |\n a *                       |       8 |     0.001 |      87 |',
  ],
  ['ubench', '[       OK ] foo.bar (mean 3.270us, confidence interval +- 0.123%)'],
  ['cachegrind', '==1234== I   refs:      1,234,567'],
  ['tango', 'fib                  [  12.3 us ...  12.4 us ]      +0.81%'],
  ['benchstat', '         │   old.txt   │\n         │   sec/op    │\nSort-2     12.30µ ± 1%'],
  [
    'benchstat CSV',
    ',old.txt,,new.txt,,,\n,sec/op,CI,sec/op,CI,vs base,P\nSort-2,1.23e-05,1%,1.41e-05,2%,+14.63%,p=0.000 n=10',
  ],
  [
    'hyperfine --export-csv',
    'command,mean,stddev,median,user,system,min,max\nsleep 0.1,0.1012,0.0003,0.1011,0.001,0.002,0.1009,0.1018',
  ],
  [
    'hyperfine --export-markdown',
    '| Command | Mean [ms] | Min [ms] | Max [ms] | Relative |\n| `sleep 0.1` | 101.2 ± 0.3 | 100.9 | 101.8 | 1.00 |',
  ],
  [
    'JMH -rf csv',
    '"Benchmark","Mode","Threads","Samples","Score","Score Error (99.9%)","Unit"\n"d.Text.sort","thrpt",1,5,123.456,1.2,"ops/ms"',
  ],
  ['asv', '[50.00%] ··· bench.TimeSuite.time_f                                  12.3±0.1ms'],
  ['console.table', "│ (index) │ name   │ time │\n│ 0       │ 'a'    │ 12   │"],
  ['a rate', 'sort 12 Mops/s'],
  ['a rate by a word', 'sort 12 iops'],
  ['a number of thousands', "sort 1'234 ms"],
  ['tabs', 'sort\t12\tms'],
  ['about', 'sort ~12 ms'],
]

describe('outputs of tools that are not read', () => {
  test('vitest before version 1 prints no table without a terminal', () => {
    const text =
      '\n RUN  v0.34.1 /home/user/x\n\n ✓ tests/hello.bench.ts  (1 test) 860ms\n\n BENCH  Summary\n\n  a - tests/hello.bench.ts > b\n'
    expect(rows(text, 'vitest').fault).toMatch(
      /^printed no table of results, as vitest before version 1 .*update vitest$/,
    )
  })

  test.each(FOREIGN)('%s is refused with its line and what can be done', (_, stdout) => {
    expect(recognise(outputOf(stdout))?.name).toBeUndefined()
    const found = unrecognisedOutput({ stdout })
    expect(found).toMatchObject({ kind: 'like-a-result' })
    const { line } = found as { line: string }
    expect(rows(stdout)).toEqual({
      fault: `printed nothing that a known harness prints (first ${line}); read one value with format, or name a harness: ${HARNESS_LIST}`,
    })
  })
})

const HARNESS_LIST = rows('nothing').fault!.replace(/^.*name a harness: /, '')

describe('rows of JSON', () => {
  test.each([
    ['{"name":"a","value":"12.5","unit":"ms"}', '0.0125 s'],
    ['{"name":"a","time":"12.5 ms"}', '0.0125 s'],
    ['{"name":"a","value":"1,234.5","unit":"ns"}', '0.0000012345 s'],
    ['{"name":"a","median_ms":12.5}', '0.0125 s'],
    ['{"name":"a","elapsed_ms":12.5}', '0.0125 s'],
    ['{"name":"a","elapsed":12.5,"unit":"s"}', '12.5 s'],
    ['{"name":"a","duration_seconds":12.5}', '12.5 s'],
    ['{"name":"a","throughput":5,"unit":"MB/s"}', '5000000 B/s'],
    ['{"name":"a","ops_per_sec":12.5}', '12.5 ops/s'],
  ])('%s', (text, value) => {
    expect(rows(text, 'json-lines')).toEqual({ a: value })
  })

  test.each([
    ['{"name":"a","value":5,"unit":"%"}', /unit "%" is not known/],
    ['{"name":"a","value":true,"unit":"ms"}', /whose value is no number/],
    ['{"name":"a","value":"12,5","unit":"ms"}', /whose value is no number/],
    ['{"name":"a","value":"12 ms","unit":"us"}', /whose value is no number/],
    ['{"name":"a","value":"fast","unit":"ms"}', /whose value is no number/],
    ['{"name":"a","unit":"ms"}', /has no value/],
  ])('%s has no value, and harms no other row', (text, reason) => {
    const found = rows(`{"name":"b","value":5,"unit":"ms"}\n${text}\n`, 'json-lines')
    expect(found.b).toBe('0.005 s')
    expect(found.a).toMatch(reason)
  })

  test('a percentage among the rows of github-action-benchmark', () => {
    const text =
      '[{"name":"a","unit":"ms","value":1.5},{"name":"b","unit":"Percent","value":15},{"name":"c","unit":"iter/sec","value":"3"}]'
    expect(rows(text)).toEqual({ a: '0.0015 s', b: matching(/unit "Percent" is not known/), c: '3 ops/s' })
  })
})

describe('a line NAME VALUE UNIT', () => {
  const line = (text: string) => rows(text, 'lines')

  test.each([
    ['a 12.5 \u00b5s', '0.0000125 s'],
    ['a 12.5 \u03bcs', '0.0000125 s'],
    ['a 12.5 \u00b5sec', '0.0000125 s'],
    ['a 12 msec', '0.012 s'],
    ['a 12 usecs', '0.000012 s'],
    ['a 12 nsec/op', '1.2e-8 s'],
    ['a 12 ns per op', '1.2e-8 s'],
    ['a 12 ms per iteration', '0.012 s'],
    ['a 1.234e+06 ns', '0.001234 s'],
    ['a 12 M/s', '12000000 ops/s'],
    ['a 12 Mops/s', '12000000 ops/s'],
    ['a 12 K ops/s', '12000 ops/s'],
    ['a 1.2k ops/s', '1200 ops/s'],
    ['a 12 tokens per second', '12 ops/s'],
    ['a 12 MiB/s', '12582900 B/s'],
    ['a 3.1 cycles/byte', '3.1'],
    ['a: 12ms', '0.012 s'],
    ['a = 12 ms', '0.012 s'],
    ['a=12ms', '0.012 s'],
    ['a\t12\tms', '0.012 s'],
    ["a 1'234 ms", '1.234 s'],
    ['a 1_000 ns', '0.000001 s'],
    ['a .5 ms', '0.0005 s'],
  ])('%s', (text, value) => {
    expect(line(text)).toEqual({ a: value })
  })

  test.each([
    ['a 12 Mops', /unit "Mops" is not known/],
    ['a 12 %', /unit "%" is not known/],
    ['a 12 x', /unit "x" is not known/],
    ['a 12 points', /unit "points" is not known/],
    ['a 12.5 Ms', /unit "Ms" is not known/],
    ['a 12m3.4s', /unit "m3\.4s" is not known/],
    ['a 1 234,5 ms', /"a 1 234,5 ms", whose value cannot be read/],
    ['a 12,5 ms', /"a 12,5 ms", whose value cannot be read/],
    ['a 12 045 ns', /"a 12 045 ns", whose value cannot be read/],
    ['a 1\u2019234 ms', /whose value cannot be read/],
    ['a ~12 ms', /"a ~12 ms", whose value cannot be read/],
    ['a <1 ms', /whose value cannot be read/],
    ['a 12±1 ms', /whose value cannot be read/],
    ['a 12 ms ± 1', /holds more than one value/],
    ['a 12 ns 13 ns', /holds more than one value/],
    ['a 12 ns/op 3 allocs/op', /holds more than one value/],
    ['a 1.2 ms 3 allocs', /holds more than one value/],
    ['a 1:02.5', /printed no result/],
  ])('%s is refused, also behind one that is read', (text, reason) => {
    expect(line(text).fault).toMatch(reason)
    if (!text.includes(':')) expect(line(`b 5 ms\n${text}\n`).fault).toMatch(reason)
  })
})

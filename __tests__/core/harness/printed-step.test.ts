import { describe, expect, test } from '@jest/globals'
import { outputOf } from '../../../src/core/harness/output.ts'
import {
  addStep,
  amountOf,
  type Grid,
  type PrintedStep,
  stepOfGrid,
} from '../../../src/core/harness/printed-step.ts'
import { readRun } from '../../../src/core/harness/read-run.ts'
import { HARNESSES } from '../../../src/core/harness/table.ts'
import { readUnit } from '../../../src/core/harness/units.ts'
import type { HarnessName } from '../../../src/core/model/harness-name.ts'
import type { ValueFormat } from '../../../src/core/model/plan.ts'

/** The step of the first result that a harness reads. */
function firstStep(harness: HarnessName, text: string, which: 'step' | 'cpuStep' = 'step') {
  const found = HARNESSES[harness].read(outputOf(text))
  return found.ok ? found.value[0]?.[which]?.size : found.fault.says
}

const gb = (real: string, cpu = real) =>
  `{"context":{},"benchmarks":[{"name":"f","real_time":${real},"cpu_time":${cpu},"time_unit":"us"}]}`

describe('the step in which a harness prints', () => {
  test.each<[HarnessName, string, number]>([
    ['libtest', 'test f ... bench:           3 ns/iter (+/- 0)\n', 1e-9],
    ['libtest', 'test f ... bench:       2,625.65 ns/iter (+/- 9.00)\n', 1e-11],
    ['libtest', '{"type":"bench","name":"f","median":3,"deviation":0}\n', 1e-9],
    ['go', 'BenchmarkF-8  100  3 ns/op\n', 1e-9],
    ['go', 'BenchmarkF-8  100  0.2513 ns/op\n', 1e-13],
    ['go', 'BenchmarkF-8  100  12 MB/s\n', 1e6],
    ['hyperfine', 'Benchmark 1: ./a\n  Time (mean ± σ):      12.3 ms ±   0.1 ms    [User: 1.0 ms]\n', 1e-4],
    ['hyperfine', '{"results":[{"command":"a","mean":0.5,"times":[0.5,0.512,0.51]}]}', 1e-3],
    ['criterion', 'f                       time:   [1.4902 µs 1.4912 µs 1.4923 µs]\n', 1e-10],
    ['criterion', '{"reason":"benchmark-complete","id":"f","typical":{"estimate":3,"unit":"ns"}}\n', 1e-9],
    [
      'divan',
      'b       fastest       │ slowest       │ median        │ mean          │ samples │ iters\n╰─ f    1 ms          │ 2 ms          │ 1 ms          │ 1 ms          │ 100     │ 100\n',
      1e-3,
    ],
    ['google-benchmark', gb('12'), 1e-6],
    ['google-benchmark', gb('1.2345678e+01'), 1e-12],
    ['google-benchmark', 'Benchmark     Time      CPU Iterations\nf       3 ns       3 ns   100\n', 1e-9],
    ['google-benchmark', 'name,iterations,real_time,cpu_time,time_unit\n"f",10,3.5,3.5,us\n', 1e-7],
    [
      'pytest-benchmark',
      'Name (time in ms)   Min   Max   Median   Rounds   Iterations\n--------\ntest_f   1.0 (1.0)   2.0 (1.0)   1.5 (1.0)   5   1\n',
      1e-4,
    ],
    ['pyperf', 'f: Mean +- std dev: 12.3 ms +- 0.4 ms\n', 1e-4],
    ['pyperf', '{"benchmarks":[{"runs":[{"values":[0.5,0.5125]}],"metadata":{"name":"f"}}]}', 1e-4],
    ['jmh', 'Benchmark  Mode  Cnt  Score   Error  Units\nf.g        avgt    3  0.003 ± 0.001  us/op\n', 1e-9],
    ['jmh', '[{"benchmark":"f.g","mode":"avgt","primaryMetric":{"score":12.25,"scoreUnit":"ms/op"}}]', 1e-5],
    ['tinybench', "│ (index) │ Task name │ Latency avg (ns) │\n│ 0 │ 'f' │ '12.5 ± 1%' │\n", 1e-10],
    [
      'vitest',
      ' ✓ a.bench.js > s\n     name  hz  min  max  mean  p75  p99\n   · f  100.0  1.0  1.0  1.0  1.0  1.0  ±1%\n',
      1e-5,
    ],
    [
      'nanobench',
      '"title";"name";"unit";"batch";"elapsed";"error %";"instructions";"x"\n"t";"f";"op";1;1.5e-08;0;0;0;\n',
      1e-9,
    ],
    ['bencher', '{"f":{"latency":{"value":12}}}', 1e-9],
    ['github-action-benchmark', '[{"name":"f","unit":"ms","value":12}]', 1e-3],
    ['json-lines', '{"name":"f","value":0.01,"unit":"s"}', 1e-2],
    ['json-lines', '{"name":"f","value":1.2,"unit":"MB"}', 1e5],
    ['lines', 'f 0.02 s\n', 1e-2],
    ['lines', 'f 12 ms\n', 1e-3],
    ['lines', 'f 1e3 ms\n', 1],
    ['lines', 'f 1234567 ns\n', 1e-9],
    ['lines', 'f 2 MB\n', 1e6],
    ['lines', 'f 3 kreq/s\n', 1e3],
    ['asv', '{"version":2,"commit_hash":"x","results":{"time_f":{"result":[0.5]}}}', 0.1],
  ])('%s: %j', (harness, text, size) => {
    const found = firstStep(harness, text)
    expect(typeof found).toBe('number')
    expect((found as number) / size).toBeCloseTo(1, 6)
  })

  test.each<[HarnessName, string]>([
    ['lines', 'f 12 allocs\n'],
    ['lines', 'f 12 bytes\n'],
    ['json-lines', '{"name":"f","value":12,"unit":"instructions"}'],
    ['bencher', '{"f":{"file-size":{"value":1200}}}'],
    ['bencher', '{"f":{"allocations":{"value":12}}}'],
    ['pyperf', '{"benchmarks":[{"runs":[{"values":[12,12]}],"metadata":{"name":"f","unit":"byte"}}]}'],
    ['asv', '{"version":2,"commit_hash":"x","results":{"mem_f":{"result":[512]}}}'],
  ])('%s: %j is a count, which is exact', (harness, text) => {
    expect(firstStep(harness, text)).toBeUndefined()
  })

  test('CPU time that a harness prints has a step too', () => {
    expect(firstStep('google-benchmark', gb('12.5', '3'), 'cpuStep')).toBeCloseTo(1e-6, 12)
    const text =
      'Benchmark 1: ./a\n  Time (mean ± σ):      12.3 ms ±   0.1 ms    [User: 1.0 ms, System: 2.0 ms]\n'
    expect(firstStep('hyperfine', text, 'cpuStep')).toBeCloseTo(2e-4, 12)
  })
})

describe('the step of one value', () => {
  const match = (_: string, text: string) => {
    const [value, unit] = text.trim().split(' ') as [string, string | undefined]
    return [{ value, after: '', ...(unit !== undefined && { unit }) }]
  }
  test.each<[ValueFormat, string, number | undefined]>([
    [{ kind: 'seconds' }, '0.02\n', 1e-2],
    [{ kind: 'milliseconds' }, '12\n', 1e-3],
    [{ kind: 'json', path: 'a' }, '{"a":0.014}', 1e-3],
    [{ kind: 'json', path: 'a' }, '{"a":12}', 1],
    [{ kind: 'json', path: 'a' }, '{"a":12,"unit":"bytes"}', undefined],
    [{ kind: 'json', path: 'a' }, '{"a":12,"unit":"MB"}', 1],
    [{ kind: 'regex', pattern: '(.*)' }, '1.50', 1e-2],
    [{ kind: 'regex', pattern: '(.*)' }, '12 ms', 1e-3],
    [{ kind: 'regex', pattern: '(.*)' }, '12 allocs', undefined],
    [{ kind: 'wall' }, '12', undefined],
  ])('%j of %j', (format, stdout, size) => {
    const end = { seconds: 0.25, code: 0, signal: null, timedOut: false, truncated: false }
    const reading = readRun({ ...end, stdout }, format, match)
    expect(reading.ok).toBe(true)
    const step = reading.ok ? reading.step?.size : Number.NaN
    if (size === undefined) expect(step).toBeUndefined()
    else expect(step! / size).toBeCloseTo(1, 9)
  })
})

function gridOf(...printed: readonly string[]): Grid {
  const grid: Grid = new Map<number, PrintedStep>()
  for (const text of printed) {
    const [digits, unitText = ''] = text.split(' ') as [string, string?]
    const value = Number(digits)
    addStep(grid, amountOf({ value, digits, unitText }, readUnit(unitText)!).step)
  }
  return grid
}

describe('the step of all values of a side', () => {
  const nothing = { zeros: false, readBy: '' }

  test('is the finest in a unit: trailing zeros may be left out', () => {
    expect(stepOfGrid(gridOf('12', '12.5', '12.25', '13'), nothing)).toBeCloseTo(0.01, 12)
  })

  test('is the widest of several units: a program that picks its unit by size prints fewer digits in a larger one', () => {
    expect(stepOfGrid(gridOf('999 ms', '1 s', '998 ms'), nothing)).toBe(1)
  })

  test.each([
    ['json: 12', '.result', false, 1],
    ['a zero is a count', '.result', true, undefined],
    ['a path that counts', 'parse.allocs', false, undefined],
    ['a path that counts, in one word', 'allocCount', false, undefined],
    ['a pattern that counts', 'instructions:\\s+(\\d+)', false, undefined],
    ['a unit that counts', 'x count', false, undefined],
    ['a time of 0 ms', 'elapsedMs', true, 1],
    ['a time of a counted thing', 'syscalls_time', false, 1],
    ['a pattern that only looks like a time', '\\s(\\d+)\\s*\\S', true, undefined],
  ])('%s', (_, readBy, zeros, step) => {
    expect(stepOfGrid(gridOf('12', '13'), { zeros, readBy })).toBe(step)
  })

  test('a fraction is no count', () => {
    expect(stepOfGrid(gridOf('0.00', '0.01'), { zeros: true, readBy: 'allocs' })).toBeCloseTo(0.01, 12)
  })

  test('there is none without values', () => {
    expect(stepOfGrid(new Map(), nothing)).toBeUndefined()
  })
})

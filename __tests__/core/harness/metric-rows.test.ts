import { describe, expect, test } from '@jest/globals'
import { readConfig } from '../../../src/core/config/config-file.ts'
import { parseOptions, settle } from '../../../src/core/config/settings.ts'
import { entryOfRow, expandRows } from '../../../src/core/harness/expand.ts'
import { metricRows } from '../../../src/core/harness/metric-rows.ts'
import { openRun } from '../../../src/core/harness/read-run.ts'
import type { HarnessResult } from '../../../src/core/harness/result.ts'
import { InputError } from '../../../src/core/model/errors.ts'
import type { BenchmarkPlan, HarnessFormat } from '../../../src/core/model/plan.ts'

const entriesOf = (yaml: string) =>
  settle(
    parseOptions({}, name => name),
    readConfig(yaml, 'f.yml'),
  ).benchmarks
const entryOf = (yaml: string) => entriesOf(`benchmarks:\n  - name: a\n    command: ./a\n${yaml}`)[0]!
const faultsOf = (work: () => unknown): readonly string[] => {
  try {
    work()
    return []
  } catch (error) {
    if (error instanceof InputError) return error.faults
    throw error
  }
}
const told = ({ name, metric, threshold, floor, unit, better }: BenchmarkPlan) =>
  [name, metric, threshold, floor, unit, better].join(' ').trim()

describe('an entry of one value with several metrics', () => {
  test('becomes a row for each, with its own threshold, floor and unit', () => {
    const entry = entryOf(
      '    metric: [time, cpu-time, memory, instructions]\n    threshold: { time: 7%, memory: 2% }\n    floor: { memory: 64KiB, time: 1ms }',
    )
    expect(metricRows(entry).plans.map(told)).toEqual([
      'a time 0.07 0.001 s lower',
      'a (cpu-time) cpu-time 0.05  s lower',
      'a (memory) memory 0.02 65536 B lower',
      'a (instructions) instructions 0.01  instructions lower',
    ])
  })

  test('keeps its name where it has one metric', () => {
    expect(metricRows(entryOf('    metric: memory')).plans.map(told)).toEqual(['a memory 0.05  B lower'])
  })

  test('takes options as text', () => {
    const options = { bench: 'a=./a', metric: 'time, memory', threshold: 'time=9%, memory=3%' }
    const [entry] = settle(
      parseOptions(options, name => name),
      {},
    ).benchmarks
    expect(metricRows(entry!).plans.map(told)).toEqual([
      'a time 0.09  s lower',
      'a (memory) memory 0.03  B lower',
    ])
  })

  test.each([
    ['metric: [time, time]', 'metric has time twice; name each metric once'],
    ['metric: [time, heat]', 'metric must be one or more of'],
    ['threshold: { heat: 5% }', 'or one for each metric such as time=5%, memory=2% (time, cpu-time'],
    ['threshold: { memory: lots }', 'must be a percentage above zero such as 5%'],
  ])('%s is a fault', (yaml, fault) => {
    expect(faultsOf(() => entryOf(`    ${yaml}`)).join()).toContain(fault)
  })

  test('a floor in another unit is a fault before anything is built', () => {
    expect(faultsOf(() => entryOf('    metric: [time, memory]\n    floor: { memory: 1ms }'))).toEqual([
      'The floor of a (memory) must be a size such as 64KiB, not "1ms".',
    ])
  })

  test('a size needs no command, and neither is a fault', () => {
    expect(entriesOf('benchmarks:\n  - { name: a, size: out/app }')[0]).toMatchObject({
      ...{ metric: 'size', sizeOf: ['out/app'], unit: 'B', threshold: 0.01 },
    })
    expect(faultsOf(() => entriesOf('benchmarks:\n  - { name: a }'))).toHaveLength(1)
  })
})

const format: HarnessFormat = { kind: 'harness', harness: 'go' }
const result = (name: string, metrics?: HarnessResult['metrics']): HarnessResult => ({
  ...{ name, value: 1, unit: 's' },
  ...(metrics && { metrics }),
})
const expanded = (entry: BenchmarkPlan, results: readonly HarnessResult[], of: HarnessFormat = format) => {
  const read = { ok: true, value: results } as const
  return expandRows(entry, of, { base: read, head: read })
}

describe('rows of a harness with several metrics', () => {
  test('each has those that the harness reports, and the process has one peak of memory', () => {
    const entry = entryOf('    metric: [time, allocations, memory]\n    threshold: { allocations: 3% }')
    const { rows, faults } = expanded(entry, [
      result('x', { allocations: 3 }),
      result('y', { allocations: 0 }),
    ])
    expect(faults).toEqual([])
    expect(rows.map(({ plan }) => told(plan))).toEqual([
      'a: x time 0.05  s lower',
      'a: x (allocations) allocations 0.03  allocations lower',
      'a: y time 0.05  s lower',
      'a: y (allocations) allocations 0.03  allocations lower',
      'a (memory) memory 0.05  B lower',
    ])
  })

  test('a metric that is not reported is a fault that names the row', () => {
    const entry = entryOf('    metric: [time, allocations]')
    expect(expanded(entry, [result('x', { allocations: 3 }), result('y')]).faults).toEqual([
      'metric of a has allocations, which go test -bench does not report for `y`; let the benchmark report it, or name the rows that have it with rows: [{ match: …, metric: [time, allocations] }].',
    ])
  })

  test('the rows that have it may be named', () => {
    const entry = entryOf(
      '    rows: [{ match: x, metric: [time, allocations], threshold: { allocations: 4% } }]',
    )
    const { rows, faults } = expanded(entry, [result('x', { allocations: 3 }), result('y')])
    expect(faults).toEqual([])
    expect(rows.map(({ plan }) => told(plan))).toEqual([
      'a: x time 0.05  s lower',
      'a: x (allocations) allocations 0.04  allocations lower',
      'a: y time 0.05  s lower',
    ])
  })

  test('the CPU time of a process that runs for a time is refused', () => {
    const entry = entryOf('    metric: [time, cpu-time]')
    expect(expanded(entry, [result('x')]).faults.join()).toContain('go test -bench runs for a time')
  })

  test('a row that only one side has asks for nothing', () => {
    const entry = entryOf('    metric: [time, allocations]')
    const base = { ok: true, value: [result('x', { allocations: 1 })] } as const
    const head = { ok: true, value: [result('x', { allocations: 1 }), result('new')] } as const
    expect(expandRows(entry, format, { base, head }).faults).toEqual([])
  })

  test('a bisection asks for one row and one metric', () => {
    const entry = entryOf('    metric: [time, memory]')
    expect(entryOfRow([entry], 'a (memory)')).toMatchObject({ name: 'a', metric: 'memory', unit: 'B' })
    expect(entryOfRow([entry], 'a')).toMatchObject({ name: 'a', metric: 'time' })
    expect(entryOfRow([entry], 'a (memory)')).not.toHaveProperty('metrics')
    expect(entryOfRow([entry], 'a: x (memory)')).toMatchObject({ metric: 'memory', format: { only: ['x'] } })
  })
})

test('memory is that of the process, whatever the program prints', () => {
  const run = { seconds: 1, code: 0, signal: null, timedOut: false, stdout: '{"x": 3}', truncated: false }
  const read = (peakBytes: number | undefined) =>
    openRun({ ...run, ...(peakBytes !== undefined && { peakBytes }) }, () => undefined).read({
      ...{ format: { kind: 'json', path: 'x' }, metric: 'memory' },
    })
  expect(read(4096)).toMatchObject({ ok: true, value: 4096 })
  expect(read(undefined)).toMatchObject({ ok: false, fault: { kind: 'no-memory' } })
})

import { describe, expect, test } from '@jest/globals'
import { readPerfStat } from '../../../src/core/counters/perf-stat.ts'
import { recordedCases } from '../../doubles/recorded.ts'

const VERSIONS = ['510', '61', '612', '72'] as const
const read = (version: string, name: string) => {
  const text = recordedCases(`perf-stat/perf-${version}.txt`).get(name)
  if (text === undefined) throw new Error(`There is no recorded ${name} of perf ${version}.`)
  return readPerfStat(text, ',')
}

describe.each(VERSIONS)('the recorded outputs of perf %s', version => {
  test('every line of every machine form is understood', () => {
    const cases = [...recordedCases(`perf-stat/perf-${version}.txt`)].filter(([name]) =>
      /^(csv|json)_/.test(name),
    )
    expect(cases.length).toBeGreaterThan(15)
    let lines = 0
    for (const [name, text] of cases) {
      const expected = text.split('\n').filter(line => /<not|\d/.test(line) && !line.startsWith('#')).length
      const output = readPerfStat(text, ',')
      expect([name, output.unread, output.lines.length]).toEqual([name, 0, expected])
      lines += output.lines.length
    }
    expect(lines).toBeGreaterThan(40)
  })

  test('counts, unsupported events and the clock of the plain form', () => {
    const { lines } = read(version, 'csv_all')
    const events = lines.map(({ event }) => event)
    expect(events).toContain('L1-icache-load-misses')
    expect(lines.find(({ event }) => event === 'cycles')).toEqual({
      event: 'cycles',
      value: 'not-supported',
      unit: '',
      runNanoseconds: 0,
      percentRunning: 100,
    })
    const clock = lines.find(({ event }) => event === 'task-clock')!
    expect(clock.unit).toBe('msec')
    expect(clock.value).toBeCloseTo(clock.runNanoseconds / 1e6, 1)
    expect(lines.find(({ event }) => event === 'page-faults')!.value).toBeGreaterThan(20)
  })

  test('an event name that holds the separator is kept whole', () => {
    const { lines } = read(version, 'csv_sepinname')
    expect(lines.map(({ event }) => event)).toEqual(['software/config=1,config1=0/', 'task-clock'])
    expect(lines[0]!.value).toBeGreaterThan(1e6)
  })

  test('the variance of repeated runs stands before the run time and is no part of the name', () => {
    const { lines } = read(version, 'csv_r3')
    expect(lines.map(({ event }) => event)).toContain('page-faults')
    expect(lines.every(({ percentRunning }) => percentRunning === 100)).toBe(true)
  })

  test('counts asked for apart name their CPU or core', () => {
    expect(read(version, 'csv_A').lines.map(({ place }) => place)).toEqual(['CPU0', 'CPU1', 'CPU0', 'CPU1'])
    const cores = read(version, 'csv_percore').lines
    expect(new Set(cores.map(({ place }) => place))).toEqual(new Set(['S0-D0-C0', 'S0-D0-C1']))
    expect(
      cores.filter(({ event }) => event === 'cycles').every(({ value }) => value === 'not-supported'),
    ).toBe(true)
  })

  test('a time stamp before the value is no value', () => {
    const { lines } = read(version, 'csv_I')
    expect(lines.find(({ event }) => event === 'cycles')?.value).toBe('not-supported')
    expect(lines.find(({ event }) => event === 'task-clock')!.value).toBeGreaterThan(1)
  })
})

test('the JSON form says the same as the CSV form, with and without a count of CPUs', () => {
  for (const version of ['61', '612', '72']) {
    const csv = read(version, 'csv_all').lines.map(({ event, unit }) => [event, unit])
    const json = read(version, 'json_all').lines.map(({ event, unit }) => [event, unit])
    expect(json).toEqual(csv)
    expect(read(version, 'json_percore').lines.every(({ place }) => /^S0-D0-C[01]$/.test(place ?? ''))).toBe(
      true,
    )
  }
})

test('a comma as decimal sign is read where the separator leaves it whole, and refused where it does not', () => {
  expect(readPerfStat('3,76;msec;task-clock;3755280;100,00;0,619;CPUs utilized').lines).toEqual([
    { event: 'task-clock', value: 3.76, unit: 'msec', runNanoseconds: 3755280, percentRunning: 100 },
  ])
  for (const [name, text] of recordedCases('perf-stat/locale.txt')) {
    const { lines, unread } = readPerfStat(text, ',')
    expect([name, lines.filter(({ event }) => event === 'task-clock')]).toEqual([name, []])
    expect(unread).toBeGreaterThan(0)
  }
})

test.each([
  ['the five fields of perf before 4.6', '0.327422;;task-clock;327422;100.00', 'task-clock', 0.327422],
  ['a line that goes on with metrics only', ';;;;;3.1;GHz', undefined, undefined],
  ['an event that never got a counter', '<not counted>;;cycles:u;0;0.00;;', 'cycles:u', 'not-counted'],
  ['a multiplexed event', '8350388;;L1-icache-loads:u;1000;20.00;;', 'L1-icache-loads:u', 8350388],
  ['the name of a hybrid core', '12;;cpu_core/cycles/u;1000;99.00;;', 'cpu_core/cycles/u', 12],
  ['a negative number, which no counter holds', '-4;;cycles;1;100.00;;', undefined, undefined],
  ['no number at all', 'twelve;;cycles;1;100.00;;', undefined, undefined],
])('%s', (_name, line, event, value) => {
  const [first] = readPerfStat(line).lines
  expect([first?.event, first?.value]).toEqual([event, value])
})

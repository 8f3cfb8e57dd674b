import { afterEach, describe, expect, test } from '@jest/globals'
import type { ValueFormat } from '../../../src/core/model/plan.ts'
import { measure } from '../../../src/flow/measure/measure.ts'
import { type FakeBench, fakeBench, planOf } from '../../doubles/fake-bench-ports.ts'

const benches: FakeBench[] = []
afterEach(() => {
  for (const bench of benches.splice(0)) bench.remove()
})

async function reportOf(format: ValueFormat, base: string, head: string, unit = '') {
  const bench = fakeBench([planOf({ format, unit })], ({ part }) => ({
    stdout: part === 'head' ? head : base,
  }))
  benches.push(bench)
  return (await measure(bench.request, bench.ports)).benchmarks[0]!
}

const regex = (pattern: string): ValueFormat => ({ kind: 'regex', pattern })
const json = (path: string): ValueFormat => ({ kind: 'json', path })

describe('a value that is another quantity on head is never a pass', () => {
  test.each<{ what: string; format: ValueFormat; base: string; head: string; reason: RegExp }>([
    {
      what: 'the tool picked another unit, and the pattern reads none',
      format: regex('took ([0-9.]+)'),
      base: 'took 991 ns',
      head: 'took 1.49 µs',
      reason: /On head it printed its value with "the unit µs", and with "the unit ns" before/,
    },
    {
      what: 'another element stands at the index',
      format: json('benchmarks[0].time'),
      base: '{"benchmarks":[{"name":"op","time":5}]}',
      head: '{"benchmarks":[{"name":"added","time":1},{"name":"op","time":15}]}',
      reason: /with "the name added", and with "the name op" before; .*select by name/,
    },
    {
      what: 'the unit beside it changed',
      format: json('time'),
      base: '{"time":700,"unit":"us"}',
      head: '{"time":2.1,"unit":"ms"}',
      reason: /with "the unit ms", and with "the unit us" before/,
    },
    {
      what: 'several results, of which one is slower',
      format: regex('([0-9]+) ms'),
      base: 'a 1 ms\nb 1 ms\nc 1 ms',
      head: 'a 1 ms\nb 3 ms\nc 1 ms',
      reason: /On both sides it printed 3 values where one is expected|On base it printed 3 values/,
    },
  ])('$what', async ({ format, base, head, reason }) => {
    const report = await reportOf(format, base, head)
    expect(report.decision).toBe('unmeasured')
    expect(report.reason).toMatch(reason)
  })

  test('read with its unit, a value that grew is slower', async () => {
    const report = await reportOf(
      regex('took ([0-9.]+) (?<unit>[a-zµ]+)'),
      'took 991 ns',
      'took 1.49 µs',
      's',
    )
    expect(report).toMatchObject({ decision: 'slower' })
    expect(report.change!.ratio).toBeCloseTo(1.5, 1)
  })

  test('selected by name, an element in front changes nothing', async () => {
    const report = await reportOf(
      json('benchmarks[name=op].time'),
      '{"benchmarks":[{"name":"op","time":5}]}',
      '{"benchmarks":[{"name":"added","time":1},{"name":"op","time":15}]}',
    )
    expect(report).toMatchObject({ decision: 'slower' })
    expect(report.change!.ratio).toBeCloseTo(3, 5)
  })
})

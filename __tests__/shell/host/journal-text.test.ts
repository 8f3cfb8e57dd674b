import { crc32 } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { healsItself, type KnobSetting } from '../../../src/core/tuning/knobs/knob.ts'
import { KNOBS } from '../../../src/core/tuning/knobs/table.ts'
import { decodeJournal, encodeJournal, type Journal } from '../../../src/shell/host/journal-text.ts'
import { cases, PATIENCE } from '../../doubles/soak.ts'

const CPU = '/sys/devices/system/cpu'
const BOOT = '0a1b2c3d-0000-4000-8000-123456789abc'

const settings: readonly KnobSetting[] = [
  {
    knob: 'governor',
    path: `${CPU}/cpufreq/policy11/scaling_governor`,
    found: 'powersave',
    set: 'performance',
  },
  { knob: 'min-perf-pct', path: `${CPU}/intel_pstate/min_perf_pct`, found: '17', set: '17' },
  { knob: 'turbo', path: `${CPU}/intel_pstate/no_turbo`, found: '0', set: '1' },
  { knob: 'irqbalance', path: 'service:irqbalance', found: 'active', set: 'inactive' },
  { knob: 'irq-affinity', path: '/proc/irq/131/smp_affinity_list', found: '0-3,8', set: '0-2' },
  { knob: 'default-irq-affinity', path: '/proc/irq/default_smp_affinity', found: 'ff,ffffffff', set: '7' },
  { knob: 'perf-paranoid', path: '/proc/sys/kernel/perf_event_paranoid', found: '4', set: '2' },
]
const journal: Journal = { bootId: BOOT, pid: 4711, startedAt: '2026-01-02T03:04:05.678Z', settings }

/** Lines with sound checksums, whatever they say: what an attacker or another program could write. */
function seal(records: readonly unknown[]): string {
  let checksum = ''
  return records
    .map(record => {
      const json = JSON.stringify(record)
      checksum = crc32(checksum + json)
        .toString(16)
        .padStart(8, '0')
      return `${checksum} ${json}\n`
    })
    .join('')
}

const head = { format: 'perf-verdict-journal-1', bootId: BOOT, pid: 1, startedAt: 'now' }

describe('the journal', () => {
  test('reads back exactly what was written', () => {
    expect(decodeJournal(encodeJournal(journal))).toEqual({ ok: true, value: journal })
  })

  test('has the checksum of gzip before every line', () => {
    const [line] = encodeJournal(journal).split('\n')
    expect(line!.slice(0, 8)).toBe(crc32(line!.slice(9)).toString(16).padStart(8, '0'))
  })

  test('is unsound wherever it is cut, and tells the boot as soon as its first line is whole', () => {
    const text = encodeJournal(journal)
    const first = text.indexOf('\n')
    for (let length = 0; length < text.length; length++) {
      const decoded = decodeJournal(text.slice(0, length))
      expect([length, decoded.ok]).toEqual([length, false])
      expect([length, !decoded.ok && 'bootId' in decoded.fault]).toEqual([length, length >= first])
    }
  })

  test.each<[string, readonly unknown[]]>([
    ['a path outside the table', [{ knob: 'thp', path: '/etc/passwd', found: 'always', set: 'never' }]],
    [
      'a path that only begins like one of the table',
      [
        {
          knob: 'turbo',
          path: `${CPU}/intel_pstate/no_turbo/../../../../../etc/shadow`,
          found: '0',
          set: '1',
        },
      ],
    ],
    [
      'a path with a name for a number',
      [{ knob: 'irq-affinity', path: '/proc/irq/../irq/1/smp_affinity_list', found: '0', set: '1' }],
    ],
    ['the path of another knob', [{ knob: 'ksm', path: '/proc/sys/vm/swappiness', found: '1', set: '0' }]],
    ['a knob that does not exist', [{ knob: 'root', path: '/proc/sys/vm/swappiness', found: '1', set: '0' }]],
    [
      'a value outside the grammar',
      [{ knob: 'swappiness', path: '/proc/sys/vm/swappiness', found: '60; rm', set: '1' }],
    ],
    [
      'a value of two lines',
      [{ knob: 'swappiness', path: '/proc/sys/vm/swappiness', found: '60\n1', set: '1' }],
    ],
    ['a number for a value', [{ knob: 'swappiness', path: '/proc/sys/vm/swappiness', found: 60, set: '1' }]],
    ['another service', [{ knob: 'irqbalance', path: 'service:sshd', found: 'active', set: 'inactive' }]],
    [
      'a device that heals itself',
      [{ knob: 'c-states', path: '/dev/cpu_dma_latency', found: '5', set: '1' }],
    ],
    ['a list', [[]]],
    ['nothing', [null]],
  ])('with a sound checksum but %s is not acted upon', (_, records) => {
    const decoded = decodeJournal(seal([head, ...records, { end: records.length }]))
    expect(decoded).toMatchObject({ ok: false, fault: { bootId: BOOT } })
  })

  test.each<[string, readonly unknown[]]>([
    ['another format', [{ ...head, format: 'perf-verdict-journal-2' }, { end: 0 }]],
    ['no boot id', [{ ...head, bootId: '../..' }, { end: 0 }]],
    ['a wrong count', [head, { end: 3 }]],
    ['no end', [head]],
    ['nothing at all', []],
  ])('with %s is unsound', (_, records) => {
    expect(decodeJournal(seal(records)).ok).toBe(false)
  })

  test('is unsound when a line is lost, doubled or moved', () => {
    const lines = encodeJournal(journal).split(/(?<=\n)/)
    for (let at = 0; at < lines.length; at++) {
      const lost = lines.toSpliced(at, 1)
      const doubled = lines.toSpliced(at, 0, lines[at]!)
      expect([at, decodeJournal(lost.join('')).ok]).toEqual([at, false])
      expect([at, decodeJournal(doubled.join('')).ok]).toEqual([at, false])
      const moved = lines.toSpliced(at, 1).toSpliced((at + 2) % (lines.length - 1), 0, lines[at]!)
      if (moved.join('') !== lines.join('')) {
        expect([at, decodeJournal(moved.join('')).ok]).toEqual([at, false])
      }
    }
  })

  test(
    'survives any mutation: each is unsound, and none throws',
    () => {
      const runs = cases(100_000)
      const text = encodeJournal(journal)
      const mutation = fc.record({
        at: fc.nat(text.length - 1),
        cut: fc.nat(8),
        put: fc.oneof(fc.string({ maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 6 })),
      })
      fc.assert(
        fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), mutations => {
          const mutated = mutations.reduce(
            (before, { at, cut, put }) => before.slice(0, at) + put + before.slice(at + cut),
            text,
          )
          return mutated === text || !decodeJournal(mutated).ok
        }),
        runs,
      )
      console.info(`journal: ${runs.numRuns} mutations, each found`)
    },
    PATIENCE,
  )

  test('accepts for every knob of the table what a hold would journal', () => {
    const values: Readonly<Record<string, string>> = {
      number: '1',
      word: 'performance',
      choice: 'always',
      mask: 'f',
      list: '0-3',
      cpuset: '+cpuset',
    }
    for (const knob of KNOBS) {
      const path = knob.files[0]!.replaceAll('*', '12')
      const value = knob.via === 'service' ? 'active' : values[knob.shape]!
      const one = { ...journal, settings: [{ knob: knob.name, path, found: value, set: value }] }
      const expected = !healsItself(knob)
      expect([knob.name, decodeJournal(encodeJournal(one)).ok]).toEqual([knob.name, expected])
    }
  })
})

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { HostEvent } from '../../../src/core/tuning/protocol.ts'
import { parseHostEvent } from '../../../src/core/tuning/protocol-reader.ts'
import { cases } from '../../doubles/soak.ts'

const events: readonly HostEvent[] = [
  { event: 'waiting', holder: 'process 1 of a', seconds: 3 },
  {
    event: 'ready',
    protocol: 1,
    knobs: [
      { name: 'thp', found: 'always', set: 'madvise' },
      { name: 'turbo', why: 'not here' },
    ],
    limitations: [{ what: 'a', instead: 'b' }],
    cpus: '2-3,7',
    notes: [],
  },
  { event: 'ready', protocol: 2, knobs: [], limitations: [], notes: ['x'] },
  { event: 'released', knobs: [{ name: 'thp', restored: true }], leftovers: ['x'] },
  { event: 'recovered', outcome: 'blocked', notes: ['x'] },
  { event: 'refused', reason: 'input', faults: ['x'] },
]

describe('a line of the host process', () => {
  test.each(events)('of the event $event reads back', event =>
    expect(parseHostEvent(JSON.stringify(event))).toEqual(event),
  )

  test.each([
    '',
    'sudo: a password is required',
    '{}',
    'null',
    '{"event":"exec"}',
    '{"event":"ready","protocol":1,"knobs":[],"limitations":[],"notes":[],"cpus":"1; reboot"}',
    '{"event":"ready","protocol":1,"knobs":[{"name":7}],"limitations":[],"notes":[]}',
    '{"event":"released","knobs":"all","leftovers":[]}',
  ])('%j is none', line => expect(parseHostEvent(line)).toBeUndefined())

  test('of any kind throws nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), line => parseHostEvent(line) === undefined),
      cases(20_000),
    )
  })
})

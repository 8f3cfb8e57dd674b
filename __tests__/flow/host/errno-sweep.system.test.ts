// Shares the machine: nothing here depends on the clock.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { hold } from '../../../src/flow/host/hold.ts'
import { recover } from '../../../src/flow/host/recover.ts'
import { testPorts } from '../../doubles/host-ports.ts'
import { buildMachine, type FakeMachine } from '../../doubles/machine.ts'
import { type Fate, mortalFiles } from '../../doubles/mortal-files.ts'

let machine: FakeMachine
let original: Readonly<Record<string, string>>
let calls = 0
beforeAll(async () => {
  machine = buildMachine('vm')
  original = machine.snapshot()
  calls = (await holdWith()).files.calls()
})
afterAll(() => machine.end())

async function holdWith(fate?: Fate) {
  machine.closeDevices()
  const files = mortalFiles(fate)
  const { ports, events } = testPorts(machine.root, { files })
  const code = await hold({ kind: 'auto' }, ports)
  return { files, events, code }
}

describe('a host process whose calls on files fail', () => {
  test.each([
    ['ENOSPC', 'fail'],
    ['EIO', 'fail'],
    ['EACCES', 'fail'],
    ['EMFILE', 'fail-onward'],
    ['ENOSPC', 'fail-onward'],
    ['EACCES', 'fail-onward'],
  ] as const)(
    'with %s (%s, at any call) ends in order, never claims what is not so, and is put right by the next start',
    async (code, how) => {
      let left = 0
      for (let at = 1; at <= calls; at++) {
        const held = await holdWith({ at, how, code })
        const last = held.events.at(-1)
        const state = machine.snapshot()
        const clean = JSON.stringify(state) === JSON.stringify(original)
        if (!clean) left++
        // Whoever says that all is well must have left nothing.
        const honest = clean || (held.code === 1 && tellsLeftovers(last))
        expect({ at, last: last?.event, honest }).toEqual({ at, last: 'released', honest: true })
        recover(testPorts(machine.root).ports)
        expect({ at, ...machine.snapshot() }).toEqual({ at, ...original })
      }
      console.info(
        `errno sweep (${code}, ${how}): ${calls} points, ${left} not put back at once, all by the next start`,
      )
      expect(left > 0).toBe(how === 'fail-onward')
    },
  )
})

function tellsLeftovers(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'leftovers' in event && `${event.leftovers}` !== ''
}

describe('a full disk', () => {
  test('keeps the system untuned when the journal cannot be written', async () => {
    const files = mortalFiles()
    await hold({ kind: 'auto' }, testPorts(machine.root, { files }).ports)
    const at = files.log.indexOf('writeSync') + 1
    const { ports, events } = testPorts(machine.root, {
      files: mortalFiles({ at, how: 'fail-onward', code: 'ENOSPC' }),
      whenReady: () => expect(machine.snapshot()).toEqual(original),
    })
    await hold({ kind: 'auto' }, ports)
    const ready = events[0]
    if (ready?.event !== 'ready') throw new Error('not ready')
    expect(ready.limitations[0]?.what).toMatch(/journal .* could not be written \(ENOSPC\)/)
    expect(machine.snapshot()).toEqual(original)
  })
})

// Shares the machine: nothing here depends on the clock.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { hold } from '../../../src/flow/host/hold.ts'
import { recover } from '../../../src/flow/host/recover.ts'
import { testPorts } from '../../doubles/host-ports.ts'
import { buildMachine, type FakeMachine, type MachineKind } from '../../doubles/machine.ts'
import { type Fate, type MortalFiles, mortalFiles } from '../../doubles/mortal-files.ts'
import { PATIENCE, soaking } from '../../doubles/soak.ts'

const required = { kind: 'required' } as const

async function holdWith(machine: FakeMachine, fate?: Fate): Promise<MortalFiles> {
  machine.closeDevices()
  const files = mortalFiles(fate)
  await hold(required, testPorts(machine.root, { files }).ports).catch(() => {})
  return files
}

function recoverWith(machine: FakeMachine, fate?: Fate): MortalFiles {
  const files = mortalFiles(fate)
  try {
    recover(testPorts(machine.root, { files }).ports)
  } catch {
    // It died.
  }
  return files
}

// Dying after one call is dying before the next, but for the handlers that get to see the call's result; the soak does both.
const ways: readonly ('die-before' | 'die-after')[] = soaking ? ['die-before', 'die-after'] : ['die-before']
const kinds: readonly MachineKind[] = soaking ? ['server', 'amd', 'laptop', 'vm'] : ['server', 'vm']

describe.each(kinds)('on a machine of kind %s, a host process', kind => {
  let machine: FakeMachine
  let original: Readonly<Record<string, string>>
  let calls = 0
  beforeAll(async () => {
    machine = buildMachine(kind)
    original = machine.snapshot()
    calls = (await holdWith(machine)).calls()
  })
  afterAll(() => machine.end())

  test.each(ways)(
    'that dies at any of its calls (%s) leaves what the next start puts back',
    async how => {
      let left = 0
      for (let at = 1; at <= calls; at++) {
        const files = await holdWith(machine, { at, how })
        expect([at, files.dead()]).toEqual([at, true])
        if (!sameAs(original, machine)) left++
        recoverWith(machine)
        expect({ at, call: files.log.at(-1), ...machine.snapshot() }).toEqual({
          at,
          call: files.log.at(-1),
          ...original,
        })
      }
      console.info(
        `kill sweep (${kind}, ${how}): ${calls} points, ${left} left the machine tuned, all put back`,
      )
      expect(calls).toBeGreaterThan(kind === 'server' ? 200 : 80)
      // The sweep would prove nothing if no death had left anything behind.
      expect(left).toBeGreaterThan(20)
    },
    PATIENCE,
  )

  test(
    'that dies while putting back is recovered by the start after, however often',
    async () => {
      const tuned = await stayTuned(machine)
      const points = recoverWith(machine).calls()
      let died = 0
      for (let at = 1; at <= points; at++) {
        tuned()
        for (const how of ['die-before', 'die-after'] as const)
          if (recoverWith(machine, { at, how }).dead()) died++
        recoverWith(machine)
        expect({ at, ...machine.snapshot() }).toEqual({ at, ...original })
      }
      console.info(`double sweep (${kind}): ${points} points, ${died} deaths during recovery, all put back`)
      expect(died).toBeGreaterThan(points)
    },
    PATIENCE,
  )

  test('takes no tuned value for an original when it starts again after a death', async () => {
    for (let at = 40; at <= calls; at += 23) {
      await holdWith(machine, { at, how: 'die-after' })
      await holdWith(machine)
      expect({ at, ...machine.snapshot() }).toEqual({ at, ...original })
    }
  })
})

/** Kills a host process that holds, and yields a way to bring that state about again. */
async function stayTuned(machine: FakeMachine): Promise<() => void> {
  const files = mortalFiles()
  await new Promise<void>(resolve => {
    const { ports } = testPorts(machine.root, { files, stay: true, whenReady: resolve })
    // It never ends: its process is as good as killed.
    void hold(required, ports)
  })
  const journal = readJournal(machine)
  const tuned = machine.snapshot()
  return () => {
    for (const [path, value] of Object.entries(tuned)) machine.write(path, value)
    journal.put()
  }
}

function readJournal(machine: FakeMachine): { put(): void } {
  const { ports } = testPorts(machine.root)
  const loaded = ports.journal.load()
  const text = loaded.ok ? loaded.value : undefined
  if (text === undefined) throw new Error('there is no journal')
  return {
    put: () => {
      ports.journal.save(text)
    },
  }
}

function sameAs(original: Readonly<Record<string, string>>, machine: FakeMachine): boolean {
  return JSON.stringify(machine.snapshot()) === JSON.stringify(original)
}

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { parseProfile, type TuningProfile } from '../../../src/core/tuning/knobs/profile.ts'
import type { HostEvent } from '../../../src/core/tuning/protocol.ts'
import { hold } from '../../../src/flow/host/hold.ts'
import { recover } from '../../../src/flow/host/recover.ts'
import { groupsUnder } from '../../../src/shell/host/cpuset.ts'
import type { ClientPort } from '../../../src/shell/host/ports.ts'
import { cgroupFiles } from '../../doubles/cgroup-files.ts'
import { lender, testPorts } from '../../doubles/host-ports.ts'
import { type FakeMachine, type MachineKind, machinePark } from '../../doubles/machine.ts'
import { mortalFiles } from '../../doubles/mortal-files.ts'

const GROUP = '/sys/fs/cgroup/perf-verdict'

const { machineOf, endMachines } = machinePark()
afterEach(endMachines)

function profileOf(text: string): TuningProfile {
  const profile = parseProfile(text)
  if (!profile.ok) throw new Error(profile.fault.join(' '))
  return profile.value
}

interface Held {
  readonly code: number
  readonly event: HostEvent
  readonly last: HostEvent
  readonly lentMeanwhile: Readonly<Record<string, number>>
  readonly during: Readonly<Record<string, string>>
}

async function holdOn(machine: FakeMachine, tune: string, client: Partial<ClientPort> = {}): Promise<Held> {
  const one = { ...lender(), ...client }
  const lent = 'lent' in one ? one.lent : new Map()
  let during = machine.snapshot()
  let lentMeanwhile = {}
  const { ports, events } = testPorts(machine.root, {
    whenReady: () => {
      during = machine.snapshot()
      lentMeanwhile = Object.fromEntries(lent)
    },
  })
  const code = await hold(profileOf(tune), { ...ports, client: one })
  return { code, event: events[0]!, last: events.at(-1)!, lentMeanwhile, during }
}

describe('the priority of the benchmark', () => {
  test('is lent to the process that asked for as long as it holds the machine', async () => {
    const client = lender()
    const { code, event, last, lentMeanwhile } = await holdOn(machineOf('server'), 'auto', client)
    expect({ code, event, last }).toMatchObject({
      code: 0,
      event: { nice: -20 },
      last: { event: 'released' },
    })
    expect(lentMeanwhile).toEqual({ nice: -20 })
    expect(client.lent.size).toBe(0)
    expect(last).toMatchObject({
      knobs: expect.arrayContaining([{ name: 'priority', found: '0', set: '-20', restored: true }]),
    })
  })

  test('is real-time by name only', async () => {
    const named = await holdOn(machineOf('server'), 'real-time')
    expect(named.event).toMatchObject({ event: 'ready', realTime: 1 })
    expect(named.lentMeanwhile).toEqual({ 'real-time': 1 })
    const required = await holdOn(machineOf('server'), 'required')
    expect(required.event).toMatchObject({ event: 'ready', nice: -20 })
    expect(required.event).not.toHaveProperty('realTime')
  })

  test.each([
    ['auto', { event: 'ready' }],
    [
      'priority',
      {
        event: 'refused',
        faults: [expect.stringMatching(/^priority could not be set \(client:nice: no such right\)/)],
      },
    ],
  ])('that cannot be lent ends a hold with tune: %s as %j', async (tune, expected) => {
    const { event } = await holdOn(machineOf('vm'), tune, lender('no such right'))
    expect(event).toMatchObject(expected)
    expect(event).not.toHaveProperty('nice')
  })

  test.each(['auto', 'required'])(
    'is left with tune: %s where the process that asked is gone',
    async tune => {
      const { event } = await holdOn(machineOf('vm'), tune, { value: () => undefined })
      expect(event).toMatchObject({ event: 'ready' })
      expect(event).not.toHaveProperty('nice')
    },
  )

  test('is left on a machine that can set no CPU apart', async () => {
    const { event, lentMeanwhile } = await holdOn(machineOf('single'), 'auto')
    expect(event).not.toHaveProperty('nice')
    expect(lentMeanwhile).toEqual({})
  })
})

describe('a group with CPUs to itself', () => {
  test('is made with the core of the benchmark where that is asked for, and removed', async () => {
    const machine = machineOf('server')
    const before = machine.snapshot()
    const { code, event, during } = await holdOn(machine, 'cpuset')
    expect({ code, event }).toMatchObject({ code: 0, event: { event: 'ready', partition: GROUP, cpus: '3' } })
    // Both threads of the core: nothing else may run beside the benchmark.
    expect(during[`${GROUP}/cpuset.cpus`]).toBe('3,7')
    expect(machine.snapshot()).toEqual(before)
  })

  test('comes with its controller, which is switched off again where nobody used it', async () => {
    const machine = machineOf('amd')
    const { event, during } = await holdOn(machine, 'required')
    expect(event).toMatchObject({ event: 'ready', partition: GROUP })
    expect(during['/sys/fs/cgroup/cgroup.subtree_control']).toBe('+cpuset')
    expect(machine.read('/sys/fs/cgroup/cgroup.subtree_control')).toBe('-cpuset')
    expect(existsSync(join(machine.root, GROUP))).toBe(false)
  })

  test('is not made by tune: auto, because everything else loses these CPUs', async () => {
    const { event, during } = await holdOn(machineOf('server'), 'auto')
    expect(event).not.toHaveProperty('partition')
    expect(during[`${GROUP}/cpuset.cpus`]).toBe('missing')
  })

  test.each<[string, MachineKind, Partial<ClientPort>, RegExp]>([
    [
      'cgroup v1 has the controller',
      'laptop',
      {},
      /^cpuset could not be set \(cgroup v2 does not offer cpuset here/,
    ],
    ['there are no groups', 'vm', {}, /^cpuset could not be set \(this machine does not have it/],
    [
      'the jobs are an ordinary user’s',
      'server',
      { isRoot: () => false },
      /^cpuset could not be set \(an ordinary user cannot move/,
    ],
    ['there is one CPU only', 'single', {}, /^cpuset could not be set \(/],
  ])(
    'is refused by name where %s, in one sentence, and left by tune: required',
    async (_, kind, client, why) => {
      const named = await holdOn(machineOf(kind), 'cpuset', client)
      expect(named).toMatchObject({
        code: 2,
        event: { event: 'refused', faults: [expect.stringMatching(why)] },
      })
      const required = await holdOn(machineOf(kind), 'required', client)
      expect(required.event).toMatchObject({ event: 'ready' })
      expect(required.event).not.toHaveProperty('partition')
    },
  )

  test('that did not last is reported as that', async () => {
    const machine = machineOf('server')
    const before = machine.snapshot()
    const { ports, events } = testPorts(machine.root, {
      whenReady: () =>
        machine.write(`${GROUP}/cpuset.cpus.partition`, 'isolated invalid (Parent is not a partition root)'),
    })
    expect(await hold(profileOf('cpuset'), ports)).toBe(0)
    expect(events.at(-1)).toMatchObject({
      event: 'released',
      knobs: expect.arrayContaining([
        expect.objectContaining({
          name: 'cpuset',
          restored: true,
          lasted: false,
          why: expect.stringMatching(/^the partition did not last/),
        }),
      ]),
    })
    expect(machine.snapshot()).toEqual(before)
  })

  test('of an unknown owner is left alone', async () => {
    const machine = machineOf('server')
    machine.write(`${GROUP}/cpuset.cpus`, '1')
    const { event } = await holdOn(machine, 'cpuset')
    expect(event).toMatchObject({ faults: [expect.stringMatching(/a group of this name exists already/)] })
    expect(machine.read(`${GROUP}/cpuset.cpus`)).toBe('1')
  })

  test('that the kernel refuses is a fault with the kernel’s own reason, and nothing is left of it', async () => {
    const machine = machineOf('server')
    const before = machine.snapshot()
    const { ports, events } = testPorts(machine.root)
    const invalid = {
      ...cgroupFiles,
      readFileSync: ((path: string, encoding: 'utf8') =>
        path.endsWith('cpuset.cpus.partition')
          ? 'isolated invalid (Cpu list in cpuset.cpus not exclusive)\n'
          : cgroupFiles.readFileSync(path, encoding)) as typeof cgroupFiles.readFileSync,
    }
    const groups = groupsUnder(machine.root, invalid, () => {})
    expect(await hold(profileOf('cpuset'), { ...ports, groups })).toBe(2)
    expect(events[0]).toMatchObject({
      event: 'refused',
      faults: [
        expect.stringMatching(/the kernel says: isolated invalid \(Cpu list in cpuset\.cpus not exclusive\)/),
      ],
    })
    expect(machine.snapshot()).toEqual(before)
  })

  test.each([
    ['EBUSY', 'fail'],
    ['EACCES', 'fail'],
    ['ENOSPC', 'fail-onward'],
  ] as const)(
    'is never left unsaid where the kernel refuses calls (%s, %s), and put right by the next start',
    async (code, how) => {
      const machine = machineOf('amd')
      const before = machine.snapshot()
      const whole = mortalFiles()
      await hold(profileOf('cpuset'), testPorts(machine.root, { files: whole }).ports)
      let refused = 0
      for (let at = 1; at <= whole.calls(); at++) {
        const { ports, events } = testPorts(machine.root, { files: mortalFiles({ at, how, code }) })
        const ended = await hold(profileOf('cpuset'), ports)
        if (events[0]!.event === 'refused') refused++
        const clean = JSON.stringify(machine.snapshot()) === JSON.stringify(before)
        if (ended === 0) expect({ at, clean }).toEqual({ at, clean: true })
        recover(testPorts(machine.root).ports)
        expect({ at, ...machine.snapshot() }).toEqual({ at, ...before })
      }
      expect(refused).toBeGreaterThan(5)
    },
  )

  test('of a killed run is ended with everything in it by the next start, half made or whole', async () => {
    const machine = machineOf('amd')
    const before = machine.snapshot()
    const whole = mortalFiles()
    await hold(profileOf('cpuset'), testPorts(machine.root, { files: whole }).ports)
    let left = 0
    for (let at = 1; at <= whole.calls(); at++) {
      const files = mortalFiles({ at, how: 'die-after' })
      await hold(profileOf('cpuset'), testPorts(machine.root, { files }).ports).catch(() => {})
      const there = existsSync(join(machine.root, GROUP))
      if (there) {
        left++
        // A job's own group, which dies with it.
        mkdirSync(join(machine.root, GROUP, '812.1'))
        writeFileSync(join(machine.root, GROUP, '812.1', 'cgroup.procs'), '')
      }
      const kills: string[] = []
      const { ports } = testPorts(machine.root)
      const watched = {
        ...cgroupFiles,
        openSync: ((path: string, flags: number) => {
          if (path.endsWith('cgroup.kill')) kills.push(path)
          return cgroupFiles.openSync(path, flags)
        }) as typeof cgroupFiles.openSync,
      }
      recover({ ...ports, groups: groupsUnder(machine.root, watched, () => {}) })
      expect({ at, kills: kills.length > 0, ...machine.snapshot() }).toEqual({ at, kills: there, ...before })
    }
    expect(left).toBeGreaterThan(5)
  })
})

import { afterEach, describe, expect, test } from '@jest/globals'
import type { TuningProfile } from '../../../src/core/tuning/knobs/profile.ts'
import type { HostEvent } from '../../../src/core/tuning/protocol.ts'
import { hold } from '../../../src/flow/host/hold.ts'
import { testPorts } from '../../doubles/host-ports.ts'
import { type FakeMachine, type MachineKind, machinePark } from '../../doubles/machine.ts'

const { machineOf, endMachines } = machinePark()
afterEach(endMachines)

interface Trial {
  readonly machine: FakeMachine
  readonly before: Readonly<Record<string, string>>
  readonly during: Readonly<Record<string, string>>
  readonly after: Readonly<Record<string, string>>
  readonly events: readonly HostEvent[]
  readonly code: number
}

async function holdOn(machine: FakeMachine, profile: TuningProfile = { kind: 'auto' }): Promise<Trial> {
  const before = machine.snapshot()
  let during = before
  const { ports, events } = testPorts(machine.root, {
    whenReady: () => {
      during = machine.snapshot()
    },
  })
  const code = await hold(profile, ports)
  return { machine, before, during, after: machine.snapshot(), events, code }
}

function changes(trial: Trial): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(trial.during).filter(([path, value]) => value !== trial.before[path]),
  )
}

function ready(trial: Trial): Extract<HostEvent, { event: 'ready' }> {
  const event = trial.events.find(candidate => candidate.event === 'ready')
  if (event?.event !== 'ready') throw new Error(`not ready: ${JSON.stringify(trial.events)}`)
  return event
}

const CPU = '/sys/devices/system/cpu'

describe('a hold', () => {
  test('sets what an Intel server with SMT and two nodes has, and puts every value back', async () => {
    const trial = await holdOn(machineOf('server'))
    const others = '0-2,4-6'
    expect(changes(trial)).toEqual({
      ...Object.fromEntries(
        [0, 1, 2, 3, 4, 5, 6].map(n => [`${CPU}/cpufreq/policy${n}/scaling_governor`, 'performance']),
      ),
      ...Object.fromEntries(
        [0, 1, 2, 3, 4, 5, 6, 7].map(n => [`${CPU}/cpufreq/policy${n}/scaling_min_freq`, '2900000']),
      ),
      [`${CPU}/intel_pstate/no_turbo`]: '1',
      ...Object.fromEntries([24, 25, 26, 27, 28, 29].map(n => [`/proc/irq/${n}/smp_affinity_list`, others])),
      '/proc/irq/default_smp_affinity': '77',
      '/sys/devices/virtual/workqueue/cpumask': '77',
      '/units/irqbalance': 'inactive',
      '/sys/kernel/mm/transparent_hugepage/enabled': 'madvise',
      '/sys/kernel/mm/transparent_hugepage/khugepaged/defrag': '0',
      '/sys/kernel/mm/ksm/run': '0',
      '/proc/sys/vm/swappiness': '1',
      '/proc/sys/vm/stat_interval': '120',
      '/proc/sys/vm/compaction_proactiveness': '0',
      '/proc/sys/kernel/numa_balancing': '0',
      '/proc/sys/kernel/nmi_watchdog': '0',
      '/proc/sys/kernel/soft_watchdog': '0',
      '/proc/sys/kernel/perf_event_max_sample_rate': '100000',
      '/proc/sys/kernel/perf_event_paranoid': '2',
    })
    expect(trial.after).toEqual(trial.before)
    expect(trial.code).toBe(0)
    expect(ready(trial).cpus).toBe('3')
  })

  test('reports each knob with what was found and set, and that it was put back', async () => {
    const trial = await holdOn(machineOf('server'))
    const released = trial.events.at(-1)
    if (released?.event !== 'released') throw new Error('not released')
    const row = (name: string) => released.knobs.find(knob => knob.name === name)
    expect(row('governor')).toEqual({
      name: 'governor',
      found: 'powersave (7), performance (1)',
      set: 'performance',
      restored: true,
    })
    expect(row('thp')).toEqual({ name: 'thp', found: 'always', set: 'madvise', restored: true })
    expect(row('aslr')).toEqual({ name: 'aslr', found: '2', set: '2' })
    expect(row('c-states')).toEqual({ name: 'c-states', found: '2000000000', set: '2', restored: true })
    expect(released.leftovers).toEqual([])
  })

  test.each<[MachineKind, string | undefined, Readonly<Record<string, string>>]>([
    ['amd', '3', { [`${CPU}/cpufreq/boost`]: '0', [`${CPU}/cpufreq/policy0/scaling_min_freq`]: '3400000' }],
    [
      'laptop',
      '2',
      { [`${CPU}/cpufreq/policy5/boost`]: '0', [`${CPU}/cpufreq/policy5/scaling_governor`]: 'performance' },
    ],
    ['vm', '1', { '/proc/irq/24/smp_affinity_list': '0', '/proc/irq/default_smp_affinity': '1' }],
    ['single', undefined, { '/proc/sys/vm/swappiness': '1' }],
  ])(
    'on a machine of kind %s pins to %s, sets what is there, and puts it back',
    async (kind, cpus, expected) => {
      const trial = await holdOn(machineOf(kind))
      expect(ready(trial).cpus).toBe(cpus)
      expect(changes(trial)).toMatchObject(expected)
      expect(trial.after).toEqual(trial.before)
      expect(trial.code).toBe(0)
    },
  )

  test('says what the machine does not have as a limitation and not as an error', async () => {
    const trial = await holdOn(machineOf('single'))
    const said = ready(trial).limitations.map(({ what }) => what)
    expect(said).toContain(
      'This machine does not have these settings: governor, min-frequency, turbo, irqbalance, nmi-watchdog, soft-watchdog.',
    )
    expect(said.some(what => what.startsWith('No CPU can be set apart'))).toBe(true)
    expect(Object.keys(changes(trial))).not.toContain('/proc/irq/default_smp_affinity')
  })

  test('never lowers the sample rate of perf and never opens more to perf than counting takes', async () => {
    const machine = machineOf('vm')
    machine.write('/proc/sys/kernel/perf_event_max_sample_rate', '250000')
    machine.write('/proc/sys/kernel/perf_event_paranoid', '1')
    const trial = await holdOn(machine)
    expect(trial.during['/proc/sys/kernel/perf_event_max_sample_rate']).toBe('250000')
    expect(trial.during['/proc/sys/kernel/perf_event_paranoid']).toBe('1')
  })

  test('switches address randomisation on where somebody had it off, and puts that back too', async () => {
    const machine = machineOf('vm')
    machine.write('/proc/sys/kernel/randomize_va_space', '0')
    const trial = await holdOn(machine)
    expect(trial.during['/proc/sys/kernel/randomize_va_space']).toBe('2')
    expect(trial.after['/proc/sys/kernel/randomize_va_space']).toBe('0')
  })

  test('puts back the performance floor that switching turbo off lowers', async () => {
    const machine = machineOf('server')
    machine.write(`${CPU}/intel_pstate/min_perf_pct`, '100')
    const { ports } = testPorts(machine.root, {
      whenReady: () => machine.write(`${CPU}/intel_pstate/min_perf_pct`, '69'),
    })
    await hold({ kind: 'auto' }, ports)
    expect(machine.read(`${CPU}/intel_pstate/min_perf_pct`)).toBe('100')
  })

  test('puts back in exactly the reverse of the order of setting, so that what depends on another comes right', async () => {
    const machine = machineOf('server')
    const writes: string[] = []
    let set = 0
    const { ports } = testPorts(machine.root, {
      whenReady: () => {
        set = writes.length
      },
    })
    const settings = {
      ...ports.settings,
      write: (path: string, value: string) => {
        writes.push(path)
        return ports.settings.write(path, value)
      },
    }
    const services = {
      ...ports.services,
      stop: (name: string) => {
        writes.push(name)
        return ports.services.stop(name)
      },
      start: (name: string) => {
        writes.push(name)
        return ports.services.start(name)
      },
    }
    await hold({ kind: 'required' }, { ...ports, settings, services })
    expect(set).toBeGreaterThan(30)
    expect(writes.slice(set)).toEqual(writes.slice(0, set).toReversed())
    const place = (part: string) => writes.findIndex(path => path.includes(part))
    expect(place('scaling_governor')).toBeLessThan(place('no_turbo'))
    expect(place('irqbalance')).toBeLessThan(place('smp_affinity'))
    expect(place('/online')).toBe(set - 1)
  })

  test('takes siblings offline only when everything is required', async () => {
    const plain = await holdOn(machineOf('server'))
    expect(plain.during[`${CPU}/cpu7/online`]).toBe('1')
    const required = await holdOn(machineOf('server'), { kind: 'required' })
    expect(required.during[`${CPU}/cpu7/online`]).toBe('0')
    expect(required.during[`${CPU}/cpu3/online`]).toBe('1')
    expect(required.after).toEqual(required.before)
  })

  test('sets only the named knobs', async () => {
    const trial = await holdOn(machineOf('server'), { kind: 'named', names: ['thp', 'swappiness'] })
    expect(Object.keys(changes(trial)).sort()).toEqual([
      '/proc/sys/vm/swappiness',
      '/sys/kernel/mm/transparent_hugepage/enabled',
    ])
  })

  test('refuses a named knob that is not there, leaving nothing changed', async () => {
    const trial = await holdOn(machineOf('vm'), { kind: 'named', names: ['thp', 'governor'] })
    expect(trial.code).toBe(2)
    expect(trial.events).toEqual([
      {
        event: 'refused',
        reason: 'input',
        faults: [
          'governor could not be set (this machine does not have it); take it out of tune, or write tune: auto.',
        ],
      },
    ])
    expect(trial.after).toEqual(trial.before)
    expect(trial.machine.snapshot()).toEqual(trial.before)
  })

  test('leaves a value that somebody changed meanwhile, and says so', async () => {
    const machine = machineOf('vm')
    const { ports, events } = testPorts(machine.root, {
      whenReady: () => machine.write('/proc/sys/vm/swappiness', '33'),
    })
    expect(await hold({ kind: 'auto' }, ports)).toBe(0)
    expect(machine.read('/proc/sys/vm/swappiness')).toBe('33')
    const released = events.at(-1)
    expect(released).toMatchObject({
      event: 'released',
      leftovers: [
        '/proc/sys/vm/swappiness was 60 before perf-verdict set it to 1, but it was changed to "33" meanwhile and left at that; set it by hand if that is not intended.',
      ],
    })
  })

  test('says what could not be put back because it is gone', async () => {
    const machine = machineOf('vm')
    const { ports, events } = testPorts(machine.root, {
      whenReady: () => machine.remove('/proc/irq/25'),
    })
    await hold({ kind: 'auto' }, ports)
    expect(events.at(-1)).toMatchObject({
      leftovers: [expect.stringContaining('/proc/irq/25/smp_affinity_list')],
    })
  })

  test('gives up with the name of the holder when the machine stays busy', async () => {
    const machine = machineOf('vm')
    const { ports, events } = testPorts(machine.root, {
      lock: { kind: 'busy', holder: 'process 7 of bench' },
    })
    expect(await hold({ kind: 'auto' }, ports)).toBe(3)
    expect(events[0]).toMatchObject({ event: 'waiting', holder: 'process 7 of bench' })
    expect(events.at(-1)).toMatchObject({ event: 'refused', reason: 'busy' })
  })

  test('tunes nothing without a lock, and says so', async () => {
    const machine = machineOf('vm')
    const before = machine.snapshot()
    const { ports, events } = testPorts(machine.root, { lock: { kind: 'unavailable', why: 'no flock' } })
    await hold({ kind: 'auto' }, ports)
    expect(events[0]).toMatchObject({
      event: 'ready',
      knobs: [],
      limitations: [
        {
          what: 'The machine-wide lock cannot be taken: no flock.',
          instead: 'The system was measured untuned.',
        },
      ],
    })
    expect(machine.snapshot()).toEqual(before)
  })
})

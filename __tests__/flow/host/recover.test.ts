import * as fs from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { KnobSetting } from '../../../src/core/tuning/knobs/knob.ts'
import { hold } from '../../../src/flow/host/hold.ts'
import { recover } from '../../../src/flow/host/recover.ts'
import { encodeJournal } from '../../../src/shell/host/journal-text.ts'
import { testPorts } from '../../doubles/host-ports.ts'
import { buildMachine, type FakeMachine } from '../../doubles/machine.ts'

let machine: FakeMachine
beforeEach(() => {
  machine = buildMachine('vm')
})
afterEach(() => machine.end())

const SWAPPINESS: KnobSetting = { knob: 'swappiness', path: '/proc/sys/vm/swappiness', found: '60', set: '1' }
const THIS_BOOT = '00000001-aaaa-bbbb-cccc-000000000000'
const OTHER_BOOT = '99999999-aaaa-bbbb-cccc-000000000000'

function textOf(bootId: string, settings: readonly KnobSetting[] = [SWAPPINESS]): string {
  return encodeJournal({ bootId, pid: 99, startedAt: '2026-01-01T00:00:00.000Z', settings })
}

function journalPath(): string {
  return join(machine.root, 'run/perf-verdict/journal')
}

function leaveJournal(text: string, mode = 0o600): void {
  fs.mkdirSync(join(machine.root, 'run/perf-verdict'), { recursive: true })
  fs.writeFileSync(journalPath(), text, { mode })
  fs.chmodSync(journalPath(), mode)
}

describe('recovery', () => {
  test('does nothing where nothing was left', () => {
    expect(recover(testPorts(machine.root).ports)).toEqual({ outcome: 'nothing', notes: [] })
  })

  test('puts back what a killed process left, says whose it was, and removes the journal', () => {
    machine.write(SWAPPINESS.path, '1')
    leaveJournal(textOf(THIS_BOOT))
    expect(recover(testPorts(machine.root).ports)).toEqual({
      outcome: 'restored',
      notes: [
        'Restored one setting left by process 99, which did not end well after 2026-01-01T00:00:00.000Z.',
      ],
    })
    expect(machine.read(SWAPPINESS.path)).toBe('60')
    expect(fs.existsSync(journalPath())).toBe(false)
  })

  test('switches the watchdogs on again where somebody read kernel.watchdog while they were off', () => {
    const path = '/proc/sys/kernel/soft_watchdog'
    const written: string[] = []
    machine.write(path, '0')
    leaveJournal(textOf(THIS_BOOT, [{ knob: 'soft-watchdog', path, found: '1', set: '0' }]))
    const { ports } = testPorts(machine.root)
    // As Linux 6.12 did it: the write is taken, and nothing is switched on before the master is.
    const write = (file: string, value: string) => {
      written.push(`${file} ${value}`)
      if (file === path && written.includes('/proc/sys/kernel/watchdog 1')) machine.write(path, value)
      return undefined
    }
    expect(recover({ ...ports, settings: { ...ports.settings, write } }).outcome).toBe('restored')
    expect(machine.read(path)).toBe('1')
    expect(written).toEqual([`${path} 1`, '/proc/sys/kernel/watchdog 1', `${path} 1`])
  })

  test('drops the journal of another boot without writing anything', () => {
    machine.write(SWAPPINESS.path, '1')
    leaveJournal(textOf(OTHER_BOOT))
    expect(recover(testPorts(machine.root).ports)).toMatchObject({ outcome: 'nothing' })
    expect(machine.read(SWAPPINESS.path)).toBe('1')
    expect(fs.existsSync(journalPath())).toBe(false)
  })

  test('drops a torn journal of another boot too, because its settings went with that boot', () => {
    leaveJournal(textOf(OTHER_BOOT).slice(0, -10))
    expect(recover(testPorts(machine.root).ports)).toMatchObject({ outcome: 'nothing' })
    expect(fs.existsSync(journalPath())).toBe(false)
  })

  test.each<[string, () => void, RegExp]>([
    ['torn', () => leaveJournal(textOf(THIS_BOOT).slice(0, -10)), /its last line is cut off/],
    ['not one', () => leaveJournal('swappiness=60\n'), /line 1 does not match its checksum/],
    ['empty', () => leaveJournal(''), /it does not begin as a journal/],
    ['open to others', () => leaveJournal(textOf(THIS_BOOT), 0o666), /others may read or write it/],
    [
      'a symbolic link',
      () => {
        leaveJournal(textOf(THIS_BOOT))
        fs.renameSync(journalPath(), `${journalPath()}.elsewhere`)
        fs.symlinkSync(`${journalPath()}.elsewhere`, journalPath())
      },
      /it is a symbolic link/,
    ],
    [
      'a second name of another file',
      () => {
        leaveJournal(textOf(THIS_BOOT))
        fs.linkSync(journalPath(), `${journalPath()}.too`)
      },
      /it has a second name/,
    ],
    ['a folder', () => fs.mkdirSync(journalPath(), { recursive: true }), /it is not a regular file/],
    ['a giant', () => leaveJournal('x'.repeat(4_100_000)), /it is too long/],
  ])(
    'refuses a journal that is %s: keeps it, tunes nothing, and says how to go on',
    async (_, leave, why) => {
      machine.write(SWAPPINESS.path, '1')
      leave()
      const before = machine.snapshot()
      const { ports, events } = testPorts(machine.root, {
        whenReady: () => expect(machine.snapshot()).toEqual(before),
      })
      const { outcome, notes } = recover(ports)
      expect(outcome).toBe('blocked')
      expect(notes[0]).toMatch(why)
      expect(notes[0]).toMatch(/then remove it\.$/)
      expect(await hold({ kind: 'auto' }, ports)).toBe(0)
      expect(events[0]).toMatchObject({
        event: 'ready',
        knobs: [],
        limitations: [{ instead: 'The system was measured untuned.' }],
      })
      expect(machine.snapshot()).toEqual(before)
      expect(fs.existsSync(journalPath())).toBe(true)
      const required = testPorts(machine.root)
      expect(await hold({ kind: 'required' }, required.ports)).toBe(2)
      expect(required.events).toMatchObject([{ event: 'refused', reason: 'input' }])
    },
  )

  test('refuses a journal of another user', () => {
    if (process.geteuid?.() !== 0) {
      console.info('skipped: giving a file away needs root')
      return
    }
    leaveJournal(textOf(THIS_BOOT))
    fs.chownSync(journalPath(), 65534, 65534)
    expect(recover(testPorts(machine.root).ports).notes[0]).toMatch(/it belongs to user 65534/)
  })

  test('keeps the journal, and tunes nothing, while one of its settings cannot be put back', async () => {
    const governor: KnobSetting = {
      knob: 'governor',
      path: '/sys/devices/system/cpu/cpufreq/policy0/scaling_governor',
      found: 'powersave',
      set: 'performance',
    }
    machine.write(SWAPPINESS.path, '1')
    // A folder in its place: it can be neither read nor written.
    fs.mkdirSync(join(machine.root, governor.path), { recursive: true })
    leaveJournal(textOf(THIS_BOOT, [SWAPPINESS, governor]))
    const { outcome, notes } = recover(testPorts(machine.root).ports)
    expect(outcome).toBe('blocked')
    expect(notes).toEqual([
      `${governor.path} was powersave before perf-verdict set it to performance and could not be restored (EISDIR); write the old value by hand, or run: perf-verdict host recover.`,
    ])
    expect(machine.read(SWAPPINESS.path)).toBe('60')
    fs.rmdirSync(join(machine.root, governor.path))
    machine.write(governor.path, 'performance')
    expect(recover(testPorts(machine.root).ports).outcome).toBe('restored')
    expect(machine.read(governor.path)).toBe('powersave')
  })

  test('starts the balancer again even if it seems to run: the order to stop it may be on its way', () => {
    machine.write('/units/irqbalance', 'active')
    const started: string[] = []
    const { ports } = testPorts(machine.root)
    const services = { ...ports.services, start: (name: string) => void started.push(name) }
    const stop: KnobSetting = {
      knob: 'irqbalance',
      path: 'service:irqbalance',
      found: 'active',
      set: 'inactive',
    }
    leaveJournal(textOf(THIS_BOOT, [stop]))
    recover({ ...ports, services })
    expect(started).toEqual(['irqbalance'])
  })

  test('leaves a balancer that was masked meanwhile', () => {
    const { ports } = testPorts(machine.root)
    const services = { ...ports.services, state: () => 'masked' as const }
    const stop: KnobSetting = {
      knob: 'irqbalance',
      path: 'service:irqbalance',
      found: 'active',
      set: 'inactive',
    }
    leaveJournal(textOf(THIS_BOOT, [stop]))
    expect(recover({ ...ports, services }).notes[1]).toMatch(
      /it was changed to masked meanwhile and left at that/,
    )
  })
})

describe('a setting that the kernel makes something else of', () => {
  test('is put back at once and counts as not set', async () => {
    const { ports, events } = testPorts(machine.root)
    const before = machine.snapshot()
    const settings = {
      ...ports.settings,
      write: (path: string, value: string) =>
        ports.settings.write(path, path === SWAPPINESS.path && value === '1' ? '5' : value),
    }
    await hold({ kind: 'auto' }, { ...ports, settings })
    const ready = events[0]
    if (ready?.event !== 'ready') throw new Error('not ready')
    expect(ready.knobs.find(({ name }) => name === 'swappiness')).toEqual({
      name: 'swappiness',
      found: '60',
      why: '/proc/sys/vm/swappiness: the kernel made it 5 instead of 1',
    })
    expect(machine.snapshot()).toEqual(before)
  })

  test('is tried again while it is busy, and an interrupt that the kernel manages is no failure', async () => {
    const { ports, events } = testPorts(machine.root)
    let busy = 2
    const settings = {
      ...ports.settings,
      write: (path: string, value: string) => {
        if (path === SWAPPINESS.path && busy-- > 0) return 'EBUSY'
        return path === '/proc/irq/25/smp_affinity_list' ? 'EPERM' : ports.settings.write(path, value)
      },
    }
    await hold({ kind: 'required' }, { ...ports, settings })
    expect(events[0]).toMatchObject({ event: 'ready' })
    const ready = events[0]
    if (ready?.event !== 'ready') throw new Error('not ready')
    expect(ready.knobs.find(({ name }) => name === 'swappiness')?.set).toBe('1')
    expect(ready.knobs.find(({ name }) => name === 'irq-affinity')).toEqual({
      name: 'irq-affinity',
      found: '0-1',
      set: '0',
      why: '1 of 3 stay where the kernel itself has put them',
    })
  })
})

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { holdLimitation } from '../../../src/report/limitations/tuning.ts'
import type { HostAccess } from '../../../src/shell/machine/host-access.ts'
import { type MachineParts, openMachine } from '../../../src/shell/machine/open.ts'
import type { LogPort, ToolPort } from '../../../src/shell/ports/ports.ts'
import { type Bundle, bundle } from '../../doubles/bundle.ts'
import { buildMachine, type FakeMachine } from '../../doubles/machine.ts'
import { endAll, start } from '../../doubles/processes.ts'

let built: Bundle
let machine: FakeMachine
let original: Readonly<Record<string, string>>
let said: string[]
let undone: (() => Promise<unknown>)[]
beforeAll(() => {
  built = bundle(['__tests__/doubles/host-entry.ts'])
})
afterAll(() => built.end())
beforeEach(() => {
  machine = buildMachine('server')
  original = machine.snapshot()
  said = []
  undone = []
})
afterEach(async () => {
  for (const undo of undone) await undo()
  endAll()
  machine.end()
})

const log: LogPort = {
  line: text => void said.push(text),
  warn: text => void said.push(`warning: ${text}`),
  group: (_, work) => work(),
}

function open(parts: Partial<MachineParts> = {}) {
  const access: HostAccess = {
    kind: 'reachable',
    as: 'root',
    file: process.execPath,
    args: [built.path('host-entry'), machine.root],
  }
  return openMachine(log, { add: undo => undone.push(undo) }, { root: machine.root, access, ...parts })
}

/** A host process that is a shell script instead. */
function scripted(script: string): HostAccess {
  return { kind: 'reachable', as: 'sudo', file: '/bin/sh', args: ['-c', script] }
}

/** Little patience with one that waits; one that says nothing is given up after the first of these. */
const brief = { start: 60, wait: 1, release: 20 }

describe('a hold of the machine', () => {
  test('tunes, tells the CPUs, and puts everything back when it is released', async () => {
    const hold = await open().hold('auto')
    expect(hold.scheduling.cpus).toBe('3')
    expect(hold.knobs.find(({ name }) => name === 'turbo')).toEqual({ name: 'turbo', found: '0', set: '1' })
    expect(machine.snapshot()).not.toEqual(original)
    const knobs = await hold.release()
    expect(machine.snapshot()).toEqual(original)
    expect(knobs.find(({ name }) => name === 'turbo')?.restored).toBe(true)
    expect(await hold.release()).toBe(knobs)
    expect(said).toEqual([])
  })

  test('can be had again at once after it was released', async () => {
    const port = open()
    for (let round = 0; round < 3; round++) await (await port.hold(['thp', 'turbo'])).release()
    expect(said).toEqual([])
    expect(machine.snapshot()).toEqual(original)
  })

  test('is released by the way back that was left for the end', async () => {
    await open().hold('auto')
    await Promise.all(undone.map(undo => undo()))
    expect(machine.snapshot()).toEqual(original)
  })

  test('changes nothing when tuning is off', async () => {
    const hold = await open({ access: scripted('exit 9') }).hold('off')
    expect(hold).toMatchObject({ knobs: [], gaps: [] })
    expect(await hold.release()).toEqual([])
  })

  test('refuses a knob that nobody knows before anything is started', async () => {
    const hold = open({ access: scripted('exit 9') }).hold(['thp', 'warp'])
    await expect(hold).rejects.toMatchObject({
      name: 'InputError',
      faults: [expect.stringMatching(/"warp"; .* any of /)],
    })
  })

  test('refuses a named knob that cannot be set, with everything as it was', async () => {
    machine.remove('/sys/devices/system/cpu/intel_pstate/no_turbo')
    await expect(open().hold(['thp', 'turbo'])).rejects.toMatchObject({
      name: 'InputError',
      faults: [
        'turbo could not be set (this machine does not have it); take it out of tune, or write tune: auto.',
      ],
    })
    expect(machine.read('/sys/kernel/mm/transparent_hugepage/enabled')).toBe('always')
  })

  test.each<[string, HostAccess, RegExp]>([
    ['cannot be reached', { kind: 'unreachable', why: 'this user is not root' }, /this user is not root/],
    [
      'asks for a password',
      scripted('echo sudo: a password is required >&2; exit 1'),
      /exited with code 1 \(sudo: a password is required\)/,
    ],
    [
      'is not there',
      { kind: 'reachable', as: 'sudo', file: '/nonexistent/sudo', args: [] },
      /could not be started/,
    ],
    [
      'speaks in tongues',
      scripted('echo hello; echo \'{"event":"ready"}\'; exit 0'),
      /exited with code 0 \(\{"event":"ready"\}\)/,
    ],
    ['says nothing', scripted('exec sleep 20'), /said nothing for 4 s/],
  ])('measures untuned, and says so, when the host process %s', async (_, access, why) => {
    const patience = why.source.includes('said nothing') ? { ...brief, start: 4 } : brief
    const hold = await open({ access, patience }).hold('auto')
    expect(hold.knobs).toEqual([])
    expect(hold.scheduling.cpus).toBeUndefined()
    expect(hold.gaps.map(holdLimitation)).toEqual([
      { what: expect.stringMatching(why), instead: 'The system was measured untuned.' },
    ])
    // It has its turn even so, and nobody else measures until it is over.
    await hold.release()
    await expect(open({ access, patience }).hold('required')).rejects.toMatchObject({
      name: 'InputError',
      faults: [expect.stringMatching(why)],
    })
  })

  test('waits for the one that holds it, saying for whom, and gives up after its time', async () => {
    const other = start(built.path('host-entry'), [machine.root, 'hold', 'thp'])
    await other.line(/ready/)
    await expect(open({ patience: brief }).hold('auto')).rejects.toMatchObject({
      name: 'CommandError',
      message: expect.stringMatching(
        /^Waiting for the machine was given up after \d+ s, because another job holds it/,
      ),
    })
    expect(said[0]).toMatch(
      new RegExp(`^Waiting for the machine, held by process ${other.pid} of .* \\(\\d+ s so far\\)\\.$`),
    )
    other.child.stdin!.end()
    await other.ended
    expect(machine.snapshot()).toEqual(original)
  })

  test('gets it when the other one lets go', async () => {
    const other = start(built.path('host-entry'), [machine.root, 'hold', 'thp'])
    await other.line(/ready/)
    const hold = open().hold('auto')
    while (said.length === 0) await new Promise(resolve => setTimeout(resolve, 10))
    other.child.stdin!.end()
    await (await hold).release()
    expect(said[0]).toMatch(/^Waiting for the machine/)
    expect(machine.snapshot()).toEqual(original)
  })

  test('whose host process was killed is put back on release, and the report says that rounds may have run untuned', async () => {
    const port = open()
    const hold = await port.hold('auto')
    const { pid } = JSON.parse(machine.read('/run/perf-verdict/holder')) as { pid: number }
    process.kill(pid, 'SIGKILL')
    const knobs = await hold.release()
    expect(machine.snapshot()).toEqual(original)
    expect(knobs.find(({ name }) => name === 'thp')).toEqual({
      name: 'thp',
      found: 'always',
      set: 'madvise',
      restored: true,
      lasted: false,
      why: 'the host process was killed by SIGKILL before the end, so some rounds may have run untuned',
    })
    expect(said.some(line => /^warning: The host process was killed by SIGKILL/.test(line))).toBe(true)
  })

  test('gives its host process nothing of the environment', async () => {
    process.env.PERF_VERDICT_CANARY = 'ghs_secret'
    const script = `env >"${machine.root}/environment"; exit 1`
    await open({ access: scripted(script) }).hold('auto')
    delete process.env.PERF_VERDICT_CANARY
    expect(machine.read('/environment')).not.toContain('ghs_secret')
  })
})

describe('the machine', () => {
  test('tells its noise from its files', async () => {
    machine.write('/proc/stat', 'cpu0 1 0 0 9 0 0 0 0\n')
    machine.write('/proc/pressure/cpu', 'some avg10=42.00 avg60=0.00 avg300=0.00 total=1')
    machine.write('/sys/class/power_supply/AC/type', 'Mains')
    machine.write('/sys/class/power_supply/AC/online', '0')
    machine.write('/sys/class/power_supply/mouse/type', 'Battery')
    machine.write('/sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count', '7')
    machine.write('/sys/devices/system/clocksource/clocksource0/current_clocksource', 'hpet')
    expect(await open().noise()).toEqual([
      { rule: 'pressure', on: 'cpu', share: 0.42 },
      { rule: 'throttled', times: 7 },
      { rule: 'battery' },
      { rule: 'slow-clock', clocksource: 'hpet' },
    ])
  })

  test('names another holder, but not its own', async () => {
    const port = open()
    const other = start(built.path('host-entry'), [machine.root, 'hold', 'thp'])
    await other.line(/ready/)
    expect(await port.noise()).toEqual([
      { rule: 'held', holder: expect.stringContaining(`process ${other.pid} of`) },
    ])
    other.child.stdin!.end()
    await other.ended
    const hold = await port.hold(['thp'])
    expect(await port.noise()).toEqual([])
    await hold.release()
  })

  test('has a fingerprint of its files and of the tools that it finds', async () => {
    machine.write('/proc/cpuinfo', 'model name\t: Test CPU\n')
    machine.write('/sys/devices/system/cpu/cpu0/cache/index0/type', 'Instruction')
    machine.write('/sys/devices/system/cpu/cpu0/cache/index0/level', '1')
    const asked: (string | undefined)[] = []
    const tools: ToolPort = {
      find: async name => (name === 'go' || name === 'cc' || name === 'ld' ? `/bin/${name}` : undefined),
      run: async ({ file, args, cwd }) => {
        asked.push(cwd)
        const tool = args.find(word => word.startsWith('/'))
        // A variable may name a toolchain that is not there; it is not fetched for the sake of its version.
        expect([file, ...args.slice(0, args.indexOf(tool!))]).toEqual([
          'env',
          'GOPROXY=off',
          'RUSTUP_AUTO_INSTALL=0',
        ])
        if (tool === '/bin/ld') throw new Error('cannot be started')
        return { code: 0, stdout: `${tool} 1.0\nmore`, stderr: '' }
      },
    }
    const fingerprint = await open({ tools }).fingerprint()
    expect(fingerprint).toMatchObject({
      cpu: 'Test CPU',
      governor: 'powersave',
      turbo: 'on',
      'frequency driver': 'intel_pstate',
      cc: '/bin/cc 1.0',
      go: '/bin/go 1.0',
    })
    expect(fingerprint).not.toHaveProperty('ld')
    expect(fingerprint.l1i).toBe('?, ?-way, ?-byte lines')
    // From where they stand, toolchain managers may read a file of the pull request.
    expect(asked).toEqual(['/', '/', '/'])
  })
})

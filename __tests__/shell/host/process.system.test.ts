import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Bundle, bundle } from '../../doubles/bundle.ts'
import { buildMachine, type FakeMachine } from '../../doubles/machine.ts'
import { dice } from '../../doubles/mutate.ts'
import { childOf, readLink, readText } from '../../doubles/proc.ts'
import { endAll, type Started, start } from '../../doubles/processes.ts'
import { counted, PATIENCE, SEED } from '../../doubles/soak.ts'

let built: Bundle
let machine: FakeMachine
let original: Readonly<Record<string, string>>
beforeAll(() => {
  built = bundle(['__tests__/doubles/host-entry.ts', '__tests__/doubles/action-entry.ts'])
})
afterAll(() => built.end())
beforeEach(() => {
  machine = buildMachine('server')
  original = machine.snapshot()
})
afterEach(() => {
  endAll()
  machine.end()
})

const host = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  start(built.path('host-entry'), [machine.root, ...args], env)
const action = () => start(built.path('action-entry'), [built.path('host-entry'), machine.root])

/** What the next start does; then the machine must be as it was. */
async function expectRecovered(): Promise<void> {
  const recovery = host(['recover'])
  expect(await recovery.ended).toEqual({ code: 0, signal: null })
  expect(machine.snapshot()).toEqual(original)
  expect(existsSync(join(machine.root, 'run/perf-verdict/journal'))).toBe(false)
}

/** The host process that the action started, as soon as there is one. */
async function hostOf(parent: Started): Promise<number> {
  for (;;) {
    const found = childOf(parent.pid, built.path('host-entry'))
    if (found !== undefined) return found
    await new Promise(resolve => setTimeout(resolve, 2))
  }
}

function isOriginal(): boolean {
  return JSON.stringify(machine.snapshot()) === JSON.stringify(original)
}

async function gone(pid: number): Promise<void> {
  // A zombie counts: a killed child of a killed parent may be reaped by nobody here.
  while (/^State:\t[^Z]/m.test(readText(`/proc/${pid}/status`)))
    await new Promise(resolve => setTimeout(resolve, 2))
}

describe('the host process', () => {
  test('holds until its standard input closes, and has put everything back before it says so', async () => {
    const holder = host(['hold', 'auto'])
    await holder.line(/"event":"ready"/)
    expect(machine.snapshot()).not.toEqual(original)
    // The device that heals itself is held open, with the latency of C1 in it.
    const device = join(machine.root, 'dev/cpu_dma_latency')
    const open = readdirSync(`/proc/${holder.pid}/fd`).map(fd => readLink(`/proc/${holder.pid}/fd/${fd}`))
    expect(open).toContain(device)
    expect(readFileSync(device).readInt32LE()).toBe(2)
    let atRelease: unknown
    const released = holder.line(/"event":"released"/).then(() => {
      atRelease = machine.snapshot()
    })
    holder.child.stdin!.end()
    await released
    expect(atRelease).toEqual(original)
    expect(await holder.ended).toEqual({ code: 0, signal: null })
    expect(existsSync(join(machine.root, 'run/perf-verdict/journal'))).toBe(false)
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('puts everything back on %s', async signal => {
    const holder = host(['hold', 'auto'])
    await holder.line(/"event":"ready"/)
    holder.child.kill(signal)
    expect(await holder.ended).toEqual({ code: 0, signal: null })
    expect(machine.snapshot()).toEqual(original)
  })

  test(
    'leaves no trace when it is killed at calls all over its life and started again',
    async () => {
      const counting = host(['hold', 'auto'], { COUNT: '1' })
      counting.child.stdin!.end()
      const calls = Number((await counting.line(/^calls/)).split(' ')[1])
      let [left, points] = [0, 0]
      // What comes before the journal changes nothing, and is in the sweep of every call that runs within one process.
      for (let at = counted(50, 1); at <= calls; at += counted(17, 1)) {
        machine.closeDevices()
        const how = at % 2 === 0 ? 'after' : 'before'
        const victim = host(['hold', 'auto'], { DIE_AT: `${at}`, DIE_HOW: how })
        victim.child.stdin!.end()
        expect({ at, ...(await victim.ended) }).toEqual({ at, code: null, signal: 'SIGKILL' })
        if (!isOriginal()) left++
        points++
        await expectRecovered()
      }
      console.info(`real kills at ${points} of ${calls} calls: ${left} left the machine tuned, all put back`)
      expect(left).toBeGreaterThan(points / 3)
    },
    PATIENCE,
  )

  test(
    'restores by itself, and soon, whenever the action is killed',
    async () => {
      const rounds = counted(20, 1_000)
      const roll = dice(SEED)
      const delays: number[] = []
      for (let round = 0; round < rounds; round++) {
        machine.closeDevices()
        const job = action()
        const pid = await hostOf(job)
        const victim = (['action', 'host', 'both'] as const)[round % 3]!
        await new Promise(resolve => setTimeout(resolve, roll() % 400))
        const killed = performance.now()
        if (victim !== 'action') signalTo(pid, 'SIGKILL')
        if (victim !== 'host') job.child.kill('SIGKILL')
        job.child.stdin!.write('release\n')
        await job.ended
        await gone(pid)
        // The host process alone, or the action through a new one, or the next start, has put everything back.
        if (victim === 'action') delays.push(performance.now() - killed)
        if (victim === 'both') await expectRecovered()
        expect({ round, victim, ...machine.snapshot() }).toEqual({ round, victim, ...original })
      }
      delays.sort((a, b) => a - b)
      const at = (share: number) =>
        delays[Math.min(delays.length - 1, Math.floor(share * delays.length))]!.toFixed(0)
      console.info(
        `random kills: ${rounds} runs, all put back; after the action was killed within ${at(0.5)} ms (median), ${at(0.99)} ms (p99), ${at(1)} ms (worst)`,
      )
    },
    PATIENCE,
  )

  test('makes the second one wait, which says for whom, and then finds the machine as it was', async () => {
    const first = host(['hold', 'auto'])
    await first.line(/ready/)
    const second = host(['hold', 'auto'])
    const waiting = await second.line(/"event":"waiting"/)
    expect(JSON.parse(waiting)).toMatchObject({ holder: expect.stringContaining(`process ${first.pid} of `) })
    expect(second.lines.some(line => line.includes('ready'))).toBe(false)
    first.child.kill('SIGKILL')
    const ready = JSON.parse(await second.line(/"event":"ready"/))
    expect(ready.notes[0]).toMatch(new RegExp(`^Restored \\d+ settings left by process ${first.pid}, `))
    expect(ready.knobs.find(({ name }: { name: string }) => name === 'swappiness')).toMatchObject({
      found: '60',
    })
    second.child.stdin!.end()
    await second.ended
    expect(machine.snapshot()).toEqual(original)
  })

  test('stops waiting when nobody wants the machine any more', async () => {
    const first = host(['hold', 'auto'])
    await first.line(/ready/)
    const second = host(['hold', 'auto'])
    await second.line(/waiting/)
    second.child.stdin!.end()
    expect((await second.ended).code).toBe(3)
    first.child.stdin!.end()
    await first.ended
    expect(machine.snapshot()).toEqual(original)
  })

  test('does not recover what another one holds', async () => {
    const first = host(['hold', 'auto'])
    await first.line(/ready/)
    const tuned = machine.snapshot()
    const recovery = host(['recover', '--json'])
    expect(JSON.parse(await recovery.line(/recovered/))).toMatchObject({ outcome: 'held' })
    expect(machine.snapshot()).toEqual(tuned)
    first.child.stdin!.end()
    await first.ended
  })
})

const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const
const victims = ['action', 'host', 'both'] as const
const phases = ['starting', 'waiting', 'holding', 'releasing'] as const
const cases = phases.flatMap(phase =>
  victims.flatMap(victim => signals.map(signal => ({ phase, victim, signal }))),
)

describe('a signal', () => {
  test.each(cases)(
    '$signal to $victim while $phase leaves nothing behind',
    async ({ phase, victim, signal }) => {
      const other = phase === 'waiting' ? host(['hold', 'thp']) : undefined
      await other?.line(/ready/)
      const job = action()
      const pid = await hostOf(job)
      if (phase === 'waiting') await job.line(/^log Waiting/)
      if (phase === 'holding' || phase === 'releasing') await job.line(/^held/)
      if (phase === 'releasing') job.child.stdin!.write('release\n')
      if (victim !== 'action') signalTo(pid, signal)
      if (victim !== 'host') job.child.kill(signal)
      if (other) other.child.stdin!.end()
      // An action that lives goes on, and asks for nothing but the end.
      job.child.stdin!.write('release\n')
      const { code } = await job.ended
      // A host process that is told to end while it waits gives up waiting, and the action says that it failed.
      const told =
        phase === 'starting' || phase === 'waiting'
          ? /^(released 0|failed .*Waiting for the machine)/
          : /^released 0$/
      if (victim === 'host') expect(job.lines.at(-1)).toMatch(told)
      if (victim === 'host') expect(code).toBe(0)
      await gone(pid)
      await expectRecovered()
    },
  )
})

/** Only ever to the host process: a number may belong to somebody else by now. */
function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    if (!readText(`/proc/${pid}/cmdline`).includes(built.path('host-entry'))) return
    process.kill(pid, signal)
  } catch {
    // It was faster.
  }
}

import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { takeCpuset } from '../doubles/cpuset-controller.ts'
import { changedSettings, jobGroupsOf, readKernelSettings } from '../doubles/kernel-settings.ts'
import { dice } from '../doubles/mutate.ts'
import { childOf, processesOf } from '../doubles/proc.ts'
import { endAll, start } from '../doubles/processes.ts'
import type { RunningStage } from '../doubles/runner/stage.ts'
import { counted, PATIENCE, SEED, soaking } from '../doubles/soak.ts'
import { type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'

/** What is tried here is tried on the settings of this very machine; no other test may tune it meanwhile. */
const HOST = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'dist', 'host.js')
const isRoot = process.geteuid?.() === 0
let original: Readonly<Record<string, string>>

function skipped(): boolean {
  if (!isRoot) console.info('skipped: changing the settings of this machine takes root')
  return !isRoot
}

/** Draws the moments of the kills. */
const roll = dice(SEED)
const recover = () => spawnSync(process.execPath, [HOST, 'recover'], { encoding: 'utf8' })
const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

const cpuset = takeCpuset()
if (cpuset.why !== undefined) process.stdout.write(`skipped: a partition of this machine (${cpuset.why})\n`)
/** What is tuned: everything safe, and what takes a CPU away from everything else, where there can be such a thing. */
const TUNES = ['auto', ...(cpuset.why === undefined ? ['priority,cpuset'] : [])]

beforeAll(async () => {
  // A gate of somebody else's that holds this machine now would spoil the comparison.
  const isHeld = () =>
    isRoot && !spawnSync(process.execPath, [HOST, 'status'], { encoding: 'utf8' }).stdout.startsWith('Nobody')
  for (let seconds = 0; seconds < 60 && isHeld(); seconds++) await pause(1000)
  original = readKernelSettings()
}, PATIENCE)
afterEach(endAll)
afterAll(() => cpuset.giveBack())

describe('a hold of this machine', () => {
  test.each(TUNES)(
    'puts every setting back, however it ends (%s)',
    async tune => {
      if (skipped()) return
      const ways = ['standard input', 'SIGTERM', 'SIGKILL', 'at random'] as const
      const rounds = counted(4, 100)
      let [most, ready] = [0, '{"knobs":[]}']
      for (let round = 0; round < rounds; round++) {
        const how = ways[round % ways.length]!
        const holder = start(HOST, ['hold', tune])
        if (how === 'at random') await pause(40 + (roll() % 120))
        else ready = await holder.line(/"event":"ready"/)
        if (how !== 'at random') most = Math.max(most, changedSettings(original).length)
        if (how === 'standard input') holder.child.stdin!.end()
        else holder.child.kill(how === 'at random' ? 'SIGKILL' : how)
        await holder.ended
        if (how === 'SIGKILL' || how === 'at random') expect(recover().status).toBe(0)
        expect({ round, how, changed: changedSettings(original) }).toEqual({ round, how, changed: [] })
      }
      // In a container root may change nothing, and the host process says so of each setting.
      expect(most > 0).toBe(changesSettings(ready))
      if (most === 0) console.info('skipped: this machine lets nobody change a setting')
      console.info(
        `this machine (${tune}): ${rounds} holds ended in ${ways.length} ways, up to ${most} settings changed, 0 left`,
      )
    },
    PATIENCE,
  )

  test('has its limit of latency go with whoever holds the device', async () => {
    const latency = openLatency()
    if (skipped() || latency === undefined) return
    const found = latency()
    const holder = start('--eval', [
      `const { openSync, writeSync } = require('node:fs')
       writeSync(openSync('/dev/cpu_dma_latency', 'w'), Int32Array.of(7))
       console.log('held'); setInterval(() => {}, 1000)`,
    ])
    await holder.line(/held/)
    expect(latency()).toBe(7)
    holder.child.kill('SIGKILL')
    await holder.ended
    expect(latency()).toBe(found)
  })
})

/** Whether a host process that is ready says that it has changed a setting that can be read again. */
function changesSettings(ready: string): boolean {
  const { knobs } = JSON.parse(ready) as { knobs: readonly { name: string; found?: string; set?: string }[] }
  return knobs.some(
    ({ name, found, set }) => !['c-states', 'priority'].includes(name) && set !== undefined && set !== found,
  )
}

/** Reads the limit in microseconds anew at each call; undefined, with the reason printed, where there is no such device. */
function openLatency(): (() => number) | undefined {
  const read = () => {
    const bytes = new Int32Array(1)
    const device = openSync('/dev/cpu_dma_latency', 'r')
    readSync(device, bytes)
    closeSync(device)
    return bytes[0]!
  }
  try {
    read()
    return read
  } catch (error) {
    console.info(`skipped: /dev/cpu_dma_latency cannot be read (${(error as Error).message})`)
    return undefined
  }
}

const VICTIMS = ['action', 'action', 'both', 'action', 'host'] as const
type Victim = (typeof VICTIMS)[number]

interface Kill {
  readonly victim: Victim | 'nobody'
  readonly tuned: boolean
  readonly at: number
}

/** Kills the main process of an action, its host process if there is one by now, or both. */
function kill(main: RunningStage, victim: Victim): Kill {
  const host = victim === 'action' ? undefined : childOf(main.pid, HOST)
  const tuned = changedSettings(original).length > 0
  if (host !== undefined) killIfThere(host)
  if (victim !== 'host') main.signal('SIGKILL')
  const hit = victim !== 'action' && host === undefined ? (victim === 'both' ? 'action' : 'nobody') : victim
  return { victim: hit, tuned, at: performance.now() }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was faster.
  }
}

function tally(kills: readonly Kill[]): string {
  const names = [...new Set(kills.map(({ victim }) => victim))]
  return names.map(name => `${name} ${kills.filter(({ victim }) => victim === name).length}`).join(', ')
}

describe('a gate on this machine', () => {
  let stage: Stage
  let head: string
  beforeAll(async () => {
    stage = await setStage({ 'program.c': PRINT, ...value('0.100') })
    head = stage.sample.head(value('0.104'))
  })
  afterAll(async () => await stage.close())

  const inputs = { counters: 'simulated', budget: '20s', alpha: '1%' }

  /** Runs a gate and, if somebody is to be killed, does that some milliseconds after its start or after it began to measure. */
  async function gateAndKill(
    tune: string,
    victim?: Victim,
    when: { readonly after: number; readonly measuring?: boolean } = { after: 0 },
  ) {
    const started = performance.now()
    const seen: { measuring?: number; counting?: number; kill?: Kill } = {}
    let timer: NodeJS.Timeout | undefined
    let main: RunningStage | undefined
    const arm = () => {
      if (main && victim) timer = setTimeout(() => (seen.kill = kill(main!, victim)), when.after)
    }
    const { outputs, log } = await stage.gate(head, {
      inputs: { ...inputs, tune },
      runner: {
        onStart: (running, name) => {
          if (name !== 'main') return
          main = running
          if (!when.measuring) arm()
        },
        onLine: line => {
          if (line.startsWith('::group::Count')) seen.counting = performance.now() - started
          if (!line.startsWith('::group::Measure')) return
          seen.measuring = performance.now() - started
          if (when.measuring) arm()
        },
      },
    })
    clearTimeout(timer)
    const ended = performance.now()
    return { outputs, log, pid: main!.pid, ...seen, milliseconds: ended - started, ended }
  }

  test.each(TUNES)(
    'leaves neither a setting nor a process nor a file nor a group behind, whenever it is killed (%s)',
    async tune => {
      const whole = await gateAndKill(tune)
      if (whole.outputs.verdict !== 'pass') throw new Error(whole.log)
      const measuring = whole.counting! - whole.measuring!
      const [kills, delays]: [Kill[], number[]] = [[], []]
      // A thousand in all.
      const rounds = counted(6, TUNES.length === 1 ? 1_000 : tune === 'auto' ? 700 : 300)
      for (let round = 0; round < rounds; round++) {
        const victim = VICTIMS[round % VICTIMS.length]!
        const span = round % 2 === 0 ? whole.milliseconds : measuring
        const run = await gateAndKill(tune, victim, {
          after: (roll() / 0x7fffffff) * span,
          measuring: round % 2 === 1,
        })
        if (run.kill) kills.push(run.kill)
        if (run.kill && victim !== 'host') delays.push(run.ended - run.kill.at)
        const left = {
          // An ordinary user's gate changes none; somebody else's may, at any time.
          settings: isRoot ? changedSettings(original) : [],
          files: readdirSync(join(stage.sample.root, 'tmp')),
          processes: await remaining(stage),
          groups: jobGroupsOf(run.pid),
        }
        expect({ round, victim, ...left }).toEqual({
          round,
          victim,
          settings: [],
          files: [],
          processes: [],
          groups: [],
        })
      }
      const tuned = kills.filter(one => one.tuned).length
      delays.sort((one, other) => one - other)
      const p99 = delays[Math.floor(0.99 * delays.length)] ?? 0
      console.info(
        `random kills of whole gates (${tune}): ${kills.length} kills in ${rounds} runs (${tally(kills)}), ${isRoot ? `${tuned} while the machine was tuned` : 'untuned'}; ` +
          `nothing left behind in any; clean after ${p99.toFixed(0)} ms (p99, with the whole post step)`,
      )
      if (soaking && isRoot) expect(tuned).toBeGreaterThan(rounds / 4)
    },
    PATIENCE,
  )
})

/** The processes of a gate that are still there a second after it. */
async function remaining(stage: Stage): Promise<readonly string[]> {
  for (let patience = 0; patience < 20; patience++) {
    if (processesOf(stage.sample.root).length === 0) return []
    await pause(50)
  }
  return processesOf(stage.sample.root)
}

import type { Scene } from '../core/knobs/knob.ts'
import { knobsOf, type Profile } from '../core/knobs/profile.ts'
import { describeLeftovers, reportKnobs, reportReturns, type Tuned } from '../core/knobs/report.ts'
import { type CpuChoice, chooseCpus } from '../core/machine/cpu-choice.ts'
import { formatCpuList, without } from '../core/machine/cpu-list.ts'
import { faultsOf, limitationsOf } from '../core/machine/hold-faults.ts'
import { HOST_PROTOCOL } from '../core/machine/host-event.ts'
import type { KnobReport } from '../core/model.ts'
import { readIdleLatency, readTopology } from '../shell/host-topology.ts'
import type { HostWorld, LockOutcome } from '../shell/host-world.ts'
import { type Recovery, recover, restoreAll } from './recover.ts'
import { type Tuning, tune } from './tune.ts'

/** How the host process ends: well, with something not put back, refused, or because the machine stayed busy. */
export const EXIT = { well: 0, leftover: 1, refused: 2, busy: 3 } as const

/** A waiting job gives up after this long; the action gives up sooner by closing standard input. */
const LONGEST_WAIT_SECONDS = 2 * 60 * 60

/**
 * Takes the machine, recovers what a crash left, tunes, says that it is ready, holds until it is released, and puts everything
 * back; yields the exit code. Whatever happens in between is put back before anything else is done.
 */
export async function hold(profile: Profile, world: HostWorld): Promise<number> {
  const lock = await takeLock(world)
  if (lock.kind === 'busy') {
    const faults = [
      `The machine is still held by ${lock.holder}; wait for it to end, or run fewer jobs on it.`,
    ]
    world.control.emit({ event: 'refused', reason: 'busy', faults })
    return EXIT.busy
  }
  const recovery: Recovery =
    lock.kind === 'held'
      ? recover(world)
      : { outcome: 'blocked', notes: [`The machine-wide lock cannot be had: ${lock.why}.`] }
  const topology = readTopology(world.settings)
  const choice = chooseCpus(topology)
  const online = topology.cpus.map(({ id }) => id)
  if (choice.chosen.length > 0) world.standAside(formatCpuList(without(online, choice.quiet)))
  const scene = sceneOf(choice, online, readIdleLatency(world.settings))
  const tuning = recovery.outcome === 'blocked' ? nothing(recovery) : tune(knobsOf(profile), scene, world)
  try {
    return await holdTuned({ profile, recovery, choice, tuning }, world)
  } catch (error) {
    restoreAll(tuning.journaled, world)
    throw error
  }
}

interface Held {
  readonly profile: Profile
  readonly recovery: Recovery
  readonly choice: CpuChoice
  readonly tuning: Tuning
}

async function holdTuned({ profile, recovery, choice, tuning }: Held, world: HostWorld): Promise<number> {
  const knobs = reportKnobs(tuning.tuned)
  const faults = faultsOf(profile, tuning)
  if (faults.length > 0) {
    putBack(tuning, knobs, world)
    world.control.emit({ event: 'refused', reason: 'input', faults })
    return EXIT.refused
  }
  world.control.emit({
    event: 'ready',
    protocol: HOST_PROTOCOL,
    knobs,
    limitations: limitationsOf(tuning, choice),
    ...(choice.chosen.length > 0 ? { cpus: formatCpuList(choice.chosen) } : {}),
    notes: recovery.outcome === 'blocked' ? [] : recovery.notes,
  })
  await aborted(world.control.released)
  const returned = putBack(tuning, knobs, world)
  world.control.emit({ event: 'released', ...returned })
  return returned.failed ? EXIT.leftover : EXIT.well
}

function putBack(
  tuning: Tuning,
  knobs: readonly KnobReport[],
  world: HostWorld,
): { knobs: readonly KnobReport[]; leftovers: readonly string[]; failed: boolean } {
  const returns = restoreAll(tuning.journaled, world)
  const failed = returns.some(({ outcome }) => outcome === 'failed')
  // A journal whose settings could not all be put back stays for the next start.
  const trouble = failed || tuning.journaled.length === 0 ? undefined : world.journal.clear()
  const leftovers = [
    ...describeLeftovers(returns),
    ...(trouble === undefined
      ? []
      : [`The journal ${world.journal.path} could not be removed (${trouble}); remove it by hand.`]),
  ]
  // What the kernel takes back with this process counts as put back: its descriptor closes when we end.
  const heldOpen = knobs.map(knob =>
    knob.name === 'c-states' && knob.set !== undefined ? { ...knob, restored: true } : knob,
  )
  return { knobs: reportReturns(heldOpen, returns), leftovers, failed: failed || trouble !== undefined }
}

async function takeLock(world: HostWorld): Promise<LockOutcome> {
  const first = world.lock.tryTake()
  if (first.kind !== 'busy') return first
  let { holder } = first
  const started = performance.now()
  const say = () => {
    const seconds = Math.round((performance.now() - started) / 1000)
    world.control.emit({ event: 'waiting', holder, seconds })
  }
  say()
  const limit = AbortSignal.any([world.control.released, AbortSignal.timeout(LONGEST_WAIT_SECONDS * 1000)])
  const heartbeat = setInterval(say, 30_000)
  try {
    const outcome = await world.lock.take(limit)
    if (outcome.kind === 'busy') holder = outcome.holder
    return outcome
  } finally {
    clearInterval(heartbeat)
  }
}

function sceneOf(choice: CpuChoice, online: readonly number[], idleLatency: number | undefined): Scene {
  return {
    online,
    chosen: choice.chosen,
    quiet: choice.quiet,
    ...(idleLatency === undefined ? {} : { idleLatency }),
  }
}

function nothing(recovery: Recovery): Tuning {
  const tuned: Tuned = { attempts: [], already: [], left: [] }
  return { tuned, journaled: [], blocked: recovery.notes.join(' ') }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve())
  })
}

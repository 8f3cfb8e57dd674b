import type { CpuChoice, CpuCount } from '../../core/machine/cpu-choice.ts'
import { formatCpuList, without } from '../../core/machine/cpu-list.ts'
import type { KnobReport } from '../../core/model/report.ts'
import { faultsOf } from '../../core/tuning/hold-faults.ts'
import type { TuningContext } from '../../core/tuning/knobs/knob.ts'
import { knobsOf, type TuningProfile } from '../../core/tuning/knobs/profile.ts'
import { describeLeftovers, reportKnobs, reportReturns } from '../../core/tuning/knobs/report.ts'
import { HOST_PROTOCOL } from '../../core/tuning/protocol.ts'
import { schedulingOf } from '../../core/tuning/scheduling.ts'
import { tuningLimitations } from '../../report/limitations/tuning.ts'
import {
  journalSentence,
  noMachineLock,
  SETTING_FAULT,
  stillHeldBy,
} from '../../report/terminal/host-process.ts'
import type { HostPorts, LockOutcome } from '../../shell/host/ports.ts'
import { type Recovery, recover, restoreAll } from './recover.ts'
import { readScene } from './survey-knobs.ts'
import { type Tuning, tune } from './tune.ts'

/** How the host process ends: well, with a setting not restored, refused, or because the machine stayed busy. */
export const EXIT = { well: 0, leftover: 1, refused: 2, busy: 3 } as const

/**
 * Takes the machine, recovers what a crash left, tunes, says that it is ready, holds until it is released, and puts everything
 * back before it says another word; returns the exit code.
 */
export async function hold(profile: TuningProfile, ports: HostPorts, cpus: CpuCount = 1): Promise<number> {
  // Listening begins here: a signal during the tuning must find a handler that restores.
  const { control } = ports
  const lock = await takeMachine(ports)
  if (lock.kind === 'busy') {
    const faults = [stillHeldBy(lock.holder)]
    control.emit({ event: 'refused', reason: 'busy', faults })
    return EXIT.busy
  }
  const recovery: Recovery =
    lock.kind === 'held' ? recover(ports) : { outcome: 'blocked', notes: [noMachineLock(lock.why)] }
  const { scene, choice } = readScene(ports, cpus)
  ports.standAside(formatCpuList(others(scene)))
  try {
    return await holdTuned({ profile, recovery, choice, scene }, ports)
  } catch (error) {
    if (recovery.outcome !== 'blocked') recover(ports)
    throw error
  }
}

interface Held {
  readonly profile: TuningProfile
  readonly recovery: Recovery
  readonly choice: CpuChoice
  readonly scene: TuningContext
}

async function holdTuned({ profile, recovery, choice, scene }: Held, ports: HostPorts): Promise<number> {
  const blocked = recovery.outcome === 'blocked'
  const tuning = blocked ? untuned(recovery.notes) : tune(knobsOf(profile), scene, ports)
  const knobs = reportKnobs(tuning.tuned)
  const faults = faultsOf(profile, tuning)
  if (faults.length > 0) {
    const { leftovers } = putBack(tuning, knobs, ports)
    ports.control.emit({ event: 'refused', reason: 'input', faults: [...faults, ...leftovers] })
    return EXIT.refused
  }
  ports.control.emit({
    event: 'ready',
    protocol: HOST_PROTOCOL,
    knobs,
    limitations: tuningLimitations(tuning, choice),
    ...schedulingOf(tuning.tuned, choice),
    notes: blocked ? [] : recovery.notes,
  })
  await aborted(ports.control.released)
  const { failed, ...returned } = putBack(tuning, knobs, ports)
  ports.lock.leave()
  ports.control.emit({ event: 'released', ...returned })
  return failed ? EXIT.leftover : EXIT.well
}

interface PutBack {
  readonly knobs: readonly KnobReport[]
  readonly leftovers: readonly string[]
  readonly failed: boolean
}

function putBack(tuning: Tuning, knobs: readonly KnobReport[], ports: HostPorts): PutBack {
  const parted = tuning.tuned.attempts.find(
    ({ setting, failed }) => setting.knob === 'cpuset' && failed === undefined,
  )
  const lost = parted !== undefined && !ports.groups.isWhole(parted.setting.path)
  ports.client.takeBack()
  const returns = restoreAll(tuning.journaled, ports)
  const unreturned = returns.some(({ outcome }) => outcome === 'failed')
  // A journal of settings that could not all be restored stays for the next start.
  const trouble = unreturned || tuning.journaled.length === 0 ? undefined : ports.journal.clear()
  return {
    // What the kernel takes back with this process or its client counts as restored: the descriptor closes when we end.
    knobs: reportReturns(knobs, returns)
      .map(knob => (tuning.healing.includes(knob.name) ? { ...knob, restored: true } : knob))
      .map(knob =>
        lost && knob.name === 'cpuset'
          ? { ...knob, lasted: false, why: SETTING_FAULT['partition-lost'] }
          : knob,
      ),
    leftovers: [
      ...describeLeftovers(returns),
      ...(trouble === undefined ? [] : [journalSentence(ports.journal.path, { kind: 'stuck', trouble })]),
    ],
    failed: unreturned || trouble !== undefined,
  }
}

function others({ online, quiet, chosen }: TuningContext): readonly number[] {
  const away = without(online, quiet)
  return away.length > 0 ? away : without(online, chosen)
}

function untuned(notes: readonly string[]): Tuning {
  return {
    tuned: { attempts: [], already: [], left: [] },
    journaled: [],
    healing: [],
    blocked: notes.join(' '),
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve())
  })
}

/** A waiting job gives up after this long; the action gives up sooner by closing standard input. */
const LONGEST_WAIT_SECONDS = 2 * 60 * 60

/** Takes the machine-wide lock, saying for whom and how long it waits; `busy` when it was given up. */
async function takeMachine(ports: HostPorts): Promise<LockOutcome> {
  const first = ports.lock.tryTake()
  if (first.kind !== 'busy') return first
  const started = performance.now()
  const say = () => {
    const seconds = Math.round((performance.now() - started) / 1000)
    // Asked again each time: the one waited for may have gone, and another come first.
    ports.control.emit({ event: 'waiting', holder: ports.lock.holder() ?? first.holder, seconds })
  }
  say()
  const heartbeat = setInterval(say, 10_000)
  const patience = AbortSignal.timeout(LONGEST_WAIT_SECONDS * 1000)
  try {
    return await ports.lock.take(AbortSignal.any([ports.control.released, patience]))
  } finally {
    clearInterval(heartbeat)
  }
}

import type { CpuChoice, CpuCount } from '../../core/machine/cpu-choice.ts'
import { formatCpuList } from '../../core/machine/cpu-list.ts'
import type { HoldGap } from '../../core/machine/hold-gap.ts'
import { CommandError, InputError } from '../../core/model/errors.ts'
import type { KnobReport } from '../../core/model/report.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import { formatProfile, parseProfile } from '../../core/tuning/knobs/profile.ts'
import { HOST_PROTOCOL } from '../../core/tuning/protocol.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import type { Hold, LogPort, MachinePort } from '../ports/ports.ts'
import type { HostAccess } from './host-access.ts'
import { type HostSession, startHost } from './host-session.ts'
import { recoverThrough } from './recover.ts'

/** Patience with the host process, in seconds. */
export interface HostPatience {
  /** From the start to the first word; sudo and a busy machine may be slow, but must not hang us. */
  readonly start: number
  /** For other jobs to let the machine go. */
  readonly wait: number
  /** For everything to be restored. */
  readonly release: number
}

export const PATIENCE: HostPatience = { start: 120, wait: 30 * 60, release: 120 }

export interface HoldRequest {
  readonly tune: Parameters<MachinePort['hold']>[0]
  readonly access: HostAccess
  readonly log: LogPort
  readonly patience: HostPatience
  /** How many CPUs somebody asked for, and which ones these would be. */
  readonly cpus?: { readonly count: CpuCount; readonly choice: CpuChoice }
}

/** Tunes through the host process; without one, untuned and saying so. Throws what `tune` cannot have. */
export async function holdMachine(request: HoldRequest): Promise<Hold> {
  const { tune, access, cpus } = request
  if (tune === 'off') return untuned(request, [])
  const profile = parseProfile(formatProfile(tune))
  if (!profile.ok) throw new InputError(profile.fault)
  if (access.kind === 'unreachable') return without(request, access.why)
  const session = startHost(access, ['hold', formatProfile(tune), ...(cpus ? [`${cpus.count}`] : [])])
  const answer = await becomeReady(session, request)
  if (!answer.ok) {
    session.abandon()
    return without(request, answer.fault)
  }
  const ready = answer.value
  for (const note of ready.notes) request.log.warn(note)
  const old: HoldGap = { kind: 'other-protocol', spoken: ready.protocol, ours: HOST_PROTOCOL }
  let released: Promise<readonly KnobReport[]> | undefined
  return {
    knobs: ready.knobs,
    gaps: [
      ...ready.limitations.map(limitation => ({ kind: 'told', limitation }) as const),
      ...(ready.protocol === HOST_PROTOCOL ? [] : [old]),
      ...fewerThanAsked(request),
    ],
    scheduling: schedulingIn(ready),
    release: () => {
      released ??= release(session, ready.knobs, request)
      return released
    },
  }
}

function schedulingIn({ cpus, nice, realTime, partition }: Ready): Scheduling {
  return {
    ...(cpus !== undefined && { cpus }),
    ...(nice !== undefined && { nice }),
    ...(realTime !== undefined && { realTime }),
    ...(partition !== undefined && { partition }),
  }
}

type Ready = Extract<Awaited<ReturnType<HostSession['next']>>, { event: 'ready' }>

/** The host process once it is ready, or why it never will be. */
async function becomeReady(
  session: HostSession,
  { access, log, patience }: HoldRequest,
): Promise<Result<Ready, string>> {
  const started = performance.now()
  const waited = () => (performance.now() - started) / 1000
  for (let words = 0; ; words++) {
    const event = await session.next(words > 0 ? Math.max(0, patience.wait - waited()) : patience.start)
    switch (event.event) {
      case 'waiting':
        log.line(`Waiting for the machine, held by ${event.holder} (${Math.round(waited())} s so far).`)
        break
      case 'ready':
        return success(event)
      case 'refused':
        session.abandon()
        if (event.reason === 'input') throw new InputError(event.faults.map(withoutCpus))
        throw busy(event.faults, waited())
      case 'silent':
        session.abandon()
        if (words > 0) throw busy([], waited())
        return failed(`the host process said nothing for ${patience.start} s`)
      case 'ended':
        if (event.killed) await recoverThrough(access, log)
        return failed(`the host process ${event.how} (${event.lastLines.at(-1) ?? 'it said nothing'})`)
      default:
        return failed('the host process said something unexpected')
    }
  }
}

/** A host process that was installed before it knew a number of CPUs refuses one. */
const withoutCpus = (fault: string): string =>
  fault.startsWith('hold takes exactly one PROFILE')
    ? 'The installed host process does not know cpus; run perf-verdict host install again.'
    : fault

function busy(lines: readonly string[], seconds: number): CommandError {
  return new CommandError({
    what: 'Waiting for the machine',
    command: 'perf-verdict host hold',
    ended: `was given up after ${Math.round(seconds)} s, because another job holds it`,
    lastLines: lines,
  })
}

async function release(
  session: HostSession,
  knobs: readonly KnobReport[],
  { access, log, patience }: HoldRequest,
): Promise<readonly KnobReport[]> {
  session.close()
  const event = await session.next(patience.release)
  if (event.event === 'released') {
    for (const leftover of event.leftovers) log.warn(leftover)
    // Its end is waited for as well: only then is the lock free, and what the kernel takes back is back.
    await session.next(patience.release)
    session.abandon()
    return event.knobs
  }
  const how = event.event === 'ended' ? event.how : 'does not answer'
  session.abandon()
  log.warn(`The host process ${how} while the machine was held; its settings are restored now.`)
  const good = await recoverThrough(access, log)
  const why = `the host process ${how} before the end, so some rounds may have run untuned`
  return knobs.map(knob => (knob.set === undefined ? knob : { ...knob, restored: good, lasted: false, why }))
}

function without(request: HoldRequest, why: string): Hold {
  if (request.tune !== 'auto') {
    throw new InputError([
      `Nothing can be tuned: ${why}; make the host process reachable, or write tune: auto.`,
    ])
  }
  return untuned(request, [{ kind: 'untuned', why }])
}

/** Pinned all the same where somebody asked for CPUs: that needs no right. */
function untuned(request: HoldRequest, gaps: readonly HoldGap[]): Hold {
  const chosen = request.cpus?.choice.chosen ?? []
  return {
    knobs: [],
    gaps: [...gaps, ...fewerThanAsked(request)],
    scheduling: chosen.length > 0 ? { cpus: formatCpuList(chosen) } : {},
    release: () => Promise.resolve([]),
  }
}

function fewerThanAsked({ cpus }: HoldRequest): readonly HoldGap[] {
  if (!cpus || cpus.count === 'all') return []
  const { count, choice } = cpus
  const had = Math.max(1, choice.chosen.length)
  if (had >= count) return []
  return [{ kind: 'fewer-cpus', asked: count, had }]
}

import type { KnobSetting } from '../../core/tuning/knobs/knob.ts'
import { judgeRestore } from '../../core/tuning/knobs/plan.ts'
import { describeLeftovers, type Return } from '../../core/tuning/knobs/report.ts'
import { knobNamed } from '../../core/tuning/knobs/table.ts'
import { readValue } from '../../core/tuning/knobs/value.ts'
import {
  JOURNAL_OF_EARLIER_BOOT,
  journalSentence,
  restoredSettings,
  SETTING_FAULT,
} from '../../report/terminal/host-process.ts'
import { decodeJournal } from '../../shell/host/journal-text.ts'
import type { HostPorts } from '../../shell/host/ports.ts'

/** What an earlier crash had left: nothing, settings that are restored now, or an obstacle to any further tuning. */
export interface Recovery {
  readonly outcome: 'nothing' | 'restored' | 'blocked'
  /** A sentence for each thing that somebody should know. */
  readonly notes: readonly string[]
}

const BOOT_ID = '/proc/sys/kernel/random/boot_id'

/** The boot that the machine is in; undefined where the kernel does not tell. */
export function readBootId(ports: Pick<HostPorts, 'settings'>): string | undefined {
  const read = ports.settings.read(BOOT_ID)
  const id = read.ok ? read.value.trim() : ''
  return /^[0-9a-f-]{36}$/.test(id) ? id : undefined
}

/** Restores what a crash left; to be called under the lock, and before anything is read as the machine's own value. */
export function recover(ports: HostPorts): Recovery {
  const { path } = ports.journal
  const loaded = ports.journal.load()
  if (!loaded.ok)
    return { outcome: 'blocked', notes: [journalSentence(path, { kind: 'blocks', why: loaded.fault })] }
  if (loaded.value === undefined) return { outcome: 'nothing', notes: [] }
  const decoded = decodeJournal(loaded.value)
  const boot = decoded.ok ? decoded.value.bootId : decoded.fault.bootId
  const now = readBootId(ports)
  if (boot !== undefined && now !== undefined && boot !== now) {
    return clear(ports, 'nothing', [JOURNAL_OF_EARLIER_BOOT])
  }
  if (!decoded.ok)
    return { outcome: 'blocked', notes: [journalSentence(path, { kind: 'blocks', why: decoded.fault.why })] }
  const returns = restoreAll(decoded.value.settings, ports)
  const leftovers = describeLeftovers(returns)
  if (returns.some(({ outcome }) => outcome === 'failed')) return { outcome: 'blocked', notes: leftovers }
  const count = returns.filter(({ outcome }) => outcome === 'restored').length
  return clear(ports, 'restored', [restoredSettings(count, decoded.value), ...leftovers])
}

/** Puts found values back in reverse order, each only where the present value is the one we set, and says how each ended. */
export function restoreAll(settings: readonly KnobSetting[], ports: HostPorts): readonly Return[] {
  return settings.toReversed().map(setting => restoreOne(setting, ports))
}

function restoreOne(setting: KnobSetting, ports: HostPorts): Return {
  const knob = knobNamed(setting.knob)!
  if (knob.via === 'service') return restoreService(setting, ports)
  if (knob.via === 'group') return removeGroup(setting, ports)
  let failure = ''
  // A setting may be busy for a moment; three tries, then it is reported and the journal is kept.
  for (let attempt = 0; attempt < 3; attempt++) {
    if (attempt > 0) ports.pause(20)
    const read = ports.settings.read(setting.path)
    if (!read.ok) {
      if (read.fault === 'ENOENT') return { setting, outcome: 'gone' }
      failure = read.fault
      continue
    }
    const present = readValue(read.value, knob.shape) ?? ''
    const judgement = judgeRestore(knob, setting, present)
    if (judgement === 'changed') return { setting, outcome: 'changed', seen: JSON.stringify(present) }
    // A second look after a write: the kernel has the last word.
    if (judgement === 'already') return { setting, outcome: attempt > 0 ? 'restored' : 'already' }
    if (attempt > 0 && knob.master !== undefined) ports.settings.write(knob.master, '1')
    failure = ports.settings.write(setting.path, setting.found) ?? ''
    if (failure === '' && holds(setting, ports)) return { setting, outcome: 'restored' }
  }
  return { setting, outcome: 'failed', seen: failure || SETTING_FAULT['no-effect'] }
}

function holds(setting: KnobSetting, ports: HostPorts): boolean {
  const read = ports.settings.read(setting.path)
  return read.ok && readValue(read.value, knobNamed(setting.knob)!.shape) === setting.found
}

/** Starts what was active even if it seems so: an order to stop it may still be on its way. */
function restoreService(setting: KnobSetting, ports: HostPorts): Return {
  const name = setting.path.replace('service:', '')
  if (setting.found !== 'active') return { setting, outcome: 'already' }
  const state = ports.services.state(name)
  if (state === 'absent') return { setting, outcome: 'gone' }
  if (state === 'masked') return { setting, outcome: 'changed', seen: 'masked' }
  const failure = ports.services.start(name)
  return failure === undefined
    ? { setting, outcome: 'restored' }
    : { setting, outcome: 'failed', seen: failure }
}

/** Whatever it looks like, we made it: nobody else makes a group where the journal says that there was none. */
function removeGroup(setting: KnobSetting, ports: HostPorts): Return {
  const state = ports.groups.state(setting.path)
  if (state === undefined || state === setting.found) return { setting, outcome: 'already' }
  const failure = ports.groups.remove(setting.path)
  return failure === undefined
    ? { setting, outcome: 'restored' }
    : { setting, outcome: 'failed', seen: failure }
}

function clear(ports: HostPorts, outcome: Recovery['outcome'], notes: readonly string[]): Recovery {
  const trouble = ports.journal.clear()
  if (trouble === undefined) return { outcome, notes }
  const note = journalSentence(ports.journal.path, { kind: 'stuck', trouble })
  return { outcome: 'blocked', notes: [...notes, note] }
}

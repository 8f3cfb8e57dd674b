import { healsItself, type Knob, type KnobSetting, type TuningContext } from '../../core/tuning/knobs/knob.ts'
import { planSettings } from '../../core/tuning/knobs/plan.ts'
import type { Attempt, Tuned } from '../../core/tuning/knobs/report.ts'
import { knobNamed } from '../../core/tuning/knobs/table.ts'
import { readValue } from '../../core/tuning/knobs/value.ts'
import { journalSentence, madeOtherwise, NO_BOOT_ID } from '../../report/terminal/host-process.ts'
import { encodeJournal } from '../../shell/host/journal-text.ts'
import type { HostPorts } from '../../shell/host/ports.ts'
import { readBootId } from './recover.ts'
import { rightOf, surveyKnobs } from './survey-knobs.ts'

/** What was tuned, what the journal names, and why nothing was when nothing was. */
export interface Tuning {
  readonly tuned: Tuned
  /** In the order of setting; restored in reverse. */
  readonly journaled: readonly KnobSetting[]
  /** Knobs that the kernel takes back by itself when this process or its client ends. */
  readonly healing: readonly string[]
  readonly blocked?: string
}

/** Snapshots, journals and sets; nothing is written to a setting before the journal is durable. */
export function tune(knobs: readonly Knob[], scene: TuningContext, ports: HostPorts): Tuning {
  const plan = planSettings(surveyKnobs(knobs, ports), scene)
  const healing = plan.settings.filter(setting => healsItself(knobNamed(setting.knob)!))
  const journaled = plan.settings.filter(setting => !healing.includes(setting))
  const blocked = journaled.length === 0 ? undefined : writeJournal(journaled, ports)
  const attempts = plan.settings.map(setting => {
    if (healing.includes(setting)) return hold(setting, ports)
    return blocked === undefined ? set(setting, ports) : { setting, failed: blocked }
  })
  return {
    tuned: { attempts, already: plan.already, left: plan.left },
    journaled: blocked === undefined ? journaled : [],
    healing: attempts
      .filter(({ setting, failed }) => healing.includes(setting) && failed === undefined)
      .map(({ setting }) => setting.knob),
    ...(blocked === undefined ? {} : { blocked }),
  }
}

function writeJournal(settings: readonly KnobSetting[], ports: HostPorts): string | undefined {
  const bootId = readBootId(ports)
  if (bootId === undefined) return NO_BOOT_ID
  const text = encodeJournal({ bootId, pid: ports.pid, startedAt: ports.date(), settings })
  const trouble = ports.journal.save(text)
  if (trouble === undefined) return undefined
  // It may have got into place before the trouble; with nothing set it would only mislead the next start.
  ports.journal.clear()
  return journalSentence(ports.journal.path, { kind: 'unwritten', trouble })
}

function hold(setting: KnobSetting, ports: HostPorts): Attempt {
  const value = Number(setting.set)
  const failed =
    knobNamed(setting.knob)!.via === 'client'
      ? ports.client.lend(rightOf(setting.path), value)
      : ports.settings.holdDevice(setting.path, value)
  return failed === undefined ? { setting } : { setting, failed }
}

function set(setting: KnobSetting, ports: HostPorts): Attempt {
  const knob = knobNamed(setting.knob)!
  if (knob.via === 'guard') return { setting }
  if (knob.via === 'service' || knob.via === 'group') {
    const failed =
      knob.via === 'group'
        ? ports.groups.make(setting.path, setting.set)
        : ports.services.stop(setting.path.replace('service:', ''))
    return failed === undefined ? { setting } : { setting, failed }
  }
  const failed = writeWithPatience(setting, ports)
  if (failed !== undefined) {
    // Kernels refuse to move the interrupts that they manage themselves: EIO before 6.12, EPERM since (kernel/irq/proc.c).
    return { setting, failed, managed: knob.name === 'irq-affinity' && /^(EIO|EPERM)$/.test(failed) }
  }
  const read = ports.settings.read(setting.path)
  const present = read.ok ? readValue(read.value, knob.shape) : undefined
  if (present === setting.set) return { setting }
  // Neither the found value nor the one we set could be recognised after a crash, so it goes back at once.
  ports.settings.write(setting.path, setting.found)
  return {
    setting,
    failed: madeOtherwise(present, setting.set),
  }
}

function writeWithPatience(setting: KnobSetting, ports: HostPorts): string | undefined {
  let failed: string | undefined
  for (let attempt = 0; attempt < 3; attempt++) {
    if (attempt > 0) ports.pause(20)
    failed = ports.settings.write(setting.path, setting.set)
    if (failed === undefined || !/^(EBUSY|EAGAIN|EINTR)$/.test(failed)) return failed
  }
  return failed
}

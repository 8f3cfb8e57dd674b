import { encodeJournal } from '../core/journal.ts'
import type { Knob, Reading, Scene, Setting } from '../core/knobs/knob.ts'
import { planSettings, type Survey } from '../core/knobs/plan.ts'
import type { Attempt, Tuned } from '../core/knobs/report.ts'
import { knobNamed } from '../core/knobs/table.ts'
import { readChoices, readValue } from '../core/knobs/value.ts'
import type { HostWorld } from '../shell/host-world.ts'
import { readBootId } from './recover.ts'

/** What was tuned, what the journal names, and why nothing was when nothing was. */
export interface Tuning {
  readonly tuned: Tuned
  /** In the order of setting; to be put back in reverse. */
  readonly journaled: readonly Setting[]
  /** Knobs that the kernel takes back by itself when this process ends. */
  readonly heldOpen: readonly string[]
  readonly blocked?: string
}

/** Reads every file of the knobs that this machine has. */
export function surveyKnobs(
  knobs: readonly Knob[],
  world: Pick<HostWorld, 'settings' | 'services'>,
): readonly Survey[] {
  return knobs.map(knob => {
    if (knob.via === 'service') return surveyService(knob, world)
    for (const pattern of knob.files) {
      const paths = world.settings.expand(pattern)
      if (paths.length === 0) continue
      const readings = paths.map(path => readSetting(knob, path, world))
      const good = readings.flatMap(reading => (typeof reading === 'string' ? [] : [reading]))
      const bad = readings.find(reading => typeof reading === 'string')
      return { knob, readings: good, ...(bad === undefined ? {} : { unread: bad }) }
    }
    return { knob, readings: [] }
  })
}

function surveyService(knob: Knob, world: Pick<HostWorld, 'services'>): Survey {
  const readings = knob.files.flatMap(path => {
    const state = world.services.state(path.replace('service:', ''))
    return state === 'active' || state === 'inactive' ? [{ path, value: state, choices: [], beside: {} }] : []
  })
  return { knob, readings }
}

/** One file as found, or why it cannot be read. */
function readSetting(knob: Knob, path: string, world: Pick<HostWorld, 'settings'>): Reading | string {
  const read = knob.via === 'held' ? world.settings.readDevice(path) : world.settings.read(path)
  if ('error' in read) return `${path} cannot be read (${read.error})`
  const value = readValue(read.text, knob.shape)
  if (value === undefined || !knob.grammar.test(value)) return `${path} holds nothing that is known`
  const folder = path.slice(0, path.lastIndexOf('/'))
  const number = /(\d+)\/[^/]*$/.exec(path)?.[1] ?? ''
  const beside = Object.entries(knob.beside ?? {}).flatMap(([label, template]) => {
    const other = world.settings.read(template.replace('{dir}', folder).replace('{n}', number))
    return 'text' in other ? [[label, other.text.trim()] as const] : []
  })
  return { path, value, choices: readChoices(read.text), beside: Object.fromEntries(beside) }
}

/** Snapshots, journals and sets; nothing is written to a setting before the journal is durable. */
export function tune(knobs: readonly Knob[], scene: Scene, world: HostWorld): Tuning {
  const plan = planSettings(surveyKnobs(knobs, world), scene)
  const held = plan.settings.filter(setting => knobNamed(setting.knob)!.via === 'held')
  const journaled = plan.settings.filter(setting => !held.includes(setting))
  const blocked = journaled.length === 0 ? undefined : writeJournal(journaled, world)
  const attempts = plan.settings.map(setting => {
    if (held.includes(setting)) return hold(setting, world)
    return blocked === undefined ? set(setting, world) : { setting, failed: blocked }
  })
  return {
    tuned: { attempts, already: plan.already, left: plan.left },
    journaled: blocked === undefined ? journaled : [],
    heldOpen: attempts
      .filter(({ setting, failed }) => held.includes(setting) && failed === undefined)
      .map(({ setting }) => setting.knob),
    ...(blocked === undefined ? {} : { blocked }),
  }
}

function writeJournal(settings: readonly Setting[], world: HostWorld): string | undefined {
  const bootId = readBootId(world)
  if (bootId === undefined) return 'the kernel does not tell its boot id, without which no journal is safe'
  const text = encodeJournal({ bootId, pid: world.pid, startedAt: world.date(), settings })
  const trouble = world.journal.save(text)
  if (trouble === undefined) return undefined
  // It may have got into place before the trouble; with nothing set it would only mislead the next start.
  world.journal.clear()
  return `the journal ${world.journal.path} could not be written (${trouble})`
}

function hold(setting: Setting, world: HostWorld): Attempt {
  const failed = world.settings.holdDevice(setting.path, Number(setting.set))
  return failed === undefined ? { setting } : { setting, failed }
}

function set(setting: Setting, world: HostWorld): Attempt {
  const knob = knobNamed(setting.knob)!
  if (knob.via === 'guard') return { setting }
  if (knob.via === 'service') {
    const failed = world.services.stop(setting.path.replace('service:', ''))
    return failed === undefined ? { setting } : { setting, failed }
  }
  const failed = writeWithPatience(setting, world)
  if (failed !== undefined) {
    // Kernels refuse to move the interrupts that they manage themselves: EIO before 6.12, EPERM since (kernel/irq/proc.c).
    return { setting, failed, managed: knob.name === 'irq-affinity' && /^(EIO|EPERM)$/.test(failed) }
  }
  const read = world.settings.read(setting.path)
  const present = 'text' in read ? readValue(read.text, knob.shape) : undefined
  if (present === setting.set) return { setting }
  // Neither the found value nor ours could be recognised after a crash, so it goes back at once.
  world.settings.write(setting.path, setting.found)
  return {
    setting,
    failed: `the kernel made it ${present ?? 'something unreadable'} instead of ${setting.set}`,
  }
}

function writeWithPatience(setting: Setting, world: HostWorld): string | undefined {
  let failed: string | undefined
  for (let attempt = 0; attempt < 3; attempt++) {
    if (attempt > 0) world.pause(20)
    failed = world.settings.write(setting.path, setting.set)
    if (failed === undefined || !/^(EBUSY|EAGAIN|EINTR)$/.test(failed)) return failed
  }
  return failed
}

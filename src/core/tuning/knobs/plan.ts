import type { Knob, KnobName, Reading, Scene, Setting } from './knob.ts'

/** A knob with every file of it that this machine has. */
export interface Survey {
  readonly knob: Knob
  readonly readings: readonly Reading[]
  /** Why nothing could be read although the file is there. */
  readonly unread?: string
}

/** What is to be done, in the order of doing it, and why the rest is not. */
export interface Plan {
  readonly settings: readonly Setting[]
  /** Knobs whose every file already has the wanted value. */
  readonly already: readonly Setting[]
  readonly left: readonly Left[]
}

/** A knob, or one file of it, that stays as it is. */
export interface Left {
  readonly knob: KnobName
  /** Whether the machine has the knob at all. */
  readonly absent: boolean
  readonly found?: string
  readonly why: string
}

/** Decides what to set, from what was found; a watched value is planned only beside the knob that moves it. */
export function planSettings(surveys: readonly Survey[], scene: Scene): Plan {
  const settings: Setting[] = []
  const already: Setting[] = []
  const left: Left[] = []
  for (const { knob, readings, unread } of surveys) {
    if (readings.length === 0 && knob.goesWith === undefined) {
      left.push({
        knob: knob.name,
        absent: unread === undefined,
        why: unread ?? 'this machine does not have it',
      })
    }
    for (const reading of readings) {
      const wish = knob.wish(reading, scene)
      const found = reading.value
      if ('leave' in wish) left.push({ knob: knob.name, absent: false, found, why: wish.leave })
      else {
        const setting: Setting = { knob: knob.name, path: reading.path, found, set: wish.set }
        if (wish.set === found && knob.via !== 'guard') already.push(setting)
        else settings.push(setting)
      }
    }
  }
  return { settings, already, left }
}

/** What is to be done with one setting when it is put back, seeing its present value. */
export function judgeRestore(knob: Knob, setting: Setting, present: string): 'write' | 'already' | 'changed' {
  if (present === setting.found) return 'already'
  if (knob.via !== 'guard' && present === setting.set) return 'write'
  return knob.isOurs?.(present, setting) ? 'write' : 'changed'
}

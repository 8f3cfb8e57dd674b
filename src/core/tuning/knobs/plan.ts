import type { Knob, KnobName, KnobSetting, SettingReading, TuningContext } from './knob.ts'

/** A knob with every file of it that this machine has. */
export interface KnobSurvey {
  readonly knob: Knob
  readonly readings: readonly SettingReading[]
  /** Why nothing could be read although the file is there. */
  readonly unread?: string
}

/** What is to be done, in the order of doing it, and why the rest is not. */
export interface TuningPlan {
  readonly settings: readonly KnobSetting[]
  /** Knobs whose every file already has the wanted value. */
  readonly already: readonly KnobSetting[]
  readonly left: readonly SkippedKnob[]
}

/** A knob, or one file of it, that stays as it is. */
export interface SkippedKnob {
  readonly knob: KnobName
  /** Whether the machine has the knob at all. */
  readonly absent: boolean
  readonly found?: string
  readonly why: string
}

/** Decides what to set, from what was found; a watched value is planned only together with the knob that moves it. */
export function planSettings(surveys: readonly KnobSurvey[], scene: TuningContext): TuningPlan {
  const settings: KnobSetting[] = []
  const already: KnobSetting[] = []
  const left: SkippedKnob[] = []
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
        const setting: KnobSetting = { knob: knob.name, path: reading.path, found, set: wish.set }
        if (wish.set === found && knob.via !== 'guard') already.push(setting)
        else settings.push(setting)
      }
    }
  }
  return { settings, already, left }
}

/** How to restore one setting, given its present value. */
export function judgeRestore(
  knob: Knob,
  setting: KnobSetting,
  present: string,
): 'write' | 'already' | 'changed' {
  if (present === setting.found) return 'already'
  if (knob.via !== 'guard' && present === setting.set) return 'write'
  return knob.isOurs?.(present, setting) ? 'write' : 'changed'
}

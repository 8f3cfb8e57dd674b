import type { CpuChoice } from '../machine/cpu-choice.ts'
import type { Limitation } from '../model/report.ts'
import type { TuningProfile } from './knobs/profile.ts'
import type { Tuned } from './knobs/report.ts'

/** What was tuned, and why nothing was when nothing could be. */
export interface TuningOutcome {
  readonly tuned: Tuned
  readonly blocked?: string
}

/**
 * What a profile that must work could not do, a sentence each; nothing for `auto`. With `required`, what the machine has must
 * take its value; a knob that was named must be there, too.
 */
export function faultsOf(profile: TuningProfile, { tuned, blocked }: TuningOutcome): readonly string[] {
  if (profile.kind === 'auto') return []
  if (blocked !== undefined) return [`Nothing could be tuned. ${blocked}`]
  const refused = refusedIn(tuned).map(
    ({ setting, failed }) => `${setting.knob} could not be set (${setting.path}: ${failed})`,
  )
  const left = profile.kind === 'required' ? [] : tuned.left
  const faults = [...refused, ...left.map(({ knob, why }) => `${knob} could not be set (${why})`)]
  return [...new Set(faults)].map(fault => `${fault}; take it out of tune, or write tune: auto.`)
}

/** What is done where nothing can be tuned. */
export const MEASURED_UNTUNED = 'The system was measured untuned.'

/** What could not be tuned, for the report. */
export function limitationsOf({ tuned, blocked }: TuningOutcome, choice: CpuChoice): readonly Limitation[] {
  const asFound = 'They stay as they were found, and the control shows what that costs.'
  const about = (what: string, knobs: readonly string[]): readonly Limitation[] =>
    knobs.length === 0 ? [] : [{ what: `${what}: ${[...new Set(knobs)].join(', ')}.`, instead: asFound }]
  const left = (absent: boolean) => tuned.left.filter(item => item.absent === absent).map(({ knob }) => knob)
  return [
    ...(blocked === undefined ? [] : [{ what: blocked, instead: MEASURED_UNTUNED }]),
    ...about('This machine does not have these settings', left(true)),
    ...about('These settings were left alone', left(false)),
    ...(blocked === undefined
      ? about(
          'These settings could not be changed',
          refusedIn(tuned).map(({ setting }) => setting.knob),
        )
      : []),
    ...(choice.chosen.length > 0
      ? []
      : [{ what: `No CPU can be set apart: ${choice.because}.`, instead: 'The benchmark is not pinned.' }]),
  ]
}

function refusedIn({ attempts }: Tuned): Tuned['attempts'] {
  return attempts.filter(({ failed, managed }) => failed !== undefined && !managed)
}

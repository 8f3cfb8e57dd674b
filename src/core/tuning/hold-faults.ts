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

/** The settings that the machine has and did not let us change. */
export function refusedIn({ attempts }: Tuned): Tuned['attempts'] {
  return attempts.filter(({ failed, managed }) => failed !== undefined && !managed)
}

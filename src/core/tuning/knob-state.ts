import type { Knob, TuningContext } from './knobs/knob.ts'
import { type KnobSurvey, planSettings } from './knobs/plan.ts'
import { reportKnobs } from './knobs/report.ts'

/** A knob of this machine: how it is, how it would be set, or why it would not. */
export interface KnobState {
  readonly knob: Knob
  readonly found?: string
  readonly wanted?: string
  /** `quiet`: as wanted already; `settable`: a hold would set it; `left`: it stays; `absent`: not here. */
  readonly state: 'quiet' | 'settable' | 'left' | 'absent'
  readonly why?: string
}

/** Sums up, for each knob, what a hold would do to it; what only goes with another is left out. */
export function knobStates(surveys: readonly KnobSurvey[], scene: TuningContext): readonly KnobState[] {
  return surveys
    .filter(({ knob }) => knob.goesWith === undefined)
    .map(survey => {
      const plan = planSettings([survey], scene)
      const attempts = plan.settings.map(setting => ({ setting }))
      const [row] = reportKnobs({ attempts, already: plan.already, left: plan.left })
      const settable = plan.settings.length > 0
      const quiet = !settable && plan.already.length > 0
      const absent = plan.left.some(left => left.absent)
      return {
        knob: survey.knob,
        state: settable ? 'settable' : quiet ? 'quiet' : absent ? 'absent' : 'left',
        ...(row?.found === undefined ? {} : { found: row.found }),
        ...(row?.set === undefined ? {} : { wanted: row.set }),
        ...(row?.why === undefined ? {} : { why: row.why }),
      }
    })
}

/** One line a knob, for a terminal. */
export function describeKnobs(states: readonly KnobState[]): readonly string[] {
  const width = Math.max(...states.map(({ knob }) => knob.name.length))
  return states.map(state => `${state.knob.name.padEnd(width)}  ${describeState(state)}`)
}

function describeState({ state, found, wanted, why }: KnobState): string {
  switch (state) {
    case 'quiet':
      return `${found}, as wanted`
    case 'settable':
      return `${found}, would be ${wanted}`
    case 'left':
      return `${found ?? 'unread'}, stays: ${why}`
    case 'absent':
      return 'not here'
  }
}

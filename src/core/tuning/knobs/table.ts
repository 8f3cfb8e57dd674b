import { frequencyKnobs } from './frequency.ts'
import { idleKnobs, smtKnobs } from './idle.ts'
import { interruptKnobs } from './interrupts.ts'
import { kernelKnobs } from './kernel.ts'
import type { Knob, KnobName } from './knob.ts'
import { memoryKnobs } from './memory.ts'
import { schedulingKnobs } from './scheduling.ts'

/** Every setting that perf-verdict may change, in the order of setting; restoring goes the other way. Nothing else is ever written. */
export const KNOBS: readonly Knob[] = [
  ...idleKnobs,
  ...frequencyKnobs,
  ...interruptKnobs,
  ...memoryKnobs,
  ...kernelKnobs,
  ...schedulingKnobs,
  ...smtKnobs,
]

const byName: ReadonlyMap<string, Knob> = new Map(KNOBS.map(knob => [knob.name, knob]))

/** The knob of that name, if there is one. */
export function knobNamed(name: string): Knob | undefined {
  return byName.get(name)
}

/** Whether the path is one that the knob may change: its patterns, with a number for each star. */
export function owns(knob: Knob, path: string): boolean {
  return knob.files.some(pattern => patternOf(pattern).test(path))
}

function patternOf(pattern: string): RegExp {
  const quoted = pattern.split('*').map(part => part.replace(/[.\\^$+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${quoted.join('[0-9]{1,5}')}$`)
}

/** Names for people: what may be written in `tune`. */
export const KNOB_NAMES: readonly KnobName[] = KNOBS.filter(knob => knob.goesWith === undefined).map(
  knob => knob.name,
)

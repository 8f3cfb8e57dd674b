import { describeKnobs, type KnobState, knobStates } from '../../core/tuning/knob-state.ts'
import type { TuningContext } from '../../core/tuning/knobs/knob.ts'
import { KNOBS } from '../../core/tuning/knobs/table.ts'
import { decodeJournal } from '../../shell/host/journal-text.ts'
import type { HostWorld } from '../../shell/host/world.ts'
import { readScene, type Surveyed, surveyKnobs } from './survey-knobs.ts'

/** Every knob as it is and as it would be set; reads only. */
export function readKnobStates(world: Surveyed, scene: TuningContext): readonly KnobState[] {
  return knobStates(surveyKnobs(KNOBS, world), scene)
}

/** What `host status` prints. */
export function describeStatus(world: HostWorld): string {
  const { scene, choice } = readScene(world)
  const holder = world.lock.holder()
  return [
    holder === undefined ? 'Nobody holds the machine.' : `The machine is held by ${holder}.`,
    describeJournal(world),
    choice.chosen.length > 0
      ? `The benchmark would run on ${choice.because}.`
      : `The benchmark would not be pinned: ${choice.because}.`,
    '',
    ...describeKnobs(readKnobStates(world, scene)),
    '',
  ].join('\n')
}

function describeJournal(world: HostWorld): string {
  const loaded = world.journal.load()
  const { path } = world.journal
  if (!loaded.ok) return `The journal ${path} is not to be trusted: ${loaded.fault}.`
  if (loaded.value === undefined) return 'No settings wait to be put back.'
  const decoded = decodeJournal(loaded.value)
  if (!decoded.ok) return `The journal ${path} is not to be trusted: ${decoded.fault.why}.`
  const { pid, startedAt, settings } = decoded.value
  return `The journal ${path} names ${settings.length} settings changed by process ${pid} at ${startedAt}; they go back when that process ends, or by: perf-verdict host recover.`
}

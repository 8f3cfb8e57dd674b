import { describeKnobs, type KnobState, knobStates } from '../../core/tuning/knob-state.ts'
import type { TuningContext } from '../../core/tuning/knobs/knob.ts'
import { KNOBS } from '../../core/tuning/knobs/table.ts'
import { decodeJournal } from '../../shell/host/journal-text.ts'
import type { HostPorts } from '../../shell/host/ports.ts'
import { readScene, type Surveyed, surveyKnobs } from './survey-knobs.ts'

/** Every knob as it is and as it would be set; reads only. */
export function readKnobStates(ports: Surveyed, scene: TuningContext): readonly KnobState[] {
  return knobStates(surveyKnobs(KNOBS, ports), scene)
}

/** What `host status` prints. */
export function describeStatus(ports: HostPorts): string {
  const { scene, choice } = readScene(ports)
  const holder = ports.lock.holder()
  return [
    holder === undefined ? 'Nobody holds the machine.' : `The machine is held by ${holder}.`,
    describeJournal(ports),
    choice.chosen.length > 0
      ? `The benchmark would run on ${choice.because}.`
      : `The benchmark would not be pinned: ${choice.because}.`,
    '',
    ...describeKnobs(readKnobStates(ports, scene)),
    '',
  ].join('\n')
}

function describeJournal(ports: HostPorts): string {
  const loaded = ports.journal.load()
  const { path } = ports.journal
  if (!loaded.ok) return `The journal ${path} is not to be trusted: ${loaded.fault}.`
  if (loaded.value === undefined) return 'No settings wait to be put back.'
  const decoded = decodeJournal(loaded.value)
  if (!decoded.ok) return `The journal ${path} is not to be trusted: ${decoded.fault.why}.`
  const { pid, startedAt, settings } = decoded.value
  return `The journal ${path} names ${settings.length} settings changed by process ${pid} at ${startedAt}; they go back when that process ends, or by: perf-verdict host recover.`
}

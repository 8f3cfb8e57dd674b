import { describeKnobs, type KnobState, knobStates } from '../../core/tuning/knob-state.ts'
import type { TuningContext } from '../../core/tuning/knobs/knob.ts'
import { KNOBS } from '../../core/tuning/knobs/table.ts'
import {
  heldBy,
  journalSentence,
  NOT_HELD,
  NOTHING_WAITS,
  wouldRunOn,
} from '../../report/terminal/host-process.ts'
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
    holder === undefined ? NOT_HELD : heldBy(holder),
    describeJournal(ports),
    wouldRunOn(choice.chosen.length > 0, choice.because),
    '',
    ...describeKnobs(readKnobStates(ports, scene)),
    '',
  ].join('\n')
}

function describeJournal(ports: HostPorts): string {
  const loaded = ports.journal.load()
  const { path } = ports.journal
  if (!loaded.ok) return journalSentence(path, { kind: 'unreadable', why: loaded.fault })
  if (loaded.value === undefined) return NOTHING_WAITS
  const decoded = decodeJournal(loaded.value)
  if (!decoded.ok) return journalSentence(path, { kind: 'unreadable', why: decoded.fault.why })
  const { pid, startedAt, settings } = decoded.value
  return journalSentence(path, { kind: 'holds', settings: settings.length, pid, startedAt })
}

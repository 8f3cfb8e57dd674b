import { type CpuChoice, type CpuCount, chooseCpus, type Topology } from '../../core/machine/cpu-choice.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import type { Knob, SettingReading, TuningContext } from '../../core/tuning/knobs/knob.ts'
import type { KnobSurvey } from '../../core/tuning/knobs/plan.ts'
import { readChoices, readValue } from '../../core/tuning/knobs/value.ts'
import { SETTING_FAULT, settingUnread } from '../../report/terminal/host-process.ts'
import type { HostPorts, Right } from '../../shell/host/ports.ts'
import { readIdleLatency, readTopology } from '../../shell/host/topology.ts'

/** What a survey looks at. */
export type Surveyed = Pick<HostPorts, 'settings' | 'services' | 'groups' | 'client'>

/** Reads every file of the knobs that this machine has. */
export function surveyKnobs(knobs: readonly Knob[], ports: Surveyed): readonly KnobSurvey[] {
  return knobs.map(knob => {
    if (knob.via === 'service') return surveyService(knob, ports)
    if (knob.via === 'client') return surveyClient(knob, ports)
    if (knob.via === 'group') return surveyGroup(knob, ports)
    for (const pattern of knob.files) {
      const paths = ports.settings.expand(pattern)
      if (paths.length === 0) continue
      const readings = paths.map(path => readSetting(knob, path, ports))
      const good = readings.flatMap(reading => (reading.ok ? [reading.value] : []))
      const bad = readings.find(reading => !reading.ok)
      return { knob, readings: good, ...(bad ? { unread: bad.fault } : {}) }
    }
    return { knob, readings: [] }
  })
}

function surveyService(knob: Knob, ports: Pick<HostPorts, 'services'>): KnobSurvey {
  const readings = knob.files.flatMap(path => {
    const state = ports.services.state(path.replace('service:', ''))
    return state === 'active' || state === 'inactive'
      ? [{ path, value: state, choices: [], related: {} }]
      : []
  })
  return { knob, readings }
}

function surveyClient(knob: Knob, ports: Pick<HostPorts, 'client'>): KnobSurvey {
  const readings = knob.files.flatMap(path => {
    const value = ports.client.value(rightOf(path))
    return value === undefined ? [] : [{ path, value, choices: [], related: {} }]
  })
  return { knob, readings, ...(readings.length > 0 ? {} : { unread: SETTING_FAULT['client-gone'] }) }
}

/** The right that the path of a `client` knob stands for. */
export function rightOf(path: string): Right {
  return path === 'client:nice' ? 'nice' : 'real-time'
}

function surveyGroup(knob: Knob, ports: Pick<HostPorts, 'settings' | 'groups'>): KnobSurvey {
  for (const path of knob.files) {
    const value = ports.groups.state(path)
    if (value !== undefined) {
      return { knob, readings: [{ path, value, choices: [], related: readRelated(knob, path, ports) }] }
    }
  }
  return { knob, readings: [] }
}

/** One file as found, or why it cannot be read. */
function readSetting(
  knob: Knob,
  path: string,
  ports: Pick<HostPorts, 'settings'>,
): Result<SettingReading, string> {
  const read = knob.via === 'held' ? ports.settings.readDevice(path) : ports.settings.read(path)
  if (!read.ok) return failed(settingUnread(path, read.fault))
  const value = readValue(read.value, knob.shape)
  if (value === undefined || !knob.grammar.test(value)) return failed(settingUnread(path, undefined))
  return success({
    ...{ path, value },
    choices: readChoices(read.value),
    related: readRelated(knob, path, ports),
  })
}

function readRelated(
  knob: Knob,
  path: string,
  ports: Pick<HostPorts, 'settings'>,
): SettingReading['related'] {
  const folder = path.slice(0, path.lastIndexOf('/'))
  const number = /(\d+)\/[^/]*$/.exec(path)?.[1] ?? ''
  const found = Object.entries(knob.related ?? {}).flatMap(([label, template]) => {
    const other = ports.settings.read(template.replace('{dir}', folder).replace('{n}', number))
    return other.ok ? [[label, other.value.trim()] as const] : []
  })
  return Object.fromEntries(found)
}

/** The CPUs that a hold would choose now, and what the wishes of the knobs depend on. */
export function readScene(
  { settings, client }: Pick<HostPorts, 'settings' | 'client'>,
  cpus: CpuCount = 1,
): {
  readonly scene: TuningContext
  readonly choice: CpuChoice
  readonly topology: Topology
} {
  const topology = readTopology(settings)
  const choice = chooseCpus(topology, cpus)
  const idleLatency = readIdleLatency(settings)
  const scene: TuningContext = {
    online: topology.cpus.map(({ id }) => id),
    chosen: choice.chosen,
    quiet: choice.quiet,
    asRoot: client.isRoot(),
    ...(idleLatency === undefined ? {} : { idleLatency }),
  }
  return { scene, choice, topology }
}

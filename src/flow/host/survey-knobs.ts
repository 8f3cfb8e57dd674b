import { type CpuChoice, chooseCpus, type Topology } from '../../core/machine/cpu-choice.ts'
import type { Knob, SettingReading, TuningContext } from '../../core/tuning/knobs/knob.ts'
import type { KnobSurvey } from '../../core/tuning/knobs/plan.ts'
import { readChoices, readValue } from '../../core/tuning/knobs/value.ts'
import { readIdleLatency, readTopology } from '../../shell/host/topology.ts'
import type { HostWorld, Right } from '../../shell/host/world.ts'

/** What a survey looks at. */
export type Surveyed = Pick<HostWorld, 'settings' | 'services' | 'groups' | 'client'>

/** Reads every file of the knobs that this machine has. */
export function surveyKnobs(knobs: readonly Knob[], world: Surveyed): readonly KnobSurvey[] {
  return knobs.map(knob => {
    if (knob.via === 'service') return surveyService(knob, world)
    if (knob.via === 'client') return surveyClient(knob, world)
    if (knob.via === 'group') return surveyGroup(knob, world)
    for (const pattern of knob.files) {
      const paths = world.settings.expand(pattern)
      if (paths.length === 0) continue
      const readings = paths.map(path => readSetting(knob, path, world))
      const good = readings.flatMap(reading => (typeof reading === 'string' ? [] : [reading]))
      const bad = readings.find(reading => typeof reading === 'string')
      return { knob, readings: good, ...(bad === undefined ? {} : { unread: bad }) }
    }
    return { knob, readings: [] }
  })
}

function surveyService(knob: Knob, world: Pick<HostWorld, 'services'>): KnobSurvey {
  const readings = knob.files.flatMap(path => {
    const state = world.services.state(path.replace('service:', ''))
    return state === 'active' || state === 'inactive' ? [{ path, value: state, choices: [], beside: {} }] : []
  })
  return { knob, readings }
}

function surveyClient(knob: Knob, world: Pick<HostWorld, 'client'>): KnobSurvey {
  const readings = knob.files.flatMap(path => {
    const value = world.client.value(rightOf(path))
    return value === undefined ? [] : [{ path, value, choices: [], beside: {} }]
  })
  return { knob, readings, ...(readings.length > 0 ? {} : { unread: 'the process that asked is gone' }) }
}

/** The right that the path of a `client` knob stands for. */
export function rightOf(path: string): Right {
  return path === 'client:nice' ? 'nice' : 'real-time'
}

function surveyGroup(knob: Knob, world: Pick<HostWorld, 'settings' | 'groups'>): KnobSurvey {
  for (const path of knob.files) {
    const value = world.groups.state(path)
    if (value !== undefined) {
      return { knob, readings: [{ path, value, choices: [], beside: readBeside(knob, path, world) }] }
    }
  }
  return { knob, readings: [] }
}

/** One file as found, or why it cannot be read. */
function readSetting(knob: Knob, path: string, world: Pick<HostWorld, 'settings'>): SettingReading | string {
  const read = knob.via === 'held' ? world.settings.readDevice(path) : world.settings.read(path)
  if (!read.ok) return `${path} cannot be read (${read.fault})`
  const value = readValue(read.value, knob.shape)
  if (value === undefined || !knob.grammar.test(value)) return `${path} holds nothing that is known`
  return { path, value, choices: readChoices(read.value), beside: readBeside(knob, path, world) }
}

function readBeside(knob: Knob, path: string, world: Pick<HostWorld, 'settings'>): SettingReading['beside'] {
  const folder = path.slice(0, path.lastIndexOf('/'))
  const number = /(\d+)\/[^/]*$/.exec(path)?.[1] ?? ''
  const found = Object.entries(knob.beside ?? {}).flatMap(([label, template]) => {
    const other = world.settings.read(template.replace('{dir}', folder).replace('{n}', number))
    return other.ok ? [[label, other.value.trim()] as const] : []
  })
  return Object.fromEntries(found)
}

/** The CPUs that a hold would choose now, and what the wishes of the knobs depend on. */
export function readScene({ settings, client }: Pick<HostWorld, 'settings' | 'client'>): {
  readonly scene: TuningContext
  readonly choice: CpuChoice
  readonly topology: Topology
} {
  const topology = readTopology(settings)
  const choice = chooseCpus(topology)
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

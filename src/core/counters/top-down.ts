import type { Counts } from '../model/counters.ts'
import { failed, type Result, success } from '../model/result.ts'
import type { CpuModel } from '../processor/cpu.ts'
import { faultOfCount, lineOf } from './perf-probe.ts'
import type { PerfOutput } from './perf-stat.ts'
import type { ChosenPmu } from './pmu.ts'

/** Where the issue slots of a core went: the first level of top-down analysis (Yasin, ISPASS 2014). */
export type TopDownSlots = Required<
  Pick<Counts, 'slots' | 'retiredSlots' | 'badSpeculationSlots' | 'frontEndSlots' | 'backEndSlots'>
>

interface Event {
  readonly name: string
  /** The same as numbers, where they mean this event on every processor of the method. */
  readonly code?: string
}

/** One way to count it. */
export interface TopDownMethod {
  readonly id: 'intel-metrics' | 'intel-slots' | 'amd-slots' | 'arm-slots'
  readonly on: (cpu: CpuModel) => boolean
  readonly events: readonly Event[]
  /** Whether the kernel takes the events as one group only. */
  readonly grouped?: true
  /** Issue slots of a cycle; absent where the slots are counted themselves. */
  readonly width?: (cpu: CpuModel, told: number | undefined) => number | undefined
  readonly slots: (value: (event: string) => number, width: number) => TopDownSlots
}

/** Haswell, Broadwell and Skylake with their kin: four slots a cycle, and no counter of slots. */
const FOUR_WIDE = new Set([
  0x3c, 0x3f, 0x45, 0x46, 0x3d, 0x47, 0x4f, 0x56, 0x4e, 0x55, 0x5e, 0x8e, 0x9e, 0xa5, 0xa6,
])
const ZEN_4 = 6
const ZEN_5 = 8

/** Zen 4 shares its family with Zen 3, which has no such events. */
const isZen4 = ({ family, model }: CpuModel): boolean =>
  family === 0x19 && ((model >= 0x10 && model <= 0x1f) || (model >= 0x60 && model <= 0xaf))

/**
 * The methods, best first. Formulas: metrics TopdownL1 and PipelineL1 of Linux's tools/perf/pmu-events (icelake, skylake, amdzen4, amdzen5,
 * arm/neoverse-n2); none of them was ever run by the project, whose machines have no PMU. A sibling thread at work takes slots too.
 */
const TOP_DOWN_METHODS: readonly TopDownMethod[] = [
  {
    id: 'intel-metrics',
    on: ({ vendor }) => vendor === 'intel',
    grouped: true,
    // Ice Lake and later; the kernel offers the names in sysfs.
    events: ['slots', 'topdown-retiring', 'topdown-bad-spec', 'topdown-fe-bound', 'topdown-be-bound'].map(
      name => ({ name }),
    ),
    slots: value => ({
      slots: value('slots'),
      retiredSlots: value('topdown-retiring'),
      badSpeculationSlots: value('topdown-bad-spec'),
      frontEndSlots: value('topdown-fe-bound'),
      backEndSlots: value('topdown-be-bound'),
    }),
  },
  {
    id: 'intel-slots',
    on: ({ vendor, family, model }) => vendor === 'intel' && family === 6 && FOUR_WIDE.has(model),
    width: () => 4,
    events: [
      { name: 'cycles' },
      { name: 'idq_uops_not_delivered.core' },
      { name: 'uops_issued.any' },
      { name: 'uops_retired.retire_slots' },
      { name: 'int_misc.recovery_cycles' },
    ],
    slots: (value, width) => {
      const slots = width * value('cycles')
      const retiredSlots = value('uops_retired.retire_slots')
      const frontEndSlots = value('idq_uops_not_delivered.core')
      const wasted = value('uops_issued.any') - retiredSlots + width * value('int_misc.recovery_cycles')
      const badSpeculationSlots = Math.max(0, wasted)
      const backEndSlots = Math.max(0, slots - frontEndSlots - badSpeculationSlots - retiredSlots)
      return { slots, retiredSlots, badSpeculationSlots, frontEndSlots, backEndSlots }
    },
  },
  {
    id: 'amd-slots',
    on: cpu => cpu.vendor === 'amd' && (isZen4(cpu) || cpu.family === 0x1a),
    width: ({ family }) => (family === 0x1a ? ZEN_5 : ZEN_4),
    events: [
      { name: 'ls_not_halted_cyc', code: 'event=0x76' },
      { name: 'de_no_dispatch_per_slot.no_ops_from_frontend', code: 'event=0x1a0,umask=0x01' },
      { name: 'de_no_dispatch_per_slot.backend_stalls', code: 'event=0x1a0,umask=0x1e' },
      { name: 'de_src_op_disp.all', code: 'event=0xaa,umask=0x07' },
      { name: 'ex_ret_ops', code: 'event=0xc1' },
    ],
    slots: (value, width) => ({
      slots: width * value('ls_not_halted_cyc'),
      retiredSlots: value('ex_ret_ops'),
      badSpeculationSlots: Math.max(0, value('de_src_op_disp.all') - value('ex_ret_ops')),
      frontEndSlots: value('de_no_dispatch_per_slot.no_ops_from_frontend'),
      backEndSlots: value('de_no_dispatch_per_slot.backend_stalls'),
    }),
  },
  {
    id: 'arm-slots',
    on: ({ vendor }) => vendor === 'arm',
    // The kernel tells the width, from PMMIR_EL1; cores without these events do not have one.
    width: (_, told) => told,
    events: [
      { name: 'cpu_cycles', code: 'event=0x11' },
      { name: 'stall_slot_frontend', code: 'event=0x3e' },
      { name: 'stall_slot_backend', code: 'event=0x3d' },
      { name: 'op_retired', code: 'event=0x3a' },
      { name: 'op_spec', code: 'event=0x3b' },
    ],
    slots: (value, width) => {
      const slots = width * value('cpu_cycles')
      const frontEndSlots = value('stall_slot_frontend')
      const backEndSlots = value('stall_slot_backend')
      const used = Math.max(0, slots - frontEndSlots - backEndSlots)
      const kept = value('op_spec') > 0 ? Math.min(1, value('op_retired') / value('op_spec')) : 0
      return {
        ...{ slots, frontEndSlots, backEndSlots },
        retiredSlots: Math.round(used * kept),
        badSpeculationSlots: Math.round(used * (1 - kept)),
      }
    },
  },
]

/** A method with what perf is given for it. */
export interface ChosenTopDown {
  readonly method: TopDownMethod
  readonly width: number
  /** In the order of the method's events. */
  readonly specifications: readonly string[]
  /** What follows `-e`. */
  readonly argument: string
}

/** The ways to try on this processor, best first: by name, then by number where the numbers are known. */
export function topDownChoices(
  cpu: CpuModel,
  pmu: ChosenPmu,
  told: number | undefined,
): readonly ChosenTopDown[] {
  return TOP_DOWN_METHODS.filter(({ on }) => on(cpu)).flatMap(method => {
    const width = method.width ? method.width(cpu, told) : 1
    if (width === undefined) return []
    const byName = method.events.map(({ name }) => (pmu.named ? `${pmu.name}/${name}/` : name))
    const byCode = method.events.map(({ name, code }) => `${pmu.name}/${code},name=${name}/`)
    const forms = method.events.every(({ code }) => code !== undefined) ? [byName, byCode] : [byName]
    return forms.map(form => {
      const asUser = form.map(event => (event.endsWith('/') ? `${event}u` : `${event}:u`))
      const argument = method.grouped ? `{${form.join(',')}}:u` : asUser.join(',')
      return { method, width, specifications: asUser, argument }
    })
  })
}

/** The parts need not sum to one on every core, but a sum far from it counts something else. */
const LEAST_SUM = 0.6
const MOST_SUM = 1.4

/** The slots that one run of perf counted, or why they cannot be used. */
export function topDownOf(
  { method, width, specifications }: ChosenTopDown,
  output: PerfOutput,
): Result<TopDownSlots, string> {
  for (const specification of specifications) {
    const fault = faultOfCount(specification, output)
    if (fault !== undefined) return failed(`${specification}: ${fault}`)
  }
  const found = method.slots(name => Number(lineOf(name, output)?.value ?? 0), width)
  const { slots, retiredSlots, badSpeculationSlots, frontEndSlots, backEndSlots } = found
  if (slots <= 0) return failed('it counts no slots')
  const sum = (retiredSlots + badSpeculationSlots + frontEndSlots + backEndSlots) / slots
  return sum >= LEAST_SUM && sum <= MOST_SUM
    ? success(found)
    : failed(`the parts sum to ${Math.round(sum * 100)} % of the slots`)
}

import { describe, expect, test } from '@jest/globals'
import { readPerfStat } from '../../../src/core/counters/perf-stat.ts'
import { topDownChoices, topDownOf } from '../../../src/core/counters/top-down.ts'
import type { CpuModel } from '../../../src/core/processor/cpu.ts'

const cpu = (vendor: CpuModel['vendor'], family: number, model: number): CpuModel => ({
  ...{ vendor, family, model, stepping: 0, microcode: 0, part: -1, name: vendor },
})
const ICE_LAKE = cpu('intel', 6, 0x6a)
const SKYLAKE = cpu('intel', 6, 0x55)
const ZEN_3 = cpu('amd', 0x19, 0x01)
const ZEN_4 = cpu('amd', 0x19, 0x11)
const ZEN_5 = cpu('amd', 0x1a, 0x02)
const ARM = cpu('arm', -1, -1)
const PMU = { name: 'cpu', named: false }

/** What perf stat prints for the counts, in the form that all its versions have; nobody has run these events on such a machine here. */
const printed = (counts: Readonly<Record<string, number>>): ReturnType<typeof readPerfStat> =>
  readPerfStat(
    Object.entries(counts)
      .map(([event, value]) => `${value};;${event};20000000;100.00;;`)
      .join('\n'),
  )

const idsOf = (of: CpuModel, told?: number) => topDownChoices(of, PMU, told).map(({ method }) => method.id)

describe('where issue slots go', () => {
  test('each processor has the ways that its maker documents, and no other', () => {
    expect(idsOf(ICE_LAKE)).toEqual(['intel-metrics'])
    expect(idsOf(SKYLAKE)).toEqual(['intel-metrics', 'intel-slots'])
    expect(idsOf(ZEN_3)).toEqual([])
    expect(idsOf(ZEN_4)).toEqual(['amd-slots', 'amd-slots'])
    expect(idsOf(ARM)).toEqual([])
    expect(idsOf(ARM, 8)).toEqual(['arm-slots', 'arm-slots'])
  })

  test("Intel's metrics come as one group, that names the unit where cores differ", () => {
    expect(topDownChoices(ICE_LAKE, PMU, undefined)[0]!.argument).toBe(
      '{slots,topdown-retiring,topdown-bad-spec,topdown-fe-bound,topdown-be-bound}:u',
    )
    expect(topDownChoices(ICE_LAKE, { name: 'cpu_core', named: true }, undefined)[0]!.argument).toMatch(
      /^\{cpu_core\/slots\/,cpu_core\/topdown-retiring\/,.*\}:u$/,
    )
    const [choice] = topDownChoices(ICE_LAKE, PMU, undefined)
    const found = topDownOf(
      choice!,
      printed({
        'slots:u': 1000,
        'topdown-retiring:u': 400,
        'topdown-bad-spec:u': 50,
        'topdown-fe-bound:u': 350,
        'topdown-be-bound:u': 200,
      }),
    )
    expect(found).toEqual({
      ok: true,
      value: {
        ...{ slots: 1000, retiredSlots: 400, badSpeculationSlots: 50, frontEndSlots: 350, backEndSlots: 200 },
      },
    })
  })

  test('four slots a cycle before Ice Lake', () => {
    const choice = topDownChoices(SKYLAKE, PMU, undefined)[1]!
    const found = topDownOf(
      choice,
      printed({
        'cycles:u': 1000,
        'idq_uops_not_delivered.core:u': 1000,
        'uops_issued.any:u': 1500,
        'uops_retired.retire_slots:u': 1400,
        'int_misc.recovery_cycles:u': 25,
      }),
    )
    expect(found.ok && found.value).toEqual({
      ...{
        slots: 4000,
        retiredSlots: 1400,
        badSpeculationSlots: 200,
        frontEndSlots: 1000,
        backEndSlots: 1400,
      },
    })
  })

  test('six slots on Zen 4 and eight on Zen 5', () => {
    const counts = {
      'ls_not_halted_cyc:u': 1000,
      'de_no_dispatch_per_slot.no_ops_from_frontend:u': 1800,
      'de_no_dispatch_per_slot.backend_stalls:u': 1200,
      'de_src_op_disp.all:u': 3000,
      'ex_ret_ops:u': 2700,
    }
    const on = (of: CpuModel) => topDownOf(topDownChoices(of, PMU, undefined)[0]!, printed(counts))
    const zen4 = on(ZEN_4)
    expect(zen4.ok && zen4.value).toEqual({
      ...{
        slots: 6000,
        retiredSlots: 2700,
        badSpeculationSlots: 300,
        frontEndSlots: 1800,
        backEndSlots: 1200,
      },
    })
    const zen5 = on(ZEN_5)
    expect(zen5.ok && zen5.value.slots).toBe(8000)
    const byCode = topDownChoices(ZEN_4, PMU, undefined)[1]!
    expect(byCode.argument).toContain(
      'cpu/event=0x1a0,umask=0x01,name=de_no_dispatch_per_slot.no_ops_from_frontend/u',
    )
  })

  test('the width that an Arm kernel tells', () => {
    const found = topDownOf(
      topDownChoices(ARM, { name: 'armv8_pmuv3_0', named: false }, 5)[0]!,
      printed({
        'cpu_cycles:u': 1000,
        'stall_slot_frontend:u': 1500,
        'stall_slot_backend:u': 1000,
        'op_retired:u': 2000,
        'op_spec:u': 2500,
      }),
    )
    expect(found.ok && found.value).toEqual({
      ...{
        slots: 5000,
        frontEndSlots: 1500,
        backEndSlots: 1000,
        retiredSlots: 2000,
        badSpeculationSlots: 500,
      },
    })
  })

  test('what is missing, shared or no sum of slots is refused with the reason', () => {
    const choice = topDownChoices(ICE_LAKE, PMU, undefined)[0]!
    const whole = {
      'slots:u': 1000,
      'topdown-retiring:u': 400,
      'topdown-bad-spec:u': 50,
      'topdown-fe-bound:u': 350,
      'topdown-be-bound:u': 200,
    }
    const { 'topdown-be-bound:u': _, ...partly } = whole
    expect(topDownOf(choice, printed(partly))).toEqual({
      ok: false,
      fault: 'topdown-be-bound:u: perf left it out',
    })
    expect(topDownOf(choice, printed({ ...whole, 'slots:u': 0 }))).toEqual({
      ok: false,
      fault: 'it counts no slots',
    })
    expect(topDownOf(choice, printed({ ...whole, 'topdown-retiring:u': 1510 }))).toEqual({
      ok: false,
      fault: 'the parts sum to 211 % of the slots',
    })
  })
})

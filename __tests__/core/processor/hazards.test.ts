import { describe, expect, test } from '@jest/globals'
import { shapeFingerprint } from '../../../src/core/machine/fingerprint.ts'
import { readCpu } from '../../../src/core/processor/cpu.ts'
import { hazardPhrase, hazardsOf, jumpsOnBoundariesCost } from '../../../src/core/processor/hazards.ts'
import { typicalCaches } from '../../../src/core/processor/typical-caches.ts'

const intel = (model: number, stepping: number, microcode = '0xffffffff'): string =>
  [
    'processor\t: 0',
    'vendor_id\t: GenuineIntel',
    'cpu family\t: 6',
    `model\t\t: ${model}`,
    'model name\t: Intel(R) Xeon(R)',
    `stepping\t: ${stepping}`,
    `microcode\t: ${microcode}`,
    '',
  ].join('\n')
const arm = (part: string): string => `processor : 0\nCPU implementer : 0x41\nCPU part : ${part}\n`
const amd = (family: number, model: number): string =>
  `processor : 0\nvendor_id : AuthenticAMD\ncpu family : ${family}\nmodel : ${model}\nmodel name : AMD\n`

const hazards = (cpuinfo: string, smallOfHybrid = false): string[] => {
  const cpu = readCpu(cpuinfo)
  return hazardsOf(cpu, { l1i: typicalCaches(cpu).l1i, smallOfHybrid }).map(({ id, workaround }) =>
    workaround === undefined ? id : `${id} ${workaround}`,
  )
}

describe('what a processor is known for', () => {
  test.each([
    ['Skylake U', 0x4e, 3, '0xf0', 'active'],
    ['Skylake server', 0x55, 4, '0x2000065', 'active'],
    ['Skylake server with microcode of September 2019', 0x55, 4, '0x2000064', 'missing'],
    ['Cascade Lake', 0x55, 7, '0x5003604', 'active'],
    ['Cascade Lake of a machine that names none', 0x55, 7, '0xffffffff', 'unknown'],
    ['Cascade Lake under KVM', 0x55, 7, '0x1', 'unknown'],
    ['Skylake S', 0x5e, 3, '0xcc', 'missing'],
    ['Kaby Lake U', 0x8e, 9, '0xb4', 'missing'],
    ['Whiskey Lake', 0x8e, 0xb, '0xc6', 'active'],
    ['Coffee Lake S', 0x9e, 0xd, '0xf8', 'active'],
    ['Comet Lake S', 0xa5, 3, '0xc8', 'active'],
    ['Comet Lake U', 0xa6, 0, '0xc6', 'active'],
    ['Kaby Lake Refresh', 0xae, 0xa, '0xc6', 'active'],
  ])('%s has the jump erratum', (_, model, stepping, microcode, workaround) => {
    expect(hazards(intel(model, stepping, microcode))).toEqual([`jcc-erratum ${workaround}`])
  })

  test.each([
    ['Broadwell', intel(0x4f, 1)],
    ['Cooper Lake', intel(0x55, 0xb)],
    ['Skylake server before production', intel(0x55, 3)],
    ['Ice Lake server', intel(0x6a, 6)],
    ['Sapphire Rapids', intel(0x8f, 8)],
    ['Zen 2', amd(0x17, 0x31)],
    ['Zen 4', amd(0x19, 0x11)],
    ['a processor that nobody names', ''],
    ['Neoverse V9 of the future', arm('0xdff')],
  ])('%s has none that is known', (_, cpuinfo) => {
    expect(hazards(cpuinfo)).toEqual([])
  })

  test('caches with sets beyond a page, small cores and cores without decoded instructions are named', () => {
    expect(hazards(amd(0x17, 0x01))).toEqual(['l1i-by-physical-page'])
    expect(hazards(arm('0xd0c'))).toEqual(['l1i-by-physical-page', 'no-uop-cache'])
    expect(hazards(arm('0xd4f'))).toEqual(['l1i-by-physical-page'])
    expect(hazards(arm('0xd03'))).toEqual(['l1i-by-physical-page', 'small-core', 'no-uop-cache'])
    expect(hazards(intel(0xbe, 0))).toEqual(['small-core', 'no-uop-cache'])
    expect(hazards(intel(0x97, 2), true)).toEqual(['small-core', 'no-uop-cache'])
    expect(hazards(intel(0x97, 2))).toEqual([])
    expect(hazards(amd(0x15, 0x02))).toEqual(['no-uop-cache'])
  })

  test('jumps on boundaries cost time with the workaround, and where nobody knows, only', () => {
    const cost = (microcode: string) => jumpsOnBoundariesCost(hazardsOf(readCpu(intel(0x55, 7, microcode))))
    expect([cost('0x5003604'), cost('0x500002b'), cost('0x1')]).toEqual([true, false, true])
    expect(jumpsOnBoundariesCost(hazardsOf(readCpu(amd(0x19, 0x11))))).toBe(false)
  })

  test('the CPU that the benchmark is pinned to is read, where cores differ', () => {
    const both = `${arm('0xd05')}\nprocessor : 4\nCPU implementer : 0x41\nCPU part : 0xd44\n`
    expect(hazardsOf(readCpu(both, 4))).toEqual([])
    expect(hazardsOf(readCpu(both, 0)).map(({ id }) => id)).toEqual(['small-core', 'no-uop-cache'])
  })

  test('every hazard has a source, a phrase, and a row in what the report says of the machine', () => {
    const found = hazardsOf(readCpu(arm('0xd03')), { l1i: typicalCaches(readCpu(arm('0xd03'))).l1i })
    for (const hazard of found) expect(hazard.source.length).toBeGreaterThan(10)
    expect(found.map(hazardPhrase)).toEqual([
      'sets of the L1 instruction cache depend on physical pages',
      'small core (Cortex-A53)',
      'no cache of decoded instructions (Cortex-A53)',
    ])
    const rows = shapeFingerprint({
      ...{ cpuinfo: intel(0x55, 7, '0x5003604'), kernel: '6.1', architecture: 'x64', tools: {} },
      caches: [{ level: '1', type: 'Instruction', size: '32K', ways: '8', line: '64' }],
      smallCores: '16-23',
    })
    expect(rows['known hazards']).toBe(
      'jumps on 32-byte boundaries (JCC erratum, worked around by the microcode, which makes them slow)',
    )
    expect(rows['small cores']).toBe('16-23')
  })
})

import { describe, expect, test } from '@jest/globals'
import { type MachineFacts, shapeFingerprint } from '../../../src/core/machine/fingerprint.ts'

const bare: MachineFacts = { kernel: '6.1.0', architecture: 'x64', caches: [], tools: {} }

describe('a fingerprint', () => {
  test('of a machine that tells everything has a line for each thing that can change a figure', () => {
    const facts: MachineFacts = {
      ...bare,
      cpuinfo: 'processor\t: 0\nmodel name\t: AMD EPYC 7763\nmicrocode\t: 0xa0011d1\n',
      hypervisor: 'yes',
      vendor: 'QEMU',
      product: 'Standard PC',
      caches: [
        { level: '1', type: 'Data', size: '32K', ways: '8', line: '64' },
        { level: '1', type: 'Instruction', size: '32K', ways: '8', line: '64' },
        { level: '2', type: 'Unified', size: '512K', ways: '8', line: '64' },
      ],
      meminfo: 'MemTotal: 16777216 kB\nMemAvailable: 1 kB\n',
      online: '0-3',
      isolated: '3',
      smt: '1',
      driver: 'acpi-cpufreq',
      governor: 'performance',
      boost: '0',
      thp: 'always [madvise] never',
      cmdline: 'BOOT_IMAGE=/vmlinuz root=UUID=5 isolcpus=3 token=hunter2 nohz_full=3 quiet',
      tools: { cc: 'gcc 12.2.0', rustc: undefined, libc: 'glibc 2.36' },
    }
    expect(shapeFingerprint(facts)).toEqual({
      cpu: 'AMD EPYC 7763',
      microcode: '0xa0011d1',
      cpus: '0-3',
      smt: 'on',
      kernel: '6.1.0',
      architecture: 'x64',
      machine: 'QEMU Standard PC',
      virtualisation: 'yes',
      l1d: '32K, 8-way, 64-byte lines',
      l1i: '32K, 8-way, 64-byte lines',
      l2: '512K, 8-way, 64-byte lines',
      memory: '16.0 GiB',
      'frequency driver': 'acpi-cpufreq',
      governor: 'performance',
      turbo: 'off',
      'transparent huge pages': 'madvise',
      'isolated cpus': '3',
      'kernel parameters': 'isolcpus=3 nohz_full=3',
      cc: 'gcc 12.2.0',
      libc: 'glibc 2.36',
    })
  })

  test('of a machine that tells next to nothing is short, not wrong', () => {
    expect(shapeFingerprint(bare)).toEqual({
      cpu: 'x64',
      kernel: '6.1.0',
      architecture: 'x64',
      virtualisation: 'none',
    })
  })

  test('of an ARM machine names implementer and part', () => {
    const cpuinfo = 'processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n'
    expect(shapeFingerprint({ ...bare, cpuinfo }).cpu).toBe('ARM implementer 0x41 part 0xd0c')
  })

  test.each([
    [{ noTurbo: '1' }, 'off'],
    [{ noTurbo: '0', boost: '0' }, 'on'],
    [{ boost: '1' }, 'on'],
    [{}, undefined],
  ])('with %j says that turbo is %s', (facts, turbo) =>
    expect(shapeFingerprint({ ...bare, ...facts }).turbo).toBe(turbo),
  )

  test('keeps every value on one short line', () => {
    const tools = { cc: `${'x'.repeat(500)}\nsecond` }
    const { cc } = shapeFingerprint({ ...bare, tools })
    expect(cc).toBe('x'.repeat(200))
  })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readCpu } from '../../../src/core/processor/cpu.ts'
import { findGeometry } from '../../../src/flow/count/find-geometry.ts'
import type { ToolPort } from '../../../src/shell/ports/ports.ts'

let sysfs: string
beforeEach(() => {
  sysfs = mkdtempSync(join(tmpdir(), 'perf-verdict-sysfs-'))
})
afterEach(() => rmSync(sysfs, { recursive: true, force: true }))

function layOut(cpu: number, caches: readonly Readonly<Record<string, string>>[]) {
  for (const [index, files] of caches.entries()) {
    const folder = join(sysfs, `devices/system/cpu/cpu${cpu}/cache/index${index}`)
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${text}\n`)
  }
}

const cache = (type: string, level: number, size: string, ways: number, sets: number) => ({
  type,
  level: `${level}`,
  size,
  ways_of_associativity: `${ways}`,
  coherency_line_size: '64',
  number_of_sets: `${sets}`,
})

/** getconf with these answers, or no getconf at all. */
const tools = (answers?: Readonly<Record<string, string>>): ToolPort => ({
  find: async name => (name === 'getconf' && answers ? '/usr/bin/getconf' : undefined),
  run: async ({ args }) => ({ code: 0, stdout: `${answers?.[args[0]!] ?? ''}\n`, stderr: '' }),
})
const ZEN_5 = readCpu('vendor_id : AuthenticAMD\ncpu family : 26\nmodel : 2\nmodel name : AMD EPYC\n')
const look = (port: ToolPort, pinnedCpu = 0, override = {}) =>
  findGeometry(port, { sysfs, pinnedCpu, cpu: ZEN_5, override })

test('sysfs tells the caches of the CPU that is pinned: on hybrid machines they differ', async () => {
  layOut(0, [
    cache('Data', 1, '48K', 12, 64),
    cache('Instruction', 1, '32K', 8, 64),
    cache('Unified', 3, '36864K', 12, 49152),
  ])
  layOut(8, [cache('Data', 1, '32K', 8, 64), cache('Instruction', 1, '64K', 8, 128)])
  const fast = await look(tools())
  expect(fast).toMatchObject({
    geometry: { l1i: { sizeBytes: 32768, ways: 8 }, from: 'sysfs' },
    limitations: [],
  })
  expect((await look(tools(), 8)).geometry.l1i).toEqual({ sizeBytes: 65536, ways: 8, lineBytes: 64 })
})

test('without sysfs the C library is asked, whose holes the usual values fill', async () => {
  const whole = { LEVEL1_ICACHE_SIZE: '65536', LEVEL1_ICACHE_ASSOC: '4', LEVEL1_ICACHE_LINESIZE: '64' }
  const { geometry } = await look(tools(whole))
  expect(geometry).toMatchObject({ l1i: { sizeBytes: 65536, ways: 4, lineBytes: 64 }, from: 'getconf' })
  expect(geometry.l1d).toEqual({ sizeBytes: 49152, ways: 12, lineBytes: 64 })
})

test('a library that does not know the ways, as here, or says 0 for all, as on Arm, is not believed', async () => {
  for (const answers of [
    { LEVEL1_ICACHE_SIZE: '32768', LEVEL1_ICACHE_ASSOC: '', LEVEL1_ICACHE_LINESIZE: '64' },
    { LEVEL1_ICACHE_SIZE: '0', LEVEL1_ICACHE_ASSOC: '0', LEVEL1_ICACHE_LINESIZE: '0' },
  ]) {
    const { geometry, limitations } = await look(tools(answers))
    expect(geometry.from).toBe('table')
    expect(limitations).toEqual([
      {
        what: expect.stringContaining('instruction cache'),
        instead: expect.stringMatching(/32768,8,64.*l1i/),
      },
    ])
  }
})

test('what the user gives needs no guess and no apology', async () => {
  const { geometry, limitations } = await look(tools(), 0, {
    l1i: { sizeBytes: 65536, ways: 4, lineBytes: 64 },
  })
  expect([geometry.l1i.sizeBytes, geometry.from, limitations]).toEqual([65536, 'input and table', []])
})

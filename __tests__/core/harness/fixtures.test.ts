import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { outputOf } from '../../../src/core/harness/output.ts'
import type { HarnessResult } from '../../../src/core/harness/result.ts'
import { HARNESSES, recognise } from '../../../src/core/harness/table.ts'
import { HARNESS_NAMES, type HarnessName } from '../../../src/core/model/harness-name.ts'

/** Outputs of the real tools, each with what a person reads in it: name, value in billionths of its unit, iterations, metrics. */
const folder = join(import.meta.dirname, 'fixtures')
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8')
const EXPECTED = JSON.parse(textOf('expected.json')) as Readonly<
  Record<string, { readonly harness: HarnessName; readonly rows: readonly string[] }>
>

function described({ name, value, unit, iterations, metrics = {}, failed }: HarnessResult): string {
  return [
    name,
    failed === undefined ? `${Number((value * 1e9).toPrecision(5))} n${unit}` : 'failed',
    ...(iterations === undefined ? [] : [iterations]),
    ...Object.entries(metrics).map(([metric, each]) => `${metric} ${Number(each.toPrecision(4))}`),
  ].join(' | ')
}

test.each(Object.entries(EXPECTED))('%s is recognised and read', (file, { harness, rows }) => {
  const output = outputOf(textOf(file))
  expect(HARNESS_NAMES.filter(name => HARNESSES[name].recognises(output))).toEqual([harness])
  expect(recognise(output)?.name).toBe(harness)
  const read = HARNESSES[harness].read(output)
  expect(read).toMatchObject({ ok: true })
  expect(read.ok && read.value.map(described)).toEqual(rows)
})

test('every fixture is expected to be something', () => {
  expect(readdirSync(folder).filter(file => !Object.hasOwn(EXPECTED, file))).toEqual(['expected.json'])
})

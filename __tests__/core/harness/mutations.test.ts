import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { outputOf } from '../../../src/core/harness/output.ts'
import { HARNESSES, recognise } from '../../../src/core/harness/table.ts'
import { HARNESS_NAMES } from '../../../src/core/model/harness-name.ts'
import { faultClause } from '../../../src/report/reasons/faults.ts'
import { dice } from '../../doubles/mutate.ts'
import { counted, PATIENCE, SEED } from '../../doubles/soak.ts'

const folder = join(import.meta.dirname, 'fixtures')
// Sorted, so that a seed draws the same everywhere.
const fixtures = readdirSync(folder)
  .sort()
  .filter(file => file !== 'expected.json')
  .map(file => readFileSync(join(folder, file), 'utf8'))

const STRANGE = [
  '\u0000',
  '\ud800',
  '"',
  '{',
  ']',
  '[',
  '│',
  '|',
  '-',
  '1e999',
  'NaN',
  '\n',
  '\r',
  '\u001b[',
  '<',
  'µ',
  '9'.repeat(400),
  '__proto__',
  '(',
  ' ns/op',
]

/** A text with a few pieces removed, doubled, replaced or cut off. */
function mutatedText(text: string, roll: () => number): string {
  let out = text
  for (let done = roll() % 5; done >= 0; done--) {
    const at = roll() % (out.length + 1)
    const length = roll() % 40
    const piece = [
      STRANGE[roll() % STRANGE.length]!,
      '',
      out.slice(at, at + length).repeat(2),
      String.fromCharCode(roll() % 0xffff),
    ][roll() % 4]!
    out = roll() % 20 === 0 ? out.slice(0, at) : out.slice(0, at) + piece + out.slice(at + length)
  }
  return out
}

test.each(HARNESS_NAMES)(
  '%s reads mutated outputs of every harness without a throw, and every result is whole',
  name => {
    const roll = dice(SEED + name.length)
    const harness = HARNESSES[name]
    const own = fixtures.filter(text => recognise(outputOf(text)) === harness)
    for (let nth = counted(1000, 100_000); nth > 0; nth--) {
      // Half of them its own, where there are some, because others it refuses at once.
      const from = own.length > 0 && roll() % 2 === 0 ? own : fixtures
      const output = outputOf(mutatedText(from[roll() % from.length]!, roll))
      harness.recognises(output)
      const read = harness.read(output)
      if (!read.ok) {
        const clause = faultClause(read.fault.says)
        expect(clause).not.toMatch(/\n/)
        expect(clause.length).toBeLessThan(1000)
        continue
      }
      for (const { name: row, value, iterations, unit, step, cpuStep } of read.value) {
        if (typeof row !== 'string' || typeof value !== 'number' || typeof unit !== 'string')
          throw new Error(`${JSON.stringify(row)} is not whole`)
        for (const each of [step, cpuStep])
          if (each !== undefined && Number.isNaN(each.size * each.factor))
            throw new Error(`${row} has no step`)
        if (iterations !== undefined && !(iterations > 0)) throw new Error(`${row} ran ${iterations} times`)
      }
    }
  },
  PATIENCE,
)

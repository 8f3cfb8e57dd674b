import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type BaseBuild, cacheKey, ingredientsOf } from '../../../src/core/cache/cache-key.ts'
import { cases } from '../../doubles/soak.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const keyOf = (build: BaseBuild) => cacheKey(ingredientsOf(build), sha256)

const build = fc.record<BaseBuild>({
  baseSha: fc.string(),
  leftOut: fc.string(),
  command: fc.string(),
  env: fc.dictionary(fc.string(), fc.string()),
  tree: fc.string(),
  toolVersion: fc.string(),
  machine: fc.dictionary(fc.string(), fc.string()),
})

describe('the key of a base build', () => {
  test('is the same for the same build, in whatever order its parts are listed', () => {
    fc.assert(
      fc.property(build, given => {
        const backwards = (record: Readonly<Record<string, string>>) =>
          Object.fromEntries(Object.entries(record).reverse())
        const other = { ...given, env: backwards(given.env), machine: backwards(given.machine) }
        expect(keyOf(other)).toBe(keyOf(given))
      }),
      cases(6_000),
    )
  })

  test('changes with any part, and parts cannot flow into each other', () => {
    fc.assert(
      fc.property(build, build, (one, other) => {
        const same = JSON.stringify(ingredientsOf(one)) === JSON.stringify(ingredientsOf(other))
        expect(keyOf(one) === keyOf(other)).toBe(same)
      }),
      cases(6_000),
    )
    const plain = {
      baseSha: 'a',
      leftOut: '',
      command: 'make',
      env: { A: '1' },
      tree: '/t',
      toolVersion: '1',
      machine: { cpu: 'x' },
    }
    const changes: Partial<BaseBuild>[] = [
      { baseSha: 'b' },
      { leftOut: 'x' },
      { command: 'make -j2' },
      { env: { A: '2' } },
      { env: { A: '1', B: '' } },
      { env: {}, machine: { cpu: 'x', A: '1' } },
      { tree: '/u' },
      { toolVersion: '2' },
      { machine: { cpu: 'y' } },
    ]
    const keys = [plain, ...changes.map(change => ({ ...plain, ...change }))].map(keyOf)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('is one that the service takes', () => {
    const given = {
      ...{ baseSha: ',', leftOut: '', command: 'x'.repeat(9999), env: {} },
      ...{ tree: '', toolVersion: '', machine: {} },
    }
    expect(keyOf(given)).toMatch(/^[a-z0-9-]{1,512}$/)
  })
})

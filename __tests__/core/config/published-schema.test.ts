import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { publishedConfigSchema } from '../../../src/report/json/published-schema.ts'

const published: object = JSON.parse(readFileSync('docs/perf-verdict.schema.json', 'utf8'))
const valid = new Ajv2020({ strict: false }).compile(published)

describe('the published schema of the configuration', () => {
  test('is the one that the file is read by; run node scripts/schema.mjs after a change', () => {
    expect(published).toEqual(JSON.parse(publishedConfigSchema()))
  })

  test('takes every recipe of the documentation', () => {
    const page = readFileSync('docs/harnesses.md', 'utf8')
    for (const [, yaml] of page.matchAll(/```yaml\n([\s\S]*?)```/g)) {
      valid(parse(yaml!))
      expect(valid.errors).toBeNull()
    }
  })

  test.each([
    'thresold: 5%',
    'benchmarks: []',
    'benchmarks: [{ name: a }]',
    'benchmarks: [{ name: a, command: b, rows: [{ match: x, metric: [1] }] }]',
  ])('refuses %s', yaml => {
    expect(valid(parse(yaml))).toBe(false)
  })
})

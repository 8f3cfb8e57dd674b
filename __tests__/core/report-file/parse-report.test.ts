import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import type { z } from 'zod'
import { InputError } from '../../../src/core/model/errors.ts'
import type { Report } from '../../../src/core/model/report.ts'
import { parseReport } from '../../../src/core/report-file/parse-report.ts'
import type { reportSchema } from '../../../src/core/report-file/report-schema.ts'
import { jsonText } from '../../../src/report/json/json.ts'
import { publishedSchema } from '../../../src/report/json/published-schema.ts'
import { hostileName } from '../../doubles/hostile.ts'
import { aBenchmark, aReport, theStory } from '../../doubles/reports.ts'
import { numbers } from '../../doubles/series.ts'
import { cases, casesOf, PATIENCE, SEED } from '../../doubles/soak.ts'

/** True only when each type can stand for the other, optional and readonly fields included. */
type Same<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false
type Fields<T> = T extends readonly (infer Item)[]
  ? readonly Fields<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Fields<T[Key]> }
    : T
/** Does not compile when the schema and the model of a report differ in any field. */
const schemaIsModel: Same<Fields<z.output<typeof reportSchema>>, Fields<Report>> = true

const WHOLE = aReport({
  verdict: 'fail',
  benchmarks: [
    theStory(),
    aBenchmark(),
    aBenchmark({ name: 'gone', decision: 'removed', reason: 'It is not in head.' }),
  ],
  limitations: [{ what: 'No PMU.', instead: 'Simulated by callgrind.' }],
  errors: [{ what: 'One of three.', detail: 'a\nb' }],
  shard: { index: 1, of: 2 },
})
const TEXT = jsonText(WHOLE)

function faultsOf(json: string): readonly string[] {
  try {
    parseReport(json)
    return []
  } catch (error) {
    if (error instanceof InputError) return error.faults
    throw error
  }
}

describe('a report', () => {
  test('comes back from its JSON as it was', () => {
    expect(schemaIsModel).toBe(true)
    expect(parseReport(TEXT)).toEqual(WHOLE)
    expect(jsonText(parseReport(TEXT))).toBe(TEXT)
  })

  test('has its keys in the same order however it was put together', () => {
    const turned = Object.fromEntries(Object.entries(WHOLE).toReversed()) as unknown as Report
    expect(jsonText(turned)).toBe(TEXT)
    expect(Object.keys(JSON.parse(TEXT)).slice(0, 4)).toEqual(['schema', 'verdict', 'sentence', 'tool'])
  })

  test('keeps hostile names whole', () => {
    const property = fc.property(hostileName, name => {
      const report = aReport({ benchmarks: [aBenchmark({ name })], sentence: '' })
      expect(parseReport(jsonText(report)).benchmarks[0]?.name).toBe(name)
    })
    fc.assert(property, cases(6_000))
  })

  test('is cut to what the schema allows, not refused, where code of the pull request makes it long', () => {
    const name = `${'a'.repeat(9_998)}${'𝒳'.repeat(5_000)}`
    const long = aReport({
      benchmarks: [aBenchmark({ name })],
      notes: Array.from({ length: 3_000 }, () => 'note'),
    })
    const back = parseReport(jsonText({ ...long, sentence: 'short' }))
    expect(back.benchmarks[0]?.name).toBe(`${'a'.repeat(9_998)}…`)
    expect(back.notes).toHaveLength(1_000)
  })

  test('is cut inside the figures of a sign too', () => {
    const figures = { functions: ['f'.repeat(20_000)], files: Array.from({ length: 2_000 }, () => 'a.c') }
    const signs = [{ rule: 'changed-code-touched', supports: true, figures }]
    const cause = { kind: 'work', confidence: 'likely', because: [], against: [], signs } as const
    const back = parseReport(jsonText(aReport({ benchmarks: [aBenchmark({ cause })] })))
    const found = back.benchmarks[0]!.cause!.signs![0]!.figures
    expect(found.functions).toEqual([`${'f'.repeat(9_999)}…`])
    expect(found.files).toHaveLength(1_000)
  })

  test.each([
    ['a median that is no number', { base: { median: Number.NaN, samples: [1] } }],
    ['an infinite sample', { head: { median: 1, samples: [Number.POSITIVE_INFINITY] } }],
  ])('with %s is a bug and is not written', (_, overrides) => {
    expect(() => jsonText(aReport({ benchmarks: [aBenchmark(overrides)] }))).toThrow()
  })
})

describe('the published schema', () => {
  const published = JSON.parse(readFileSync('docs/report.schema.json', 'utf8'))

  test('is the one that reports are read by; run node scripts/schema.mjs after a change', () => {
    expect(published).toEqual(JSON.parse(publishedSchema()))
  })

  test('takes what we write, and refuses what parseReport refuses', () => {
    const validate = new Ajv2020({ strict: true }).compile(published)
    expect(validate(JSON.parse(TEXT))).toBe(true)
    expect(validate({ ...JSON.parse(TEXT), verdict: 'passed' })).toBe(false)
    expect(validate({ ...JSON.parse(TEXT), more: 'is welcome' })).toBe(true)
  })
})

describe('a report that is not one of ours', () => {
  const change = (edit: (report: Record<string, unknown>) => void): string => {
    const copy = JSON.parse(TEXT) as Record<string, unknown>
    edit(copy)
    return JSON.stringify(copy)
  }

  test.each([
    ['nothing', '', /not JSON/],
    ['half of one', TEXT.slice(0, TEXT.length / 2), /not JSON/],
    ['a list', '[]', /expected object/],
    ['a deep list', '['.repeat(100_000), /nested deeper/],
    ['a deep object', `{"notes":${'{"a":'.repeat(5_000_000 / 5)}`, /nested deeper/],
    ['nine million characters', ' '.repeat(9_000_000), /larger than 8 MiB/],
    ['another version', change(report => Object.assign(report, { schema: 2 })), /`schema`/],
    ['an unknown verdict', change(report => Object.assign(report, { verdict: 'great' })), /`verdict`/],
    [
      'a commit that is none',
      change(report => Object.assign(report, { base: { sha: '--upload-pack=x' } })),
      /`base.sha`/,
    ],
    ['an infinite time', TEXT.replace('"seconds": 252', '"seconds": 1e999'), /`seconds`/],
    [
      'a name of 10,001 characters',
      change(report => Object.assign(report, { sentence: 'x'.repeat(10_001) })),
      /`sentence`/,
    ],
    [
      '10,001 benchmarks',
      change(report =>
        Object.assign(report, {
          benchmarks: new Array(10_001).fill(
            aBenchmark({ base: { median: 1, samples: [] }, head: { median: 1, samples: [] } }),
          ),
        }),
      ),
      /`benchmarks`/,
    ],
    [
      'a thousand facts',
      change(report => Object.assign(report, { machine: Object.fromEntries(numbered(1_000)) })),
      /facts on the machine/,
    ],
  ])('%s is refused with the reason', (_, json, reason) => {
    expect(faultsOf(json).join('\n')).toMatch(reason)
  })

  test('says ten faults and counts the rest', () => {
    const faults = faultsOf(change(report => Object.assign(report, { notes: new Array(50).fill(1) })))
    expect(faults).toHaveLength(11)
    expect(faults[10]).toBe('The report has 40 more faults, so Perf Verdict did not write it.')
  })

  test('does not reach a prototype', () => {
    const json = TEXT.replace('"machine": {', '"machine": {"__proto__": "x", "constructor": "y",')
    expect(parseReport(json).machine.cpu).toBe('AMD EPYC 7543 32-Core Processor')
    expect(Object.prototype).not.toHaveProperty('cpu')
  })
})

function numbered(count: number): readonly (readonly [string, string])[] {
  return Array.from({ length: count }, (_, index) => [`fact ${index}`, 'x'] as const)
}

const SMALL = jsonText(
  aReport({
    benchmarks: [aBenchmark({ base: { median: 1, samples: [1, 2] }, head: { median: 1, samples: [1] } })],
  }),
)

/** Changes one to four places of a text: deletes, repeats, swaps or overwrites them. */
function mutated(text: string, next: () => number): string {
  const junk = [
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '-',
    '1e999',
    'null',
    '\\u0000',
    '\ud800',
    '__proto__',
    '9'.repeat(400),
    'true',
    '\n',
  ]
  let out = text
  for (let edits = 1 + Math.floor(next() * 4); edits > 0; edits--) {
    const at = Math.floor(next() * out.length)
    const to = Math.min(out.length, at + Math.floor(next() ** 3 * 40))
    const piece =
      next() < 0.4
        ? ''
        : next() < 0.5
          ? out.slice(at, to).repeat(2)
          : (junk[Math.floor(next() * junk.length)] ?? '')
    out = out.slice(0, at) + piece + out.slice(to)
  }
  return out
}

test(
  'a mutated report is read or refused, never anything else',
  () => {
    const next = numbers(SEED)
    const most = casesOf(100_000)
    let tried = 0
    let read = 0
    for (; tried < most; tried++) {
      if (faultsOf(mutated(SMALL, next)).length === 0) read++
    }
    process.stdout.write(`parseReport was given ${tried} mutated reports and read ${read} of them\n`)
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThan(tried)
  },
  PATIENCE,
)

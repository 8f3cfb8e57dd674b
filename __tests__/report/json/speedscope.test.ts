import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { speedscopeText } from '../../../src/report/json/speedscope.ts'
import { hostileReports } from '../../doubles/hostile-report.ts'
import { aBenchmark, aFlame, aReport, theStory } from '../../doubles/reports.ts'

/** The schema that speedscope publishes with itself. */
const SCHEMA: object = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('speedscope/dist/release/file-format-schema.json'),
    'utf8',
  ),
)
const isSpeedscope = new Ajv({ strict: false }).compile(SCHEMA)

interface Written {
  readonly shared: { readonly frames: readonly { readonly name: string; readonly file: string }[] }
  readonly profiles: readonly {
    readonly name: string
    readonly endValue: number
    readonly samples: readonly (readonly number[])[]
    readonly weights: readonly number[]
  }[]
}

test('both sides of a benchmark become two profiles that speedscope reads', () => {
  const file: Written = JSON.parse(speedscopeText(aReport({ benchmarks: [theStory()] }))!)
  expect(isSpeedscope(file)).toBe(true)
  const named = (stack: readonly number[]) => stack.map(at => file.shared.frames[at]!.name).join(';')
  const stacks = file.profiles.map(({ name, samples, weights }) => [
    name,
    samples.map((stack, at) => `${named(stack)} ${weights[at]}`),
  ])
  const inEval = 'main;_PyEval_EvalFrameDefault'
  expect(stacks).toEqual([
    [
      'call_method (base, samples)',
      [
        'main 100',
        `${inEval} 1700`,
        `${inEval};PyObject_Call 900`,
        `${inEval};PyObject_Call;method_call 300`,
      ],
    ],
    [
      'call_method (head, samples)',
      [
        'main 100',
        `${inEval} 2280`,
        `${inEval};PyObject_Call 1700`,
        `${inEval};PyObject_Call;method_call 900`,
        `${inEval};_PyTraceback_Add 120`,
      ],
    ],
  ])
  expect(file.profiles.map(({ endValue }) => endValue)).toEqual([3000, 5100])
})

test('several benchmarks stand in one file, each with its own functions; none is written without any', () => {
  const two = aReport({
    benchmarks: [theStory(), aBenchmark(), theStory({ name: 'other', flame: aFlame() })],
  })
  const file: Written = JSON.parse(speedscopeText(two)!)
  expect(isSpeedscope(file)).toBe(true)
  expect(file.profiles.map(({ name }) => name.split(' ')[0])).toEqual([
    'call_method',
    'call_method',
    'other',
    'other',
  ])
  expect(file.profiles[2]!.samples.flat().every(at => at >= aFlame().functions.length)).toBe(true)
  expect(speedscopeText(aReport({ benchmarks: [aBenchmark()] }))).toBeUndefined()
})

test('names and frames of a hostile report are still a file of speedscope', () => {
  for (const report of hostileReports(7)) {
    const text = speedscopeText(report)
    if (text !== undefined) expect(isSpeedscope(JSON.parse(text))).toBe(true)
  }
  const flame = { ...aFlame(), frames: [[5, 99, 1, 1]] as const }
  expect(isSpeedscope(JSON.parse(speedscopeText(aReport({ benchmarks: [theStory({ flame })] }))!))).toBe(true)
})

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { BenchmarkReport } from '../../src/core/model/report.ts'
import { scenarios } from './all.ts'
import { tryScenario } from './harness.ts'
import { isRight, judge } from './judge.ts'
import { missingTools } from './run.ts'

/** One of each kind; `npm run scenarios` judges them all. */
const FEW = ['no-change', 'place-deadcode', 'slow-header']
const OPTIONS = ['--seed=1', '--tune=off', '--layouts=4', '--budget=60s', '--layout-budget=60s']

let folder: string
let cli: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-scenarios-'))
  cli = join(folder, 'cli.mjs')
  execFileSync(process.execPath, ['scripts/bundle-one.mjs', 'src/cli.ts', cli])
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the gate judges real repositories with a known cause', () => {
  for (const scenario of scenarios.filter(({ name }) => FEW.includes(name))) {
    const missing = missingTools(scenario)
    ;(missing.length === 0 ? test : test.skip)(
      `${scenario.name}: ${scenario.story}${missing.length > 0 ? ` (needs ${missing.join(', ')})` : ''}`,
      () => {
        const outcome = tryScenario(scenario, { cli, folder, options: OPTIONS })
        // A machine without the effect cannot be judged by it; any other way of not getting there is a fault.
        if (outcome.kind === 'skipped') {
          process.stdout.write(`${scenario.name}: ${outcome.why}\n`)
          return
        }
        if (outcome.kind !== 'judged') throw new Error(outcome.why)
        expect(outcome.report.benchmarks[0]).toMatchObject({ decision: scenario.expect.decision })
        expect(outcome.judgement).toEqual({
          ...outcome.judgement,
          decisionRight: true,
          causeRight: true,
          accused: [],
        })
      },
      180_000,
    )
  }
})

describe('judging a report', () => {
  const expected = {
    decision: 'slower',
    causes: ['placement'],
    suspects: { expected: ['op_1', 'op_2'], allowed: ['main'] },
    displacers: ['cold_\\d'],
    innocent: ['helper'],
  } as const
  const named = (symbols: readonly string[]) => symbols.map(symbol => ({ symbol }))
  const report = (suspects: readonly string[], displacers: readonly string[], kind = 'placement') =>
    ({
      decision: 'slower',
      cause: { kind },
      suspects: named(suspects),
      displacers: named(displacers),
    }) as unknown as BenchmarkReport

  test.each([
    ['all that is expected and nothing else', ['op_1', 'op_2', 'main'], ['cold_1'], 'placement', true],
    ['half of the suspects', ['op_1'], ['cold_1'], 'placement', false],
    ['others beside them', ['op_1', 'op_2', 'printf'], ['cold_1'], 'placement', false],
    ['an innocent one', ['op_1', 'op_2', 'helper'], ['cold_1'], 'placement', false],
    ['the wrong displacer', ['op_1', 'op_2'], ['printf'], 'placement', false],
    ['the wrong cause', ['op_1', 'op_2'], ['cold_1'], 'work', false],
  ] as const)('with %s', (_, suspects, displacers, kind, right) => {
    expect(isRight(judge(report(suspects, displacers, kind), expected))).toBe(right)
  })

  test('with another answer that is right too', () => {
    const either = { ...expected, or: [{ decision: 'slower', causes: ['work'] }] } as const
    expect(isRight(judge(report([], [], 'work'), either))).toBe(true)
    expect(isRight(judge(report([], [], 'memory'), either))).toBe(false)
  })
})

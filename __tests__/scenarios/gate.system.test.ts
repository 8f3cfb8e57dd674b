import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { scenarios } from './all.ts'
import { tryScenario } from './harness.ts'
import type { Outcome } from './table.ts'

/** One of each kind; `npm run scenarios` judges them all. */
const FEW = ['no-change', 'place-deadcode', 'slow-header']
const OPTIONS = ['--seed=1', '--tune=off', '--layouts=4', '--budget=60s', '--layout-budget=60s']

// Judged before the tests are declared, because only then it is known which of them this machine can answer.
const outcomes = judgeAll()

function judgeAll(): readonly Outcome[] {
  const folder = mkdtempSync(join(tmpdir(), 'pv-scenarios-'))
  try {
    const cli = join(folder, 'cli.mjs')
    execFileSync(process.execPath, ['scripts/bundle-one.mjs', 'src/cli.ts', cli])
    const chosen = scenarios.filter(({ name }) => FEW.includes(name))
    return chosen.map(scenario => tryScenario(scenario, { cli, folder, options: OPTIONS }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('the gate judges real repositories with a known cause', () => {
  for (const outcome of outcomes) {
    const { name, story } = outcome.scenario
    if (outcome.kind === 'skipped') {
      process.stdout.write(`${name} is skipped: ${outcome.why}\n`)
      test.skip(`${name}: ${story} (${outcome.why})`, () => {})
      continue
    }
    test(`${name}: ${story}`, () => {
      if (outcome.kind !== 'judged') throw new Error(outcome.why)
      if (outcome.note) process.stdout.write(`${name}: ${outcome.note}\n`)
      expect(outcome.judgement).toEqual({
        ...outcome.judgement,
        decisionRight: true,
        causeRight: true,
        accused: [],
      })
    })
  }
})

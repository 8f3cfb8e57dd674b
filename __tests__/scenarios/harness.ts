import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Decision } from '../../src/core/model/report.ts'
import { judge } from './judge.ts'
import { writeRepository } from './repository.ts'
import { gateScenario, missingTools, type PlainRuns, runPlainly } from './run.ts'
import { type Effect, effectOf, type Scenario } from './scenario.ts'
import type { Ending, Outcome } from './table.ts'

interface Trial {
  readonly cli: string
  readonly folder: string
  readonly options: readonly string[]
  readonly keep?: boolean
}

/** From this spread of plain ratios on, a gate may well end undecided. */
const NOISY = 0.05
/** Rounds that tell whether a variation is worth a closer look. */
const TRIED_ROUNDS = 9
/** Beyond these, plain runs show that this processor has the opposite effect. */
const [CLEARLY_FASTER, CLEARLY_SLOWER] = [0.95, 1.05]

/** Judges one scenario for real, in a folder of its own that is gone afterwards unless it is kept. */
export function tryScenario(scenario: Scenario, { cli, folder, options, keep = false }: Trial): Outcome {
  const started = process.hrtime.bigint()
  const ended = (ending: Ending): Outcome => ({
    ...ending,
    scenario,
    seconds: Number(process.hrtime.bigint() - started) / 1e9,
  })
  const missing = missingTools(scenario)
  if (missing.length > 0) return ended({ kind: 'skipped', why: `needs ${missing.join(', ')}` })
  const work = join(folder, scenario.name)
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  try {
    const fit = fitted(scenario, work)
    if ('why' in fit) return ended({ kind: 'skipped', why: fit.why })
    writeRepository(fit, join(work, 'repository'))
    return ended(judgeHere(fit, { cli, work, options: [...options, ...(scenario.options ?? [])] }))
  } catch (error) {
    return ended({ kind: 'broken', why: error instanceof Error ? error.message : String(error) })
  } finally {
    if (!keep) rmSync(work, { recursive: true, force: true })
  }
}

/** The variation that has the effect on this machine, looked for by halves because the ratio rises from one to the next. */
function fitted(scenario: Scenario, work: string): Scenario | { readonly why: string } {
  const { tries = [] } = scenario
  const effect = effectOf(scenario)
  if (tries.length === 0 || !effect) return scenario
  const seen: string[] = []
  let [from, to] = [0, tries.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const tried = { ...scenario, ...tries[middle]! }
    writeRepository(tried, join(work, 'repository'))
    const plain = runPlainly(tried, work, { rounds: TRIED_ROUNDS, clock: 'cpu' })
    if (isThere(effect, plain)) return tried
    seen.push(plain.ratio.toFixed(3))
    if (plain.ratio < 1) from = middle + 1
    else to = middle
  }
  return { why: `no variation has the effect on this machine: plain ratios ${seen.join(', ')}` }
}

/** Asks the machine first: without the effect the scenario says nothing here, and with the opposite one its answer is the opposite. */
function judgeHere(
  scenario: Scenario,
  gate: { readonly cli: string; readonly work: string; readonly options: readonly string[] },
): Ending {
  const effect = effectOf(scenario)
  const plain = effect && runPlainly(scenario, gate.work, { clock: scenario.tries ? 'cpu' : 'wall' })
  const opposite = plain && oppositeOf(scenario.expect.decision, plain)
  if (effect && plain && !opposite && !isThere(effect, plain))
    return { kind: 'skipped', why: `no such effect on this machine: plain ratio ${inWords(plain)}` }
  const report = gateScenario(scenario, gate)
  const row = report.benchmarks[0]
  if (!row) return { kind: 'broken', why: report.sentence }
  if (row.decision === 'undecided' && plain && plain.spread > NOISY)
    return { kind: 'skipped', why: `too noisy to decide: plain ratio ${inWords(plain)}` }
  if (!opposite) return { kind: 'judged', report, judgement: judge(row, scenario.expect, report.sentence) }
  const judgement = { decisionRight: row.decision === opposite, causeRight: true, accused: [] }
  return { kind: 'judged', report, judgement, note: `${opposite} here: plain ratio ${inWords(plain)}` }
}

function isThere(effect: Effect, { ratio }: PlainRuns): boolean {
  if ('above' in effect) return ratio > effect.above
  return 'below' in effect ? ratio < effect.below : Math.abs(ratio - 1) <= effect.within
}

function oppositeOf(expected: Decision, { ratio }: PlainRuns): Decision | undefined {
  if (expected === 'slower' && ratio < CLEARLY_FASTER) return 'faster'
  return expected === 'faster' && ratio > CLEARLY_SLOWER ? 'slower' : undefined
}

const inWords = ({ ratio, spread }: PlainRuns): string =>
  `${ratio.toFixed(3)}, half of the rounds within ${(100 * spread).toFixed(0)} %`

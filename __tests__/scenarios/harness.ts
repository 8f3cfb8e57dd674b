import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { judge } from './judge.ts'
import { gateScenario, missingTools, plainRatio } from './run.ts'
import type { Scenario } from './scenario.ts'
import type { Outcome } from './table.ts'

/** Judges one scenario for real, in a folder of its own that is gone afterwards unless it is kept. */
export function tryScenario(
  scenario: Scenario,
  {
    cli,
    folder,
    options,
    keep = false,
  }: { cli: string; folder: string; options: readonly string[]; keep?: boolean },
): Outcome {
  const started = process.hrtime.bigint()
  const seconds = () => Number(process.hrtime.bigint() - started) / 1e9
  const missing = missingTools(scenario)
  if (missing.length > 0)
    return { scenario, kind: 'skipped', why: `needs ${missing.join(', ')}`, seconds: seconds() }
  const work = join(folder, scenario.name)
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  try {
    const report = gateScenario(scenario, { cli, work, options })
    const row = report.benchmarks[0]
    if (!row) return { scenario, kind: 'broken', why: report.sentence, seconds: seconds() }
    const judgement = judge(row, scenario.expect)
    if (!judgement.decisionRight) {
      const ratio = absentEffect(scenario, work)
      if (ratio !== undefined)
        return {
          scenario,
          kind: 'skipped',
          why: `no such effect here: plain ratio ${ratio.toFixed(3)}`,
          seconds: seconds(),
        }
    }
    return { scenario, kind: 'judged', report, judgement, seconds: seconds() }
  } catch (error) {
    return {
      scenario,
      kind: 'broken',
      why: error instanceof Error ? error.message : String(error),
      seconds: seconds(),
    }
  } finally {
    if (!keep) rmSync(work, { recursive: true, force: true })
  }
}

/** The plain ratio, when it shows that the machine does not have the scenario's effect. */
function absentEffect({ effect, ...rest }: Scenario, work: string): number | undefined {
  if (!effect) return undefined
  const ratio = plainRatio(rest, work)
  const there = 'above' in effect ? ratio > effect.above : ratio < effect.below
  return there ? undefined : ratio
}

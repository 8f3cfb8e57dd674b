import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { BenchmarkReport } from '../../src/core/model/report.ts'
import { hiddenWorkSentence } from '../../src/report/words/hidden-work.ts'
import { coldSources, interleaved, machineSources } from './machine.ts'
import { byMake, makefile } from './makefile.ts'
import { writeRepository } from './repository.ts'
import { gateScenario, missingTools, type PlainRuns, runPlainly } from './run.ts'
import type { Scenario } from './scenario.ts'

/** Half as many handlers as the scenarios have, so that a build and a run take half as long. */
const HANDLERS = 20
const sources = machineSources({ handlers: HANDLERS, rounds: 150_000 })
/** The same machine whose handlers do more. */
const busier = machineSources({
  handlers: HANDLERS,
  rounds: 150_000,
  each: '\n    x = (x ^ (x >> 7)) + (y << 3); x ^= x >> 5; x += y ^ (x << 2); x ^= x >> 9; x += x << 4;',
})
const build = { Makefile: makefile(interleaved(HANDLERS)) }
/** Hot functions a page apart share the sets of the instruction cache; packed ones do not. */
const [crowded, packed] = [coldSources(HANDLERS, 3936), coldSources(HANDLERS, 40)]

const shared = { ...byMake, countWith: './bench 3000', expect: { decision: 'slower', causes: [] } } as const
const unlucky: Scenario = {
  ...shared,
  name: 'unlucky',
  story: 'Cold code grows, and hot functions land in the same cache sets.',
  base: { ...sources, ...build, ...packed },
  head: { ...sources, ...build, ...crowded },
  message: 'Longer messages',
}
const masked: Scenario = {
  ...shared,
  name: 'masked',
  story: 'Every handler does more, and cold code shrinks: the better layout hides it.',
  base: { ...sources, ...build, ...crowded },
  head: { ...busier, ...build, ...packed },
  message: 'Better mixing',
}
const workAlone: Scenario = {
  ...masked,
  name: 'work-alone',
  base: { ...sources, ...build, ...packed },
  head: { ...busier, ...build, ...packed },
}

const folder = mkdtempSync(join(tmpdir(), 'pv-rounds-'))
const cli = join(folder, 'cli.mjs')
beforeAll(() => void execFileSync(process.execPath, ['scripts/bundle-one.mjs', 'src/cli.ts', cli]))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What plain runs of a scenario show here, its repository made; undefined where its tools are missing. */
function prepared(scenario: Scenario): { readonly work: string; readonly plain: PlainRuns } | undefined {
  if (missingTools(scenario).length > 0) return undefined
  const work = join(folder, scenario.name)
  mkdirSync(work)
  writeRepository(scenario, join(work, 'repository'))
  return { work, plain: runPlainly(scenario, work, { rounds: 5 }) }
}

/** By CPU time, which a busy machine leaves alone; where it is not known the wall time has to do. */
function gated(scenario: Scenario, work: string, more: readonly string[]): BenchmarkReport {
  const metric = process.getuid?.() === 0 ? ['--metric=cpu-time'] : []
  const options = ['--seed=1', '--tune=off', '--budget=40s', '--layout-budget=60s', ...metric, ...more]
  return gateScenario(scenario, { cli, work, options }).benchmarks[0]!
}

describe('layouts as rounds', () => {
  test('a placement is a slowdown as built and none over layouts', () => {
    const found = prepared(unlucky)
    if (!found || found.plain.ratio < 1.4) return skip(unlucky, found?.plain)
    const row = gated(unlucky, found.work, [
      '--layouts=rounds',
      '--gate-on=layouts',
      '--counters=off',
      '--threshold=20%',
    ])
    // A machine that is too busy to decide says nothing about layouts, and the report said that it is undecided.
    if ([row.decision, row.other?.decision].includes('undecided'))
      return skip(unlucky, found.plain, row.reason ?? 'the gate is undecided here')
    expect(row).toMatchObject({ decision: 'unchanged', other: { how: 'as-built', decision: 'slower' } })
    expect(row.change!.ratio).toBeLessThan(1.2)
    expect(row.other!.change!.ratio).toBeGreaterThan(1.3)
  })

  test('more work behind a luckier layout is masked', () => {
    // By itself, in a layout that suits both sides, the work must cost far more here than the threshold of 5 %.
    const work = prepared(workAlone)
    if (!work || work.plain.ratio < 1.15) return skip(workAlone, work?.plain)
    const found = prepared(masked)
    if (!found || found.plain.ratio > 0.97) return skip(masked, found?.plain)
    const row = gated(masked, found.work, ['--layouts=12'])
    // A machine that is too busy to decide has no time left for layouts either.
    if (row.decision === 'undecided')
      return skip(masked, found.plain, row.reason ?? 'the gate is undecided here')
    const layout = row.trials?.layout
    if (!layout) {
      expect(hiddenWorkSentence(row)).toContain('Other layouts were not tried')
      return skip(masked, found.plain, 'layouts did not fit into their budget here')
    }
    expect(layout.sentence).toContain('random layouts')
    // On a busy machine the layouts may differ too much to show it, which the report then says.
    if (layout.low <= 1.05 && layout.high > 1.05) {
      expect(hiddenWorkSentence(row)).toContain('does not show it')
      return skip(masked, found.plain, layout.sentence)
    }
    expect(row.decision).toBe('masked')
    expect(row.cause?.kind).toBe('work')
  })
})

function skip({ name }: Scenario, plain: PlainRuns | undefined, more?: string): void {
  const why = plain ? `plain runs show a ratio of ${plain.ratio.toFixed(2)} here` : 'a tool is missing'
  process.stdout.write(`${name} is skipped: ${more ?? why}\n`)
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { HARNESSES } from '../../src/core/harness/table.ts'
import type { BenchmarkReport } from '../../src/core/model/report.ts'
import { type Bundle, bundle } from '../doubles/bundle.ts'
import { soaking } from '../doubles/soak.ts'
import { CASES, type HarnessCase, installFolder } from './cases.ts'
import { type GatedProject, gateProject, recipeOf } from './gate-project.ts'

/**
 * Each harness for real: the recipe of docs/harnesses.md, a head that slows one result by three, renames none, adds one and removes one.
 * The machine may be busy with other things, so that the threshold is wide. The soak tries every harness, at two versions where what
 * they print differs, and prints a table.
 */
let entries: Bundle
const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-harnesses-'))
const told: string[] = []
beforeAll(() => {
  entries = bundle(['src/cli.ts'])
})
afterAll(() => {
  entries.end()
  rmSync(folder, { recursive: true, force: true })
  if (!soaking) return
  const head =
    '| harness | version | verbs | rows | seconds | runs | of one command a row |\n|---|---|---|---|---|---|---|'
  process.stdout.write(`${[head, ...told].join('\n')}\n`)
})

/** Cases to try, for who works at one of them: ONLY=pyperf or ONLY=vitest@5.1.2. */
const only = process.env.ONLY?.split(',')
const wanted = CASES.filter(({ harness, version, everyday }) =>
  only ? only.includes(harness) || only.includes(`${harness}@${version}`) : soaking || everyday === true,
)

/** Runs of a command that gives every row, and of a command for each row, for the same rounds. */
function runsOf(benchmarks: readonly BenchmarkReport[]) {
  const rounds = benchmarks.filter(({ rounds }) => rounds > 0).map(({ rounds }) => rounds)
  const each = (rounds: number) => FIRST_RUNS + RUNS_PER_ROUND * rounds
  const together = each(Math.max(...rounds))
  return { together, alone: rounds.reduce((sum, rounds) => sum + each(rounds), 0) }
}
const FIRST_RUNS = 2
const RUNS_PER_ROUND = 6

/** Told at once, because a soak takes long. */
function say(line: string): void {
  told.push(line)
  if (soaking || only) process.stderr.write(`${line}\n`)
}

function tell({ harness, version }: HarnessCase, { report, seconds }: GatedProject): void {
  const { list, select, short, exactly, print } = HARNESSES[harness]
  const verbs = Object.entries({ print, list, select, short, exactly }).flatMap(([verb, own]) =>
    own ? [verb] : [],
  )
  const { together, alone } = runsOf(report.benchmarks)
  say(
    `| ${harness} | ${version} | ${['read', ...verbs].join(', ')} | ${report.benchmarks.length} | ${seconds.toFixed(0)} | ${together} | ${alone} (1/${(alone / together).toFixed(1)}) |`,
  )
}

/** A commit that adds comments and a text file: the same rows, none of them slower, none new or gone. */
function checkUnrelated(
  { harness, version, prefix, steady, grows, gone, added }: HarnessCase,
  { report, log, seconds }: GatedProject,
): void {
  const decisions = Object.fromEntries(report.benchmarks.map(({ name, decision }) => [name, decision]))
  say(
    `| ${harness} | ${version} | an unrelated commit: ${report.verdict} | ${report.benchmarks.length} | ${seconds.toFixed(0)} | | |`,
  )
  const reasons = report.benchmarks.map(({ reason }) => reason)
  const wrong = Object.values(decisions).some(
    decision => !['unchanged', 'undecided', 'faster'].includes(decision),
  )
  if (wrong || ['fail', 'error'].includes(report.verdict))
    throw new Error(`${JSON.stringify({ decisions, reasons })}\n${log.slice(-6000)}`)
  for (const name of [...steady, grows, gone]) expect(decisions).toHaveProperty([prefix + name])
  expect(decisions).not.toHaveProperty([prefix + added])
}

describe('a gate of real harnesses', () => {
  for (const each of wanted) {
    const { harness, version, prefix, steady, grows, gone, added } = each
    test(`${harness} ${version}: one slowdown, one row more, one less, and nothing else`, () => {
      const installed = each.install?.(installFolder(folder, each)) ?? {}
      if (typeof installed === 'string') {
        console.log(`${harness} ${version} is not tried: ${installed}.`)
        say(`| ${harness} | ${version} | not tried: ${installed} | | | | |`)
        return
      }
      const asked = {
        ...each.gate,
        ...(installed.path !== undefined && { path: installed.path }),
        env: { ...each.gate.env, ...installed.env },
      }
      const gated = gateProject(entries.path('cli'), asked)
      gated.end()
      const { verdict, benchmarks } = gated.report
      tell(each, gated)
      const decisions = Object.fromEntries(benchmarks.map(({ name, decision }) => [name, decision]))
      const said = JSON.stringify({ decisions, reasons: benchmarks.map(({ reason }) => reason) })
      if (decisions[prefix + grows] !== 'slower') throw new Error(`${said}\n${gated.log.slice(-6000)}`)
      expect(decisions[prefix + gone]).toBe('removed')
      expect(decisions[prefix + added]).toBe('new')
      for (const name of steady)
        expect(['unchanged', 'undecided', 'faster']).toContain(decisions[prefix + name])
      expect(verdict).toBe('fail')
      const [row] = benchmarks.filter(({ name }) => name === prefix + grows)
      expect(Math.max(row!.change!.ratio, 1 / row!.change!.ratio)).toBeGreaterThan(1.7)
      if (!soaking) return
      const unrelated = gateProject(entries.path('cli'), { ...asked, unrelated: true })
      unrelated.end()
      checkUnrelated(each, unrelated)
    }, 4_000_000)
  }
})

/** Harnesses that run for a time: counted with a fixed number of iterations where they take one, refused with the remedy where they do not. */
const COUNTED = [
  { project: 'go', row: 'go: BenchmarkGrows', fixes: true },
  { project: 'google-benchmark', row: 'micro: grows', fixes: false },
  { project: 'criterion', row: 'rust: a name that is too long for its line: grows', fixes: false },
].filter(({ project }) => (only ? only.includes(`instructions-${project}`) : soaking))

describe('a gate on instructions', () => {
  for (const { project, row, fixes } of COUNTED)
    test(`${project}: ${fixes ? 'counts a number of iterations' : 'is refused where it runs for a time'}`, () => {
      const gated = gateProject(entries.path('cli'), {
        ...{ project, counters: 'simulated', budget: '8m' },
        config: `${recipeOf(project)}metric: instructions\nthreshold: 10%\n`,
      })
      gated.end()
      const found = gated.report.benchmarks.find(({ name }) => name === row)!
      if (fixes) {
        expect(found).toMatchObject({ decision: 'slower', metric: 'instructions' })
        expect(found.change!.ratio).toBeGreaterThan(2)
      } else {
        expect(found.decision).toBe('unmeasured')
        expect(found.reason).toMatch(/for a time and not for a number of iterations.*count-with/)
        expect(gated.report.verdict).not.toBe('pass')
      }
    }, 1_000_000)
})

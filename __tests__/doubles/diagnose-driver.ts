import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callgrindReader, countsOfTotals } from '../../src/core/counters/callgrind.ts'
import { emptyCostTable, profilesOf } from '../../src/core/counters/cost-table.ts'
import type { Profile } from '../../src/core/counters/profile.ts'
import { collectEvidence } from '../../src/core/evidence/collect.ts'
import type { Counts } from '../../src/core/model/counters.ts'
import type { Geometry } from '../../src/core/processor/geometry.ts'
import { DIFF_ARGUMENTS } from '../../src/core/source/diff.ts'
import { examineSides, explain } from '../../src/flow/diagnose/diagnose.ts'
import { explainedPrograms } from '../flow/diagnose/explained-programs.ts'

/**
 * Builds one of the explained programs with this machine's compiler, counts both versions under callgrind and prints the diagnosis as
 * JSON: a program of its own, so that it can run on a machine of another architecture that has nothing but node.
 */
const [name] = process.argv.slice(2)
const program = explainedPrograms.find(each => each.name === name)
if (program === undefined) throw new Error(`${name} is not an explained program`)

const cache = (sizeBytes: number, ways: number) => ({ sizeBytes, ways, lineBytes: 64 })
const geometry: Geometry = {
  ...{ l1i: cache(32768, 8), l1d: cache(32768, 8), ll: cache(8388608, 16) },
  from: 'input',
}

function must(file: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed: ${stderr}`)
  return stdout
}

function simulate(folder: string): { readonly profile: Profile; readonly counts: Counts } {
  const caches = Object.entries({ I1: geometry.l1i, D1: geometry.l1d, LL: geometry.ll }).map(
    ([unit, { sizeBytes, ways }]) => `--${unit}=${sizeBytes},${ways},64`,
  )
  const how = [
    '--cache-sim=yes',
    '--branch-sim=yes',
    '--dump-instr=yes',
    '--compress-pos=no',
    '--compress-strings=no',
  ]
  must('valgrind', ['--tool=callgrind', ...how, ...caches, '--callgrind-out-file=out', './bench'], folder)
  const table = emptyCostTable()
  const totals = new Map<string, number>()
  const reader = callgrindReader(table, totals)
  for (const line of readFileSync(join(folder, 'out'), 'utf8').split('\n')) reader.line(line)
  return {
    profile: { source: 'callgrind', total: table.total, objects: profilesOf(table, true) },
    counts: countsOfTotals(totals),
  }
}

const root = mkdtempSync(join(tmpdir(), 'pv-diagnose-'))
const clone = join(root, 'clone')
mkdirSync(clone)
const git = (...args: string[]) =>
  must(
    'git',
    ['-c', 'user.name=x', '-c', 'user.email=x@example.invalid', '-c', 'commit.gpgsign=false', ...args],
    clone,
  )
git('init', '--quiet')
const [base, head] = (['base', 'head'] as const).map(side => {
  const tree = join(root, side)
  mkdirSync(tree)
  for (const [path, text] of Object.entries(program[side])) {
    for (const folder of [tree, clone]) writeFileSync(join(folder, path), text)
  }
  git('add', '--all')
  git('commit', '--quiet', '--message', side)
  git('tag', side)
  must(program.compiler ?? 'gcc', [...program.flags, 'main.c', '-o', 'bench'], tree)
  return { tree, ...simulate(tree) }
}) as [ReturnType<typeof simulate> & { tree: string }, ReturnType<typeof simulate> & { tree: string }]

const examined = await examineSides({
  profiles: { base: base.profile, head: head.profile },
  trees: { base: base.tree, head: head.tree },
  diff: git(...DIFF_ARGUMENTS, 'base', 'head'),
  commits: [{ sha: '0123456789abcdef', title: 'The change', files: Object.keys(program.head) }],
  geometry,
})
const { ratio } = program
const evidence = collectEvidence(
  {
    change: { ratio, low: ratio * 0.97, high: ratio * 1.03, confidence: 0.99 },
    counters: { source: 'simulated', base: base.counts, head: head.counts },
  },
  examined.examination,
)
const { cause, suspects, displacers, hot } = explain(examined, evidence)
examined.close()
const expected = { kind: program.kind, suspects: program.suspects, displacers: program.displacers }
process.stdout.write(
  JSON.stringify({ architecture: process.arch, expected, cause, suspects, displacers, hot }),
)

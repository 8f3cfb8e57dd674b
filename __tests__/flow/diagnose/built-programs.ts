import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { callgrindReader, countsOfTotals } from '../../../src/core/counters/callgrind.ts'
import { emptyCostTable, profilesOf } from '../../../src/core/counters/cost-table.ts'
import type { Profile } from '../../../src/core/counters/profile.ts'
import { collectEvidence, withRebuilt } from '../../../src/core/evidence/collect.ts'
import type { Counters } from '../../../src/core/model/counters.ts'
import type { Geometry } from '../../../src/core/processor/geometry.ts'
import { DIFF_ARGUMENTS } from '../../../src/core/source/diff.ts'
import { type Diagnosis, examineSides, explain } from '../../../src/flow/diagnose/diagnose.ts'
import { compareRebuilt } from '../../../src/flow/diagnose/second-build.ts'
import { run } from '../../core/elf/tools-here.ts'

/** Files by their path in the tree. */
export type Tree = Readonly<Record<string, string>>

/** A program in two versions as git and a build have them. */
export interface BuiltProgram {
  readonly base: Tree
  readonly head: Tree
  /** What only a build or a submodule puts into a tree: git does not know it. */
  readonly untracked?: { readonly base: Tree; readonly head: Tree }
  /** What a second build of base puts into its tree; absent where base is built once. */
  readonly again?: Tree
  /** A shell command that leaves `bench`. */
  readonly build: string
  readonly run?: string
  readonly env?: NodeJS.ProcessEnv
  readonly ratio: number
}

const cache = (sizeBytes: number, ways: number) => ({ sizeBytes, ways, lineBytes: 64 })
const geometry: Geometry = {
  ...{ l1i: cache(32768, 8), l1d: cache(32768, 8), ll: cache(8388608, 16) },
  from: 'input',
}

function put(folder: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text, { mode: path.endsWith('.sh') ? 0o755 : 0o644 })
  }
}

function simulate(tree: string, command: string, env: NodeJS.ProcessEnv) {
  const caches = Object.entries({ I1: geometry.l1i, D1: geometry.l1d, LL: geometry.ll }).map(
    ([name, { sizeBytes, ways }]) => `--${name}=${sizeBytes},${ways},64`,
  )
  const out = join(tree, 'callgrind.out')
  const options = [
    '--cache-sim=yes',
    '--branch-sim=yes',
    '--dump-instr=yes',
    '--compress-pos=no',
    '--compress-strings=no',
  ]
  run(
    'valgrind',
    ['--tool=callgrind', ...options, ...caches, `--callgrind-out-file=${out}`, ...command.split(' ')],
    {
      cwd: tree,
      env: { PATH: '/usr/bin:/bin', ...env },
    },
  )
  const table = emptyCostTable()
  const totals = new Map<string, number>()
  const reader = callgrindReader(table, totals)
  for (const line of readFileSync(out, 'utf8').split('\n')) reader.line(line)
  rmSync(out)
  const profile: Profile = { source: 'callgrind', total: table.total, objects: profilesOf(table, true) }
  return { profile, counts: countsOfTotals(totals) }
}

/** Builds both versions, counts them, and explains the ratio that a clock would have shown. */
export async function explainBuilt(root: string, program: BuiltProgram): Promise<Diagnosis> {
  const trees = { base: join(root, 'base'), head: join(root, 'head') }
  const build = (tree: string, files: readonly Tree[]): void => {
    for (const each of files) put(tree, each)
    execFileSync('bash', ['-c', program.build], {
      cwd: tree,
      env: { ...process.env, ...program.env },
      stdio: 'pipe',
    })
  }
  const sides = (['base', 'head'] as const).map(side => {
    build(trees[side], [program[side], program.untracked?.[side] ?? {}])
    return simulate(trees[side], program.run ?? join(trees[side], 'bench'), program.env ?? {})
  })
  const request = {
    ...{ trees, geometry, commits: [], diff: diffOf(join(root, 'clone'), program) },
    profiles: { base: sides[0]!.profile, head: sides[1]!.profile },
  }
  const examined = await examineSides(request)
  const counters: Counters = { source: 'simulated', base: sides[0]!.counts, head: sides[1]!.counts }
  const { ratio } = program
  try {
    const change = { ratio, low: ratio * 0.98, high: ratio * 1.02, confidence: 0.99 }
    const evidence = collectEvidence({ change, counters }, examined.examination)
    if (!program.again) return explain(examined, evidence)
    const again = join(root, 'again')
    build(again, [program.base, program.again])
    const rebuilt = await compareRebuilt(examined, { ...request, profile: sides[0]!.profile }, again)
    return explain(examined, withRebuilt(evidence, rebuilt))
  } finally {
    examined.close()
  }
}

function diffOf(clone: string, { base, head }: BuiltProgram): string {
  mkdirSync(clone, { recursive: true })
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.invalid', '-c', 'commit.gpgsign=false']
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', clone, ...who, ...args], { encoding: 'utf8' })
  git('init', '-q')
  for (const [tag, tree] of [
    ['base', base],
    ['head', head],
  ] as const) {
    git('rm', '-rq', '--cached', '--ignore-unmatch', '.')
    put(clone, tree)
    git('add', '-A', ...Object.keys(tree))
    git('commit', '-q', '--allow-empty', '-m', tag)
    git('tag', tag)
  }
  return git(...DIFF_ARGUMENTS, 'base', 'head')
}

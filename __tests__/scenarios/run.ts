import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '../../src/core/model/report.ts'
import type { Scenario } from './scenario.ts'

/** Where the gate is, and what it is told beside the scenario. */
export interface GateOptions {
  /** A bundle of the command line, such as `dist/cli.js`. */
  readonly cli: string
  /** A folder of this run's own, with the scenario's `repository` in it. */
  readonly work: string
  readonly options: readonly string[]
}

/** Gates the scenario's repository; throws with the gate's last lines when it leaves no report. */
export function gateScenario(scenario: Scenario, { cli, work, options }: GateOptions): Report {
  const [repository, out] = [join(work, 'repository'), join(work, 'out')]
  const asked = ['--repo', repository, '--base', 'base', '--head', 'head', '--out', out]
  const what = [
    '--build',
    scenario.build,
    '--bench',
    `${scenario.name}=${scenario.run}`,
    '--count-with',
    scenario.countWith,
  ]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'gate', ...asked, ...what, ...options],
    {
      encoding: 'utf8',
      maxBuffer: 64 * 2 ** 20,
      env: { ...process.env, ...rustup() },
    },
  )
  const report = join(out, 'report.json')
  if (existsSync(report)) return JSON.parse(readFileSync(report, 'utf8')) as Report
  const last = `${stdout}\n${stderr}`.trim().split('\n').slice(-8).join('\n')
  throw new Error(`The gate ended with ${status} and left no report:\n${last}`)
}

/** The gate's children have a home of their own, in which rustup finds its toolchains by this variable only. */
function rustup(): Readonly<Record<string, string>> {
  const usual = join(process.env.HOME ?? '/root', '.rustup')
  return process.env.RUSTUP_HOME === undefined && existsSync(usual) ? { RUSTUP_HOME: usual } : {}
}

/** Whether every tool that a scenario needs is on PATH; yields the missing ones. */
export function missingTools(scenario: Scenario): readonly string[] {
  const folders = (process.env.PATH ?? '').split(':')
  return scenario.needs.filter(tool => !folders.some(folder => existsSync(join(folder, tool))))
}

/** What plain runs show: the median ratio head/base, and by how much half of the rounds differ from each other. */
export interface PlainRuns {
  readonly ratio: number
  readonly spread: number
}

/**
 * Times interleaved runs on fresh copies without any of the product's code, to see whether the effect of a scenario exists on this
 * machine at all. The repository must be there.
 */
export function runPlainly(
  scenario: Scenario,
  work: string,
  { rounds = 15, clock = 'wall' }: { readonly rounds?: number; readonly clock?: 'wall' | 'cpu' } = {},
): PlainRuns {
  const trees = { base: buildPlainly(scenario, work, 'base'), head: buildPlainly(scenario, work, 'head') }
  const ratios = Array.from({ length: rounds }, (_, round) => {
    const order = round % 2 === 0 ? (['base', 'head'] as const) : (['head', 'base'] as const)
    const seconds = Object.fromEntries(order.map(side => [side, timeOnce(scenario, trees[side], clock)]))
    return seconds.head! / seconds.base!
  }).sort((a, b) => a - b)
  const at = (part: number) => ratios[Math.floor(part * rounds)]!
  return { ratio: at(0.5), spread: at(0.75) / at(0.25) - 1 }
}

function buildPlainly(scenario: Scenario, work: string, side: 'base' | 'head'): string {
  const tree = join(work, `plain-${side}`)
  rmSync(tree, { recursive: true, force: true })
  const script = `git clone -q --branch ${side} -c advice.detachedHead=false repository "$1" && cd "$1" && ${scenario.build}`
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', tree], {
    cwd: work,
    encoding: 'utf8',
    env: { ...process.env, ...rustup() },
  })
  if (status !== 0) throw new Error(`${side} does not build: ${stderr.slice(-500)}`)
  return tree
}

function timeOnce(scenario: Scenario, tree: string, clock: 'wall' | 'cpu'): number {
  for (const binary of scenario.binaries) {
    copyFileSync(join(tree, binary), join(tree, `${binary}.new`))
    renameSync(join(tree, `${binary}.new`), join(tree, binary))
  }
  const started = process.hrtime.bigint()
  // The shell's own report of what its children used, on the descriptor that no program of a scenario writes to.
  const timed = `TIMEFORMAT='%U %S'; { time { ${scenario.run}; } 2>/dev/null; } 2>&3 >/dev/null`
  const { output } = spawnSync('bash', ['-c', timed], {
    cwd: tree,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const wall = Number(process.hrtime.bigint() - started) / 1e9
  const [user, system] = (output[3] ?? '').trim().split(' ').map(Number)
  return clock === 'wall' ? wall : user! + system!
}

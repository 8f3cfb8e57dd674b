import { join } from 'node:path'
import type { BenchmarkPlan, Side } from '../core/model.ts'
import { type LayoutFolder, makeLayoutFolder } from '../shell/layout-build.ts'
import type { JobOutcome, World } from '../shell/world.ts'
import { buildSide } from './build.ts'
import { layOut } from './lay-out.ts'
import type { WorkshopRequest } from './layout-request.ts'

/** A side laid out once more, and the scripts in front of its build. */
export interface TrialTree {
  readonly side: Side
  readonly tree: string
  readonly folder: LayoutFolder
}

/** Lays a side out anew and builds it through the wrappers with further flags; yields why it could not. */
export async function buildTrialTree(
  side: Side,
  { name, flags }: { readonly name: string; readonly flags: readonly string[] },
  request: WorkshopRequest,
  world: World,
): Promise<TrialTree | string> {
  const tree = join(request.folder, name)
  const wish = { folder: join(request.folder, `of-${name}`), env: request.env[side], flags }
  const folder = await makeLayoutFolder(wish, world.sandbox)
  const laid = await layOut(request.mirrors, { commit: request.commits[side], tree }, world.tools)
  if (typeof laid === 'string') return `${side} could not be laid out a second time: ${laid}`
  await world.sandbox.adopt(tree)
  return (await buildAgain({ side, tree, folder }, request, world)) ?? { side, tree, folder }
}

/** Runs the project's build in a trial tree; yields what to say when it failed. */
export async function buildAgain(
  { side, tree, folder }: TrialTree,
  request: WorkshopRequest,
  world: World,
): Promise<string | undefined> {
  const failure = await buildSide(
    side,
    {
      command: request.build,
      trees: { base: tree, head: tree },
      env: { base: folder.env, head: folder.env },
      timeoutSeconds: request.buildTimeoutSeconds,
    },
    world,
  )
  if (!failure) return undefined
  const last = failure.failure.lastLines.at(-1)
  return `the build of ${side} for it ${failure.failure.ended}${last ? ` (${last})` : ''}.`
}

/** A benchmark and the CPUs to pin it to, as `taskset` takes them. */
export interface Pinned {
  readonly benchmark: BenchmarkPlan
  readonly cpus?: string
}

/** One run of a benchmark in a trial tree. */
export function runIn(
  { side, tree }: Pick<TrialTree, 'side' | 'tree'>,
  { benchmark, cpus }: Pinned,
  { env }: WorkshopRequest,
  world: World,
): Promise<JobOutcome> {
  const shell = ['bash', '-c', benchmark.command]
  return world.sandbox.run({
    argv: cpus === undefined ? shell : ['taskset', '-c', cpus, ...shell],
    cwd: tree,
    env: env[side],
    timeoutSeconds: benchmark.timeoutSeconds,
    outputCap: 2 ** 20,
  })
}

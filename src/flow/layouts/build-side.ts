import { join } from 'node:path'
import { aloneOf, benchmarkWords, onSide } from '../../core/harness/arrange.ts'
import type { LayoutFault } from '../../core/layouts/fault.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import type { Side } from '../../core/model/side.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import { type LayoutFolder, makeLayoutFolder } from '../../shell/layouts/build.ts'
import type { Job, JobOutcome, PlaceWish, Ports } from '../../shell/ports/ports.ts'
import { runAround } from '../../shell/profilers/run-around.ts'
import { buildSide } from '../build/build-side.ts'
import { checkOutCommit } from '../trees/check-out-commit.ts'
import type { RelinkRequest } from './request.ts'

/** A side checked out once more, and the scripts in front of its build. */
export interface TrialTree {
  readonly side: Side
  readonly tree: string
  readonly folder: LayoutFolder
}

/** What a trial tree is for. */
export interface TrialWish {
  readonly name: string
  /** Further flags for the compilers. */
  readonly flags: readonly string[]
  /** What its jobs see in addition to it and its own folder. */
  readonly shows?: PlaceWish['shows']
}

/** Checks a side out anew and builds it through the wrappers with further flags. */
export async function buildTrialTree(
  side: Side,
  { name, flags, shows = [] }: TrialWish,
  request: RelinkRequest,
  ports: Ports,
): Promise<Result<TrialTree, LayoutFault>> {
  const tree = join(request.folder, name)
  const wish = { folder: join(request.folder, `of-${name}`), env: request.env[side], flags }
  const folder = await makeLayoutFolder(wish)
  const checkedOut = await checkOutCommit(
    request.mirrors,
    { commit: request.commits[side], tree },
    ports.tools,
  )
  if (!checkedOut.ok) return failed({ kind: 'no-checkout', side, because: checkedOut.fault })
  await ports.sandbox.adopt(tree, {
    as: side,
    shows: [
      ...shows,
      { path: folder.folder, writable: false },
      ...[folder.links, folder.store].map(path => ({ path, writable: true })),
    ],
  })
  return buildAgain({ side, tree, folder }, request, ports)
}

/** Runs the project's build in a trial tree. */
export async function buildAgain(
  built: TrialTree,
  request: RelinkRequest,
  ports: Ports,
): Promise<Result<TrialTree, LayoutFault>> {
  const { side, tree, folder } = built
  const failure = await buildSide(
    side,
    {
      command: request.build,
      trees: { base: tree, head: tree },
      env: { base: folder.env, head: folder.env },
      timeoutSeconds: request.buildTimeoutSeconds,
    },
    ports,
  )
  if (!failure) return success(built)
  const { ended, lastLines } = failure.error.failure
  const lastLine = lastLines.at(-1)
  return failed({ kind: 'build-failed', side, ended, ...(lastLine !== undefined && { lastLine }) })
}

/** A benchmark and how it is to be run. */
export interface Scheduled {
  readonly benchmark: BenchmarkPlan
  readonly scheduling?: Scheduling
}

/** One run of a benchmark in a trial tree. */
export function runIn(
  { side, tree }: Pick<TrialTree, 'side' | 'tree'>,
  { benchmark, scheduling }: Scheduled,
  { env }: RelinkRequest,
  ports: Ports,
): Promise<JobOutcome> {
  const alone = aloneOf(onSide(benchmark, side))
  const job: Job = {
    argv: benchmarkWords(alone.command),
    tree,
    env: { ...env[side], ...alone.env },
    timeoutSeconds: benchmark.timeoutSeconds,
    outputCap: 2 ** 20,
    scheduling,
  }
  return runAround(ports.sandbox, job, benchmark.around ?? {})
}

import { join } from 'node:path'
import { onSide } from '../../core/harness/arrange.ts'
import { readRun } from '../../core/harness/read-run.ts'
import { layoutNoise } from '../../core/layouts/trial-plan.ts'
import { type PerSide, SIDES, type Side } from '../../core/model/side.ts'
import { median } from '../../core/statistics/median.ts'
import { shuffled, uniform } from '../../core/statistics/random.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { runIn } from './build-side.ts'
import { copyFresh } from './files.ts'
import type { RelinkSetup } from './relink-setup.ts'
import type { LayoutRequest } from './request.ts'
import type { TrialRun } from './side.ts'

/** The kept files of one layout of each side, in the order of the side's mapped files. */
export interface Layout {
  readonly name: string
  readonly files: PerSide<readonly string[]>
}

/** A layout with the median of its runs on each side, in the benchmark's unit. */
export interface MeasuredLayout extends Layout {
  readonly values: PerSide<number>
}

/** What measuring needs in addition to the layouts. */
export interface LayoutStage {
  readonly setup: RelinkSetup
  readonly first: PerSide<TrialRun>
  readonly request: LayoutRequest
  readonly ports: Ports
  /** What each side printed in the trial's own build, where it prints the same every time. */
  readonly printed: Partial<PerSide<string>>
}

/** How long to go on: so many runs of each layout at least, and more while they disagree and there is time. */
export interface TrialPatience {
  readonly passes: number
  /** On the monotonic clock of the ports. */
  readonly until: number
}

const MOST_PASSES = 15
/** Medians are exact enough when their error is this part of the threshold. */
const EXACT_ENOUGH = 0.2

/**
 * Runs each layout of both sides several times on fresh copies, all interleaved in random order, and returns the medians;
 * a layout with a run that failed or printed something else is left out.
 */
export async function measureLayouts(
  layouts: readonly Layout[],
  patience: TrialPatience,
  stage: LayoutStage,
): Promise<readonly MeasuredLayout[]> {
  const { request, ports } = stage
  const next = uniform(request.seed)
  const runs: Runs = new Map(layouts.map(layout => [layout, { base: [], head: [] }]))
  for (let pass = 1; pass <= MOST_PASSES && runs.size > 0; pass++) {
    await runAllOnce(runs, next, stage)
    if (pass < patience.passes) continue
    const noise = layoutNoise([...runs.values()].flatMap(({ base, head }) => [base, head]))
    if (noise <= EXACT_ENOUGH * request.benchmark.threshold || ports.clock.now() >= patience.until) break
  }
  return [...runs].map(([layout, { base, head }]) => ({
    ...layout,
    values: { base: median(base), head: median(head) },
  }))
}

type Runs = Map<Layout, PerSide<number[]>>

async function runAllOnce(runs: Runs, next: () => number, stage: LayoutStage): Promise<void> {
  for (const layout of shuffled([...runs.keys()], next)) {
    for (const side of shuffled(SIDES, next)) {
      const value = await runLayout(layout, side, stage)
      if (value === undefined) runs.delete(layout)
      else runs.get(layout)?.[side].push(value)
    }
  }
}

/** One run of a layout on a side, on fresh copies of its files; undefined where it failed or printed something else. */
export async function runLayout(
  layout: { readonly files: Readonly<Partial<PerSide<readonly string[]>>> },
  side: Side,
  stage: LayoutStage,
): Promise<number | undefined> {
  const { setup, first, request, ports, printed } = stage
  const trial = setup.sides[side]
  const targets = first[side].files.map(
    ({ file }, at) => [layout.files[side]![at]!, join(trial.tree, file)] as const,
  )
  if (!(await copyFresh(targets, { sandbox: ports.sandbox, tree: trial.tree }))) return undefined
  const outcome = await runIn(trial, request, setup.request, ports)
  const expected = printed[side]
  if (expected !== undefined && outcome.stdout !== expected) return undefined
  const reading = readRun(outcome, onSide(request.benchmark, side), setup.request.match)
  return reading.ok ? reading.value : undefined
}

import type { Limitation } from '../../core/model/report.ts'
import { type Result, success } from '../../core/model/result.ts'
import { type PerSide, SIDES, type Side } from '../../core/model/side.ts'
import type { World } from '../../shell/ports/world.ts'
import { runIn } from './build-side.ts'
import { type MakeLayout, openMaker } from './make.ts'
import type { LayoutStage } from './measure.ts'
import { type LayoutRequest, noTrial } from './request.ts'
import type { TrialRun } from './side.ts'
import type { Workshop } from './workshop.ts'

/** A trial whose layouts can be made. */
export interface OpenTrial extends LayoutStage {
  readonly make: PerSide<MakeLayout>
  readonly linker: string
  readonly startedAt: number
}

/** Finds the way to the layouts of both sides for one benchmark. */
export async function openTrial(
  request: LayoutRequest,
  workshop: Workshop,
  world: World,
): Promise<Result<OpenTrial, Limitation>> {
  const startedAt = world.clock.now()
  const { base, head } = workshop.sides
  const first = { base: base.runs.get(request.benchmark.name), head: head.runs.get(request.benchmark.name) }
  if (first.base === undefined || first.head === undefined)
    return noTrial(`${request.benchmark.name} was not among the benchmarks that it was prepared for.`)
  if (typeof first.base === 'string') return noTrial(first.base)
  if (typeof first.head === 'string') return noTrial(first.head)
  const makers = {
    base: await openMaker(base, first.base, workshop, world),
    head: await openMaker(head, first.head, workshop, world),
  }
  if (typeof makers.base === 'string') return noTrial(makers.base)
  if (typeof makers.head === 'string') return noTrial(makers.head)
  const runs = { base: first.base, head: first.head }
  return success({
    ...{ workshop, first: runs, request, world, startedAt },
    printed: await steadyOutput(runs, request, { workshop, world }),
    make: { base: makers.base.make, head: makers.head.make },
    linker: makers.head.linker,
  })
}

/** What each side prints, where a second run prints it again and it is not the value that is printed. */
async function steadyOutput(
  first: PerSide<TrialRun>,
  request: LayoutRequest,
  { workshop, world }: { readonly workshop: Workshop; readonly world: World },
): Promise<Partial<PerSide<string>>> {
  if (request.benchmark.format.kind !== 'wall') return {}
  const printed: Partial<Record<Side, string>> = {}
  for (const side of SIDES) {
    const { stdout } = await runIn(workshop.sides[side], request, workshop.request, world)
    if (stdout === first[side].outcome.stdout) printed[side] = stdout
  }
  return printed
}

import type { Limitation } from '../../core/model/report.ts'
import { type Result, success } from '../../core/model/result.ts'
import { type PerSide, SIDES, type Side } from '../../core/model/side.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { runIn } from './build-side.ts'
import { type MakeLayout, openMaker } from './make.ts'
import type { LayoutStage } from './measure.ts'
import type { RelinkSetup } from './relink-setup.ts'
import { type LayoutRequest, noTrial } from './request.ts'
import type { TrialRun } from './side.ts'

/** A trial whose layouts can be made. */
export interface OpenTrial extends LayoutStage {
  readonly make: PerSide<MakeLayout>
  readonly linker: string
  readonly startedAt: number
}

/** Finds the way to the layouts of both sides for one benchmark. */
export async function openTrial(
  request: LayoutRequest,
  setup: RelinkSetup,
  ports: Ports,
): Promise<Result<OpenTrial, Limitation>> {
  const startedAt = ports.clock.now()
  const { base, head } = setup.sides
  const first = { base: base.runs.get(request.benchmark.name), head: head.runs.get(request.benchmark.name) }
  if (first.base === undefined || first.head === undefined)
    return noTrial(`${request.benchmark.name} was not among the benchmarks that it was prepared for.`)
  if (typeof first.base === 'string') return noTrial(first.base)
  if (typeof first.head === 'string') return noTrial(first.head)
  const makers = {
    base: await openMaker(base, first.base, setup, ports),
    head: await openMaker(head, first.head, setup, ports),
  }
  if (typeof makers.base === 'string') return noTrial(makers.base)
  if (typeof makers.head === 'string') return noTrial(makers.head)
  const runs = { base: first.base, head: first.head }
  return success({
    ...{ setup, first: runs, request, ports, startedAt },
    printed: await steadyOutput(runs, request, { setup, ports }),
    make: { base: makers.base.make, head: makers.head.make },
    linker: makers.head.linker,
  })
}

/** What each side prints, where a second run prints it again and it is not the value that is printed. */
async function steadyOutput(
  first: PerSide<TrialRun>,
  request: LayoutRequest,
  { setup, ports }: { readonly setup: RelinkSetup; readonly ports: Ports },
): Promise<Partial<PerSide<string>>> {
  if (request.benchmark.format.kind !== 'wall') return {}
  const printed: Partial<Record<Side, string>> = {}
  for (const side of SIDES) {
    const { stdout } = await runIn(setup.sides[side], request, setup.request, ports)
    if (stdout === first[side].outcome.stdout) printed[side] = stdout
  }
  return printed
}

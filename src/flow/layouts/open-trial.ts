import type { LayoutFault } from '../../core/layouts/fault.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import { type PerSide, SIDES, type Side } from '../../core/model/side.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { runIn } from './build-side.ts'
import { type MakeLayout, openMaker } from './make.ts'
import type { LayoutStage } from './measure.ts'
import type { RelinkSetup } from './relink-setup.ts'
import type { LayoutRequest } from './request.ts'
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
): Promise<Result<OpenTrial, LayoutFault>> {
  const startedAt = ports.clock.now()
  const { base, head } = setup.sides
  const { name } = request.benchmark
  const first = { base: base.runs.get(name), head: head.runs.get(name) }
  if (first.base === undefined || first.head === undefined)
    return failed({ kind: 'not-prepared', benchmark: name })
  if (!first.base.ok) return first.base
  if (!first.head.ok) return first.head
  const runs = { base: first.base.value, head: first.head.value }
  const makers = {
    base: await openMaker(base, runs.base, setup, ports),
    head: await openMaker(head, runs.head, setup, ports),
  }
  if (!makers.base.ok) return makers.base
  if (!makers.head.ok) return makers.head
  return success({
    ...{ setup, first: runs, request, ports, startedAt },
    printed: await steadyOutput(runs, request, { setup, ports }),
    make: { base: makers.base.value.make, head: makers.head.value.make },
    linker: makers.head.value.linker,
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

import { mkdir } from 'node:fs/promises'
import type { PerSide } from '../core/model.ts'
import type { World } from '../shell/world.ts'
import { type MakeLayout, openMaker } from './layout-make.ts'
import type { LayoutStage } from './layout-measure.ts'
import { type LayoutRequest, type NoTrial, noTrial } from './layout-request.ts'
import { type LayoutSide, openSide, runIn } from './layout-side.ts'

/** A trial whose sides are built and whose layouts can be made. */
export interface OpenTrial extends LayoutStage {
  readonly make: PerSide<MakeLayout>
  readonly linker: string
  readonly startedAt: number
}

/** Builds both sides through the wrappers and finds the way to their layouts. */
export async function openTrial(request: LayoutRequest, world: World): Promise<OpenTrial | NoTrial> {
  const startedAt = world.clock.now()
  await mkdir(request.folder, { recursive: true, mode: 0o755 })
  const base = await openSide('base', request, world)
  if ('limitation' in base) return base
  const head = await openSide('head', request, world)
  if ('limitation' in head) return head
  const sides = { base, head }
  const printed = await steadyOutput(sides, request, world)
  const makers = { base: await openMaker(base, request, world), head: await openMaker(head, request, world) }
  if (typeof makers.base === 'string') return noTrial(makers.base)
  if (typeof makers.head === 'string') return noTrial(makers.head)
  const make = { base: makers.base.make, head: makers.head.make }
  return { sides, request, world, printed, make, linker: makers.head.linker, startedAt }
}

/** What each side prints, where a second run prints it again and it is not the value that is printed. */
async function steadyOutput(
  sides: PerSide<LayoutSide>,
  request: LayoutRequest,
  world: World,
): Promise<Partial<PerSide<string>>> {
  if (request.benchmark.format.kind !== 'wall') return {}
  const again = {
    base: await runIn(sides.base.tree, 'base', request, world),
    head: await runIn(sides.head.tree, 'head', request, world),
  }
  const same = (side: 'base' | 'head') =>
    again[side].stdout === sides[side].run.stdout ? { [side]: again[side].stdout } : {}
  return { ...same('base'), ...same('head') }
}

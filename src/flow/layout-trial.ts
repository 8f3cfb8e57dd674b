import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { layoutsDiffer } from '../core/layout/differ.ts'
import { trialSentence } from '../core/layout/sentence.ts'
import { sizeTrial, type TrialSize } from '../core/layout/trial-plan.ts'
import { type LayoutTrial, type PerSide, SIDES, type Side } from '../core/model.ts'
import { type LayoutMeasured, layoutOutcome } from '../core/placement/layout-outcome.ts'
import { seedOf } from '../core/random.ts'
import { addressesIn } from '../shell/layout-build-addresses.ts'
import type { World } from '../shell/world.ts'
import { copyFresh, makeFolder } from './layout-jobs.ts'
import { type MakeLayout, openMaker } from './layout-make.ts'
import { type Layout, type LayoutStage, type MeasuredLayout, measureLayouts } from './layout-measure.ts'
import { type LayoutRequest, type NoTrial, noTrial } from './layout-request.ts'
import { type LayoutSide, openSide, runIn } from './layout-side.ts'
import { isElf } from './mapped-files.ts'

export type { LayoutRequest, NoTrial } from './layout-request.ts'

/** A trial whose sides are built and whose layouts can be made. */
interface OpenTrial extends LayoutStage {
  readonly make: PerSide<MakeLayout>
  readonly linker: string
  readonly startedAt: number
}

/**
 * Rebuilds both sides in random layouts and compares the distributions: what is slower in every layout is real, what is
 * equal in distribution was luck of the layout. Yields a limitation where that cannot be done.
 */
export async function layoutTrial(request: LayoutRequest, world: World): Promise<LayoutTrial | NoTrial> {
  return world.log.group(`Layout trial of ${request.benchmark.name}`, async () => {
    const open = await openTrial(request, world)
    if ('limitation' in open) return open
    const size = await plannedSize(open)
    if ('limitation' in size) return size
    let layouts = await layOutAndMeasure(open, { from: 0, size, share: 0.5 })
    if ('limitation' in layouts) return layouts
    let trial = conclude(layouts, open)
    if (trial.outcome === 'inconclusive' && canGrow(open)) {
      const more = await layOutAndMeasure(open, { from: size.layouts, size, share: 0.9 })
      if (!('limitation' in more)) {
        layouts = { ...layouts, measured: [...layouts.measured, ...more.measured] }
        trial = conclude(layouts, open)
      }
    }
    world.log.line(trial.sentence)
    return trial
  })
}

async function openTrial(request: LayoutRequest, world: World): Promise<OpenTrial | NoTrial> {
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

/** How many layouts and runs fit into the time: one layout of each side is made and run to find out. */
async function plannedSize(open: OpenTrial): Promise<TrialSize | NoTrial> {
  const { sides, request, world, make } = open
  const started = world.clock.now()
  const made = [await make.base(PROBE_SEED), await make.head(PROBE_SEED)].find(
    files => typeof files === 'string',
  )
  if (typeof made === 'string') return noTrial(made)
  const pairOfLayouts = world.clock.now() - started
  const pairOfRuns = sides.base.run.seconds + sides.head.run.seconds + COPY_SECONDS
  const left = request.budgetSeconds - (world.clock.now() - open.startedAt)
  const size = sizeTrial(request.layouts, left, { pairOfLayouts, pairOfRuns })
  if (size) return size
  return noTrial(
    `${request.budgetSeconds} s are too few for it, with ${pairOfLayouts.toFixed(1)} s a layout of both sides and ${pairOfRuns.toFixed(1)} s a run of both; raise layout-budget.`,
  )
}

/** Seeds of layouts are above it; linkers take 0 as "draw your own". */
const PROBE_SEED = 1
/** About what bringing a layout's files in takes. */
const COPY_SECONDS = 0.05

/** Layouts that were measured, and the default ones measured among them. */
interface Measurements {
  readonly measured: readonly MeasuredLayout[]
  readonly standard: MeasuredLayout | undefined
}

/** Which layouts to make and measure, and by which part of the budget to be done. */
interface Batch {
  readonly from: number
  readonly size: TrialSize
  readonly share: number
}

/** Makes and measures so many layouts of both sides, the default ones among them. */
async function layOutAndMeasure(
  open: OpenTrial,
  { from, size, share }: Batch,
): Promise<Measurements | NoTrial> {
  const layouts: Layout[] = []
  for (let at = from; at < from + size.layouts; at++) {
    const seed = seedFor(open, at)
    const [base, head] = [await open.make.base(seed), await open.make.head(seed)]
    if (typeof base === 'string') return noTrial(base)
    if (typeof head === 'string') return noTrial(head)
    layouts.push({ name: `${seed}`, files: { base, head } })
  }
  const fault = faultOf(layouts, open)
  if (fault) return noTrial(fault)
  const standard = await keepStandard(open)
  const until = open.startedAt + share * open.request.budgetSeconds
  const all = standard ? [standard, ...layouts] : layouts
  const measured = await measureLayouts(all, { passes: size.passes, until }, open)
  const random = measured.filter(({ name }) => name !== STANDARD)
  if (random.length < layouts.length * MOST_LOST)
    return noTrial('too many random layouts failed or printed something else than the default one does.')
  return { measured: random, standard: measured.find(({ name }) => name === STANDARD) }
}

const STANDARD = 'standard'
/** At least this part of the layouts must run as the default one does. */
const MOST_LOST = 0.75

function seedFor({ request }: OpenTrial, at: number): number {
  return 2 + (seedOf(request.seed, at) % (2 ** 31 - 2))
}

/** Looks whether the hot code really lies elsewhere from layout to layout. */
function faultOf(layouts: readonly Layout[], { request, sides }: OpenTrial): string | undefined {
  for (const side of SIDES) {
    const addresses = layouts.map(({ files }) => addressesIn(files[side].filter(isElf)))
    if (layoutsDiffer(addresses, request.hot) === false)
      return `the hot functions of ${side} lie the same in every layout (${sides[side].links.map(link => link.kind).join(', ')}).`
  }
  return undefined
}

/** The files that the gate measured, to be run among the layouts: clock speeds shift, so they are measured with them. */
async function keepStandard({ sides, request, world }: OpenTrial): Promise<Layout | undefined> {
  const files: Record<Side, readonly string[]> = { base: [], head: [] }
  for (const side of SIDES) {
    const folder = join(sides[side].folder.store, STANDARD)
    const kept = sides[side].files.map(
      ({ file }, at) => [join(request.trees[side], file), join(folder, `${at}`)] as const,
    )
    const made = await makeFolder(folder, world.sandbox)
    if (!made || !(await copyFresh(kept, world.sandbox))) return undefined
    files[side] = kept.map(([, to]) => to)
  }
  return { name: STANDARD, files }
}

/** Twice as many once, if nobody said how many and the time allows. */
function canGrow({ request, world, startedAt }: OpenTrial): boolean {
  const spent = world.clock.now() - startedAt
  return request.layouts === 'auto' && request.budgetSeconds > 2 * spent
}

function conclude({ measured, standard }: Measurements, open: OpenTrial): LayoutTrial {
  const { request, linker } = open
  const values = {
    base: measured.map(each => each.values.base),
    head: measured.map(each => each.values.head),
  }
  // Where more is better, the slowdown is in the reciprocal.
  const cost = (value: number) => (request.benchmark.better === 'higher' ? 1 / value : value)
  const judged: LayoutMeasured = {
    base: values.base.map(cost),
    head: values.head.map(cost),
    tau: request.benchmark.threshold,
    defaultRatio: request.benchmark.better === 'higher' ? 1 / request.ratio : request.ratio,
    defaultHead: cost(standard?.values.head ?? Number.NaN),
    movedHot: request.movedHot,
  }
  const { ratio, low, high, best, p, outcome } = layoutOutcome(judged, request.seed)
  const trial = {
    ...{ layouts: measured.length, linker, seeds: measured.map(({ name }) => Number(name)) },
    ...values,
    ...{ ratio, low, high, best, p, outcome },
  }
  return { ...trial, sentence: trialSentence(trial) }
}

import { lstatSync } from 'node:fs'
import type { LayoutFault } from '../../core/layouts/fault.ts'
import type { LayoutOrder } from '../../core/layouts/shuffle.ts'
import { layoutsDiffer, sizeTrial, type TrialSize } from '../../core/layouts/trial-plan.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import { SIDES } from '../../core/model/side.ts'
import { seedOf } from '../../core/statistics/random.ts'
import { addressesIn } from '../../shell/files/elf-file.ts'
import { isElf } from '../trees/files-used.ts'
import { keepFiles } from './keep.ts'
import { type Layout, type MeasuredLayout, measureLayouts } from './measure.ts'
import type { OpenTrial } from './open-trial.ts'

/** How many layouts and runs fit into the time: one layout of each side is made and run to find out. */
export async function plannedSize(open: OpenTrial): Promise<Result<TrialSize, LayoutFault>> {
  const { first, request, ports, make } = open
  const started = ports.clock.now()
  const [base, head] = [await make.base(PROBE), await make.head(PROBE)]
  if (!base.ok) return base
  if (!head.ok) return head
  const pairOfLayouts = ports.clock.now() - started
  const pairOfRuns = first.base.outcome.seconds + first.head.outcome.seconds + COPY_SECONDS
  const left = request.budgetSeconds - (ports.clock.now() - open.startedAt)
  const size = sizeTrial(request.layouts, left, {
    pairOfLayouts,
    pairOfRuns,
    bytes: bytesOf([...base.value, ...head.value]),
  })
  if (size) return success(size)
  const { budgetSeconds } = request
  return failed({
    kind: 'too-little-budget',
    budgetSeconds,
    layoutSeconds: pairOfLayouts,
    runSeconds: pairOfRuns,
  })
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (lstatSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)
}

/** Seeds of layouts are above it; linkers take 0 as "draw your own". */
const PROBE: LayoutOrder = { kind: 'random', seed: 1 }
/** About what bringing a layout's files in takes. */
const COPY_SECONDS = 0.05

/** Layouts that were measured, and the default ones measured among them. */
export interface Measurements {
  readonly measured: readonly MeasuredLayout[]
  readonly standard: MeasuredLayout | undefined
}

/** Which layouts to make and measure, and by which part of the budget to be done. */
export interface Batch {
  readonly from: number
  readonly size: TrialSize
  readonly share: number
}

/** Makes and measures so many layouts of both sides, the default ones among them. */
export async function layOutAndMeasure(
  open: OpenTrial,
  { from, size, share }: Batch,
): Promise<Result<Measurements, LayoutFault>> {
  const layouts: Layout[] = []
  for (let at = from; at < from + size.layouts; at++) {
    const seed = seedFor(open, at)
    const random: LayoutOrder = { kind: 'random', seed }
    const [base, head] = [await open.make.base(random), await open.make.head(random)]
    if (!base.ok) return base
    if (!head.ok) return head
    layouts.push({ name: `${seed}`, files: { base: base.value, head: head.value } })
  }
  const fault = faultOf(layouts, open)
  if (fault) return failed(fault)
  const standard = await keepStandard(open)
  const until = open.startedAt + share * open.request.budgetSeconds
  const all = standard ? [standard, ...layouts] : layouts
  const measured = await measureLayouts(all, { passes: size.passes, until }, open)
  const random = measured.filter(({ name }) => name !== STANDARD)
  if (random.length < layouts.length * MOST_LOST) return failed({ kind: 'layouts-fail' })
  return success({ measured: random, standard: measured.find(({ name }) => name === STANDARD) })
}

const STANDARD = 'standard'
/** At least this part of the layouts must run as the default one does. */
const MOST_LOST = 0.75

function seedFor({ request }: OpenTrial, at: number): number {
  return 2 + (seedOf(request.seed, at) % (2 ** 31 - 2))
}

/** Looks whether the hot code really is elsewhere from layout to layout. */
function faultOf(layouts: readonly Layout[], { request, linker }: OpenTrial): LayoutFault | undefined {
  for (const side of SIDES) {
    const addresses = layouts.map(({ files }) => addressesIn(files[side].filter(isElf)))
    if (layoutsDiffer(addresses, request.hot) === false) return { kind: 'hot-code-stays', side, linker }
  }
  return undefined
}

/** The files that the gate measured, to be run among the layouts: clock speeds shift, so they are measured with them. */
async function keepStandard({ setup, first, ports }: OpenTrial): Promise<Layout | undefined> {
  const base = await keepFiles('base', { setup, first: first.base, from: setup.request.trees.base }, ports)
  const head = await keepFiles('head', { setup, first: first.head, from: setup.request.trees.head }, ports)
  return base && head ? { name: STANDARD, files: { base, head } } : undefined
}

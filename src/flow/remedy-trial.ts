import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { layoutNoise } from '../core/layout/noise.ts'
import { type Remedy, remediesFor, remedyResult } from '../core/layout/remedies.ts'
import type { RemedyTrial, Side, Suspect } from '../core/model.ts'
import { shuffled, uniform } from '../core/random.ts'
import { median } from '../core/statistics/median.ts'
import { ratioOfMedians } from '../core/statistics/ratio-interval.ts'
import { readRun } from '../core/values.ts'
import type { World } from '../shell/world.ts'
import { copyControlTree } from './control-tree.ts'
import { copyFresh, makeFolder } from './layout-jobs.ts'
import { openMaker } from './layout-make.ts'
import { type LayoutRequest, type NoTrial, noTrial } from './layout-request.ts'
import { type LayoutSide, openSide, runIn } from './layout-side.ts'
import { isElf, mappedFiles } from './mapped-files.ts'

/** A layout request with the suspects whose mechanisms choose the remedies. */
export interface RemedyRequest extends LayoutRequest {
  readonly suspects: readonly Suspect[]
}

/** Something to run: in which tree, with which files brought in from where. */
interface Variant {
  readonly side: Side
  readonly tree: string
  readonly files: readonly (readonly [from: string, to: string])[]
  readonly values: number[]
}

/**
 * Rebuilds head with each remedy that fits what the suspects show, and measures it among base and head as they were, so
 * that advice is given with its figures. Remedies that the build cannot take are left out.
 */
export async function remedyTrials(
  request: RemedyRequest,
  world: World,
): Promise<readonly RemedyTrial[] | NoTrial> {
  const remedies = remediesFor(request.suspects, request.hot)
  if (remedies.length === 0) return []
  return world.log.group(`Remedies for ${request.benchmark.name}`, async () => {
    const until = world.clock.now() + request.budgetSeconds
    await mkdir(request.folder, { recursive: true, mode: 0o755 })
    const head = await openSide('head', request, world)
    if ('limitation' in head) return head
    const standard = await standardVariants(head, request, world)
    if (!standard) return noTrial('the files that were measured could not be copied.')
    const treated = new Map<Remedy, Variant>()
    for (const remedy of remedies) {
      const files = await treat(remedy, head, request, world)
      if (files) treated.set(remedy, { ...standard.head, files, values: [] })
    }
    await measureVariants([standard.base, standard.head, ...treated.values()], until, request, world)
    return resultsOf(standard, treated, request).map(result => {
      world.log.line(result.sentence)
      return result
    })
  })
}

/** Base and head as the gate measured them, in trees at paths of equal length. */
async function standardVariants(
  head: LayoutSide,
  request: LayoutRequest,
  world: World,
): Promise<{ readonly base: Variant; readonly head: Variant } | undefined> {
  const tree = join(request.folder, 'base')
  if (!(await copyControlTree(request.trees.base, tree, world))) return undefined
  await world.sandbox.adopt(tree)
  const mapped = await mappedFiles(tree, () => runIn(tree, 'base', request, world))
  const own = mapped.files.map(file => join(tree, file)).filter(isElf)
  const files = await keep(
    head,
    'standard',
    head.files.map(({ file }) => join(request.trees.head, file)),
    world,
  )
  if (!files) return undefined
  return {
    base: { side: 'base', tree, files: own.map(file => [file, file] as const), values: [] },
    head: { side: 'head', tree: head.tree, files, values: [] },
  }
}

/** Makes head with a remedy and yields the files to bring in; undefined when this build cannot take it. */
async function treat(
  remedy: Remedy,
  head: LayoutSide,
  request: LayoutRequest,
  world: World,
): Promise<Variant['files'] | undefined> {
  if (remedy.kind === 'align') {
    const side = await openSide('head', request, world, { name: 'aligned', flags: remedy.flags })
    if ('limitation' in side) return undefined
    return keep(
      head,
      'aligned',
      head.files.map(({ file }) => join(side.tree, file)),
      world,
    )
  }
  const maker = await openMaker(head, request, world)
  if (typeof maker === 'string') return undefined
  const kept = await maker.make({ ...remedy, kind: 'packed' })
  if (typeof kept === 'string') return undefined
  return head.files.map(({ file }, at) => [kept[at]!, join(head.tree, file)] as const)
}

/** Copies files out of a tree and yields how they come into head's. */
async function keep(
  head: LayoutSide,
  name: string,
  sources: readonly string[],
  world: World,
): Promise<Variant['files'] | undefined> {
  const folder = join(head.folder.store, name)
  const kept = sources.map((from, at) => [from, join(folder, `${at}`)] as const)
  const done = (await makeFolder(folder, world.sandbox)) && (await copyFresh(kept, world.sandbox))
  return done ? head.files.map(({ file }, at) => [kept[at]![1], join(head.tree, file)] as const) : undefined
}

const FEWEST_PASSES = 9
const MOST_PASSES = 40
const EXACT_ENOUGH = 0.2

async function measureVariants(
  variants: readonly Variant[],
  until: number,
  request: LayoutRequest,
  world: World,
): Promise<void> {
  const next = uniform(request.seed)
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    for (const variant of shuffled(variants, next)) {
      const { side, tree, files, values } = variant
      if (!(await copyFresh(files, world.sandbox))) continue
      const reading = readRun(
        await runIn(tree, side, request, world),
        request.benchmark.format,
        request.match,
      )
      if ('value' in reading)
        values.push(request.benchmark.better === 'higher' ? 1 / reading.value : reading.value)
    }
    const exact =
      layoutNoise(variants.map(({ values }) => values)) <= EXACT_ENOUGH * request.benchmark.threshold
    if (pass >= FEWEST_PASSES && (exact || world.clock.now() >= until)) return
  }
}

function resultsOf(
  standard: { readonly base: Variant; readonly head: Variant },
  treated: ReadonlyMap<Remedy, Variant>,
  { benchmark, seed }: LayoutRequest,
): readonly RemedyTrial[] {
  const base = standard.base.values
  const untreated = median(standard.head.values) / median(base)
  return [...treated].flatMap(([remedy, { values }]) =>
    values.length < FEWEST_PASSES || base.length < FEWEST_PASSES
      ? []
      : [
          remedyResult(remedy, ratioOfMedians(base, values, seed), {
            threshold: benchmark.threshold,
            untreated,
          }),
        ],
  )
}

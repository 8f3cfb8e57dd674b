import { type LayoutMeasured, layoutOutcome } from '../../core/layouts/outcome.ts'
import type { LayoutTrial } from '../../core/model/trials.ts'
import { trialSentence } from '../../report/words/signs.ts'
import type { World } from '../../shell/ports/world.ts'
import { layOutAndMeasure, type Measurements, plannedSize } from './batch.ts'
import { type OpenTrial, openTrial } from './open-trial.ts'
import type { LayoutRequest, NoTrial } from './request.ts'
import type { Workshop } from './workshop.ts'

/**
 * Lays both sides out at random and compares the distributions: what is slower in every layout is real, what is
 * equal in distribution was luck of the layout. Yields a limitation where that cannot be done.
 */
export async function layoutTrial(
  request: LayoutRequest,
  workshop: Workshop,
  world: World,
): Promise<LayoutTrial | NoTrial> {
  return world.log.group(`Layout trial of ${request.benchmark.name}`, async () => {
    const open = await openTrial(request, workshop, world)
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

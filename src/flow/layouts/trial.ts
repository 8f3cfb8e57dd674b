import { type LayoutMeasured, layoutOutcome, speedUpOutcome } from '../../core/layouts/outcome.ts'
import type { Limitation } from '../../core/model/report.ts'
import { type Result, success } from '../../core/model/result.ts'
import type { LayoutTrial } from '../../core/model/trials.ts'
import { trialSentence } from '../../report/words/signs.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { layOutAndMeasure, type Measurements, plannedSize } from './batch.ts'
import { type OpenTrial, openTrial } from './open-trial.ts'
import type { RelinkSetup } from './relink-setup.ts'
import type { LayoutRequest } from './request.ts'

/**
 * Lays both sides out at random and compares the distributions: what is slower in every layout is real, what is
 * equal in distribution was luck of the layout. Returns a limitation where that cannot be done.
 */
export async function layoutTrial(
  request: LayoutRequest,
  setup: RelinkSetup,
  ports: Ports,
): Promise<Result<LayoutTrial, Limitation>> {
  return ports.log.group(`Layout trial of ${request.benchmark.name}`, async () => {
    const opened = await openTrial(request, setup, ports)
    if (!opened.ok) return opened
    const open = opened.value
    const planned = await plannedSize(open)
    if (!planned.ok) return planned
    const size = planned.value
    const first = await layOutAndMeasure(open, { from: 0, size, share: 0.5 })
    if (!first.ok) return first
    const layouts = first.value
    let trial = conclude(layouts, open)
    if (trial.outcome === 'inconclusive' && canGrow(open)) {
      const more = await layOutAndMeasure(open, { from: size.layouts, size, share: 0.9 })
      if (more.ok) {
        const measured = [...layouts.measured, ...more.value.measured]
        trial = conclude({ ...layouts, measured }, open)
      }
    }
    ports.log.line(trial.sentence)
    return success(trial)
  })
}

/** Twice as many once, if nobody said how many and the time allows. */
function canGrow({ request, ports, startedAt }: OpenTrial): boolean {
  const spent = ports.clock.now() - startedAt
  return request.layouts === 'auto' && request.budgetSeconds > 2 * spent
}

function conclude({ measured, standard }: Measurements, open: OpenTrial): LayoutTrial {
  const { request, linker } = open
  const { question } = request
  const values = {
    base: measured.map(each => each.values.base),
    head: measured.map(each => each.values.head),
  }
  // Where more is better, the slowdown is in the reciprocal.
  const cost = (value: number) => (request.benchmark.better === 'higher' ? 1 / value : value)
  const asBuilt = cost(request.ratio)
  const judged: LayoutMeasured = {
    base: values.base.map(cost),
    head: values.head.map(cost),
    tau: request.benchmark.threshold,
    defaultRatio: asBuilt,
    defaultHead: cost(standard?.values.head ?? Number.NaN),
    movedHot: request.movedHot,
  }
  const found =
    question === 'speed-up' ? speedUpOutcome(judged, request.seed) : layoutOutcome(judged, request.seed)
  const trial = {
    ...{ question, asBuilt },
    ...{ layouts: measured.length, linker, seeds: measured.map(({ name }) => Number(name)) },
    ...values,
    ...found,
  }
  return { ...trial, sentence: trialSentence(trial) }
}

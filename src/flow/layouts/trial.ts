import type { LayoutFault } from '../../core/layouts/fault.ts'
import {
  type LayoutMeasured,
  type LayoutOutcome,
  layoutOutcome,
  speedUpOutcome,
} from '../../core/layouts/outcome.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import { type Result, success } from '../../core/model/result.ts'
import type { PerSide } from '../../core/model/side.ts'
import type { LayoutQuestion, LayoutTrial } from '../../core/model/trials.ts'
import { trialSentence } from '../../report/words/layout-trial.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { layOutAndMeasure, type Measurements, plannedSize } from './batch.ts'
import { type OpenTrial, openTrial } from './open-trial.ts'
import type { RelinkSetup } from './relink-setup.ts'
import type { LayoutRequest } from './request.ts'

/**
 * Lays both sides out at random and compares the distributions: what is slower in every layout is real, what is
 * equal in distribution was luck of the layout.
 */
export async function layoutTrial(
  request: LayoutRequest,
  setup: RelinkSetup,
  ports: Ports,
): Promise<Result<LayoutTrial, LayoutFault>> {
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

/** What a trial's values are judged with. */
export interface Judging {
  readonly row: Pick<BenchmarkPlan, 'better' | 'threshold'>
  readonly question: LayoutQuestion
  /** Head over base in time, as built. */
  readonly asBuilt: number
  readonly seed: number
  /** The value of head in its built layout, measured among the others. */
  readonly defaultHead?: number
  readonly movedHot?: boolean
}

/** Judges the values of layouts in the benchmark's unit. */
export function judgeLayouts(
  values: PerSide<readonly number[]>,
  { row, question, asBuilt, seed, defaultHead = Number.NaN, movedHot = false }: Judging,
): LayoutOutcome {
  // Where more is better, the slowdown is in the reciprocal.
  const cost = (value: number) => (row.better === 'higher' ? 1 / value : value)
  const judged: LayoutMeasured = {
    base: values.base.map(cost),
    head: values.head.map(cost),
    tau: row.threshold,
    defaultRatio: asBuilt,
    defaultHead: cost(defaultHead),
    movedHot,
  }
  return question === 'speed-up' ? speedUpOutcome(judged, seed) : layoutOutcome(judged, seed)
}

function conclude({ measured, standard }: Measurements, open: OpenTrial): LayoutTrial {
  const { request, linker } = open
  const { question } = request
  const values = {
    base: measured.map(each => each.values.base),
    head: measured.map(each => each.values.head),
  }
  const asBuilt = request.benchmark.better === 'higher' ? 1 / request.ratio : request.ratio
  const found = judgeLayouts(values, {
    ...{ row: request.benchmark, question, asBuilt, seed: request.seed, movedHot: request.movedHot },
    ...(standard && { defaultHead: standard.values.head }),
  })
  const trial = {
    ...{ question, asBuilt },
    ...{ layouts: measured.length, linker, seeds: measured.map(({ name }) => Number(name)) },
    ...values,
    ...found,
  }
  return { ...trial, sentence: trialSentence(trial) }
}

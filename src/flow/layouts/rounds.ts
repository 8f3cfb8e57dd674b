import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { decideTable } from '../../core/decision/decide.ts'
import { type OverLayouts, withLayouts } from '../../core/decision/gate-on.ts'
import { ratioInTime } from '../../core/decision/masked.ts'
import { stepsIn } from '../../core/decision/rounds.ts'
import { type JudgedEffect, summarizeRounds } from '../../core/decision/rounds-summary.ts'
import type { LayoutFault } from '../../core/layouts/fault.ts'
import { isTime } from '../../core/model/metric.ts'
import type { BenchmarkReport, GateOn, Limitation } from '../../core/model/report.ts'
import type { Result } from '../../core/model/result.ts'
import type { Side } from '../../core/model/side.ts'
import type { LayoutQuestion, LayoutTrial } from '../../core/model/trials.ts'
import { seedOf } from '../../core/statistics/random.ts'
import { notOverLayouts } from '../../report/limitations/explaining.ts'
import { layoutFault, noLayoutsDrawn, trialSentence } from '../../report/words/layout-trial.ts'
import { describeReason } from '../../report/words/open-answer.ts'
import type { Hold } from '../../shell/ports/ports.ts'
import type { GateContext } from '../run/gate-context.ts'
import { seriesOf } from '../run/report-rows.ts'
import { withTunedMachine } from '../run/tuned-machine.ts'
import { openTrial } from './open-trial.ts'
import { openRelinkSetup, type RelinkSetup } from './relink-setup.ts'
import { type RowRounds, roundsOf } from './row-rounds.ts'
import { judgeLayouts } from './trial.ts'
import { planOf, relinkRequest } from './try-layouts.ts'

/** Rows with what measuring over layouts says of them. */
export interface LaidOutTable {
  readonly benchmarks: readonly BenchmarkReport[]
  readonly limitations: readonly Limitation[]
}

/**
 * Measures every timed row once more, each run in a random layout of its own, so that the interval covers the luck of the layout. Where
 * that cannot be done it says so, and the row stands as it was built, if layouts need not have a say.
 */
export async function measureOverLayouts(
  context: GateContext,
  benchmarks: readonly BenchmarkReport[],
): Promise<LaidOutTable> {
  const { plan, ports } = context
  const { settings } = plan
  const rows = benchmarks.filter(row => isTime(row.metric) && row.rounds > 0 && row.change)
  if (settings.layouts !== 'rounds' || rows.length === 0) return { benchmarks, limitations: [] }
  const folder = join(ports.folder, 'layouts')
  try {
    const found = await measureRows(context, rows, folder)
    return {
      benchmarks: benchmarks.map(row => {
        const laid = found.get(row.name)
        return laid ? withLayouts(withTrial(row, laid, context.seed), laid.measurement) : row
      }),
      limitations: unlaid([...found.values()]),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Laid {
  readonly measurement: OverLayouts
  /** Why it could not be measured over layouts. */
  readonly why?: LayoutFault
}

async function measureRows(
  context: GateContext,
  rows: readonly BenchmarkReport[],
  folder: string,
): Promise<ReadonlyMap<string, Laid>> {
  const { plan, ports } = context
  const { settings } = plan
  const all = (why: LayoutFault) => new Map(rows.map(row => [row.name, impossible(settings.gateOn, why)]))
  if (settings.build === undefined) return all({ kind: 'no-build-command' })
  const benchmarks = rows.map(({ name }) => planOf(context, name))
  const setup = await openRelinkSetup(relinkRequest(context, benchmarks, folder), ports)
  if (!setup.ok) return all(setup.fault)
  const { value } = await withTunedMachine(settings, ports.machine, hold =>
    ports.log.group('Measure over layouts', () => roundsOfAll(context, rows, { setup: setup.value, hold })),
  )
  return decided(context, rows, value)
}

interface Place {
  readonly setup: RelinkSetup
  readonly hold: Hold
}

async function roundsOfAll(
  context: GateContext,
  rows: readonly BenchmarkReport[],
  { setup, hold }: Place,
): Promise<ReadonlyMap<string, Result<RowRounds, LayoutFault>>> {
  const { settings } = context.plan
  const found = new Map<string, Result<RowRounds, LayoutFault>>()
  for (const [at, row] of rows.entries()) {
    const request = {
      ...{ benchmark: planOf(context, row.name), scheduling: hold.scheduling, hot: [], movedHot: true },
      ...{ ratio: row.change!.ratio, question: questionOf(row), layouts: 'auto' as const },
      ...{ budgetSeconds: settings.layoutBudgetSeconds, seed: seedOf(context.seed, at) },
    }
    const opened = await openTrial(request, setup, context.ports)
    const family = { alpha: settings.alpha, rows: rows.length }
    const effect = { ...request.benchmark, ...stepsIn(row) }
    found.set(row.name, opened.ok ? await roundsOf(opened.value, effect, family) : opened)
  }
  return found
}

/** The row's threshold, with the steps in which its program prints in every layout, and with the rounds that were lost over layouts. */
const asPrinted = (row: BenchmarkReport, { lostRounds }: Pick<RowRounds, 'lostRounds'>): JudgedEffect => ({
  ...row,
  ...stepsIn(row),
  lostRounds,
})

/** What the layouts are asked of a row, as it was decided in the built one. */
function questionOf({ decision }: BenchmarkReport): LayoutQuestion {
  if (decision === 'slower') return 'slowdown'
  return decision === 'faster' ? 'speed-up' : 'hidden-work'
}

/** Decides all rows that have rounds as the one table that they are. */
function decided(
  { plan, ports }: GateContext,
  rows: readonly BenchmarkReport[],
  found: ReadonlyMap<string, Result<RowRounds, LayoutFault>>,
): ReadonlyMap<string, Laid> {
  const { alpha, gateOn } = plan.settings
  const measured = rows.flatMap(row => {
    const laid = found.get(row.name)
    return laid?.ok
      ? [
          {
            row,
            laid: laid.value,
            summary: summarizeRounds(laid.value.rounds, asPrinted(row, laid.value), alpha),
          },
        ]
      : []
  })
  const answers = decideTable(
    measured.map(({ row, summary, laid }) => ({
      summary,
      unit: row.unit,
      ...(laid.ended !== undefined && { ended: laid.ended }),
    })),
    { alpha, rows: rows.length },
  )
  const results = new Map(
    measured.map(({ row, laid, summary }, at): readonly [string, Laid] => {
      const { decision, reason, control } = answers[at]!
      const { rounds, lostRounds, linker } = laid
      const values = (side: Side) => rounds.flatMap(round => round[side])
      const measurement: OverLayouts = {
        ...{ how: 'over-layouts', gateOn, decision, rounds: rounds.length, linker },
        ...(lostRounds > 0 && { lostRounds }),
        ...(reason && { reason: describeReason(reason) }),
        ...(summary.change && { change: summary.change }),
        ...(rounds.length > 0 && {
          base: seriesOf(values('base'), row.base),
          head: seriesOf(values('head'), row.head),
        }),
        ...(control && { control: { ...control, samples: rounds.flatMap(round => round.control) } }),
      }
      return [row.name, { measurement }]
    }),
  )
  for (const row of rows) {
    const laid = found.get(row.name)
    if (laid?.ok === false) results.set(row.name, impossible(gateOn, laid.fault))
    ports.log.line(`${row.name} over layouts: ${results.get(row.name)?.measurement.decision}`)
  }
  return results
}

function impossible(gateOn: GateOn, why: LayoutFault): Laid {
  const reason = noLayoutsDrawn(why)
  return { measurement: { how: 'over-layouts', gateOn, decision: 'unmeasured', reason, rounds: 0 }, why }
}

/** The runs over layouts as a trial, which is what causes are judged by. */
function withTrial(row: BenchmarkReport, { measurement }: Laid, seed: number): BenchmarkReport {
  const { base, head, control, linker, rounds } = measurement
  if (!base || !head || rounds === 0) return row
  const values = { base: [...base.samples, ...(control?.samples ?? [])], head: head.samples }
  const question = questionOf(row)
  const judged = judgeLayouts(values, { row, question, asBuilt: ratioInTime(row), seed })
  const trial: Omit<LayoutTrial, 'sentence'> = {
    ...{ question, asBuilt: ratioInTime(row), layouts: values.head.length, linker: linker ?? '', seeds: [] },
    ...values,
    ...judged,
  }
  return { ...row, trials: { layout: { ...trial, sentence: trialSentence(trial) } } }
}

/** One limitation for each reason. */
function unlaid(found: readonly Laid[]): readonly Limitation[] {
  const whys = found.flatMap(({ why, measurement }) =>
    why === undefined ? [] : [{ why: layoutFault(why), measurement }],
  )
  return [...new Set(whys.map(({ why }) => why))].map(why => {
    const same = whys.filter(each => each.why === why)
    return notOverLayouts(same.length, why, {
      decides: same.some(({ measurement }) => measurement.gateOn !== 'as-built'),
    })
  })
}

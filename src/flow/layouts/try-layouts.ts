import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { judgeCause } from '../../core/cause/judge.ts'
import { hiddenWork } from '../../core/decision/masked.ts'
import type { LayoutFault } from '../../core/layouts/fault.ts'
import type { CauseKind } from '../../core/model/explanation.ts'
import { isTime } from '../../core/model/metric.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { Limitation } from '../../core/model/report.ts'
import { type Result, success } from '../../core/model/result.ts'
import type { LayoutQuestion, Trials } from '../../core/model/trials.ts'
import { noTrial } from '../../report/words/layout-trial.ts'
import type { Hold } from '../../shell/ports/ports.ts'
import type { Case } from '../diagnose/case.ts'
import { explain } from '../diagnose/diagnose.ts'
import type { GateContext } from '../run/gate-context.ts'
import { stoppableMatch } from '../run/stoppable-match.ts'
import { withTunedMachine } from '../run/tuned-machine.ts'
import { openRelinkSetup, type RelinkSetup } from './relink-setup.ts'
import { remedyTrials } from './remedy-trial.ts'
import type { LayoutRequest, RelinkRequest } from './request.ts'
import { layoutTrial } from './trial.ts'

export interface Trialled {
  /** By benchmark. */
  readonly byName: ReadonlyMap<string, Trials>
  readonly limitations: readonly Limitation[]
}

const NONE: Trialled = { byName: new Map(), limitations: [] }
const MATCH_MILLISECONDS = 1000
/** Share of the profile in code that uses a data symbol, from which on its move may matter. */
const HOT_DATA = 0.05

const NO_BUILD = noTrial({ kind: 'no-build-command' })

/**
 * Builds both sides so that they can be laid out in other ways, and tries random layouts for every breach or speed-up that placement may explain
 * and every row whose layout may hide more work, under the conditions of the measuring; where the layouts say that it is placement, the remedies that fit are tried too.
 */
export async function tryLayouts(context: GateContext, cases: readonly Case[]): Promise<Trialled> {
  const { plan, ports } = context
  const { settings } = plan
  const wanted = cases.filter(each => questionOf(each) !== undefined)
  if (settings.layouts === 'rounds') return { byName: triedInRounds(cases), limitations: [] }
  if (settings.layouts === 'off' || wanted.length === 0) return NONE
  if (settings.build === undefined) return { byName: new Map(), limitations: [NO_BUILD] }
  const folder = join(ports.folder, 'layouts')
  try {
    const benchmarks = wanted.map(({ row }) => planOf(context, row.name))
    const setup = await openRelinkSetup(relinkRequest(context, benchmarks, folder), ports)
    if (!setup.ok) return { byName: new Map(), limitations: [noTrial(setup.fault)] }
    const held = await withTunedMachine(settings, ports.machine, hold =>
      tryAll(context, wanted, { setup: setup.value, hold }),
    )
    return held.value
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * What layouts are asked of a row: whether luck hides more work, whether a slowdown may be luck, or whether a speed-up is that the counters
 * put down to placement. Undefined for what they could say nothing about.
 */
function questionOf({ row, candidate, evidence }: Case): LayoutQuestion | undefined {
  if (hiddenWork(row) !== undefined) return 'hidden-work'
  if (!candidate || !isTime(row.metric)) return undefined
  if (row.decision === 'slower') return 'slowdown'
  const lucky = row.decision === 'faster' && PLACED.includes(judgeCause(evidence).kind)
  return lucky ? 'speed-up' : undefined
}

const PLACED: readonly CauseKind[] = ['placement', 'mixed']

/** What measuring over layouts has shown already. */
function triedInRounds(cases: readonly Case[]): ReadonlyMap<string, Trials> {
  return new Map(cases.flatMap(({ row }) => (row.trials ? [[row.name, row.trials] as const] : [])))
}

async function tryAll(context: GateContext, wanted: readonly Case[], place: Place): Promise<Trialled> {
  const byName = new Map<string, Trials>()
  const limitations: Limitation[] = []
  for (const each of wanted) {
    const found = await tryOne(context, each, place)
    if (found.ok) byName.set(each.row.name, found.value)
    else limitations.push(noTrial(found.fault))
  }
  return { byName, limitations }
}

interface Place {
  readonly setup: RelinkSetup
  readonly hold: Hold
}

async function tryOne(context: GateContext, tried: Case, place: Place): Promise<Result<Trials, LayoutFault>> {
  const { ports } = context
  const { examined, evidence, row } = tried
  const request = requestFor(context, tried, place.hold)
  const trial = await layoutTrial(request, place.setup, ports)
  if (!trial.ok) return trial
  const layout = trial.value
  if (
    !examined ||
    row.decision !== 'slower' ||
    (layout.outcome !== 'placement' && layout.outcome !== 'mixed')
  )
    return success({ layout })
  const { suspects } = explain(examined, evidence, layout)
  const remedies = await remedyTrials({ ...request, suspects }, place.setup, ports)
  return success({ layout, ...(remedies.length > 0 && { remedies }) })
}

/** The benchmark of a row, as the gate's plan has it. */
export function planOf({ plan }: GateContext, name: string): BenchmarkPlan {
  return plan.benchmarks.find(planned => planned.plan.name === name)!.plan
}

/** What building both sides for other layouts needs. */
export function relinkRequest(
  { plan, checkout, history, env }: GateContext,
  benchmarks: readonly BenchmarkPlan[],
  folder: string,
): RelinkRequest {
  const { settings } = plan
  return {
    benchmarks,
    build: settings.build!,
    // A trial may be given up; a build that takes longer than the trial itself may is not worth it.
    buildTimeoutSeconds: Math.min(settings.buildTimeoutSeconds, settings.layoutBudgetSeconds),
    env,
    trees: checkout.trees,
    mirrors: checkout.mirrors,
    commits: { base: history.base.sha, head: history.head.sha },
    folder,
    match: stoppableMatch(MATCH_MILLISECONDS),
  }
}

function requestFor(context: GateContext, tried: Case, hold: Hold): LayoutRequest {
  const { row, examined } = tried
  const { settings } = context.plan
  const hot = examined?.examination.hot ?? []
  const movedData = examined?.examination.data.moved ?? []
  return {
    question: questionOf(tried) ?? 'slowdown',
    benchmark: planOf(context, row.name),
    scheduling: hold.scheduling,
    hot: hot.map(code => code.name),
    ratio: row.change!.ratio,
    movedHot: hot.some(code => code.moved) || movedData.some(({ share }) => share >= HOT_DATA),
    layouts: typeof settings.layouts === 'number' ? settings.layouts : 'auto',
    budgetSeconds: settings.layoutBudgetSeconds,
    seed: context.seed,
  }
}

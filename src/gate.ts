import { childEnvironment, variablesLeftOut } from './core/config/environment.ts'
import type { Settings } from './core/config/settings.ts'
import { RunFault } from './core/model/errors.ts'
import type { Report } from './core/model/report.ts'
import { buildBoth } from './flow/build/build-both.ts'
import { isUntouched, keepNextBase } from './flow/build/keep-next-base.ts'
import { mustMeasure, survey, withRows } from './flow/build/same-builds.ts'
import { countAll } from './flow/count/count-all.ts'
import { countHidden } from './flow/diagnose/hidden-work.ts'
import { explainAll } from './flow/explain.ts'
import { readHistory } from './flow/history/history.ts'
import { measureOverLayouts } from './flow/layouts/rounds.ts'
import { measureAll } from './flow/measure/measure-all.ts'
import { editedGateFiles } from './flow/prepare/gate-files.ts'
import { makePlan } from './flow/prepare/plan.ts'
import { tokenInReach, tokensAround } from './flow/prepare/token-in-reach.ts'
import { markUntouched } from './flow/prepare/untouched.ts'
import { conclude, faulted, limitationsBefore, soFar, stopped, untouched } from './flow/run/conclude.ts'
import type { GateContext, GateRequest } from './flow/run/gate-context.ts'
import { tellDecided } from './flow/run/tell-decided.ts'
import { unheld, withTunedMachine } from './flow/run/tuned-machine.ts'
import { checkOut, placesOf, workTreeOf } from './flow/trees/checkout.ts'
import { projectFolder, startedIn } from './flow/trees/project-folder.ts'
import { variablesNotPassed } from './report/limitations/preparing.ts'
import { describeNoise } from './report/words/noise.ts'
import type { Hold, Outside } from './shell/ports/ports.ts'

/** What a gate comes to, and by which settings: the configuration file has a say in how it is published. */
export interface Gated {
  readonly report: Report
  readonly settings: Settings
}

/** One gate from two commits to a report. Throws an InputError for what the user can correct. */
export async function gate(request: GateRequest, outside: Outside): Promise<Gated> {
  const context = await planned(request, outside)
  await request.keep(soFar(context, { benchmarks: [], limitations: [] }))
  const report = await judge(context)
  await keepNextBase(context)
  return { report, settings: context.plan.settings }
}

/** A prepared gate whose plan says which benchmarks need no measuring. */
export async function planned(request: GateRequest, outside: Outside): Promise<GateContext> {
  const prepared = await prepare(request, outside)
  const { history, plan } = prepared
  const { repository, gateFiles = [], invocation } = request
  const files = [...gateFiles, ...(invocation.config === undefined ? [] : [invocation.config])]
  const marked = await markUntouched(plan, { history, repository, gateFiles: files }, outside.tools)
  return { ...prepared, plan: marked }
}

/** What a gate does to say why: all of it, or nothing where a bisection only asks whether it got slower. */
export interface Explaining {
  readonly countHidden: typeof countHidden
  readonly measureOverLayouts: typeof measureOverLayouts
  readonly explainAll: typeof explainAll
}

/** Explains nothing. */
export const UNEXPLAINED: Explaining = {
  countHidden: async (_, table) => table,
  measureOverLayouts: async (_, benchmarks) => ({ benchmarks, limitations: [] }),
  explainAll: async (_, table) => table,
}

/** The story, from two checked-out sides on. */
export async function judge(
  asked: GateContext,
  explaining: Explaining = { countHidden, measureOverLayouts, explainAll },
): Promise<Report> {
  try {
    return await judgeWhole(asked, explaining)
  } catch (error) {
    if (error instanceof RunFault) return faulted(asked, error)
    throw error
  }
}

async function judgeWhole(asked: GateContext, explaining: Explaining): Promise<Report> {
  if (isUntouched(asked)) return untouched(asked)
  const builds = await buildBoth(asked)
  if (builds.failures.length > 0) return stopped(asked, builds)

  const surveyed = await survey(asked)
  const context = withRows(asked, surveyed)
  const { ports, plan } = context
  const differs = mustMeasure(surveyed)
  const noise = differs ? (await ports.machine.noise(plan.settings.cpus)).map(describeNoise) : []
  for (const found of noise) ports.log.debug?.(`noise: ${found}`)
  const work = async (hold: Hold) => {
    const measured = await measureAll(context, surveyed, hold)
    await tellDecided(context, { measured, hold, noise, notes: builds.notes })
    const changed = await countAll(context, measured.benchmarks, hold.scheduling)
    const counted = await explaining.countHidden(context, changed, hold)
    return { measured, counted }
  }
  const held = await (differs ? withTunedMachine(plan.settings, ports.machine, work) : unheld(work))
  const { measured, counted } = held.value
  const laid = await explaining.measureOverLayouts(context, counted.benchmarks)
  const explained = await explaining.explainAll(context, { ...counted, benchmarks: laid.benchmarks })

  const { isolation, network } = ports.sandbox
  const { cpus } = held.scheduling
  return conclude(context, {
    benchmarks: explained.benchmarks,
    limitations: [
      ...limitationsBefore(context),
      ...[held, measured, counted, laid, explained].flatMap(({ limitations }) => limitations),
    ],
    notes: builds.notes,
    errors: [],
    failedBuilds: [],
    host: { knobs: held.knobs, isolation, network, noise, ...(cpus === undefined ? {} : { cpus }) },
  })
}

/** Everything up to the first build: which commits, what to measure, where, and in what environment. */
export async function prepare(request: GateRequest, outside: Outside): Promise<GateContext> {
  const started = { at: outside.clock.date(), seconds: outside.clock.now() }
  return outside.log.group('Prepare', async () => {
    const history = await readHistory(request, outside.tools)
    const tokens = tokensAround(history.source, request.environment)
    for (const secret of tokens.secrets) request.mask?.(secret)
    outside.log.line(`base ${history.base.sha.slice(0, 12)} ${history.base.title}`)
    outside.log.line(`head ${history.head.sha.slice(0, 12)} ${history.head.title}`)
    const { repository, gateFiles = [] } = request
    const settled = await makePlan(request.invocation, history, repository, outside.tools)
    const edited = await editedGateFiles(gateFiles, history, repository, outside.tools)
    const plan = { ...settled, gateChanges: [...settled.gateChanges, ...edited] }
    const machine = await outside.machine.fingerprint()
    const sandbox = await outside.isolate({
      level: plan.settings.isolation,
      network: plan.settings.network,
      share: plan.settings.share,
      repository: placesOf(history.source, outside.folder, request.repository),
    })
    const folder = await projectFolder(request, history, outside.tools)
    const ports = { ...outside, sandbox: startedIn(sandbox, folder) }
    outside.log.line(
      `isolation of the pull request's code: ${sandbox.isolation}; network for ${sandbox.network}`,
    )
    const checkout = await checkOut(history, outside.folder, outside.tools, {
      brought: {
        workTree: workTreeOf(history.source, request.repository),
        paths: plan.settings.bring,
      },
      ...(request.onlyHead && { oneTree: true }),
    })
    const extra = plan.settings.env
    const limitations = [
      ...(await tokenInReach(tokens, ports)),
      ...variablesNotPassed(variablesLeftOut(request.environment, extra)),
    ]
    const env = childEnvironment(request.environment, extra, sandbox.placeOf(checkout.trees.base).inside.home)
    const seed = plan.settings.seed ?? Math.floor(Math.random() * 2 ** 31)
    return { request, started, history, plan, checkout, env, machine, seed, ports, limitations }
  })
}

import { type Family, reachFaults, roundsToAnswer, roundsToFail } from '../../core/decision/decide.ts'
import { BLOCK_ROUNDS, ROUND_PARTS } from '../../core/decision/schedule.ts'
import { otherOutput } from '../../core/harness/printed.ts'
import { InputError } from '../../core/model/errors.ts'
import { isMeasuredInRounds, isNoisy } from '../../core/model/metric.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { BenchmarkReport, Limitation, OtherOutput } from '../../core/model/report.ts'
import type { PerSide, Side } from '../../core/model/side.ts'
import { seedOf } from '../../core/statistics/random.ts'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import { budgetIsEnough, controlInPlace, fewWillBeDecided } from '../../report/limitations/measuring.ts'
import { decidedLine, progressLine, progressWords } from '../../report/terminal/progress.ts'
import type { Ports, SandboxPort } from '../../shell/ports/ports.ts'
import { unpairedRow } from '../run/report-rows.ts'
import { stoppableMatch } from '../run/stoppable-match.ts'
import {
  type FirstSeen,
  findMapped,
  type MeasureSetup,
  openTrackers,
  runRound,
  takeOver,
  type Workload,
  workloadsOf,
} from './rounds.ts'
import { type MeasuredTable, remarksOn, reportsOf } from './rows.ts'
import { endAnswered, endSpent } from './stopping-rules.ts'
import { newTracker } from './tracker.ts'
import { foresee, nextTurn, secondsToFinish } from './turns.ts'

/** What to measure, where and for how long. */
export interface MeasureRequest {
  /** Benchmarks whose metric is `instructions` are left out of the answer: counting decides them. */
  readonly benchmarks: readonly {
    readonly plan: BenchmarkPlan
    readonly on: readonly Side[]
    /** What a first run of its command on both sides showed, which warms up for it. */
    readonly first?: FirstSeen
  }[]
  /** Rows of the whole table, of which a shard measures a part; at least the benchmarks of this request. */
  readonly tableRows?: number
  /** See `Family`. */
  readonly asksFaster?: boolean
  /** The built work trees; without a second copy of base the control runs in base's own tree. */
  readonly trees: PerSide<string> & { readonly control?: string }
  /** The whole environment of each side's runs. */
  readonly env: PerSide<Readonly<Record<string, string>>>
  readonly scheduling: Scheduling
  /** SHAs of both sides, which programs print as their version. */
  readonly commits?: readonly string[]
  /** The path of GNU time, where a row asks for memory. */
  readonly time?: string | undefined
  readonly seed: number
  /** The error rate over the whole table, for example 0.01. */
  readonly alpha: number
  /** Rounds that are run and not counted. */
  readonly warmUps: number
  readonly maxRounds: number
  /** Seconds for all benchmarks together. */
  readonly budgetSeconds: number
  /** Keeps what is known so far; called after each benchmark and about every ten seconds. */
  save(partial: MeasuredTable): Promise<void>
}

/** The ports that measuring needs. */
export type MeasurePorts = Pick<Ports, 'log' | 'clock'> & { readonly sandbox: Pick<SandboxPort, 'run'> }

/** Everything that changes while measuring. */
interface Session {
  readonly request: MeasureRequest
  readonly shell: MeasurePorts
  readonly setting: MeasureSetup
  readonly family: Family
  readonly workloads: readonly Workload[]
  readonly limitations: Map<string, Limitation>
  readonly startedAt: number
  spokeAt: number
  savedAt: number
  /** When a decision was last saved: the first one is saved at once, and many in a row in one go. */
  toldAt: number
  /** Names of the rows that were decided since the last partial report. */
  readonly unsaved: Set<string>
  /** Seconds that the last partial report took. */
  saveSeconds: number
}

/**
 * Measures every benchmark that both sides have, round by round, until each has its answer or its time is over, and
 * decides the whole table. Rejects with an InputError before the first run when the plan could never fail the gate.
 */
export async function measure(request: MeasureRequest, shell: MeasurePorts): Promise<MeasuredTable> {
  const session = begin(request, shell)
  await prepare(session)
  for (let turn = nextOf(session); turn !== undefined; turn = nextOf(session)) await takeTurn(turn, session)
  return await save(session)
}

function begin(request: MeasureRequest, shell: MeasurePorts): Session {
  const { trees, env, scheduling, seed, alpha, maxRounds, asksFaster = false } = request
  const timed = request.benchmarks.filter(
    ({ plan, on }) => isMeasuredInRounds(plan.metric) && on.length === 2,
  )
  const noisy = timed.filter(({ plan }) => isNoisy(plan.metric))
  const family = { alpha, rows: Math.max(noisy.length, request.tableRows ?? 0), asksFaster }
  const faults = reachFaults(family, maxRounds)
  if (faults.length > 0) throw new InputError(faults)
  const now = shell.clock.now()
  const firstOf = new Map(request.benchmarks.map(({ plan, first }) => [plan, first]))
  return {
    request,
    shell,
    setting: {
      sandbox: shell.sandbox,
      trees: { ...trees, control: trees.control ?? trees.base },
      env,
      scheduling,
      time: request.time,
      match: stoppableMatch(MATCH_MILLISECONDS),
      printed: { commits: request.commits ?? [] },
    },
    family,
    workloads: workloadsOf(
      timed.map(({ plan }) => newTracker(plan)),
      index => seedOf(seed, index),
      plan => firstOf.get(plan),
      new Set(request.benchmarks.flatMap(({ plan, on }) => (on.length === 2 ? [] : [plan.command]))),
    ),
    limitations: new Map(trees.control === undefined ? [['control', controlInPlace]] : []),
    startedAt: now,
    spokeAt: now,
    savedAt: now,
    toldAt: Number.NEGATIVE_INFINITY,
    unsaved: new Set(),
    saveSeconds: 0,
  }
}

/** A pattern may search the output of one run for so long. */
const MATCH_MILLISECONDS = 1000

/** Takes over what the first runs showed, and says what the budget will be enough for. */
async function prepare(session: Session): Promise<void> {
  const { request, shell, setting, family, workloads, limitations } = session
  for (const workload of workloads) {
    const first = request.benchmarks.find(({ plan }) => plan === workload.plan)?.first
    if (!first) continue
    for (const limitation of await takeOver(workload, first, setting))
      limitations.set(limitation.what, limitation)
  }
  const known = workloads
    .filter(({ seen }) => seen)
    .map(workload => ({ ...progressOf(workload), rows: workload.trackers.length }))
  if (known.length === 0 || known.length < workloads.length) return
  const rows = known.reduce((sum, workload) => sum + workload.rows, 0)
  const enough = foresee(known, request.budgetSeconds, roundsToAnswer(family))
  const needed = { rows, seconds: enough.seconds, budgetSeconds: request.budgetSeconds }
  if (enough.rows === rows) return shell.log.line(budgetIsEnough(needed))
  const limitation = fewWillBeDecided(needed, enough.rows)
  limitations.set('budget', limitation)
  shell.log.line(`${limitation.what} ${limitation.instead}`)
}

function progressOf(workload: Workload) {
  return {
    rounds: Math.min(...openTrackers(workload).map(({ rounds }) => rounds.length)),
    secondsPerRound: workload.fastestRound,
  }
}

/** The workload whose turn it is; undefined when all are ended, because each has its answer or the time is over. */
function nextOf(session: Session): Workload | undefined {
  const { request, family, workloads } = session
  const open = workloads.filter(workload => openTrackers(workload).length > 0)
  const turn = nextTurn(open.map(progressOf), secondsLeft(session), {
    answer: roundsToAnswer(family),
    breach: roundsToFail(family),
  })
  if (turn !== undefined) return open[turn]
  const budget = { of: 'run', seconds: request.budgetSeconds } as const
  const because = { rule: 'budget-over', budget } as const
  for (const tracker of open.flatMap(openTrackers)) tracker.ending = { kind: 'ended', because }
  return undefined
}

function secondsLeft({ request, shell, startedAt }: Session): number {
  return request.budgetSeconds - (shell.clock.now() - startedAt)
}

/**
 * The warm-up of a workload, or a block of its rounds: a round that follows another program finds the caches cold, so
 * rounds of one workload follow one another.
 */
async function takeTurn(workload: Workload, session: Session): Promise<void> {
  const { request } = session
  const warm = !workload.seen || workload.warmUps < request.warmUps
  const steps = warm ? 1 : BLOCK_ROUNDS
  for (let step = 0; step < steps; step++) {
    if (openTrackers(workload).length === 0 || secondsLeft(session) <= 0) return
    await takeRound(workload, session, warm)
  }
}

/** One round, with what has to be noted, ended, said and saved after it. */
async function takeRound(workload: Workload, session: Session, warm: boolean): Promise<void> {
  const { request, setting, shell, family, limitations } = session
  const before = openTrackers(workload)
  const start = shell.clock.now()
  const first = !workload.seen
  const found = first ? await findMapped(workload, setting) : await runRound(workload, setting, !warm)
  for (const limitation of found) limitations.set(limitation.what, limitation)
  const seconds = shell.clock.now() - start
  workload.spentSeconds += seconds
  if (warm && !first) workload.warmUps++
  if (!first) workload.fastestRound = Math.min(workload.fastestRound || seconds, seconds)
  else if (workload.fastestRound === 0) workload.fastestRound = (seconds * ROUND_PARTS.length) / FIRST_RUNS
  endAnswered(workload, family)
  endSpent(workload, { family, maxRounds: request.maxRounds, secondsLeft: secondsLeft(session) })
  for (const { ending, plan } of before) if (ending) session.unsaved.add(plan.name)
  await keep(session)
}

/** Runs of the round that finds the files that a run maps: one of each part. */
const FIRST_RUNS = 3

/** Speaks and saves when something was decided, else at most once in so many seconds. */
async function keep(session: Session): Promise<void> {
  const { request, shell, workloads, startedAt } = session
  const now = shell.clock.now()
  const breath = Math.max(BREATH_SECONDS, session.saveSeconds / SAVING_SHARE)
  const due = session.unsaved.size > 0 && now - session.toldAt >= breath
  if (due || now - session.savedAt >= Math.max(QUIET_SECONDS, breath)) await save(session)
  const spoken = now - session.spokeAt < QUIET_SECONDS
  if (spoken && !shell.log.status) return
  const trackers = workloads.flatMap(each => each.trackers)
  const open = workloads.filter(workload => openTrackers(workload).length > 0)
  const left = Math.min(
    secondsToFinish(open.map(progressOf), roundsToAnswer(session.family)),
    request.budgetSeconds - (now - startedAt),
  )
  const progress = {
    benchmarks: trackers.length,
    decided: trackers.filter(({ ending }) => ending).length,
    rounds: trackers.reduce((sum, tracker) => sum + tracker.rounds.length, 0),
    spentSeconds: now - startedAt,
    budgetSeconds: request.budgetSeconds,
    leftSeconds: left,
  }
  shell.log.status?.(progressWords(progress))
  if (spoken) return
  session.spokeAt = now
  if (!shell.log.status) shell.log.line(progressLine(progress))
}

const QUIET_SECONDS = 10
/** Answers that follow one another faster are kept together: a table of many quick rows is not written once a row. */
const BREATH_SECONDS = 1

/** The part of the time that partial reports of a large table may take. */
const SAVING_SHARE = 0.05

/** Says what was decided since the last time, and keeps all that is known. */
async function save(session: Session): Promise<MeasuredTable> {
  const { request, shell, unsaved } = session
  const now = shell.clock.now()
  session.savedAt = now
  if (unsaved.size > 0) session.toldAt = now
  const measured = resultOf(session)
  for (const report of measured.benchmarks) if (unsaved.has(report.name)) shell.log.line(decidedLine(report))
  unsaved.clear()
  await request.save(measured)
  session.saveSeconds = shell.clock.now() - now
  return measured
}

/** A row without a value has its last lines, which say more. */
function withPrints(report: BenchmarkReport, prints: OtherOutput | undefined): BenchmarkReport {
  return prints && report.rounds > 0 ? { ...report, prints } : report
}

/** What is known now, as a row for each benchmark in the order of the request. */
function resultOf({ request, family, workloads, limitations }: Session): MeasuredTable {
  const trackers = workloads.flatMap(workload => workload.trackers)
  const prints = new Map(
    workloads.flatMap(({ trackers: own, printed }) => own.map(tracker => [tracker, otherOutput(printed)])),
  )
  const reports = reportsOf(trackers, family).map((report, at) =>
    withPrints(report, prints.get(trackers[at]!)),
  )
  const byPlan = new Map(trackers.map(({ plan }, at) => [plan, reports[at]]))
  const timed = request.benchmarks.filter(({ plan }) => isMeasuredInRounds(plan.metric))
  return {
    benchmarks: timed.map(
      ({ plan, on }) => byPlan.get(plan) ?? unpairedRow(plan, on[0] === 'head' ? 'new' : 'removed'),
    ),
    limitations: [...limitations.values(), ...remarksOn(trackers, reports)],
  }
}

import { verdictOf } from '../../core/decision/verdict.ts'
import type { CommandError, RunFault } from '../../core/model/errors.ts'
import type { BenchmarkReport, HostReport, Limitation, Report } from '../../core/model/report.ts'
import type { Side } from '../../core/model/side.ts'
import { checkoutLimitations } from '../../report/limitations/checkout.ts'
import { weaknessLimitation } from '../../report/limitations/sandbox.ts'
import { ENDED_EARLY } from '../../report/notes/run.ts'
import { verdictSentence } from '../../report/words/sentence.ts'
import type { GateContext } from './gate-context.ts'
import { removedWhereBroken, untouchedRow } from './report-rows.ts'

/** What the steps of a whole gate came to. */
export interface GateOutcome {
  readonly benchmarks: readonly BenchmarkReport[]
  readonly limitations: readonly Limitation[]
  readonly notes: readonly string[]
  readonly errors: Report['errors']
  readonly failedBuilds: readonly Side[]
  readonly host: HostReport
}

/** The rows as far as they are known, and what weakens them. */
export type RowsSoFar = Pick<GateOutcome, 'benchmarks' | 'limitations'>

/** The report of a gate that went to its end. */
export function conclude(context: GateContext, outcome: GateOutcome): Report {
  const { plan, history, request, started, seed, machine, ports } = context
  const { errors, failedBuilds, limitations } = outcome
  const gone = new Set(plan.benchmarks.flatMap(planned => (planned.gone ? [planned.plan.name] : [])))
  const benchmarks = outcome.benchmarks.map(row => (gone.has(row.name) ? removedWhereBroken(row) : row))
  const { policies, alpha } = plan.settings
  const verdict = verdictOf({ benchmarks, errors, failedBuilds, policies })
  const report = {
    schema: 1,
    verdict,
    tool: { name: 'perf-verdict', version: request.version },
    base: history.base,
    head: history.head,
    ...request.origin,
    ...(request.invocation.shard === undefined ? {} : { shard: request.invocation.shard }),
    seed,
    alpha,
    startedAt: started.at,
    seconds: ports.clock.now() - started.seconds,
    limitations: distinct(limitations),
    notes: [...plan.notes, ...outcome.notes],
    ...(plan.gateChanges.length > 0 && { remarks: plan.gateChanges }),
    errors,
    policies,
    machine,
    host: outcome.host,
    benchmarks,
  } as const
  return { ...report, sentence: verdictSentence(report) }
}

/** The report of a gate that built nothing, because the change touches nothing that its benchmarks are built from. */
export function untouched(context: GateContext): Report {
  context.ports.log.line(
    'Nothing is built or measured, because the change touches none of the files that paths names.',
  )
  return conclude(context, {
    benchmarks: context.plan.benchmarks.map(({ plan, untouched = '' }) => untouchedRow(plan, untouched)),
    limitations: [],
    notes: [],
    errors: [],
    failedBuilds: [],
    host: hostBefore(context),
  })
}

/** The report of a gate that stopped because a side did not build: base alone leaves no baseline, head alone fails the check. */
export function stopped(
  context: GateContext,
  builds: { readonly failures: readonly CommandError[]; readonly notes: readonly string[] },
): Report {
  return conclude(context, {
    benchmarks: [],
    limitations: limitationsBefore(context),
    notes: builds.notes,
    errors: builds.failures.map(({ message, failure }) => ({
      what: `${message}.`,
      detail: failure.lastLines.join('\n'),
      ...(failure.side === undefined ? {} : { side: failure.side }),
      ...(failure.error === undefined ? {} : { at: failure.error }),
    })),
    failedBuilds: builds.failures.flatMap(({ failure }) => failure.side ?? []),
    host: hostBefore(context),
  })
}

/** The report of a gate that had to end because what it ran in, or what it ran, was not what it should be. */
export function faulted(context: GateContext, { message }: RunFault): Report {
  return conclude(context, {
    benchmarks: [],
    limitations: limitationsBefore(context),
    notes: [],
    errors: [{ what: message }],
    failedBuilds: [],
    host: hostBefore(context),
  })
}

const hostBefore = ({ ports }: GateContext): HostReport => ({
  knobs: [],
  isolation: ports.sandbox.isolation,
  network: ports.sandbox.network,
})

/** What a run that is killed now leaves behind; never a pass, because it is not finished. */
export function soFar(context: GateContext, measured: RowsSoFar): Report {
  return conclude(context, {
    ...measured,
    notes: [],
    errors: [{ what: ENDED_EARLY }],
    failedBuilds: [],
    host: hostBefore(context),
  })
}

/** What weakens a run before anything was built: where the jobs run, and what the trees lack. */
export function limitationsBefore({ ports, checkout, limitations }: GateContext): readonly Limitation[] {
  return [
    ...ports.sandbox.weaknesses.map(weaknessLimitation),
    ...limitations,
    ...checkoutLimitations(checkout.leftOut),
  ]
}

function distinct(limitations: readonly Limitation[]): readonly Limitation[] {
  return [...new Map(limitations.map(limitation => [limitation.what, limitation])).values()]
}

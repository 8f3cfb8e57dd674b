import { rm } from 'node:fs/promises'
import { InputError } from '../core/model/errors.ts'
import { isNoisy } from '../core/model/metric.ts'
import type { Report } from '../core/model/report.ts'
import { seedOf } from '../core/statistics/random.ts'
import type { Planned } from '../flow/prepare/plan.ts'
import type { GateContext } from '../flow/run/gate-context.ts'
import { replaceTree } from '../flow/trees/checkout.ts'
import { controlTreeIn } from '../flow/trees/tree-copies.ts'
import { judge, UNEXPLAINED } from '../gate.ts'
import { LAST_OF_SEVERAL } from '../report/notes/bisection.ts'
import type { Commit } from '../shell/git/git.ts'
import type { LogPort } from '../shell/ports/ports.ts'

/** One gate among the several of a bisection. */
export interface OneGate {
  readonly base: Commit
  readonly head: Commit
  readonly benchmarks: readonly Planned[]
  /** Its share of the error rate. */
  readonly alpha: number
  /** Counts the gates, so that each draws orders of its own. */
  readonly nth: number
}

/** Asks whether head is slower and not why: nothing is counted that does not decide, and the caller writes the log. */
export async function gateBriefly(context: GateContext, one: OneGate): Promise<Report> {
  const { settings } = context.plan
  const counts = one.benchmarks.some(({ plan: { metric } }) => metric === 'instructions')
  const counters = counts ? settings.counters : 'off'
  const brief: GateContext = {
    ...context,
    plan: { ...context.plan, settings: { ...settings, counters, layouts: 'off' } },
    request: { ...context.request, keep: async () => {} },
    ports: { ...context.ports, log: onlyWarnings(context.ports.log) },
  }
  return judge(await standingAt(brief, one), UNEXPLAINED)
}

/** A whole gate, with counters, cause and layouts; both sides are built anew. */
export async function gateWhole(context: GateContext, one: OneGate): Promise<Report> {
  const { plan } = context
  const request = { ...context.request, usesCache: false }
  const notes = [...plan.notes, LAST_OF_SEVERAL]
  return judge(await standingAt({ ...context, request, plan: { ...plan, notes } }, one))
}

/** The context with the two commits in the places of base and head; of an earlier gate nothing is left there. */
async function standingAt(context: GateContext, one: OneGate): Promise<GateContext> {
  const { plan, ports, seed } = context
  let { checkout } = context
  const { base, head, benchmarks, alpha, nth } = one
  await rm(controlTreeIn(ports.folder), { recursive: true, force: true })
  for (const [side, { sha }] of [['base', base] as const, ['head', head] as const]) {
    const replaced = await replaceTree(checkout, { side, sha }, ports.tools)
    if (!replaced.ok) throw new InputError([replaced.fault])
    checkout = replaced.value
  }
  return {
    ...context,
    checkout,
    started: { at: ports.clock.date(), seconds: ports.clock.now() },
    history: { ...context.history, base, head },
    plan: {
      ...plan,
      benchmarks,
      tableRows: benchmarks.filter(({ plan: { metric } }) => isNoisy(metric)).length,
      settings: { ...plan.settings, alpha },
    },
    seed: seedOf(seed, nth),
  }
}

function onlyWarnings(log: LogPort): LogPort {
  return { line: () => {}, warn: log.warn, group: (_, work) => work() }
}

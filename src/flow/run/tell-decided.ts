import { mayHideWork } from '../../core/decision/masked.ts'
import type { BenchmarkReport, Decision, Report } from '../../core/model/report.ts'
import { holdLimitation } from '../../report/limitations/tuning.ts'
import { STILL_EXPLAINING } from '../../report/notes/run.ts'
import { nothingSlowerSoFar } from '../../report/words/title.ts'
import type { Hold } from '../../shell/ports/ports.ts'
import { conclude, limitationsBefore, type RowsSoFar } from './conclude.ts'
import type { GateContext } from './gate-context.ts'

/** What is known when measuring has ended. */
export interface Decided {
  readonly measured: RowsSoFar
  readonly hold: Hold
  readonly noise: readonly string[]
  readonly notes: readonly string[]
}

/**
 * Tells what was decided before the gate looks for causes, which may take far longer than measuring; a run killed then leaves it behind.
 * The rest of the gate can turn a pass into a fail, so nothing that would pass is called a pass before the end.
 */
export async function tellDecided(
  context: GateContext,
  { measured, hold, noise, notes }: Decided,
): Promise<void> {
  const { plan, ports, request } = context
  const { benchmarks } = measured
  // A row that counting decides has no answer yet, and a table without it would look like a pass.
  const complete = plan.benchmarks.every(({ plan: { name } }) => benchmarks.some(row => row.name === name))
  const overLayouts = plan.settings.layouts === 'rounds'
  const asked = { overLayouts, hidden: plan.settings.counters !== 'off' }
  if (!complete || !request.decided || !benchmarks.some(row => isLookedInto(row, asked))) return
  const { isolation, network } = ports.sandbox
  const { cpus } = hold.scheduling
  const tell = (errors: Report['errors']) =>
    conclude(context, {
      benchmarks,
      limitations: [...limitationsBefore(context), ...hold.gaps.map(holdLimitation), ...measured.limitations],
      notes,
      errors,
      failedBuilds: [],
      host: { knobs: hold.knobs, isolation, network, noise, ...(cpus === undefined ? {} : { cpus }) },
    })
  const report = tell([])
  if (report.verdict !== 'pass' && plan.settings.gateOn === 'as-built') {
    const remarks = [...(report.remarks ?? []), STILL_EXPLAINING]
    await request.decided({ ...report, remarks, unfinished: true }, plan.settings)
    return
  }
  const what = nothingSlowerSoFar(report, { overLayouts })
  const open = tell([{ what }])
  await request.decided({ ...open, verdict: 'error', sentence: what, unfinished: true }, plan.settings)
}

/** Whether anything is still asked about a row: its cause, work that its layout hides, or its time over layouts. */
function isLookedInto(
  row: BenchmarkReport,
  asked: { readonly overLayouts: boolean; readonly hidden: boolean },
): boolean {
  if (EXPLAINED.includes(row.decision)) return true
  return (asked.hidden && mayHideWork(row)) || (asked.overLayouts && row.rounds > 0)
}

const EXPLAINED: readonly Decision[] = ['slower', 'faster', 'undecided']

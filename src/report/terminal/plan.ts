import type { BenchmarkPlan } from '../../core/model/plan.ts'
import { plainLine, plainName } from '../text/encode.ts'
import { formatDuration, formatShare } from '../text/format.ts'
import { aligned } from '../text/lines.ts'

/** What a gate would do, as far as it is known before anything is built. */
export interface PlannedGate {
  readonly base: { readonly sha: string; readonly title?: string }
  readonly head: { readonly sha: string; readonly title?: string }
  readonly build?: string
  readonly buildTimeoutSeconds: number
  readonly budgetSeconds: number
  /** Absent where no layout trial is to be made. */
  readonly layoutBudgetSeconds?: number
  readonly benchmarks: readonly { readonly plan: BenchmarkPlan; readonly untouched?: string }[]
  readonly isolation: string
  readonly tune: string
  readonly out: string
  readonly notes: readonly string[]
}

/** Runs of a benchmark that a clear case needs on both sides; see docs/how-it-decides.md. */
const CLEAR_CASE_RUNS = 14

/** The plan of `--dry-run` as text. */
export function planText(planned: PlannedGate): string {
  const { base, head, build, buildTimeoutSeconds, budgetSeconds, layoutBudgetSeconds, benchmarks } = planned
  const commit = ({ sha, title = '' }: PlannedGate['base']) => `${sha.slice(0, 12)} ${title}`.trimEnd()
  const measured = benchmarks.filter(({ untouched }) => untouched === undefined)
  const lines = [
    'Nothing was built or measured; this is the plan.',
    '',
    `base       ${commit(base)}`,
    `head       ${commit(head)}`,
    build === undefined
      ? 'build      none: both sides run as they are checked out'
      : `build      ${build} (twice, at most ${formatDuration(buildTimeoutSeconds)} each)`,
    `measure    at most ${formatDuration(budgetSeconds)} for all; a clear case needs about ${CLEAR_CASE_RUNS} runs of a benchmark`,
    ...(layoutBudgetSeconds === undefined || measured.length === 0
      ? []
      : [`explain    what got slower, at most ${formatDuration(layoutBudgetSeconds)} a benchmark`]),
    `isolation  ${planned.isolation}`,
    `tune       ${planned.tune}`,
    `reports    ${planned.out}`,
    '',
    ...aligned([
      ['benchmark', 'metric', 'threshold', 'command'],
      ...benchmarks.map(({ plan }) => [
        plainName(plan.name),
        plan.metric,
        formatShare(plan.threshold),
        plainLine(plan.command),
      ]),
    ]),
    ...benchmarks.flatMap(({ plan, untouched }) =>
      untouched === undefined ? [] : [`${plainName(plan.name)}: ${untouched}`],
    ),
    ...(planned.notes.length > 0 ? ['', ...planned.notes] : []),
  ]
  return `${lines.map(plainLine).join('\n')}\n`
}

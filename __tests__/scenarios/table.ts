import type { Report } from '../../src/core/model/report.ts'
import { isRight, type Judgement } from './judge.ts'
import type { Scenario } from './scenario.ts'

/** How the trial of one scenario ended. */
export type Ending =
  | {
      readonly kind: 'judged'
      readonly report: Report
      readonly judgement: Judgement
      /** Why something else than the scenario expects is right here. */
      readonly note?: string
    }
  | { readonly kind: 'skipped' | 'broken'; readonly why: string }

/** What became of one scenario. */
export type Outcome = Ending & { readonly scenario: Scenario; readonly seconds: number }

const HEADINGS = [
  'scenario',
  'expected',
  'decision',
  'cause',
  'confidence',
  'suspects',
  'displacers',
  'ratio',
  'seconds',
  '',
]

/** The outcomes as lines of a table with columns of even width. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = [HEADINGS, ...outcomes.map(rowOf)]
  const widths = HEADINGS.map((_, at) => Math.max(...rows.map(row => row[at]?.length ?? 0)))
  return rows
    .map(row =>
      row
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function rowOf(outcome: Outcome): readonly string[] {
  const { scenario, seconds } = outcome
  const { decision, causes } = scenario.expect
  const expected = `${decision}${causes.length > 0 ? `: ${causes.join(' or ')}` : ''}`
  const time = seconds.toFixed(0)
  if (outcome.kind !== 'judged')
    return [scenario.name, expected, outcome.kind, '', '', '', '', '', time, outcome.why.split('\n').at(-1)!]
  const { report, judgement } = outcome
  const row = report.benchmarks[0]!
  return [
    ...[scenario.name, expected, row.decision, row.cause?.kind ?? '', row.cause?.confidence ?? ''],
    ...[suspectsOf(judgement), displacersOf(outcome), row.change?.ratio.toFixed(3) ?? '', time],
    `${isRight(judgement) ? 'right' : `WRONG: ${faultsOf(judgement)}`}${outcome.note ? ` (${outcome.note})` : ''}`,
  ]
}

function suspectsOf({ recall, precision }: Judgement): string {
  if (recall === undefined || precision === undefined) return ''
  return `${(100 * recall).toFixed(0)} % of expected, ${(100 * precision).toFixed(0)} % right`
}

function displacersOf({ judgement, report }: Extract<Outcome, { kind: 'judged' }>): string {
  if (judgement.displacersNamed === undefined) return ''
  const found = report.benchmarks[0]!.displacers?.length ?? 0
  return judgement.displacersNamed ? `named (${found})` : `not named (${found})`
}

function faultsOf(judgement: Judgement): string {
  const { decisionRight, causeRight, recall, precision, displacersNamed, toldRight, accused } = judgement
  return [
    ...(decisionRight ? [] : ['decision']),
    ...(causeRight ? [] : ['cause']),
    ...((recall ?? 1) < 0.9 ? ['suspects missed'] : []),
    ...((precision ?? 1) < 0.9 ? ['suspects too many'] : []),
    ...(displacersNamed === false ? ['displacers'] : []),
    ...(toldRight === false ? ['what is said of it'] : []),
    ...(accused.length > 0 ? [`accused ${accused.slice(0, 3).join(', ')}`] : []),
  ].join(', ')
}

/** Sums of a whole run in a few lines. */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const judged = outcomes.flatMap(outcome => (outcome.kind === 'judged' ? [outcome.judgement] : []))
  const count = (holds: (judgement: Judgement) => boolean) => judged.filter(holds).length
  const mean = (values: readonly (number | undefined)[]) => {
    const known = values.filter(value => value !== undefined)
    return known.length === 0
      ? 'none asked'
      : (known.reduce((sum, value) => sum + value, 0) / known.length).toFixed(3)
  }
  const asked = judged.filter(({ displacersNamed }) => displacersNamed !== undefined)
  const others = (['skipped', 'broken'] as const).map(
    kind => `${outcomes.filter(outcome => outcome.kind === kind).length} ${kind}`,
  )
  return [
    `${count(isRight)} of ${judged.length} right, ${others.join(', ')}`,
    `decisions right ${count(each => each.decisionRight)}, causes right ${count(each => each.causeRight)}, innocents accused in ${count(each => each.accused.length > 0)}`,
    `suspects: recall ${mean(judged.map(each => each.recall))}, precision ${mean(judged.map(each => each.precision))}; displacers named in ${asked.filter(each => each.displacersNamed).length} of ${asked.length}`,
  ].join('\n')
}

/** Whether nothing went wrong: everything that was judged is right, and nothing broke. */
export function allRight(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(
    outcome => outcome.kind === 'skipped' || (outcome.kind === 'judged' && isRight(outcome.judgement)),
  )
}

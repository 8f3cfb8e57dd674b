import {
  answerIfFaster,
  answerOf,
  type Bisection,
  outcomeOf,
  withoutBreach,
} from '../core/bisection/bisection.ts'
import { asProbe } from '../core/bisection/midpoint.ts'
import { nextStep } from '../core/bisection/search.ts'
import { worstBreach } from '../core/decision/redecide.ts'
import { entryOfRow } from '../core/harness/expand.ts'
import type { Report } from '../core/model/report.ts'
import type { GatePlan, Planned } from '../flow/prepare/plan.ts'
import { beforeStep, stepLine } from '../report/bisection/steps.ts'
import { GIVEN_UP } from '../report/notes/bisection.ts'
import { decided } from '../report/words/order.ts'
import type { Outside } from '../shell/ports/ports.ts'
import { concludeBisection, type SearchState } from './conclude.ts'
import { type BisectRequest, type Course, note, setOut } from './course.ts'
import { gateBriefly, gateWhole } from './gates.ts'

/** What a bisection comes to, with the gate that its answer rests on: the last one, or that of the whole range. */
export interface Bisected {
  readonly bisection: Bisection
  readonly report: Report
}

/** One bisection from two revisions to the commit between that made it slower, or faster where that is asked for. Throws an InputError for what the user can correct. */
export async function bisect(request: BisectRequest, outside: Outside): Promise<Bisected> {
  const course = await setOut(request, outside)
  await request.save(concludeBisection(course, unfinished(course)))

  const range = await gateRange(course)
  if (course.breaches.length === 0) return withoutSearch(course, range)
  await request.keep(range)
  const found = await search(course)
  return await gateFound(course, found)
}

/** Is there anything to find? */
async function gateRange(course: Course): Promise<Report> {
  const { context, line, alphaEach } = course
  const { ports, plan } = context
  const bad = line.length - 1
  const benchmarks = plan.benchmarks.filter(({ on, gone }) => on.length === BOTH && !gone)
  ports.log.line(beforeStep({ kind: 'range', head: line[bad]!, commits: bad }))
  const one = { base: line[0]!, head: line[bad]!, benchmarks, alpha: alphaEach, nth: 0 }
  const report = await gateBriefly(context, one)
  const row = worstBreach(report.benchmarks, alphaEach)
  const rest = decided(report.benchmarks, 'slower').filter(({ name }) => name !== row?.name)
  course.breaches = row ? [row, ...rest] : []
  const shown = row ?? report.benchmarks.find(each => answerOf(each.decision) !== 'below')
  const step = note(course, { kind: 'range', base: 0, head: bad, report, row: shown ?? report.benchmarks[0] })
  ports.log.line(stepLine(step))
  return report
}

const BOTH = 2

/** Without a breach the gate of the whole range is the answer. */
function withoutSearch(course: Course, range: Report): Bisected {
  const outcome = withoutBreach(
    range.verdict,
    range.benchmarks.map(({ decision }) => decision),
  )
  const standing: SearchState = { ...unfinished(course), outcome, gate: range }
  return { bisection: concludeBisection(course, standing), report: range }
}

/** Halves the range until one commit is left, or only such that cannot answer. */
async function search(course: Course): Promise<SearchState> {
  const { context, line, alphaEach, answers, breaches, request } = course
  const { ports, plan } = context
  const jump = breaches[0]?.change
  const benchmarks = breachOf(plan, breaches[0]?.name).map(planned =>
    jump ? { ...planned, plan: asProbe(planned.plan, jump) } : planned,
  )
  for (;;) {
    await request.save(concludeBisection(course, unfinished(course)))
    const step = nextStep({ commits: line.length - 1, answers })
    if (step.kind === 'narrowed') return { ...unfinished(course), notes: step.givenUp ? [GIVEN_UP] : [] }
    const [base, head] = [line[0]!, line[step.at]!]
    ports.log.line(beforeStep({ ...step, kind: 'between', head }))
    const nth = course.steps.length
    const report = await gateBriefly(context, { base, head, benchmarks, alpha: alphaEach, nth })
    const row = report.benchmarks[0]
    const noted = note(course, { kind: 'between', base: 0, head: step.at, report, row })
    answers.set(step.at, noted.answer)
    ports.log.line(stepLine(noted))
  }
}

/** Gates what was found against what came before it, by itself and with its cause. */
async function gateFound(course: Course, found: SearchState): Promise<Bisected> {
  const { context, line, alphaEach, breaches } = course
  const { below, above } = found
  const { ports, plan } = context
  const benchmarks = breachOf(plan, breaches[0]?.name)
  const faster = course.request.firstFaster === true
  const [from, to] = faster ? [above, below] : [below, above]
  ports.log.line(beforeStep({ kind: 'last', head: line[to]!, commits: above - below }))
  const one = { base: line[from]!, head: line[to]!, benchmarks, alpha: alphaEach }
  const report = await gateWhole(context, { ...one, nth: course.steps.length })
  const row = report.benchmarks[0]
  const answer = faster && row ? { answer: answerIfFaster(row) } : {}
  const step = note(course, { kind: 'last', base: from, head: to, report, row, ...answer })
  ports.log.line(stepLine(step))
  const outcome = outcomeOf(above - below, step.answer)
  return { bisection: concludeBisection(course, { ...found, outcome, gate: report, row }), report }
}

/** What a row of the first gate came out of, asked for that row alone. */
function breachOf({ benchmarks }: GatePlan, name: string | undefined): readonly Planned[] {
  const plans = benchmarks.map(({ plan }) => plan)
  const entry = name === undefined ? undefined : entryOfRow(plans, name)
  const planned = benchmarks.find(({ plan }) => plan.name === entry?.name)
  return entry && planned ? [{ ...planned, plan: entry }] : []
}

/** What is known by now. */
function unfinished({ line, answers }: Course): SearchState {
  const { below, above } = nextStep({ commits: line.length - 1, answers })
  return { outcome: 'unfinished', below, above, notes: [] }
}

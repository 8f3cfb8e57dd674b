import type { BenchmarkReport } from '../../src/core/model/report.ts'
import type { Expectation } from './scenario.ts'

/** How a report compares with what is right. Shares are 0 to 1; undefined where nothing is asked. */
export interface Judgement {
  readonly decisionRight: boolean
  readonly causeRight: boolean
  /** Part of the expected suspects that were named, and part of those named that may be. */
  readonly recall?: number
  readonly precision?: number
  readonly displacersNamed?: boolean
  /** Whether the first sentence says what it should, and the row's other measurement too. */
  readonly toldRight?: boolean
  /** Innocent functions that were called suspects. */
  readonly accused: readonly string[]
}

/** Compares one benchmark of a report with what a right judgement says, or with the first other answer that fits. */
export function judge(report: BenchmarkReport, expect: Expectation, sentence = ''): Judgement {
  const first = compare(report, expect, sentence)
  const others = (expect.or ?? []).map(other => compare(report, other, sentence))
  return isRight(first) ? first : (others.find(isRight) ?? first)
}

function compare(report: BenchmarkReport, expect: Expectation, sentence: string): Judgement {
  const suspects = (report.suspects ?? []).map(({ symbol }) => symbol)
  const displacers = (report.displacers ?? []).map(({ symbol }) => symbol)
  const kind = report.cause?.kind
  return {
    decisionRight: report.decision === expect.decision,
    causeRight: expect.causes.length === 0 ? kind === undefined : expect.causes.some(right => right === kind),
    ...(expect.suspects ? shares(suspects, expect.suspects.expected, expect.suspects.allowed ?? []) : {}),
    ...(expect.displacers
      ? { displacersNamed: displacers.some(name => expect.displacers!.some(right => matches(right, name))) }
      : {}),
    ...(expect.sentence !== undefined || expect.other ? { toldRight: isTold(report, expect, sentence) } : {}),
    accused: suspects.filter(name => expect.innocent?.some(innocent => matches(innocent, name))),
  }
}

function isTold({ other }: BenchmarkReport, expect: Expectation, sentence: string): boolean {
  if (expect.sentence !== undefined && !new RegExp(expect.sentence).test(sentence)) return false
  if (!expect.other) return true
  return other?.how === expect.other.how && other.decision === expect.other.decision
}

function shares(found: readonly string[], expected: readonly string[], allowed: readonly string[]) {
  const recalled = expected.filter(right => found.some(name => matches(right, name)))
  const rightly = found.filter(name => [...expected, ...allowed].some(right => matches(right, name)))
  return {
    recall: recalled.length / expected.length,
    precision: found.length === 0 ? 1 : rightly.length / found.length,
  }
}

/** Whether everything that is asked of a judgement is there. */
export function isRight({
  decisionRight,
  causeRight,
  recall,
  precision,
  displacersNamed,
  toldRight,
  accused,
}: Judgement): boolean {
  return (
    decisionRight &&
    causeRight &&
    (recall ?? 1) >= 0.9 &&
    (precision ?? 1) >= 0.9 &&
    displacersNamed !== false &&
    toldRight !== false &&
    accused.length === 0
  )
}

function matches(pattern: string, name: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(name)
}

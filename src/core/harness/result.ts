import type { Metric } from '../model/metric.ts'
import { type Failure, failed, type Result } from '../model/result.ts'
import type { FaultSays, Lack } from './fault-says.ts'
import type { PrintedStep } from './printed-step.ts'
import type { Unit } from './units.ts'

/** Why a run gave no value. */
export type FaultKind =
  | 'crash'
  | 'not-found'
  | 'timeout'
  | 'flood'
  | 'silent'
  | 'unreadable'
  | 'ambiguous'
  | 'unit'
  | 'failed'
  | 'nan'
  | 'infinite'
  | 'negative'
  | 'zero'
  | 'out-of-range'
  | 'no-cpu-time'
  | 'no-memory'
  | 'prepare'
  | 'conclude'

/** A run without a value. */
export interface Fault {
  readonly kind: FaultKind
  readonly says: FaultSays
  /** What the run said at its end: of standard error, or of its output where it wrote nothing there. */
  readonly lastLines?: readonly string[]
}

/** One result that a harness printed, in the base unit of its quantity. */
export interface HarnessResult {
  readonly name: string
  readonly value: number
  readonly unit: Unit['base'] | (string & {})
  /** How coarsely it was printed; absent for counts. */
  readonly step?: PrintedStep
  /** How often the measured code ran for this value, where the harness tells. */
  readonly iterations?: number
  /** What else it measured, each in its base unit. */
  readonly metrics?: Partial<Readonly<Record<Metric, number>>>
  /** How coarsely its CPU time was printed. */
  readonly cpuStep?: PrintedStep
  /** Why the harness itself gives no value. */
  readonly failed?: FaultSays
}

/** What a harness reads out of one output. */
export type ResultsRead = Result<readonly HarnessResult[], Fault>

/** A fault as a return value. */
export function fault(kind: FaultKind, says: FaultSays): Failure<Fault> {
  return failed({ kind, says })
}

/** A line or a value that lacks what makes it a result; the text is quoted. */
export const unread = (text: string, lacks: Lack): Failure<Fault> =>
  fault('unreadable', { rule: 'unread', text, lacks })

/** Enough of a hostile text to recognise it, on one line. */
export function quotedLine(text: string): string {
  const line = text.trim().slice(0, 200).replace(/\s+/g, ' ')
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line)
}

/** The same for a part of a document, which may be nested too deep to be written out. */
export function quotedValue(value: unknown): string {
  try {
    return quotedLine(JSON.stringify(value))
  } catch {
    return '"a document nested too deep"'
  }
}

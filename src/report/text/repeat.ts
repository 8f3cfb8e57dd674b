import type { BenchmarkReport } from '../../core/model/report.ts'
import { plainLine } from './encode.ts'

/** A longer command is no help to anybody. */
const LONGEST = 1000

/** The command that repeats a row in a clone, where there is one that can be pasted as a line. */
export function repeatCommand({ repeat }: BenchmarkReport): string | undefined {
  if (repeat === undefined || repeat.length > LONGEST || /[\n\r]/.test(repeat)) return undefined
  return plainLine(repeat)
}

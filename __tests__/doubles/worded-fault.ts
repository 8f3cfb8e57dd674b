import type { Reading } from '../../src/core/harness/read-run.ts'
import { faultClause } from '../../src/report/reasons/faults.ts'

/** A reading whose fault, if it is one, has its clause in words. */
export function worded(reading: Reading) {
  if (reading.ok) return reading
  const { says, ...fault } = reading.fault
  return { ok: false as const, fault: { ...fault, clause: faultClause(says) } }
}

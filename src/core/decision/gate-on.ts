import type { BenchmarkReport, OtherMeasurement } from '../model/report.ts'

/** What measuring over layouts came to, and by which of the two measurements a row is to be decided. */
export type OverLayouts = OtherMeasurement & { readonly how: 'over-layouts' }

const isNotSlower = ({ decision }: { readonly decision: string }) =>
  decision === 'faster' || decision === 'unchanged'
const isOpen = ({ decision }: OtherMeasurement) => decision === 'undecided' || decision === 'unmeasured'

/**
 * The row with its measurement over layouts. Work that the built layout hides is `masked` whichever decides. Where layouts are to have a say
 * and gave no answer, a row that is not slower as built has none either: it is not passed for what nobody could ask.
 */
export function withLayouts(row: BenchmarkReport, laid: OverLayouts): BenchmarkReport {
  if (laid.gateOn === 'layouts' && laid.decision !== 'unmeasured') return swapped(row, laid)
  const both = { ...row, other: laid }
  if (!isNotSlower(row)) return both
  if (laid.decision === 'slower') return { ...both, decision: 'masked' }
  if (laid.gateOn === 'as-built' || !isOpen(laid)) return both
  const why = laid.reason ?? 'the rounds over layouts were not enough'
  return {
    ...both,
    decision: 'undecided',
    reason: `As built it is not slower. Over layouts there is no answer: ${why}`,
  }
}

/** Decided over layouts; what was measured as built stands next to it. */
function swapped(row: BenchmarkReport, laid: OverLayouts): BenchmarkReport {
  const { change, base, head, control, reason, lostRounds, cpuTime: _, detectable: __, ...rest } = row
  const asBuilt: OtherMeasurement = {
    how: 'as-built',
    gateOn: laid.gateOn,
    decision: asOther(row.decision),
    ...(reason !== undefined && { reason }),
    ...(change && { change }),
    ...(base && { base }),
    ...(head && { head }),
    ...(control && { control }),
    rounds: row.rounds,
    ...(lostRounds !== undefined && { lostRounds }),
  }
  return {
    ...rest,
    decision: laid.decision,
    ...(laid.reason !== undefined && { reason: laid.reason }),
    ...(laid.change && { change: laid.change }),
    ...(laid.base && { base: laid.base }),
    ...(laid.head && { head: laid.head }),
    ...(laid.control && { control: laid.control }),
    rounds: laid.rounds,
    ...(laid.lostRounds !== undefined && { lostRounds: laid.lostRounds }),
    other: { ...asBuilt, ...(laid.linker !== undefined && { linker: laid.linker }) },
  }
}

function asOther(decision: BenchmarkReport['decision']): OtherMeasurement['decision'] {
  return decision === 'slower' ||
    decision === 'faster' ||
    decision === 'unchanged' ||
    decision === 'undecided'
    ? decision
    : 'unmeasured'
}

/** Whether what layouts said keeps a row from being passed for what its samples as built say. */
export function isHeldByLayouts({ decision, other }: BenchmarkReport, answer: BenchmarkReport): boolean {
  if (!isNotSlower(answer)) return false
  if (decision === 'masked') return true
  return (
    decision === 'undecided' && other?.how === 'over-layouts' && other.gateOn !== 'as-built' && isOpen(other)
  )
}

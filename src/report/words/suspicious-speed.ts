import type { BenchmarkReport } from '../../core/model/report.ts'
import { listed, quoted } from '../../core/text/text.ts'
import { formatFactor } from '../text/format.ts'

/** A speed-up of so many times is as often a benchmark that no longer does its work. */
const TIMES = 3
const SHOWN = 3

/** What a reviewer is asked where something became that much faster; nothing otherwise. */
export function suspiciousSpeedups(rows: readonly BenchmarkReport[]): readonly string[] {
  const found = rows
    .filter(({ decision }) => decision === 'faster')
    .map(({ name, change, better }) => ({
      name,
      times: better === 'lower' ? 1 / (change?.ratio ?? 1) : (change?.ratio ?? 1),
    }))
    .filter(({ times }) => times >= TIMES && Number.isFinite(times))
    .toSorted((one, other) => other.times - one.times)
  if (found.length === 0) return []
  const names = found
    .slice(0, SHOWN)
    .map(({ name, times }) => `${quoted(name)} (${formatFactor(times) ?? ''})`)
  const all = found.length > SHOWN ? [...names, `${found.length - SHOWN} more`] : names
  return [
    `Much faster than base: ${listed(all)}. Check that ${found.length === 1 ? 'it still does its' : 'they still do their'} work.`,
  ]
}

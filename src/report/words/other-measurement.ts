import type { BenchmarkReport, OtherMeasurement } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'
import { formatChange, formatInterval } from '../text/format.ts'

const HOW: Readonly<Record<OtherMeasurement['how'], string>> = {
  'as-built': 'as built',
  'over-layouts': 'over layouts',
}

/** What the table says of a row's other measurement: `over layouts +0.3 % (−1 … +2 %)`; undefined where there is none. */
export function otherText({ other }: BenchmarkReport): string | undefined {
  if (!other) return undefined
  const how = HOW[other.how]
  if (!other.change) return `${how}: ${other.decision === 'unmeasured' ? 'not measured' : other.decision}`
  return `${how} ${formatChange(other.change.ratio)} (${formatInterval(other.change)})`
}

/** Where the two measurements of a row come to different answers: which one decides, and what the other says. */
export function differingMeasurements(benchmarks: readonly BenchmarkReport[]): readonly string[] {
  return benchmarks.flatMap((row): readonly string[] => {
    const { other, decision, change, name } = row
    // The sentence of the layouts says what a layout masks.
    if (!other?.change || !change || decision === 'masked') return []
    if ((decision === 'slower') === (other.decision === 'slower')) return []
    const [built, laid] = other.how === 'as-built' ? [other.change, change] : [change, other.change]
    const decides =
      other.how === 'as-built' ? 'layouts decide here (gate-on)' : 'the built layout decides here (gate-on)'
    return [
      `${quoted(name)} is ${formatChange(built.ratio)} as built and ${formatChange(laid.ratio)} over layouts: the difference is luck of code placement, and ${decides}.`,
    ]
  })
}

import type { Metric } from '../model/metric.ts'
import { success } from '../model/result.ts'
import type { Harness } from './harness.ts'
import { memberOf, membersOf, numberAt } from './json-members.ts'
import { amountOf } from './printed-step.ts'
import { fault, type HarnessResult, quotedLine } from './result.ts'
import { readUnit, type Unit } from './units.ts'

/**
 * Bencher's metric format (bencher.dev/docs/reference/bencher-metric-format): a benchmark has measures, a measure has a value. Latency is
 * in nanoseconds and throughput in operations a second; other measures are plain numbers.
 */
export const bencher: Harness = {
  name: 'bencher',
  title: "Bencher's metric format",
  boundByTime: false,
  recognises: output => output.documents.some(isMetrics),
  read(output) {
    const results: HarnessResult[] = []
    for (const document of output.documents.filter(isMetrics)) {
      for (const [name, measures] of Object.entries(membersOf(document)!)) {
        const all = Object.entries(membersOf(measures)!)
        const main = all.find(([measure]) => UNITS[measure]) ?? all[0]!
        const metrics: Partial<Record<Metric, number>> = {}
        for (const [measure, metric] of all) {
          const value = numberAt(metric, 'value')!
          const known = METRICS[measure]
          if (known) metrics[known] = value
          if (measure === main[0]) {
            results.push({ ...measureOf(name, measure, value), metrics })
          } else if (!known) results.push(measureOf(`${name} (${measure})`, measure, value))
        }
      }
    }
    if (results.length > 10_000)
      return fault('flood', {
        rule: 'too-many-measures',
        count: results.length,
        first: quotedLine(results[0]!.name),
      })
    return success(results)
  },
}

const UNITS: Readonly<Record<string, { readonly unit: Unit['base']; readonly factor: number }>> = {
  latency: { unit: 's', factor: 1e-9 },
  throughput: { unit: 'ops/s', factor: 1 },
  'file-size': { unit: 'B', factor: 1 },
  memory: { unit: 'B', factor: 1 },
  'build-time': { unit: 's', factor: 1 },
}

const METRICS: Readonly<Record<string, Metric>> = { allocations: 'allocations', instructions: 'instructions' }

/** Measures of which more is better; nothing says whether it is so for others, and less is taken for better. */
const RATE = /throughput|bandwidth|per[-_ ](?:s|sec|second)\b|\b(?:[rqtfi]?ps|iops|ops|hz)\b/i
const UNSURE = /score|accuracy|hits?\b|ratio|percent/i

function measureOf(name: string, measure: string, value: number): HarnessResult {
  const { unit, factor } = UNITS[measure] ?? { unit: RATE.test(measure) ? 'ops/s' : '', factor: 1 }
  const unitText = readUnit(measure)?.base === '' ? measure : ''
  const failed = { rule: 'unknown-direction', measure: quotedLine(measure) } as const
  return {
    ...{ name, ...amountOf({ value, unitText }, { base: unit, factor }) },
    ...(UNITS[measure] === undefined && unit === '' && UNSURE.test(measure) && { failed }),
  }
}

function isMetrics(document: unknown): boolean {
  const rows = Object.values(membersOf(document) ?? {})
  return (
    rows.length > 0 &&
    rows.every(row => {
      const measures = Object.values(membersOf(row) ?? {})
      return measures.length > 0 && measures.every(measure => typeof memberOf(measure, 'value') === 'number')
    })
  )
}

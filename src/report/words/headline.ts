import type { Metric } from '../../core/model/metric.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'
import { formatExtent, formatFactor, formatValue } from '../text/format.ts'

/** A verb as a sentence needs it, and as it follows `made`; `is` is left out there. */
type Form = (finite: string, bare: string) => string

/** `call_method is 70 % slower`, or faster, or what its metric and unit make of it. */
export function headline(benchmark: BenchmarkReport): string {
  return said(benchmark, finite => finite)
}

/** The same as what something did: `made call_method 70 % slower`. */
export function consequence(benchmark: BenchmarkReport): string {
  return `made ${said(benchmark, (_, bare) => bare)}`
}

function said(benchmark: BenchmarkReport, verb: Form): string {
  const name = quoted(benchmark.name)
  const ratio = benchmark.change?.ratio
  const worse = benchmark.decision === 'slower'
  const be = verb(' is', '')
  const amount = ofAmount(benchmark, verb)
  if (amount !== undefined) return `${name} ${amount}`
  if (ratio === undefined) return `${name}${be} ${worse ? 'slower' : 'faster'}`
  const times = formatFactor(ratio)
  if (benchmark.better === 'higher') {
    const moved = ratio < 1 ? verb('fell', 'fall') : verb('rose', 'rise')
    const by = times === undefined ? `by ${formatExtent(ratio)}` : `by a factor of ${times.replace('×', '')}`
    return `${name} ${moved} ${by}, which is ${worse ? 'slower' : 'faster'}`
  }
  if (times !== undefined) {
    return worse ? `${name} ${verb('takes', 'take')} ${times} as long` : `${name}${be} ${times} as fast`
  }
  return `${name}${be} ${formatExtent(ratio)} ${worse ? 'slower' : 'faster'}`
}

/** What a metric that is no speed has more or less of: its verb as a sentence needs it and bare, and its noun. */
const AMOUNTS: Partial<Readonly<Record<Metric, readonly [string, string, string]>>> = {
  'cpu-time': ['takes', 'take', 'CPU time'],
  instructions: ['runs', 'run', 'instructions'],
  memory: ['uses', 'use', 'memory'],
  allocations: ['makes', 'make', 'allocations'],
  'allocated-bytes': ['allocates', 'allocate', 'bytes'],
}

function ofAmount({ metric, decision, change, base, head }: BenchmarkReport, verb: Form): string | undefined {
  const worse = decision === 'slower'
  const times = change && (formatFactor(change.ratio) ?? formatExtent(change.ratio))
  if (metric === 'size') return `${verb('is ', '')}${times ? `${times} ` : ''}${worse ? 'larger' : 'smaller'}`
  const words = AMOUNTS[metric]
  if (!words) return undefined
  const [finite, bare, noun] = words
  const less =
    metric === 'instructions' || metric === 'allocations' || metric === 'allocated-bytes' ? 'fewer' : 'less'
  const extent = times ?? (base && head ? `${formatValue(head.median - base.median, '')}` : '')
  return `${verb(finite, bare)} ${extent} ${worse ? 'more' : less} ${noun}`
}

import type { BenchmarkReport } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'
import { formatExtent, formatFactor } from '../text/format.ts'

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
  if (ratio === undefined) return `${name}${be} ${worse ? 'slower' : 'faster'}`
  const times = formatFactor(ratio)
  if (benchmark.metric === 'instructions') {
    return `${name} ${verb('runs', 'run')} ${times ?? formatExtent(ratio)} ${worse ? 'more' : 'fewer'} instructions`
  }
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

import type { BenchmarkReport } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'
import { formatExtent, formatTimes } from '../text/format.ts'

/** From this ratio on a change is said in times instead of percent. */
const IN_TIMES = 3

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
  if (benchmark.metric === 'instructions') {
    return `${name} ${verb('runs', 'run')} ${formatExtent(ratio)} ${worse ? 'more' : 'fewer'} instructions`
  }
  if (benchmark.better === 'higher') {
    const moved = ratio < 1 ? verb('fell', 'fall') : verb('rose', 'rise')
    return `${name} ${moved} by ${formatExtent(ratio)}, which is ${worse ? 'slower' : 'faster'}`
  }
  if (ratio >= IN_TIMES) return `${name} ${verb('takes', 'take')} ${formatTimes(ratio)} as long`
  return `${name}${be} ${formatExtent(ratio)} ${worse ? 'slower' : 'faster'}`
}

import type { BenchmarkReport } from '../core/model.ts'
import { quoted } from '../core/text.ts'
import { formatExtent, formatTimes } from './format.ts'

/** From this ratio on a change is said in times instead of percent. */
const IN_TIMES = 3

/** `call_method is 70 % slower`, or faster, or what its metric and unit make of it. */
export function headline(benchmark: BenchmarkReport): string {
  const name = quoted(benchmark.name)
  const ratio = benchmark.change?.ratio
  const worse = benchmark.decision === 'slower'
  if (ratio === undefined) return `${name} is ${worse ? 'slower' : 'faster'}`
  if (benchmark.metric === 'instructions') {
    return `${name} runs ${formatExtent(ratio)} ${worse ? 'more' : 'fewer'} instructions`
  }
  if (benchmark.better === 'higher') {
    return `${name} ${ratio < 1 ? 'fell' : 'rose'} by ${formatExtent(ratio)}, which is ${worse ? 'slower' : 'faster'}`
  }
  if (ratio >= IN_TIMES) return `${name} takes ${formatTimes(ratio)} as long`
  return `${name} is ${formatExtent(ratio)} ${worse ? 'slower' : 'faster'}`
}

import { outputOf } from './output.ts'
import { quotedLine } from './result.ts'
import { recognise } from './table.ts'

/** What a benchmark printed that no harness was recognised in. */
export interface UnrecognisedRun {
  readonly stdout: string
  readonly stderr?: string
}

/** Enough of an output to see what it is. */
const LOOKED_AT = 64 * 1024

const QUANTITY =
  /(?:ns|us|µs|μs|ms|[mun]?secs?|[µμ]secs?|seconds|s\/(?:op|iter)|[KMG]?ops(?:\/s(?:ec)?)?|[KMG]?(?:\/s|hz)|i?ops|[rqf]ps|[KMG]i?B\/s|(?:requests|operations|iterations) per second)/
/** How an output tells of a time or a rate: a value with its unit, a member of a document that holds one, or a title that names the unit. */
const RESULTS = [
  new RegExp(`(?:^|[\\s=:[±(+~<-])[\\d.,'’_]*\\d\\.?[ ,\\t]?${QUANTITY.source}(?:\\/\\w+)?(?![\\w-])`, 'i'),
  /"(?:benchmarks|benches|real_time|exec_time|median|mean|avg|times?|min_ns|ns_per_iter|value|hz|rps|rate|bits_per_second|throughput|counter-value|elapsed|estPoint)"\s*[:,;]/i,
  /\b(?:\w+\/s(?:ec)?|Instructions|(?:requests|operations|iterations|queries|transactions|events) per second|I +refs|exec_time):\s+\d/i,
  // Titles of columns, which name what is below them.
  /(?:^|[\s|│(,;"])(?:[nuµμm]?s(?:ec)?|[Tt]ime|iter(?:ation)?s|ops)\/(?:op|sec|s|run|iter(?:ation)?)\b|\b(?:mean|median|avg|average|time|clock\))\s*[[(](?:[nuµμmp]?s|seconds)[\])]/i,
  /^"?(?:benchmark|bench|name|command|method|test|group|case)"?[,;]"?.*\b(?:mean|median|score|time|avg|average|std_?dev)\b/i,
  /\[time, seconds\] average: |[|│]\s*(?:time|mean|median|ops)\s*[|│]|^\s+user\s+system\s+total\s+real\s*$/i,
  /\((?:seconds|kbytes|h:mm:ss or m:ss)\):\s+\d|\s\d[\d.]* \[(?:[mun]?s|#\/sec|[KM]bytes\/sec)\]|\[\s*\d[\d.]*s\]/i,
  /^(?:real|user|sys)\s+(?:\d+m)?\d+\.\d+s?$|\d\.\d+user \d+\.\d+system/,
]
/** What measures the whole command itself, and tells on standard error. */
const MEASURED_AROUND = /Performance counter stats for|Maximum resident set size \(kbytes\):/

/** The first line that looks like a time or a rate. */
export function lineLikeAResult(stdout: string): string | undefined {
  return outputOf(stdout.slice(0, LOOKED_AT)).lines.find(each => RESULTS.some(form => form.test(each)))
}

/** What such a run printed; the line is quoted. */
export type UnrecognisedOutput =
  | { readonly kind: 'on-errors'; readonly harness: string }
  | { readonly kind: 'around' | 'like-a-result'; readonly line: string }

/**
 * What leaves a doubt of a benchmark whose whole run is timed because no harness was recognised, although it seems to print results:
 * the time of the run is another quantity, and a change of one result may hide in it. Undefined where there is no such doubt.
 */
export function unrecognisedOutput({ stdout, stderr = '' }: UnrecognisedRun): UnrecognisedOutput | undefined {
  const elsewhere = recognise(outputOf(stderr.slice(0, LOOKED_AT)))
  if (elsewhere) return { kind: 'on-errors', harness: elsewhere.title }
  const line = lineLikeAResult(stdout)
  const around = line === undefined ? MEASURED_AROUND.exec(stderr.slice(-LOOKED_AT))?.[0] : undefined
  if (around !== undefined) return { kind: 'around', line: quotedLine(around) }
  if (line === undefined) return undefined
  return { kind: 'like-a-result', line: quotedLine(line) }
}

import { quoted } from '../text/text.ts'
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

/** A time with its unit, or a member of a document that holds one. */
const RESULT =
  /(?:^|[\s=:[±])[\d.,]*\d[ ,]?(?:ns|us|µs|μs|ms|[mun]?secs?|seconds|ops\/s(?:ec)?|[KMG]i?B\/s|(?:requests|operations|iterations) per second)(?:\/\w+)?(?![\w-])|"(?:benchmarks|real_time|median|mean|times?|min_ns|ns_per_iter|value|rps|throughput)"\s*[:,]|\b(?:\w+\/s(?:ec)?|Instructions|\((?:seconds|kbytes)\)):\s+\d/i

/**
 * What a reader must know of a benchmark whose whole run is timed because no harness was recognised, although it seems to print results:
 * the time of the run is another quantity, and a change of one result may hide in it. Undefined where there is no such doubt.
 */
export function unrecognisedNote(name: string, { stdout, stderr = '' }: UnrecognisedRun): string | undefined {
  const elsewhere = recognise(outputOf(stderr.slice(0, LOOKED_AT)))
  if (elsewhere)
    return `${quoted(name)} prints results of ${elsewhere.title} on standard error, which is not read, so its whole run is timed; add 2>&1 to its command, or set format: wall.`
  const line = outputOf(stdout.slice(0, LOOKED_AT)).lines.find(each => RESULT.test(each))
  if (line === undefined) return undefined
  return `${quoted(name)} prints what looks like a result (${quotedLine(line)}), but no harness was recognised, so its whole run is timed; name the harness, give a format that reads the value, or set format: wall.`
}

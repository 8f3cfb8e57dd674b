import { HARNESS_NAMES, type HarnessName } from '../model/harness-name.ts'
import { googleBenchmark } from './google-benchmark.ts'
import type { Harness } from './harness.ts'
import { lines } from './lines.ts'
import type { Output } from './output.ts'

/** Every harness by its name. */
export const HARNESSES: Readonly<Record<HarnessName, Harness>> = {
  'google-benchmark': googleBenchmark,
  lines,
}

/** The harness whose output this is; undefined for an output that none knows as its own. */
export function recognise(output: Output): Harness | undefined {
  return HARNESS_NAMES.map(name => HARNESSES[name]).find(harness => harness.recognises(output))
}

/** The harness that a command line names, such as `cargo bench`; undefined when the output has to say. */
export function ownerOf(command: string): Harness | undefined {
  return HARNESS_NAMES.map(name => HARNESSES[name]).find(harness => harness.ownsCommand?.(command))
}

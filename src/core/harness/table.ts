import { HARNESS_NAMES, type HarnessName } from '../model/harness-name.ts'
import { asv } from './asv.ts'
import { bencher } from './bencher.ts'
import { catch2 } from './catch2.ts'
import { criterion } from './criterion.ts'
import { divan } from './divan.ts'
import { goTest } from './go-test.ts'
import { googleBenchmark } from './google-benchmark.ts'
import type { Harness } from './harness.ts'
import { hyperfine } from './hyperfine.ts'
import { jmh } from './jmh.ts'
import { libtest } from './libtest.ts'
import { lines } from './lines.ts'
import { customJson, jsonLines } from './named-values.ts'
import { nanobench } from './nanobench.ts'
import type { Output } from './output.ts'
import { pyperf } from './pyperf.ts'
import { pytestBenchmark } from './pytest-benchmark.ts'
import { tinybench } from './tinybench.ts'
import { vitest } from './vitest.ts'

/** Every harness by its name. */
export const HARNESSES: Readonly<Record<HarnessName, Harness>> = {
  'google-benchmark': googleBenchmark,
  catch2,
  nanobench,
  criterion,
  divan,
  libtest,
  go: goTest,
  'pytest-benchmark': pytestBenchmark,
  pyperf,
  asv,
  hyperfine,
  jmh,
  vitest,
  tinybench,
  'github-action-benchmark': customJson,
  bencher,
  'json-lines': jsonLines,
  lines,
}

/** The harness whose output this is; undefined for an output that none knows as its own. */
export function recognise(output: Output): Harness | undefined {
  return HARNESS_NAMES.map(name => HARNESSES[name]).find(harness => harness.recognises(output))
}

/** The harness that a command line names, such as `go test -bench`; undefined when the output has to say. */
export function ownerOf(command: string): Harness | undefined {
  return HARNESS_NAMES.map(name => HARNESSES[name]).find(harness => harness.ownsCommand?.(command))
}

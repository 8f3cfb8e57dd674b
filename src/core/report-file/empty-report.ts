import { DEFAULT_POLICIES } from '../decision/policy.ts'
import type { Report } from '../model/report.ts'
import { VERSION } from '../version.ts'

/** What is known of a run that measured nothing. */
export interface NothingMeasured
  extends Pick<Report, 'pull' | 'run' | 'key' | 'shard' | 'errors' | 'startedAt' | 'seconds'> {
  /** The commit that was to be judged. */
  readonly head: string
}

/** The isolation of a run that got as far as no job. */
export const NOTHING_WAS_RUN = 'nothing was run'

/** The report of a run that did not get as far as one of its own: an error, never a pass. */
export function emptyReport({ head, ...known }: NothingMeasured): Omit<Report, 'sentence'> {
  return {
    schema: 1,
    verdict: 'error',
    tool: { name: 'perf-verdict', version: VERSION },
    base: { sha: '' },
    head: { sha: head },
    ...known,
    seed: 0,
    alpha: 0.01,
    limitations: [],
    notes: [],
    policies: DEFAULT_POLICIES,
    machine: {},
    host: { knobs: [], isolation: NOTHING_WAS_RUN },
    benchmarks: [],
  }
}

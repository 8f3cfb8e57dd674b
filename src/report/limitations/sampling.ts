import type { Limitation } from '../../core/model/report.ts'
import type { Side } from '../../core/model/side.ts'

/** What the report says of samples that are missing or weak. */

/** A recording has no samples; the failure continues "the benchmark …". */
export const noSamples = (side: Side, failure: string | undefined): Limitation => ({
  what: `perf record took no samples on ${side}${failure === undefined ? '' : `: the benchmark ${failure}`}.`,
  instead: 'Hot functions are not known.',
})

/** Too few samples to rank functions. */
export const fewSamples = (samples: number, enough: number): Limitation => ({
  what: `perf record took only ${samples} samples; ${enough} are needed to rank hot functions.`,
  instead: 'Shares of less hot functions are rough; a longer benchmark gives more samples.',
})

/** perf sampled by another event than it was asked for. */
export const otherEvent = (asked: string, recorded: string): Limitation => ({
  what: `perf was asked to sample ${asked} and recorded ${recorded}.`,
  instead: `The shares are those of ${recorded}.`,
})

/** Files that samples are in cannot be read any more. */
export const unreadFiles = (files: readonly string[]): Limitation => ({
  what: `${files.length === 1 ? 'One sampled file is' : `${files.length} sampled files are`} no longer readable as ELF: ${files.slice(0, 3).join(', ')}.`,
  instead: 'Their addresses are offsets in the file.',
})

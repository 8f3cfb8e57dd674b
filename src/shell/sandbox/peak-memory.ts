import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from '../../core/sandbox/place.ts'
import { readUntrusted } from '../files/untrusted-file.ts'
import type { JobOutcome } from '../ports/ports.ts'

/** In the scratch folder of the place, where the job could write it too: like the values that a benchmark prints, it is the job's own word. */
const FILE = 'perf-verdict-peak'

/**
 * The words that start a job under GNU time, which waits for it and writes down its `ru_maxrss` (getrusage(2)). They stand before the shell
 * that waits for the clock, so that starting them is not timed; what is timed is that it writes one line and ends.
 */
export function underTime(time: string, { inside }: Place): readonly string[] {
  return [time, '-q', '-f', '%M', '-o', `${inside.scratch}/${FILE}`, '--']
}

/** Runs a job that is started so, and adds what was written down. */
export async function withPeak(place: Place, run: () => Promise<JobOutcome>): Promise<JobOutcome> {
  const file = join(place.scratch, FILE)
  await rm(file, { recursive: true, force: true })
  const outcome = await run()
  const line = ((await readUntrusted(place.scratch, FILE, 4096)) ?? '').trimEnd().split('\n').at(-1)
  const kibibytes = /^\d{1,12}$/.test(line ?? '') ? Number(line) : 0
  return kibibytes > 0 ? { ...outcome, peakBytes: kibibytes * 1024 } : outcome
}

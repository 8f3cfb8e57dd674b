import { setTimeout as sleep } from 'node:timers/promises'
import type { Timing } from '../../src/shell/github/request.ts'

/** Time that passes only when somebody sleeps, and is over at once. */
export interface FakeTiming extends Timing {
  readonly slept: readonly number[]
}

export function fakeTiming(startSeconds = 1_800_000_000): FakeTiming {
  const slept: number[] = []
  let now = startSeconds
  return {
    slept,
    epochSeconds: () => now,
    sleep: async seconds => {
      slept.push(seconds)
      now += seconds
    },
  }
}

/** Time that passes fifty times as fast, for many at once that wait for each other. */
export function quickTiming(): Timing {
  const start = performance.now()
  return {
    epochSeconds: () => 1_800_000_000 + ((performance.now() - start) / 1000) * FASTER,
    sleep: async seconds => await sleep((seconds * 1000) / FASTER),
  }
}

const FASTER = 50

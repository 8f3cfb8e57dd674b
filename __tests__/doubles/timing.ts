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

/** The benchmark harnesses whose output is read, as users write them. */
export const HARNESS_NAMES = ['google-benchmark', 'lines'] as const

export type HarnessName = (typeof HARNESS_NAMES)[number]

/** How a command line is changed for its harness: to print all digits, to run shortly, to run some results only. */
export type HarnessVerb = 'print' | 'short' | 'select'

/** The benchmark harnesses whose output is read, as users write them. An output is recognised by the first that knows it as its own. */
export const HARNESS_NAMES = [
  'google-benchmark',
  'catch2',
  'nanobench',
  'criterion',
  'divan',
  'libtest',
  'go',
  'pytest-benchmark',
  'pyperf',
  'asv',
  'hyperfine',
  'jmh',
  'vitest',
  'tinybench',
  'github-action-benchmark',
  'bencher',
  'json-lines',
  'lines',
] as const

export type HarnessName = (typeof HARNESS_NAMES)[number]

/** How a command line is changed for its harness: to print all digits, to run shortly, to run some results only. */
export type HarnessVerb = 'print' | 'short' | 'select'

import type { AnnotatedCode } from '../../src/core/model/annotated-code.ts'
import type { Counts } from '../../src/core/model/counters.ts'
import type { Cause, Flame, HotFunction, HotPlace, Suspect } from '../../src/core/model/explanation.ts'
import type { BenchmarkReport, Report } from '../../src/core/model/report.ts'
import type { LayoutTrial } from '../../src/core/model/trials.ts'
import { setsTouched, unitsSpanned } from '../../src/core/processor/cache-lines.ts'
import { trialSentence } from '../../src/report/words/layout-trial.ts'
import { verdictSentence } from '../../src/report/words/sentence.ts'
import { aSeries, spread } from './series.ts'

/** A whole report around the benchmarks given; its sentence is made from them unless given. */
export function aReport(overrides: Partial<Report> = {}): Report {
  const report: Report = {
    schema: 1,
    verdict: 'pass',
    sentence: '',
    tool: { name: 'perf-verdict', version: '0.1.0' },
    base: { sha: '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d', title: 'Speed up dict lookups' },
    head: { sha: '99aabbccddeeff00112233445566778899aabbcc', title: 'Colour the traceback' },
    pull: { number: 12, repository: 'example/interpreter' },
    run: { url: 'https://github.com/example/interpreter/actions/runs/7', number: 41, attempt: 1 },
    seed: 20_161_119,
    alpha: 0.01,
    startedAt: '2026-11-22T10:00:00.000Z',
    seconds: 252,
    limitations: [],
    notes: [],
    errors: [],
    machine: {
      cpu: 'AMD EPYC 7543 32-Core Processor',
      kernel: '6.12.9',
      compiler: 'gcc 12.2.0',
      l1i: '32768,8,64',
    },
    host: {
      knobs: [
        { name: 'governor', found: 'schedutil', set: 'performance', restored: true },
        { name: 'turbo', found: '1', set: '0', restored: true },
        { name: 'smt', why: 'other jobs use this machine' },
      ],
      isolation: 'uid+pidns',
      cpus: '3',
    },
    benchmarks: [],
    ...overrides,
  }
  return overrides.sentence === undefined ? { ...report, sentence: verdictSentence(report) } : report
}

/** One benchmark with 41 rounds that did not change, unless told otherwise. */
export function aBenchmark(overrides: Partial<BenchmarkReport> = {}): BenchmarkReport {
  return {
    name: 'json_dumps',
    unit: 's',
    threshold: 0.05,
    better: 'lower',
    metric: 'time',
    decision: 'unchanged',
    base: aSeries(0.0124, 0.02, 82, 5),
    head: aSeries(0.01244, 0.02, 123, 6),
    change: { ratio: 1.003, low: 0.993, high: 1.012, confidence: 0.98 },
    control: { ratio: 1.001, low: 0.991, high: 1.011, fit: true },
    rounds: 41,
    detectable: 1.061,
    ...overrides,
  }
}

/** A benchmark that got slower (or, below 1, faster) by a ratio, from a median of 17 ms. */
export function aChange(ratio: number, overrides: Partial<BenchmarkReport> = {}): BenchmarkReport {
  return aBenchmark({
    name: 'call_method',
    decision: ratio > 1 ? 'slower' : 'faster',
    base: aSeries(0.017, 0.012, 82, 1),
    head: aSeries(0.017 * ratio, 0.014, 123, 2),
    change: { ratio, low: ratio * 0.993, high: ratio * 1.008, confidence: 0.98 },
    control: { ratio: 1.001, low: 0.991, high: 1.011, fit: true, samples: spread(0.01702, 0.012, 41, 4) },
    ...overrides,
  })
}

export function aCause(kind: Cause['kind'], overrides: Partial<Cause> = {}): Cause {
  return { kind, confidence: 'shown', because: [], against: [], ...overrides }
}

/** The counters of the 2016 story on a Xeon X5680, as published (vstinner, Analysis of a Python performance issue). */
export const STORY_COUNTS: { readonly base: Counts; readonly head: Counts } = {
  base: {
    instructions: 29_982_530_201,
    cycles: 12_981_234_867,
    icacheLoads: 10_134_106_571,
    icacheMisses: 10_917_606,
    branches: 5_613_631_616,
    branchMisses: 16_006_564,
    frontEndStalls: 1_460_980_720,
  },
  head: {
    instructions: 30_011_465_614,
    cycles: 20_651_474_102,
    icacheLoads: 10_753_371_258,
    icacheMisses: 848_511_308,
    branches: 5_612_485_730,
    branchMisses: 13_584_136,
    frontEndStalls: 8_480_803_345,
  },
}

export function aSuspect(symbol: string, rank: number, overrides: Partial<Suspect> = {}): Suspect {
  const first = 12 + rank
  return {
    symbol,
    object: 'python',
    rank,
    kind: 'function',
    because: `\`${symbol}\` moved into sets that hold ten hot lines in eight ways.`,
    evidence: {
      from: 0x4c_11c0 + rank * 0x640,
      to: 0x4c_31f0 + rank * 0x1000,
      share: 0.41 / rank,
      mechanism: 'set-conflict',
      sets: { base: [first + 20, first + 21], head: [first, first + 1, first + 2, first + 3] },
      sharedWith: ['PyObject_Call', 'method_call', '_PyEval_EvalFrameDefault', 'function_call'].filter(
        other => other !== symbol,
      ),
      misses: { base: 1_310 * rank, head: Math.round(612_000_000 / rank) },
    },
    ...overrides,
  }
}

const CACHE = { sizeBytes: 32_768, ways: 8, lineBytes: 64 }

/** A place of so many bytes as the examination describes it. */
export function aPlace(share: number, address: number, size: number, section = '.text'): HotPlace {
  const range = { address, size }
  return {
    ...{ share, address, size, section },
    lines: unitsSpanned(range, CACHE.lineBytes),
    pages: unitsSpanned(range, 4096),
    sets: setsTouched(range, CACHE),
  }
}

const HOT: readonly HotFunction[] = [
  ...(
    [
      ['_PyEval_EvalFrameDefault', 0.41, 0x4c_1800, 0x4c_41f0, 24_576],
      ['PyObject_Call', 0.17, 0x4c_9000, 0x4c_9030, 832],
      ['method_call', 0.13, 0x4c_b200, 0x4c_b230, 640],
      ['function_call', 0.08, 0x4c_c3c0, 0x4c_c3f0, 512],
    ] as const
  ).map(([symbol, share, from, to, size]) => ({
    symbol,
    object: 'python',
    base: aPlace(share, from, size),
    head: aPlace(share, to, size),
    state: 'moved' as const,
  })),
  {
    symbol: 'method_cache',
    object: 'python',
    kind: 'data',
    base: aPlace(0.13, 0x8a_0040, 192, '.bss'),
    head: aPlace(0.13, 0x8a_0060, 192, '.bss'),
    state: 'moved',
  },
]

/** A trial of 12 layouts a side that shows placement; its sentence is made from its figures unless given. */
export function aLayoutTrial(overrides: Partial<LayoutTrial> = {}): LayoutTrial {
  const trial = {
    layouts: 12,
    linker: 'mold',
    seeds: Array.from({ length: 12 }, (_, index) => index + 1),
    base: spread(0.0172, 0.02, 12, 21),
    head: spread(0.0173, 0.02, 12, 22),
    ratio: 1.004,
    low: 0.986,
    high: 1.021,
    best: 1.002,
    p: 0.61,
    outcome: 'placement' as const,
    ...overrides,
  }
  return { ...trial, sentence: overrides.sentence ?? trialSentence(trial) }
}

/** Samples of both sides: a loop that calls two functions, one of which costs more on head, and one that is new. */
export function aFlame(): Flame {
  const names = ['main', '_PyEval_EvalFrameDefault', 'PyObject_Call', '_PyTraceback_Add', 'method_call']
  return {
    unit: 'samples',
    totals: { base: 3000, head: 5100 },
    functions: names.map(symbol => ({ symbol, object: 'python' })),
    frames: [
      [-1, 0, 3000, 5100],
      [0, 1, 2900, 5000],
      [1, 2, 1200, 2600],
      [2, 4, 300, 900],
      [1, 3, 0, 120],
    ],
  }
}

/** A hot function's code: an edited line, an instruction more on head, and a cache line that begins between. */
export function anAnnotated(): readonly AnnotatedCode[] {
  return [
    {
      symbol: 'call_method',
      object: 'python',
      machine: 'x86-64',
      from: 0x401000,
      to: 0x401038,
      sources: [
        {
          file: 'Objects/call.c',
          rows: [
            {
              base: { line: 7, count: 1000, text: 'call(f);' },
              head: { line: 7, count: 1000, text: 'call(f);' },
            },
            {
              base: { line: 8, count: 400, text: 'return x;' },
              head: { line: 8, count: 900, text: 'return x + 1;' },
            },
          ],
        },
      ],
      instructions: [
        {
          base: { address: 0x401000, count: 1000, bytes: 'e8 fb 0f 00 00', text: 'call 0x402000', line: 7 },
          head: { address: 0x40103c, count: 1000, bytes: 'e8 fb 0f 00 00', text: 'call 0x402000', line: 7 },
        },
        { head: { address: 0x401041, count: 900, bytes: '83 c0 01', line: 8 }, skipped: 12 },
      ],
    },
  ]
}

/** The story: call_method, 70 % slower because a commit to code that never runs moved three hot functions. */
export function theStory(overrides: Partial<BenchmarkReport> = {}): BenchmarkReport {
  return aChange(1.702, {
    counters: {
      source: 'perf',
      ...STORY_COUNTS,
      instructionSpread: 0.0004,
      geometry: { l1i: '32768,8,64', l1d: '32768,8,64', ll: '268435456,16,64', from: 'sysfs' },
    },
    cause: aCause('placement', {
      because: [
        'All 14 hot functions have the same machine code on both sides.',
        'Instructions differ by 0.1 %, within the 0.5 % that counts as the same work.',
        'Instruction-cache misses rose from 0.36 to 28.3 per thousand instructions.',
        'Three hot functions are now in cache sets that hold ten hot lines in eight ways.',
      ],
      against: ['`_PyEval_EvalFrameDefault` alone fills every set, so some crowding was there before.'],
    }),
    hot: HOT,
    flame: aFlame(),
    annotated: anAnnotated(),
    suspects: [
      aSuspect('_PyEval_EvalFrameDefault', 1),
      aSuspect('PyObject_Call', 2),
      aSuspect('method_call', 3),
    ],
    displacers: [
      {
        symbol: '_PyTraceback_Add',
        object: 'python',
        bytes: 48,
        change: 'grew',
        share: 0,
        source: 'Python/traceback.c:204',
        commits: [{ sha: '99aabbccddeeff00112233445566778899aabbcc', title: 'Colour the traceback' }],
      },
    ],
    touched: [
      { function: '_PyTraceback_Add', file: 'Python/traceback.c', share: 0, from: 'lines' },
      { function: 'tb_displayline', file: 'Python/traceback.c', share: 0, from: 'lines' },
    ],
    trials: { layout: aLayoutTrial() },
    ...overrides,
  })
}

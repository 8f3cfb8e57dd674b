import { DEFAULT_POLICIES } from '../../src/core/decision/policy.ts'
import type { BenchmarkReport, Report } from '../../src/core/model/report.ts'
import { formatChange } from '../../src/report/text/format.ts'
import { remedyResult } from '../../src/report/words/remedy.ts'
import { aBenchmark, aCause, aChange, aLayoutTrial, aReport, aSuspect, theStory } from './reports.ts'
import { aSeries, numbers, spread } from './series.ts'

const SIMULATED = {
  what: 'This machine has no hardware counters (a virtual machine without a PMU).',
  instead: 'Instructions and cache misses were simulated by callgrind.',
}

const geometry = { l1i: '32768,8,64', l1d: '32768,8,64', ll: '33554432,16,64', from: 'sysfs' }

const likelyPlacement = theStory({
  name: 'dispatch',
  change: { ratio: 1.318, low: 1.297, high: 1.341, confidence: 0.98 },
  base: aSeries(0.0412, 0.02),
  head: aSeries(0.0543, 0.03, 41, 3),
  counters: {
    source: 'simulated',
    base: { instructions: 402_113_020, icacheMisses: 1_310, dcacheMisses: 10_200, taskClockSeconds: 0.041 },
    head: {
      instructions: 402_113_008,
      icacheMisses: 1_104_220,
      dcacheMisses: 10_190,
      taskClockSeconds: 0.054,
    },
    instructionSpread: 0,
    summary: 'as many instructions, 843× the icache misses (simulated)',
    geometry,
  },
  cause: aCause('placement', {
    confidence: 'likely',
    because: [
      'All 40 hot functions have the same machine code on both sides.',
      'The same 402 M instructions ran.',
      'Simulated instruction-cache misses rose from 1,310 to 1.10 M.',
    ],
    against: ['No layout trial was possible: the build does not pass its linker flags on.'],
  }),
  suspects: [aSuspect('handle_add', 1), aSuspect('handle_sub', 2)],
  displacers: [
    {
      symbol: 'log_unreachable',
      object: 'bench',
      bytes: 6_144,
      change: 'added',
      share: 0,
      source: 'cold.c:12',
    },
    { symbol: '.rodata', object: 'bench', bytes: -128, change: 'shrank', share: 0 },
  ],
  trials: {},
})

/** The same, with hot code put together by an order file, which cures it. */
const remedied = theStory({
  trials: {
    layout: aLayoutTrial(),
    remedies: [
      remedyResult(
        {
          kind: 'order',
          functions: ['_PyEval_EvalFrameDefault', 'PyObject_Call', 'method_call'],
          objects: [],
        },
        { ratio: 1.004, low: 0.996, high: 1.011 },
        { threshold: 0.05, untreated: 1.71 },
      ),
    ],
  },
})

const work = aChange(1.412, {
  name: 'parse/large.json',
  counters: {
    source: 'perf',
    base: {
      instructions: 4_120_000_000,
      cycles: 1_930_000_000,
      icacheMisses: 310_000,
      branches: 810_000_000,
      branchMisses: 2_100_000,
    },
    head: {
      instructions: 5_810_000_000,
      cycles: 2_740_000_000,
      icacheMisses: 322_000,
      branches: 1_130_000_000,
      branchMisses: 2_180_000,
    },
    summary: '41 % more instructions, 42 % more cycles',
  },
  cause: aCause('work', {
    because: [
      'The machine code of `parse_string` changed, and 1.61 of the 1.69 G more instructions run in it.',
      'The change touches `parse_string` in `src/parse.c`.',
    ],
    against: ['Two hot functions moved as well, without more misses.'],
  }),
  hot: [
    {
      symbol: 'parse_string',
      object: 'bench',
      base: { share: 0.31, address: 4_198_848, size: 880, instructions: 1_270_000_000 },
      head: { share: 0.49, address: 4_198_912, size: 1_210, instructions: 2_880_000_000 },
      state: 'changed',
    },
    {
      symbol: 'parse_value',
      object: 'bench',
      base: { share: 0.22, address: 4_200_000, size: 640, instructions: 900_000_000 },
      head: { share: 0.16, address: 4_200_400, size: 640, instructions: 910_000_000 },
      state: 'moved',
    },
  ],
  touched: [
    { function: 'parse_string', file: 'src/parse.c', share: 0.49, from: 'lines', line: 212 },
    { function: 'usage', file: 'src/main.c', share: 0, from: 'lines', line: 9 },
  ],
  trials: {
    layout: aLayoutTrial({
      base: spread(0.0171, 0.015, 12, 5),
      head: spread(0.0241, 0.015, 12, 6),
      ratio: 1.409,
      low: 1.391,
      high: 1.427,
      best: 1.402,
      p: 0.00003,
      outcome: 'real',
    }),
  },
})

const codegen = aChange(1.052, {
  name: 'm68k_step',
  threshold: 0.03,
  counters: {
    source: 'perf',
    base: { instructions: 910_000_000, cycles: 401_000_000, icacheMisses: 20_100 },
    head: { instructions: 959_000_000, cycles: 422_000_000, icacheMisses: 20_300 },
    summary: '5.4 % more instructions, 5.2 % more cycles',
  },
  cause: aCause('codegen', {
    confidence: 'likely',
    because: [
      'The machine code of `execute_opcode` changed although no line of its source did.',
      '`read_effective_address` is no longer inlined into it.',
    ],
  }),
  hot: [
    {
      symbol: 'execute_opcode',
      object: 'bench',
      base: { share: 0.61, address: 4_198_848, size: 9_880, instructions: 560_000_000 },
      head: { share: 0.58, address: 4_198_848, size: 8_010, instructions: 561_000_000 },
      state: 'changed',
    },
    {
      symbol: 'read_effective_address',
      object: 'bench',
      head: { share: 0.07, address: 4_219_000, size: 320, instructions: 48_000_000 },
      state: 'new',
    },
  ],
  touched: [{ function: 'read_effective_address', file: 'src/ea.c', share: 0.07, from: 'hunks', line: 40 }],
})

const memory = aChange(1.61, {
  name: 'matrix',
  counters: {
    source: 'simulated',
    base: { instructions: 120_004_000, icacheMisses: 940, dcacheMisses: 1_610 },
    head: { instructions: 120_004_100, icacheMisses: 941, dcacheMisses: 402_000 },
    summary: 'as many instructions, 250× the data-cache misses (simulated)',
    geometry,
  },
  cause: aCause('memory', {
    because: [
      'Data-cache misses rose from 1,610 to 402 k (simulated).',
      'The hot table `weights` moved by 4,096 bytes.',
    ],
  }),
  suspects: [
    aSuspect('weights', 1, {
      kind: 'data',
      because: 'It is in the same data-cache sets as `inputs`.',
      evidence: {
        from: 4_231_168,
        to: 4_235_264,
        share: 0.44,
        mechanism: 'data-set-conflict',
        sets: { base: [3], head: [0] },
        sharedWith: ['inputs'],
        misses: { base: 12, head: 201_000 },
      },
    }),
  ],
})

const branches = aChange(1.24, {
  name: 'sort_random',
  counters: {
    source: 'perf',
    base: { instructions: 2_000_000_000, branches: 410_000_000, branchMisses: 390_000 },
    head: { instructions: 2_004_000_000, branches: 411_000_000, branchMisses: 33_100_000 },
    summary: 'as many instructions, 84.9× the branch misses',
  },
  cause: aCause('branches', {
    because: ['Branch misses rose 85-fold while instructions stayed.'],
    against: ['`partition` moved by 32 bytes.'],
  }),
})

const mixed = aChange(2.31, {
  name: 'render/tree',
  cause: aCause('mixed', {
    placementShare: 0.49,
    because: [
      '`render_node` changed and runs 31 % more instructions.',
      'In random layouts head is 67 % slower, as built 131 %.',
    ],
  }),
  trials: {
    layout: aLayoutTrial({
      base: spread(0.0172, 0.02, 12, 8),
      head: spread(0.0288, 0.06, 12, 9),
      ratio: 1.67,
      low: 1.61,
      high: 1.74,
      best: 1.66,
      outcome: 'mixed',
    }),
    remedies: [
      remedyResult(
        { kind: 'align', flags: ['-falign-functions=64'] },
        { ratio: 1.68, low: 1.63, high: 1.73 },
        { threshold: 0.05, untreated: 2.05 },
      ),
    ],
  },
})

const unexplained = aChange(1.087, {
  name: 'compress',
  cause: aCause('unexplained', {
    confidence: 'likely',
    because: ['All hot bodies are the same.'],
    against: ['Nothing hot moved.', 'No counter differs.'],
  }),
})

const lucky = aChange(0.74, {
  name: 'dispatch',
  cause: aCause('placement', {
    confidence: 'likely',
    because: ['The same code runs, and 40 hot functions moved.'],
  }),
})

const undecided = aBenchmark({
  name: 'startup',
  decision: 'undecided',
  change: { ratio: 1.041, low: 0.979, high: 1.108, confidence: 0.98 },
  detectable: 1.118,
  rounds: 60,
  reason:
    'After 60 rounds its budget of 60 s ended: the change is +4.1 %, −2.1 … +10.8 %, which does not settle the threshold of 5 %; these rounds could have shown a slowdown of 11.8 %; raise the budget or quiet the machine.',
})

const unfit = aBenchmark({
  name: 'hash_map',
  decision: 'undecided',
  control: { ratio: 1.082, low: 1.061, high: 1.104, fit: false },
  reason:
    'The control, base against a second copy of base, shows a change beyond 5 % (+8.2 %, +6.1 … +10.4 %), so this machine cannot judge it now; quiet the machine and measure again.',
})

function bare(
  name: string,
  decision: BenchmarkReport['decision'],
  overrides: Partial<BenchmarkReport> = {},
): BenchmarkReport {
  const {
    base: _base,
    head: _head,
    change: _change,
    control: _control,
    detectable: _detectable,
    ...rest
  } = aBenchmark({ name, decision, rounds: 0 })
  return { ...rest, ...overrides }
}

const crashed = bare('fuzz_corpus', 'unmeasured', {
  fault: { side: 'head', kind: 'crash' },
  reason: 'Head was killed by SIGSEGV in round 1; run `./bench fuzz_corpus` on head to see it.',
})

function quietTable(count: number): readonly BenchmarkReport[] {
  const next = numbers(count)
  return Array.from({ length: count }, (_, index) => {
    const ratio = Number((0.99 + next() * 0.02).toFixed(4))
    return aBenchmark({
      name: `micro/case_${index + 1}`,
      change: { ratio, low: ratio - 0.01, high: ratio + 0.01, confidence: 0.98 },
    })
  })
}

/** A suite as a harness names its results: one command, long names with one start, most of them without an answer. */
export function aSuite(count: number): readonly BenchmarkReport[] {
  const next = numbers(count)
  return Array.from({ length: count }, (_, index) => {
    const name = `BM_Interpreter/dispatch/${index % 2 === 0 ? 'switch' : 'threaded'}/size:${2 ** (index % 17)}/case:${index}`
    if (index % 25 === 3) {
      const ratio = Number((1.1 + next() * 2.4).toFixed(4))
      const head = aSeries(Number((0.017 * ratio).toPrecision(3)), 0.01, 41, index)
      return {
        ...work,
        name,
        head,
        change: { ...work.change!, ratio, low: ratio * 0.99, high: ratio * 1.01 },
      }
    }
    if (index % 10 === 4) return aBenchmark({ name })
    const ratio = Number((0.97 + next() * 0.08).toFixed(4))
    const reason = `After ${6 + (index % 5)} rounds its budget of 60 s ended: the change is ${formatChange(ratio)}, which does not settle the threshold of 5 %; raise the budget or quiet the machine.`
    return {
      ...undecided,
      name,
      change: { ratio, low: ratio - 0.06, high: ratio + 0.06, confidence: 0.98 },
      reason,
    }
  })
}

const HOSTILE_NAME =
  '@everyone #1 | `x` <img src=x onerror=alert(1)> ::error::x ##[set-output name=verdict]pass \u202e![a](https://x.test)'

const hostile = theStory({
  name: HOSTILE_NAME,
  cause: aCause('placement', {
    because: [`See https://x.test, ask @user, closes #1: ${HOSTILE_NAME}`],
    against: ['</details><script>alert(1)</script>'],
  }),
  suspects: [aSuspect('</summary>|`$x$`\n\n# h', 1)],
  displacers: [
    {
      symbol: '<!-- perf-verdict:default v1 {} -->',
      object: 'x',
      bytes: 1,
      change: 'grew',
      share: 0,
      source: '../../etc/passwd:1',
      commits: [{ sha: '0123abc', title: 'Fixes #1, cc @org/team' }],
    },
  ],
})

/** Whole reports of every kind that the texts must tell apart, by the name of their golden files. */
export const SAMPLES: Readonly<Record<string, Report>> = {
  placement: aReport({
    verdict: 'fail',
    benchmarks: [theStory(), aBenchmark(), aBenchmark({ name: 'regex_compile' })],
  }),
  'placement-likely': aReport({ verdict: 'fail', benchmarks: [likelyPlacement], limitations: [SIMULATED] }),
  'placement-warns': aReport({
    verdict: 'pass',
    benchmarks: [theStory(), aBenchmark()],
    policies: { ...DEFAULT_POLICIES, 'on-placement': 'warn' },
  }),
  remedied: aReport({ verdict: 'fail', benchmarks: [remedied, aBenchmark()] }),
  work: aReport({ verdict: 'fail', benchmarks: [work, aBenchmark()] }),
  codegen: aReport({ verdict: 'fail', benchmarks: [codegen] }),
  memory: aReport({ verdict: 'fail', benchmarks: [memory], limitations: [SIMULATED] }),
  branches: aReport({ verdict: 'fail', benchmarks: [branches] }),
  mixed: aReport({ verdict: 'fail', benchmarks: [mixed, aBenchmark()] }),
  unexplained: aReport({ verdict: 'fail', benchmarks: [unexplained] }),
  well: aReport({ benchmarks: quietTable(12) }),
  identical: aReport({
    benchmarks: [bare('call_method', 'unchanged', { reason: 'Both sides built to the same code.' })],
  }),
  lucky: aReport({
    benchmarks: [
      lucky,
      aBenchmark(),
      bare('added', 'new', { head: aSeries(0.004), reason: 'Base has no such benchmark.' }),
    ],
  }),
  undecided: aReport({ verdict: 'undecided', benchmarks: [undecided, aBenchmark()] }),
  unfit: aReport({
    verdict: 'undecided',
    benchmarks: [unfit, undecided, aBenchmark()],
    notes: ['The pull request changes `.github/perf-verdict.yml`; the file of the base was used.'],
  }),
  broken: aReport({
    verdict: 'fail',
    benchmarks: [
      crashed,
      aBenchmark(),
      bare('old_case', 'removed', { base: aSeries(0.002), reason: 'Head has no such benchmark.' }),
    ],
  }),
  'build-failed': aReport({
    verdict: 'fail',
    seconds: 31,
    errors: [
      {
        what: 'The build of the head side exited with code 2: make -j2 bench.',
        detail:
          'cc -O2 -c parse.c\n\u001b[31mparse.c:12:3: error: expected ‘;’ before ‘return’\u001b[0m\n```\n</details> @everyone ##[error]x\n::error::x\nmake: *** [Makefile:7: parse.o] Error 1',
      },
    ],
  }),
  many: aReport({
    verdict: 'fail',
    benchmarks: [theStory(), work, unexplained, lucky, undecided, crashed, ...quietTable(34)],
    limitations: [SIMULATED],
  }),
  suite: aReport({ verdict: 'fail', benchmarks: aSuite(100) }),
  throughput: aReport({
    verdict: 'fail',
    benchmarks: [
      aBenchmark({
        name: 'server',
        unit: 'requests/s',
        better: 'higher',
        decision: 'slower',
        base: aSeries(51_200),
        head: aSeries(44_100),
        change: { ratio: 0.861, low: 0.851, high: 0.872, confidence: 0.98 },
      }),
      aBenchmark({
        name: 'counted',
        unit: 'instructions',
        metric: 'instructions',
        threshold: 0.01,
        decision: 'slower',
        base: aSeries(402_113_020, 0),
        head: aSeries(420_113_020, 0),
        change: { ratio: 1.0448, low: 1.0448, high: 1.0448, confidence: 0.75 },
      }),
    ],
  }),
  hostile: aReport({
    verdict: 'fail',
    benchmarks: [hostile],
    base: { sha: '1a2b3c4d', title: HOSTILE_NAME },
  }),
}

import { z } from 'zod'
import { METRIC_NAMES } from '../model/metric.ts'

/** The parts of `report.json` that belong to one benchmark, as a hostile file may hold them: every text and list has a limit. */

/** A name, a path or a sentence. */
export const text = z.string().max(10_000)
/** Any finite number; JSON has no other, but `1e999` parses to infinity. */
export const finite = z.number()
export const count = z.number().min(0)
const share = z.number().min(0).max(1)
export const whole = z.number().int().min(0)

export const list = <Item extends z.ZodType>(item: Item, most = 1_000) => z.array(item).max(most).readonly()
export const record = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).readonly()

const samples = list(finite, 20_000)
const optional = <Value extends z.ZodType>(value: Value) => value.exactOptional()

const series = record({ median: finite, samples, step: optional(count), digit: optional(count) })

const control = record({
  ratio: count,
  low: optional(count),
  high: optional(count),
  fit: z.boolean(),
  samples: optional(samples),
})

const counts = record({
  instructions: optional(count),
  cycles: optional(count),
  icacheLoads: optional(count),
  icacheMisses: optional(count),
  dcacheMisses: optional(count),
  secondLevelMisses: optional(count),
  branches: optional(count),
  branchMisses: optional(count),
  itlbMisses: optional(count),
  frontEndStalls: optional(count),
  backEndStalls: optional(count),
  uopCacheMisses: optional(count),
  slots: optional(count),
  retiredSlots: optional(count),
  badSpeculationSlots: optional(count),
  frontEndSlots: optional(count),
  backEndSlots: optional(count),
  taskClockSeconds: optional(count),
  pageFaults: optional(count),
  contextSwitches: optional(count),
  migrations: optional(count),
})

const counters = record({
  source: z.enum(['perf', 'simulated', 'none']),
  base: counts,
  head: counts,
  iterations: optional(count),
  fixedWork: optional(z.boolean()),
  instructionSpread: optional(count),
  summary: optional(text),
  events: optional(list(record({ role: text, event: optional(text), why: optional(text) }))),
  geometry: optional(record({ l1i: text, l1d: text, ll: text, from: text })),
})

const place = record({
  share,
  address: count,
  size: count,
  section: optional(text),
  // A hostile symbol may cover more lines than a whole number can be exact for.
  lines: optional(count),
  pages: optional(count),
  sets: optional(list(whole, 65_536)),
  instructions: optional(count),
  icacheMisses: optional(count),
})

const hotFunction = record({
  symbol: text,
  object: text,
  kind: optional(z.enum(['function', 'data'])),
  base: optional(place),
  head: optional(place),
  state: z.enum(['same', 'moved', 'changed', 'new', 'gone']),
  inlined: optional(list(record({ symbol: text, base: optional(share), head: optional(share) }))),
})

const flame = record({
  unit: z.enum(['instructions', 'samples']),
  totals: record({ base: count, head: count }),
  functions: list(record({ symbol: text, object: text }), 1_000),
  frames: list(z.tuple([z.number().int().min(-1), whole, count, count]).readonly(), 1_000),
})

const instruction = record({
  address: count,
  count,
  icacheMisses: optional(count),
  bytes: text,
  text: optional(text),
  line: optional(whole),
})

const sourceLine = record({ line: whole, count, text: optional(text) })

const annotatedCode = record({
  symbol: text,
  object: text,
  machine: z.enum(['x86-64', 'aarch64', 'other']),
  from: optional(count),
  to: optional(count),
  instructions: list(
    record({ base: optional(instruction), head: optional(instruction), skipped: optional(whole) }),
  ),
  sources: list(
    record({
      file: text,
      rows: list(
        record({ base: optional(sourceLine), head: optional(sourceLine), skipped: optional(whole) }),
      ),
    }),
  ),
})

const figure = z.union([finite, z.boolean(), text, list(text), list(finite)])

const sign = record({ rule: text, supports: z.boolean(), figures: z.record(text, figure).readonly() })

const cause = record({
  kind: z.enum(['work', 'codegen', 'memory', 'branches', 'placement', 'mixed', 'unexplained']),
  confidence: z.enum(['shown', 'likely']),
  because: list(text),
  against: list(text),
  signs: optional(list(sign)),
  through: optional(list(text)),
  placementShare: optional(share),
})

const perSide = <Value extends z.ZodType>(value: Value) => record({ base: value, head: value })

const suspect = record({
  symbol: text,
  object: text,
  rank: whole,
  kind: z.enum(['function', 'data']),
  because: text,
  evidence: record({
    from: count,
    to: count,
    share,
    mechanism: z.enum(['set-conflict', 'alignment', 'data-set-conflict', 'straddle', 'moved']),
    sets: optional(perSide(list(whole, 65_536))),
    sharedWith: optional(list(text)),
    misses: optional(perSide(count)),
    lineOffset: optional(perSide(count)),
  }),
})

const displacer = record({
  symbol: text,
  object: text,
  bytes: finite,
  change: z.enum(['grew', 'shrank', 'added', 'removed', 'reordered', 'padding']),
  share,
  source: optional(text),
  commits: optional(list(record({ sha: text, title: text }))),
})

const touched = record({
  function: text,
  file: text,
  share,
  from: z.enum(['lines', 'sizes', 'hunks', 'sources']),
  inlinedIn: optional(text),
  through: optional(text),
  line: optional(whole.min(1)),
})

const layoutTrial = record({
  question: optional(z.enum(['slowdown', 'speed-up', 'hidden-work'])),
  asBuilt: optional(finite),
  layouts: whole,
  linker: text,
  seeds: list(finite),
  base: list(finite),
  head: list(finite),
  ratio: finite,
  low: finite,
  high: finite,
  best: finite,
  p: finite,
  outcome: z.enum(['real', 'placement', 'mixed', 'inconclusive']),
  sentence: text,
})

const remedyTrial = record({
  kind: optional(z.enum(['order', 'align'])),
  remedy: text,
  ratio: finite,
  low: finite,
  high: finite,
  cured: z.boolean(),
  helps: optional(z.boolean()),
  sentence: text,
})

/** One row of `benchmarks`. */
export const benchmarkSchema = record({
  name: text,
  unit: text,
  threshold: count,
  floor: optional(count),
  better: z.enum(['lower', 'higher']),
  metric: z.enum(METRIC_NAMES),
  decision: z.enum(['slower', 'faster', 'unchanged', 'undecided', 'masked', 'unmeasured', 'new', 'removed']),
  reason: optional(text),
  base: optional(series),
  head: optional(series),
  change: optional(record({ ratio: count, low: count, high: count, confidence: share })),
  control: optional(control),
  cpuTime: optional(
    record({
      base: count,
      head: count,
      busyCpus: record({ base: count, head: count }),
      change: optional(record({ ratio: count, low: count, high: count, confidence: share })),
      shows: z.enum(['slower', 'faster', 'unchanged', 'undecided']),
    }),
  ),
  other: optional(
    record({
      how: z.enum(['as-built', 'over-layouts']),
      gateOn: z.enum(['as-built', 'layouts', 'both']),
      decision: z.enum(['slower', 'faster', 'unchanged', 'undecided', 'unmeasured']),
      reason: optional(text),
      change: optional(record({ ratio: count, low: count, high: count, confidence: share })),
      base: optional(series),
      head: optional(series),
      control: optional(control),
      rounds: whole,
      lostRounds: optional(whole),
      linker: optional(text),
    }),
  ),
  prints: optional(record({ base: optional(text), head: optional(text) })),
  trend: optional(
    record({
      levels: list(finite, 100),
      since: optional(record({ called: text, ratio: finite })),
      link: optional(text),
    }),
  ),
  fault: optional(
    record({ side: z.enum(['base', 'head', 'both']), kind: text, lastLines: optional(list(text, 20)) }),
  ),
  accepted: optional(record({ by: text, reason: text, bound: finite, on: optional(text) })),
  luck: optional(record({ commit: text, title: text, ratio: finite, net: finite, excused: z.boolean() })),
  repeat: optional(text),
  untouched: optional(z.literal(true)),
  rounds: whole,
  lostRounds: optional(whole),
  detectable: optional(count),
  counters: optional(counters),
  cause: optional(cause),
  hot: optional(list(hotFunction, 10_000)),
  flame: optional(flame),
  annotated: optional(list(annotatedCode, 10)),
  suspects: optional(list(suspect)),
  displacers: optional(list(displacer)),
  touched: optional(list(touched, 10_000)),
  trials: optional(record({ layout: optional(layoutTrial), remedies: optional(list(remedyTrial)) })),
})

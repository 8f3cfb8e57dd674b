import type { Counters, Counts } from '../../../src/core/model/counters.ts'
import type { PerSide } from '../../../src/core/model/side.ts'
import type { HotCode } from '../../../src/core/placement/compare-hot.ts'
import type { Crowding } from '../../../src/core/placement/crowding.ts'
import type { Examination } from '../../../src/core/placement/examine.ts'
import type { LoopMove, LoopPlace } from '../../../src/core/placement/loops.ts'
import type { Move } from '../../../src/core/placement/moves.ts'
import type { ObjectPair } from '../../../src/core/placement/objects.ts'

const cache = { sizeBytes: 32768, ways: 8, lineBytes: 64 }
const object = { name: 'bench', shared: false, functions: empty(), data: empty() } as ObjectPair

function empty() {
  return { headOf: new Int32Array(), baseOf: new Int32Array() }
}

/** One hot function as the rules see it: its counts on both sides and what became of its code. */
export function hot(
  name: string,
  counts: PerSide<number>,
  over: Partial<HotCode> & {
    readonly totals?: PerSide<number>
    readonly dcache?: PerSide<number>
    readonly icache?: PerSide<number>
  } = {},
): HotCode {
  const { totals = { base: 1e6, head: 1e6 }, dcache, icache, ...rest } = over
  const cost = (side: 'base' | 'head') => ({
    count: counts[side],
    share: counts[side] / totals[side],
    icacheMisses: icache?.[side] ?? 0,
    dcacheMisses: dcache?.[side] ?? 0,
    symbol: {
      name,
      kind: 'function' as const,
      address: side === 'base' ? 4096 : 8192,
      size: 64,
      section: 1,
      local: false,
    },
  })
  return {
    object,
    name,
    base: cost('base'),
    head: cost('head'),
    sameness: 'same',
    moved: false,
    state: 'same',
    ...rest,
  }
}

export const moved = { moved: true, state: 'moved' } as const
export const changed = { sameness: 'changed', state: 'changed' } as const

export const calm: Crowding = { score: 0, lines: 40, mostLines: 2, crowded: [] }
export const crowded: Crowding = {
  score: 0.25,
  lines: 40,
  mostLines: 32,
  crowded: [{ set: 3, lines: 32, visits: 1e6, owners: ['op_01'] }],
}

/** What the static analysis would say of two builds, with everything not named at peace. */
export function examination(over: Partial<Examination> & { readonly hot: readonly HotCode[] }): Examination {
  const moves = over.hot
    .filter(code => code.moved)
    .map((code, at) => {
      const [from, to] = [{ address: 4096 }, { address: 8192 + 64 * at }]
      return { symbol: code.name, object: 'bench', share: code.head?.share ?? 0, from, to } as Move
    })
  return {
    exact: true,
    totals: { base: 1e6, head: 1e6 },
    moves,
    loops: [],
    crowding: { base: calm, head: calm },
    data: { moved: [], resized: [], rewritten: [] },
    dataCrowding: { base: calm, head: calm },
    touched: [],
    change: {
      functions: [],
      outside: [],
      build: [],
      other: [],
      ranges: { base: new Map(), head: new Map() },
    },
    resizedShare: 0,
    objects: [object],
    geometry: { l1i: cache, l1d: cache, ll: cache, from: 'input' },
    hazards: [],
    gaps: [],
    ...over,
  }
}

const place = (offset: number, lines = 1): LoopPlace => ({
  address: 4096 + offset,
  bytes: 20,
  offset,
  lines,
  windows: lines,
  splitBranches: 0,
  boundaryBranches: 0,
})

export const loop = (symbol: string, offsets: PerSide<number>, share = 0.9): LoopMove => ({
  symbol,
  object: 'bench',
  share,
  base: place(offsets.base),
  head: place(offsets.head),
})

/** Simulated counters with a million instructions a side unless said otherwise. */
export function simulated(base: Counts, head: Counts): Counters {
  return { source: 'simulated', base: { instructions: 1e6, ...base }, head: { instructions: 1e6, ...head } }
}

/** The recorded counters of CPython's call_method in 2016, fast and slow layout of the same code (vstinner, 2016-11-19). */
export const story: Counters = {
  source: 'perf',
  base: {
    instructions: 29_982_530_201,
    cycles: 12_981_234_867,
    icacheLoads: 10_134_106_571,
    icacheMisses: 10_917_606,
    frontEndStalls: 1_460_980_720,
    branches: 5_613_631_616,
    branchMisses: 16_006_564,
  },
  head: {
    instructions: 30_011_465_614,
    cycles: 20_651_474_102,
    icacheLoads: 10_753_371_258,
    icacheMisses: 848_511_308,
    frontEndStalls: 8_480_803_345,
    branches: 5_612_485_730,
    branchMisses: 13_584_136,
  },
}

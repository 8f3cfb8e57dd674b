import type { ChangedCode, Evidence } from '../../../src/core/evidence/evidence.ts'
import type { Counts } from '../../../src/core/model/counters.ts'
import type { Examination } from '../../../src/core/placement/examine.ts'
import { calm, changed, examination, hot, loop, moved } from './evidence-examples.ts'

/** Evidence while it is put together. */
interface Draft {
  evidence: { -readonly [Key in keyof Evidence]: Evidence[Key] }
  examination: { -readonly [Key in keyof Examination]: Examination[Key] }
  base: { -readonly [Key in keyof Counts]: Counts[Key] }
  head: { -readonly [Key in keyof Counts]: Counts[Key] }
}

/** One observation, as weak as it can be and still be a sign by itself or beside others. */
type Piece = (draft: Draft) => void

const code = (draft: Draft, more: ChangedCode): void => {
  draft.evidence.changed = [...draft.evidence.changed, more]
}
const instructions = (draft: Draft, growth: number): void => {
  draft.evidence.growth = growth
  draft.evidence.explained = growth / (draft.evidence.slowdown - 1)
}
const counts = (draft: Draft, base: Counts, head: Counts): void => {
  Object.assign(draft.base, base)
  Object.assign(draft.head, head)
}
const scored = (score: number) => ({ base: calm, head: { ...calm, score, mostLines: 9 } })
const change = (draft: Draft, more: Partial<Examination['change']>): void => {
  draft.examination.change = { ...draft.examination.change, ...more }
}
const data = (draft: Draft, more: Partial<Examination['data']>): void => {
  draft.examination.data = { ...draft.examination.data, ...more }
}
/** Samples say that a function takes a quarter of the faster side's time more: half of a slowdown by 50 %. */
const sampled = (draft: Draft, name: string, over = {}): void => {
  draft.examination.exact = false
  const shares = hot(name, { base: 200_000, head: 301_000 }, over)
  draft.examination.hot = [...draft.examination.hot, shares]
}

/** Observations by name, for evidence with just these. */
export const PIECES = {
  'instructions explain a quarter of it': draft => instructions(draft, 0.125),
  'instructions explain a twentieth of it': draft => instructions(draft, 0.025),
  'instructions explain all of it': draft => instructions(draft, 0.5),
  'as many instructions': draft => instructions(draft, 0),
  'touched code grew': draft => code(draft, { name: 'touched', growth: 0.25, share: 0.1, touched: 'yes' }),
  'perhaps touched code grew': draft =>
    code(draft, { name: 'perhaps', growth: 0.25, share: 0.1, touched: 'maybe' }),
  'untouched code grew': draft => code(draft, { name: 'untouched', growth: 0.25, share: 0.1, touched: 'no' }),
  'code of unknown source grew': draft =>
    code(draft, { name: 'unknown', growth: 0.25, share: 0.1, touched: 'unknown' }),
  'code of unknown source is hot, and options resized a third of all': draft => {
    code(draft, { name: 'unknown-hot', growth: 0, share: 0.3, touched: 'unknown' })
    change(draft, { options: ['-O0'] })
    draft.examination.resizedShare = 0.3
  },
  'changed code calls more': draft => {
    draft.evidence.calls = [{ caller: 'caller', callee: 'new', on: 'head' }]
  },
  'touched code is hot': draft => code(draft, { name: 'touched-hot', growth: 0, share: 0.3, touched: 'yes' }),
  'perhaps touched code is hot': draft =>
    code(draft, { name: 'perhaps-hot', growth: 0, share: 0.3, touched: 'maybe' }),
  'untouched code is different and hot': draft =>
    code(draft, { name: 'untouched-hot', growth: 0, share: 0.3, touched: 'no' }),
  'untouched code is different and cold': draft =>
    code(draft, { name: 'cold', growth: 0, share: 0.01, touched: 'no' }),
  'the same code ran more often': draft => {
    const more: ChangedCode = { name: 'oftener', growth: 0.25, share: 0.5, touched: 'no' }
    draft.evidence.oftener = [...draft.evidence.oftener, more]
  },
  'a fifth of what was gained allocates': draft => {
    draft.evidence.runtime = {
      families: {
        ...draft.evidence.runtime?.families,
        allocation: { growth: 0.2 * (draft.evidence.growth ?? 0.5), functions: ['malloc'] },
      },
    }
  },
  'a fifth of what was gained copies': draft => {
    draft.evidence.runtime = {
      families: {
        ...draft.evidence.runtime?.families,
        copying: { growth: 0.2 * (draft.evidence.growth ?? 0.5), functions: ['memcpy'] },
      },
    }
  },
  'base built again has other code': draft => {
    const functions = ['unknown', 'cold']
    draft.evidence.rebuilt = {
      files: [{ name: 'bench', difference: { kind: 'byte', at: 8 } }],
      functions,
      moved: false,
    }
  },
  'a call is no longer inlined': draft => {
    draft.evidence.inlined = [{ caller: 'caller', callee: 'callee', lost: true }]
  },
  'a Makefile changed': draft => change(draft, { build: ['Makefile'] }),
  'touched code ran': draft => {
    draft.examination.touched = [{ function: 'run', file: 'a.c', share: 1e-4, from: 'hunks' }]
  },
  'touched code hardly ran': draft => {
    draft.examination.touched = [{ function: 'run', file: 'a.c', share: 1e-5, from: 'hunks' }]
  },
  'the hot code fills the cache': draft => {
    draft.examination.crowding = { base: { ...calm, lines: 356 }, head: { ...calm, lines: 410 } }
  },
  'samples are in touched code': draft => {
    code(draft, { name: 'sampled', growth: 0, share: 0.1, touched: 'yes' })
    sampled(draft, 'sampled', changed)
  },
  'samples are in untouched code': draft => {
    code(draft, { name: 'sampled-too', growth: 0, share: 0.1, touched: 'no' })
    sampled(draft, 'sampled-too', changed)
  },
  'samples are in the allocator': draft => {
    draft.examination.exact = false
    draft.evidence.runtime = {
      families: {
        ...draft.evidence.runtime?.families,
        allocation: { growth: 0.1, functions: ['malloc'] },
      },
    }
  },
  'samples are in code run anew': draft => {
    code(draft, { name: 'calls', growth: 0, share: 0.01, touched: 'yes' })
    draft.examination.exact = false
    draft.examination.hot = [...draft.examination.hot, hot('anew', { base: 0, head: 170_000 })]
  },
  'samples are in an interpreter and a script changed': draft => {
    change(draft, { other: ['run.py'] })
    draft.examination.exact = false
    const code = hot('eval', { base: 200_000, head: 301_000 })
    draft.examination.hot = [...draft.examination.hot, { ...code, object: { ...code.object, shared: true } }]
  },
  'samples are in moved code': draft => {
    sampled(draft, 'sampled-moved', moved)
    draft.examination.moves = examination({ hot: [hot('sampled-moved', { base: 1, head: 1 }, moved)] }).moves
  },
  'the program waits': draft => counts(draft, { taskClockSeconds: 1 }, { taskClockSeconds: 1.15 }),
  'data misses rose': draft => {
    draft.evidence.dcache = { from: 5, to: 5.5 }
  },
  'data misses rose by half': draft => {
    draft.evidence.dcache = { from: 1, to: 1.5 }
  },
  'misses of the second level explain a quarter of it': draft => {
    draft.evidence.secondLevel = { from: 1, to: 2.25 }
  },
  'half of the additional misses are in changed code': draft => {
    draft.evidence.dcacheInChanged = 0.5
  },
  'a function of other code executes as much': draft => {
    draft.evidence.missing = [{ name: 'other', rate: { from: 10, to: 10 } }]
  },
  'a hot object grew': draft => data(draft, { resized: [{ symbol: 'tab', from: 8, to: 16, share: 0.5 }] }),
  'a header changed': draft => change(draft, { outside: ['types.h'] }),
  'half as many page faults more': draft => counts(draft, { pageFaults: 2000 }, { pageFaults: 3000 }),
  'sixteen times the page faults': draft => counts(draft, { pageFaults: 100 }, { pageFaults: 1600 }),
  'the back end stalls': draft =>
    counts(draft, { cycles: 1000, backEndStalls: 100 }, { cycles: 1000, backEndStalls: 151 }),
  'branch misses were counted': draft => {
    draft.evidence.branches = { from: 5, to: 5 }
  },
  'branch misses rose': draft => {
    draft.evidence.branches = { from: 5, to: 6 }
  },
  'branch misses explain a fifth of it': draft => {
    draft.evidence.branches = { from: 5, to: 7.75 }
  },
  'hot data was rewritten': draft => data(draft, { rewritten: ['table'] }),
  'the same code ran': draft => {
    draft.evidence.sameWork = true
    draft.evidence.sameShare = 0.95
  },
  'other code ran too': draft => {
    draft.evidence.sameShare = 0.5
  },
  'hot code moved': draft => {
    draft.evidence.movedShare = 0.1
    draft.examination.moves = examination({ hot: [hot('moved', { base: 1, head: 1 }, moved)] }).moves
  },
  'hot data moved': draft =>
    data(draft, { moved: [{ symbol: 'tab', object: 'bench', share: 0.1 } as never] }),
  'sets are crowded': draft => {
    draft.examination.crowding = scored(0.02)
  },
  'instruction misses rose': draft => {
    draft.evidence.icache = { from: 1, to: 2 }
  },
  'the front end stalls': draft =>
    counts(draft, { cycles: 1000, frontEndStalls: 100 }, { cycles: 1000, frontEndStalls: 151 }),
  'the front end loses slots': draft =>
    counts(draft, { slots: 1000, frontEndSlots: 100 }, { slots: 1000, frontEndSlots: 151 }),
  'wrong guesses lose slots': draft =>
    counts(draft, { slots: 1000, badSpeculationSlots: 100 }, { slots: 1000, badSpeculationSlots: 151 }),
  'a hot loop has another offset': draft => {
    draft.evidence.loops = [loop('walk', { base: 0, head: 16 }, 0.2)]
  },
  'a hot loop covers more lines': draft => {
    const { head, ...rest } = loop('walk', { base: 0, head: 60 }, 0.2)
    draft.evidence.loops = [{ ...rest, head: { ...head, lines: 2, windows: 2 } }]
  },
  'a jump of a hot loop is on a boundary of a processor where that costs': draft => {
    const { head, ...rest } = loop('walk', { base: 0, head: 16 }, 0.2)
    draft.evidence.loops = [{ ...rest, head: { ...head, boundaryBranches: 1 } }]
    draft.examination.hazards = [{ id: 'jcc-erratum', workaround: 'active', source: 'a document' }]
  },
  'moved blocks take longer': draft => {
    draft.examination.blocks = [
      {
        ...{ symbol: 'walk', object: 'bench', moved: true, address: { base: 64, head: 112 } },
        ...{ share: { base: 0.5, head: 0.6 }, cycles: { base: 4, head: 6 } },
      },
    ]
  },
  'sets of the data cache are crowded': draft => {
    draft.examination.dataCrowding = scored(0.02)
  },
  'the micro-op cache misses': draft =>
    counts(draft, { uopCacheMisses: 1000 }, { uopCacheMisses: 3000, instructions: 1e6 }),
} satisfies Readonly<Record<string, Piece>>

/** The name of an observation. */
export type PieceName = keyof typeof PIECES

/** Evidence of a slowdown by 50 % with these observations and nothing else. */
export function evidenceWith(names: readonly PieceName[]): Evidence {
  const draft: Draft = {
    evidence: {
      ...{ slowdown: 1.5, from: 'base', to: 'head', source: 'simulated', counts: { base: {}, head: {} } },
      ...{ tolerance: 0.005, explained: 0, changed: [], oftener: [], movedShare: 0, sameWork: false },
      ...{ missing: [], loops: [], inlined: [], calls: [] },
    },
    examination: { ...examination({ hot: [] }) },
    base: {},
    head: {},
  }
  for (const name of names) (PIECES[name] as Piece)(draft)
  return {
    ...draft.evidence,
    counts: { base: draft.base, head: draft.head },
    examination: draft.examination,
  }
}

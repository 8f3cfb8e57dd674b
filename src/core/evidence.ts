import { normaliseName } from './elf/names.ts'
import type { Change, Counters, Counts, PerSide, Side } from './model.ts'
import type { HotCode } from './placement/compare-hot.ts'
import type { Examination } from './placement/examine.ts'
import { type LoopMove, liesWorse, lostAlignment } from './placement/loops.ts'
import { sourceName } from './placement/source-name.ts'

/** What was measured of one benchmark, beside the two builds. */
export interface Measured {
  readonly change: Change
  /** The benchmark's threshold as a fraction. */
  readonly threshold: number
  readonly counters?: Counters
}

/** A function that does not run the same code on both sides, with the instructions it gained. */
export interface ChangedCode {
  readonly name: string
  /** Instructions more on the slower side, as a part of all instructions of the faster side. */
  readonly growth: number
  readonly share: number
  /** Whether the pull request's lines are in it; `maybe` when what it inlines or a type it uses was changed. */
  readonly touched: 'yes' | 'maybe' | 'no'
}

/** Misses per thousand instructions on the faster and on the slower side. */
export interface Rate {
  readonly from: number
  readonly to: number
}

/** Everything that the rules look at; `from` is the faster side, `to` the slower one, so that speed-ups are judged alike. */
export interface Evidence {
  readonly slowdown: number
  readonly from: Side
  readonly to: Side
  readonly source: Counters['source']
  readonly counts: PerSide<Counts>
  /** Relative growth of instructions towards the slower side; absent without a count. */
  readonly growth?: number
  /** The growth that means nothing: the spread of repeated counts, at least half a percent. */
  readonly tolerance: number
  /** Part of the slowdown that the growth of instructions accounts for at unchanged speed, from 0. */
  readonly explained: number
  /** Code that is changed, new or gone. */
  readonly changed: readonly ChangedCode[]
  /** Functions of unchanged code that ran more often, as `changed`. */
  readonly oftener: readonly ChangedCode[]
  /** Share of the slower side's counts in functions whose code is the same where it runs. */
  readonly sameShare?: number
  /** Share of the slower side's counts in such functions that moved. */
  readonly movedShare: number
  /** The same instructions in the same functions, within the tolerance. */
  readonly sameWork: boolean
  readonly icache?: Rate
  readonly dcache?: Rate
  readonly branches?: Rate
  /** Share of additional data-cache misses that lies in changed code. */
  readonly dcacheInChanged?: number
  /** Share of additional instruction-cache misses that lies in unchanged code that moved. */
  readonly icacheInMoved?: number
  readonly loops: readonly LoopMove[]
  readonly inlined: readonly Inlining[]
  readonly examination?: Examination
}

/** A function that the caller calls on one side and has inside itself on the other. */
export interface Inlining {
  readonly caller: string
  readonly callee: string
  /** Whether the slower side calls it, where the faster one has it inline. */
  readonly lost: boolean
}

/** The smallest tolerance for "the same number of instructions". */
const LEAST_TOLERANCE = 0.005

/** Puts together what the rules look at. */
export function gather(measured: Measured, examination: Examination | undefined): Evidence {
  const { ratio } = measured.change
  const [from, to]: [Side, Side] = ratio >= 1 ? ['base', 'head'] : ['head', 'base']
  const slowdown = Math.max(ratio, 1 / ratio)
  const counters = measured.counters ?? { source: 'none' as const, base: {}, head: {} }
  const counts = { base: counters.base, head: counters.head }
  const growth = growthOf(counts, examination, { from, to })
  const tolerance = Math.max(LEAST_TOLERANCE, counters.instructionSpread ?? 0)
  const hot = examination ? codeOf(examination, { from, to, tolerance }) : NOTHING
  return {
    ...{ slowdown, from, to, counts, tolerance, source: counters.source },
    ...(growth === undefined ? {} : { growth }),
    explained: growth === undefined || slowdown <= 1 ? 0 : Math.max(0, growth / (slowdown - 1)),
    ...hot,
    sameWork: hot.sameWork && (growth === undefined || Math.abs(growth) <= tolerance),
    ...rates(counts, { from, to }),
    ...(examination ? { examination } : {}),
  }
}

interface Direction {
  readonly from: Side
  readonly to: Side
}

function growthOf(
  counts: PerSide<Counts>,
  examination: Examination | undefined,
  { from, to }: Direction,
): number | undefined {
  const [before, after] = [counts[from].instructions, counts[to].instructions]
  if (before !== undefined && after !== undefined && before > 0) return after / before - 1
  if (!examination?.exact || examination.totals[from] === 0) return undefined
  return examination.totals[to] / examination.totals[from] - 1
}

type OfCode = Pick<
  Evidence,
  | 'changed'
  | 'oftener'
  | 'sameShare'
  | 'movedShare'
  | 'sameWork'
  | 'loops'
  | 'inlined'
  | 'dcacheInChanged'
  | 'icacheInMoved'
>

const NOTHING: OfCode = { changed: [], oftener: [], movedShare: 0, sameWork: false, loops: [], inlined: [] }

function codeOf(examination: Examination, how: Direction & { readonly tolerance: number }): OfCode {
  const { from, to, tolerance } = how
  const { hot, totals, exact } = examination
  const isSame = (code: HotCode): boolean => code.sameness === 'same' || code.sameness === 'same-where-run'
  const total = Math.max(1, totals[from])
  const describe = (code: HotCode): ChangedCode => ({
    name: code.name,
    growth: exact ? ((code[to]?.count ?? 0) - (code[from]?.count ?? 0)) / total : 0,
    share: Math.max(code.base?.share ?? 0, code.head?.share ?? 0),
    touched: touchOf(code, examination),
  })
  const share = (codes: readonly HotCode[]): number =>
    codes.reduce((sum, code) => sum + (code[to]?.share ?? 0), 0)
  const same = hot.filter(isSame)
  const changed = hot.filter(code => !isSame(code)).map(describe)
  const oftener = exact ? same.map(describe).filter(({ growth }) => Math.abs(growth) > tolerance / 2) : []
  return {
    changed: changed.sort((a, b) => b.growth - a.growth),
    oftener: oftener.sort((a, b) => b.growth - a.growth),
    sameShare: share(same) / Math.max(share(hot), 1e-9),
    movedShare: share(same.filter(({ moved }) => moved)),
    sameWork: changed.every(code => code.share < tolerance) && oftener.length === 0,
    loops: examination.loops.filter(lostAlignment),
    inlined: inliningOf(hot, how),
    ...portion(hot, 'dcacheMisses', how, code => !isSame(code), 'dcacheInChanged'),
    ...portion(hot, 'icacheMisses', how, code => isSame(code) && code.moved, 'icacheInMoved'),
  }
}

function portion<const K extends string>(
  hot: readonly HotCode[],
  event: 'dcacheMisses' | 'icacheMisses',
  { from, to }: Direction,
  wanted: (code: HotCode) => boolean,
  key: K,
): { readonly [key in K]?: number } {
  const more = (code: HotCode): number => Math.max(0, (code[to]?.[event] ?? 0) - (code[from]?.[event] ?? 0))
  const all = hot.reduce((sum, code) => sum + more(code), 0)
  return (all > 0 ? { [key]: hot.filter(wanted).reduce((sum, code) => sum + more(code), 0) / all } : {}) as {
    [key in K]?: number
  }
}

/** A change in what a function inlines, in a type or in a macro can be in any function of the program. */
function touchOf(code: HotCode, { touched, change }: Examination): ChangedCode['touched'] {
  const name = sourceName(code.name)
  if (touched.some(each => each.function === code.name || sourceName(each.function) === name)) return 'yes'
  const withDebugLines = touched.some(({ from }) => from === 'lines')
  if (withDebugLines) return change.outside.length > 0 ? 'maybe' : 'no'
  const rewritten = change.functions.filter(each => each.rewritten)
  const caller = change.functions.find(each => each.name === name)?.text
  if (rewritten.some(({ name: callee }) => caller?.includes(`${callee}(`))) return 'yes'
  const built = new Set(touched.filter(({ share }) => share > 0).map(each => sourceName(each.function)))
  return change.outside.length > 0 || rewritten.some(each => !built.has(each.name)) ? 'maybe' : 'no'
}

/** Callers whose code changed around a call to a function that exists, or runs, on one side only. */
function inliningOf(hot: readonly HotCode[], { to }: Direction): Inlining[] {
  const callees = (code: HotCode, side: Side): Set<string> => {
    const references = (side === 'base' ? code.baseCode : code.headCode)?.references ?? []
    return new Set(references.flatMap(({ identity }) => identity ?? []))
  }
  return hot.flatMap(callee => {
    const only = onlySide(callee)
    if (!only) return []
    return hot
      .filter(
        caller =>
          caller !== callee &&
          caller.sameness === 'changed' &&
          callees(caller, only).has(normaliseName(callee.name)),
      )
      .filter(caller => !callees(caller, only === 'base' ? 'head' : 'base').has(normaliseName(callee.name)))
      .map(caller => ({ caller: caller.name, callee: callee.name, lost: only === to }))
  })
}

/** The one side on which a function runs. */
function onlySide({ base, head }: HotCode): Side | undefined {
  const [onBase, onHead] = [(base?.count ?? 0) > 0, (head?.count ?? 0) > 0]
  if (onBase === onHead) return undefined
  return onBase ? 'base' : 'head'
}

function rates(
  counts: PerSide<Counts>,
  { from, to }: Direction,
): Pick<Evidence, 'icache' | 'dcache' | 'branches'> {
  const rate = (event: keyof Counts): Rate | undefined => {
    const perThousand = (side: Side): number | undefined => {
      const { [event]: misses, instructions } = counts[side]
      return misses === undefined || !instructions ? undefined : (misses / instructions) * 1000
    }
    const [before, after] = [perThousand(from), perThousand(to)]
    return before === undefined || after === undefined ? undefined : { from: before, to: after }
  }
  const [icache, dcache, branches] = [rate('icacheMisses'), rate('dcacheMisses'), rate('branchMisses')]
  return { ...(icache ? { icache } : {}), ...(dcache ? { dcache } : {}), ...(branches ? { branches } : {}) }
}

/** Whether a loop lies worse on the slower side by a known cost. */
export function loopLiesWorse(loop: LoopMove, { from, to }: Evidence): boolean {
  return liesWorse(loop[from], loop[to])
}

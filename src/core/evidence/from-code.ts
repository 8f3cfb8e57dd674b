import type { HotCode } from '../placement/compare-hot.ts'
import type { Examination } from '../placement/examine.ts'
import { lostAlignment } from '../placement/loops.ts'
import { callsOf } from './calls.ts'
import type { ChangedCode, Direction, Evidence } from './evidence.ts'
import { touchOf } from './touch.ts'

/** The part of the evidence that comes from comparing hot code. */
export type OfCode = Pick<
  Evidence,
  | 'changed'
  | 'oftener'
  | 'sameShare'
  | 'movedShare'
  | 'sameWork'
  | 'loops'
  | 'inlined'
  | 'calls'
  | 'missing'
  | 'dcacheInChanged'
  | 'icacheInMoved'
>

/** What is known where nothing could be compared. */
export const NOTHING: OfCode = {
  changed: [],
  oftener: [],
  movedShare: 0,
  sameWork: false,
  loops: [],
  inlined: [],
  calls: [],
  missing: [],
}

/** Reads from the hot functions what changed, what ran more often and where additional misses are. */
export function codeOf(
  examination: Examination,
  how: Direction & { readonly tolerance: number; readonly growth?: number | undefined },
): OfCode {
  const { from, to, tolerance } = how
  const { hot, totals, exact } = examination
  const isSame = (code: HotCode): boolean => code.sameness === 'same' || code.sameness === 'same-where-run'
  const total = Math.max(1, totals[from])
  const describe = (code: HotCode): ChangedCode => ({
    name: code.name,
    growth: exact ? ((code[to]?.count ?? 0) - (code[from]?.count ?? 0)) / total : 0,
    share: Math.max(code.base?.share ?? 0, code.head?.share ?? 0),
    ...touchOf(code, examination),
    ...withinOf(code, examination, how),
  })
  const share = (codes: readonly HotCode[]): number =>
    codes.reduce((sum, code) => sum + (code[to]?.share ?? 0), 0)
  const same = hot.filter(isSame)
  const changed = hot.filter(code => !isSame(code)).map(describe)
  const gained = exact ? same.map(describe) : inferGrowth(same.map(describe), share(same), how.growth)
  const oftener = gained.filter(({ growth }) => Math.abs(growth) > tolerance / 2)
  return {
    changed: changed.sort((a, b) => b.growth - a.growth),
    oftener: oftener.sort((a, b) => b.growth - a.growth),
    sameShare: share(same) / Math.max(share(hot), 1e-9),
    movedShare: share(same.filter(({ moved }) => moved)),
    sameWork:
      changed.every(code => code.share < tolerance) &&
      oftener.length === 0 &&
      spreadOver(changed, same.map(describe), Math.max(tolerance, LEAST_SPREAD)),
    loops: examination.loops.filter(lostAlignment),
    ...callsOf(hot, examination, how),
    missing: exact
      ? missingOf(
          hot.filter(code => !isSame(code)),
          how,
        )
      : [],
    ...portion(hot, 'dcacheMisses', how, code => !isSame(code), 'dcacheInChanged'),
    ...portion(hot, 'icacheMisses', how, code => isSame(code) && code.moved, 'icacheInMoved'),
  }
}

/** Code that differs, or that nobody could compare, may hold this part of the additional instructions at most. */
const MOST_ELSEWHERE = 1 / 3

/**
 * Samples do not count what a function executes. But where nearly all of the slower side's samples are in the same code, only that code can
 * have executed what the hardware counted more, so it ran more often. `sameShare` is its part of the slower side.
 */
function inferGrowth(
  same: readonly ChangedCode[],
  sameShare: number,
  growth: number | undefined,
): readonly ChangedCode[] {
  if (growth === undefined || growth <= 0) return []
  const elsewhere = Math.max(0, 1 - sameShare)
  if (elsewhere > (growth / (1 + growth)) * MOST_ELSEWHERE) return []
  const shares = same.reduce((sum, code) => sum + code.share, 0)
  return same.map(code => ({ ...code, growth: (growth * code.share) / shares }))
}

/** What many small functions gained or lost together must be little, too: a hundred handlers that only one side runs are other work. */
const LEAST_SPREAD = 0.02

function spreadOver(changed: readonly ChangedCode[], same: readonly ChangedCode[], most: number): boolean {
  const shares = changed.reduce((sum, { share }) => sum + share, 0)
  const gained = same.reduce((sum, { growth }) => sum + Math.max(0, growth), 0)
  return shares < most && gained < most
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

const EQUAL_COUNT = 0.01
const LEAST_SHARE = 0.05

/** Misses per thousand of a function's own instructions, which start-up and other functions cannot water down. */
function missingOf(changed: readonly HotCode[], { from, to }: Direction): OfCode['missing'] {
  return changed.flatMap(code => {
    const [before, after] = [code[from], code[to]]
    if (!before || !after || before.count === 0 || before.share < LEAST_SHARE) return []
    if (Math.abs(after.count / before.count - 1) > EQUAL_COUNT) return []
    const rate = (cost: { readonly count: number; readonly dcacheMisses: number }) =>
      (cost.dcacheMisses / cost.count) * 1000
    return [{ name: code.name, rate: { from: rate(before), to: rate(after) } }]
  })
}

/** From this part of a function's growth on, a function inlined into it is worth its name. */
const PART_WITHIN = 0.2

/** Which inlined functions hold what a function gained. */
function withinOf(
  code: HotCode,
  { inlined, exact }: Examination,
  { from, to }: Direction,
): Pick<ChangedCode, 'within'> {
  const costs = inlined?.get(code)
  const grown = (code[to]?.count ?? 0) - (code[from]?.count ?? 0)
  if (!exact || !costs?.[to] || grown <= 0 || (code[from] && !costs[from])) return {}
  const within = [...costs[to]]
    .map(([key, { name, own }]) => ({ name, growth: own - (costs[from]?.get(key)?.own ?? 0) }))
    .filter(({ growth }) => growth >= PART_WITHIN * grown)
    .toSorted((a, b) => b.growth - a.growth)
    .map(({ name }) => name)
  return within.length > 0 ? { within } : {}
}

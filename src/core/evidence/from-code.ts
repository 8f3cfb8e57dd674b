import { normaliseName } from '../elf/names.ts'
import type { Side } from '../model/side.ts'
import type { HotCode } from '../placement/compare-hot.ts'
import type { Examination } from '../placement/examine.ts'
import { lostAlignment } from '../placement/loops.ts'
import type { ChangedCode, Direction, Evidence, Inlining } from './evidence.ts'
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
  missing: [],
}

/** Reads from the hot functions what changed, what ran more often and where additional misses lie. */
export function codeOf(examination: Examination, how: Direction & { readonly tolerance: number }): OfCode {
  const { from, to, tolerance } = how
  const { hot, totals, exact } = examination
  const isSame = (code: HotCode): boolean => code.sameness === 'same' || code.sameness === 'same-where-run'
  const total = Math.max(1, totals[from])
  const describe = (code: HotCode): ChangedCode => ({
    name: code.name,
    growth: exact ? ((code[to]?.count ?? 0) - (code[from]?.count ?? 0)) / total : 0,
    share: Math.max(code.base?.share ?? 0, code.head?.share ?? 0),
    ...touchOf(code, examination),
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
    inlined: inliningOf(hot, how, exact),
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

/** Callers whose code changed around a call to a function that exists, or runs, on one side only. */
function inliningOf(hot: readonly HotCode[], how: Direction, exact: boolean): Inlining[] {
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
      .map(caller => ({
        ...{ caller: caller.name, callee: callee.name, lost: only === how.to },
        ...(exact ? { bookkeeping: bookkeepingOf([caller, callee], how) } : {}),
      }))
  })
}

/** Which part of the instructions that some functions gained only moves values, calls and returns. */
function bookkeepingOf(codes: readonly HotCode[], { from, to }: Direction): number {
  const executed = (side: Side, bookkeeping: boolean): number =>
    codes.reduce((all, code) => {
      const body = (side === 'base' ? code.baseCode : code.headCode)?.body
      const profile = code.object[side]?.profile
      const wanted = body?.instructions.filter(instruction => instruction.bookkeeping === bookkeeping) ?? []
      return all + wanted.reduce((sum, { address }) => sum + (profile?.at(address) ?? 0), 0)
    }, 0)
  const [moves, computes] = [
    executed(to, true) - executed(from, true),
    executed(to, false) - executed(from, false),
  ]
  return moves <= 0 ? 0 : moves / (moves + Math.max(0, computes))
}

/** The one side on which a function runs. */
function onlySide({ base, head }: HotCode): Side | undefined {
  const [onBase, onHead] = [(base?.count ?? 0) > 0, (head?.count ?? 0) > 0]
  if (onBase === onHead) return undefined
  return onBase ? 'base' : 'head'
}

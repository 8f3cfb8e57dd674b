import type { HotFunction, HotPlace, InlinedShare } from '../model/explanation.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { HotCode } from './compare-hot.ts'
import type { Examination } from './examine.ts'
import { greatestShare } from './hot.ts'
import type { InlinedSides } from './inlined.ts'
import { type CodePlace, type Move, placeOf } from './moves.ts'

const HOT_SHARE = 0.01
/** A table of pointers leads to any number of objects, all as hot as the code that reads the table. */
const MOST_DATA = 100

/** The report's rows of hot functions, hottest first, and behind them those of hot data that moved. */
export function describeHot(
  examination: Pick<Examination, 'hot' | 'data' | 'exact' | 'geometry' | 'inlined' | 'totals'>,
): HotFunction[] {
  const { hot, data } = examination
  return [
    ...hot.filter(code => greatestShare(code) >= HOT_SHARE).map(code => functionRow(code, examination)),
    ...data.moved
      .filter(({ share }) => share >= HOT_SHARE)
      .slice(0, MOST_DATA)
      .map(dataRow),
  ]
}

function functionRow(
  code: HotCode,
  { exact, geometry, inlined, totals }: Pick<Examination, 'exact' | 'geometry' | 'inlined' | 'totals'>,
): HotFunction {
  const { name, object, state } = code
  const at = (side: Side): Partial<PerSide<HotPlace>> => {
    const cost = code[side]
    if (!cost) return {}
    const { share, symbol, count, icacheMisses } = cost
    // A function that was counted on a side is in that side's file.
    const place = placeOf(object[side]!.view, symbol, geometry.l1i)
    return { [side]: { share, ...place, ...(exact ? { instructions: count, icacheMisses } : {}) } }
  }
  const inside = inlinedShares(inlined?.get(code), totals)
  return {
    ...{ symbol: name, object: object.name, ...at('base'), ...at('head'), state },
    ...(inside.length > 0 ? { inlined: inside } : {}),
  }
}

const MOST_INLINED = 20

function inlinedShares(costs: InlinedSides | undefined, totals: PerSide<number>): InlinedShare[] {
  if (!costs) return []
  const keys = new Set([...(costs.head?.keys() ?? []), ...(costs.base?.keys() ?? [])])
  const shareOn = (side: Side, key: string): number => {
    const own = costs[side]?.get(key)?.own ?? 0
    return totals[side] > 0 ? own / totals[side] : 0
  }
  return [...keys]
    .map(key => ({
      symbol: (costs.head?.get(key) ?? costs.base?.get(key))!.name,
      ...(costs.base ? { base: shareOn('base', key) } : {}),
      ...(costs.head ? { head: shareOn('head', key) } : {}),
    }))
    .filter(({ base = 0, head = 0 }) => Math.max(base, head) >= HOT_SHARE)
    .toSorted((a, b) => Math.max(b.base ?? 0, b.head ?? 0) - Math.max(a.base ?? 0, a.head ?? 0))
    .slice(0, MOST_INLINED)
}

/** The share of data is that of the hottest function that refers to it. */
function dataRow({ symbol, object, share, from, to }: Move): HotFunction {
  const at = (place: CodePlace): HotPlace => ({ share, ...place })
  return { symbol, object, kind: 'data', base: at(from), head: at(to), state: 'moved' }
}

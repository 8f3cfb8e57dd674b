import type { HotCode } from '../placement/compare-hot.ts'
import type { Examination } from '../placement/examine.ts'
import { greatestShare } from '../placement/hot.ts'

/** Functions whose code is shown line by line. */
const MOST = 2
const LEAST_CHANGE = 0.01
const LEAST_SHARE = 0.05

/** The hot functions worth reading: those whose cost differs most, or where none differs, the hottest that moved. */
export function chooseHot({ hot, totals }: Pick<Examination, 'hot' | 'totals'>): readonly HotCode[] {
  const own = hot.filter(({ object, baseCode, headCode }) => !object.shared && (baseCode ?? headCode))
  const change = ({ base, head }: HotCode): number =>
    totals.base > 0 ? Math.abs((head?.count ?? 0) - (base?.count ?? 0)) / totals.base : 0
  const changed = own
    .filter(code => change(code) >= LEAST_CHANGE)
    .toSorted((one, other) => change(other) - change(one))
  const moved = own
    .filter(code => code.moved && greatestShare(code) >= LEAST_SHARE)
    .toSorted((one, other) => greatestShare(other) - greatestShare(one))
  return [...new Set([...changed, ...moved])].slice(0, MOST)
}

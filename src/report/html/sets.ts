import type { Suspect } from '../../core/model/explanation.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import type { Side } from '../../core/model/side.ts'
import { shortened } from '../../core/text/text.ts'
import { box, label, line, picture } from './svg.ts'

const WIDTH = 720
const LEFT = 190
const RIGHT = 708
const ROW = 14
const GAP = 26
const MOST_SUSPECTS = 12
const MOST_SETS = 4096

/** Which cache sets each suspect occupies before and after; columns that several of them share stand out. Empty without sets. */
export function setsPicture({ suspects = [], counters }: BenchmarkReport): string {
  const shown = suspects.filter(({ evidence }) => evidence.sets !== undefined).slice(0, MOST_SUSPECTS)
  if (shown.length === 0) return ''
  const count = setCount(shown, counters?.geometry?.l1i)
  const height = 2 * (shown.length * ROW + GAP) + 8
  const words = `${shown.length} suspects over ${count} sets; on the head side ${crowded(shown, 'head').size} sets hold more than one of them, on the base side ${crowded(shown, 'base').size}.`
  return picture([WIDTH, height], 'Cache sets of the suspects', words, [
    ...rows(shown, 'base', { top: 0, count }),
    ...rows(shown, 'head', { top: shown.length * ROW + GAP, count }),
  ])
}

/** The number of sets of `size,ways,line`, or what the highest set asks for. */
function setCount(suspects: readonly Suspect[], geometry: string | undefined): number {
  const [size = 0, ways = 0, lineBytes = 0] = (geometry ?? '').split(',').map(Number)
  const told = size / (ways * lineBytes)
  const highest = Math.max(
    0,
    ...suspects.flatMap(({ evidence }) =>
      [...(evidence.sets?.base ?? []), ...(evidence.sets?.head ?? [])].slice(0, MOST_SETS),
    ),
  )
  const needed = Math.min(MOST_SETS, 2 ** Math.ceil(Math.log2(highest + 1)))
  return Number.isSafeInteger(told) && told >= needed && told <= MOST_SETS ? told : Math.max(8, needed)
}

/** The sets that more than one suspect occupies on a side. */
function crowded(suspects: readonly Suspect[], side: Side): ReadonlySet<number> {
  const all = suspects.flatMap(({ evidence }) => [...new Set(evidence.sets?.[side] ?? [])])
  const seen = new Set<number>()
  return new Set(all.filter(set => seen.has(set) || !seen.add(set)))
}

function rows(
  suspects: readonly Suspect[],
  side: Side,
  { top, count }: { readonly top: number; readonly count: number },
): readonly string[] {
  const shared = crowded(suspects, side)
  const width = (RIGHT - LEFT) / count
  const bottom = top + GAP - 8 + suspects.length * ROW
  return [
    label(LEFT, top + 12, `${side}: sets 0 to ${count - 1}`),
    ...suspects.flatMap(({ symbol, evidence }, index) => {
      const y = top + GAP - 8 + index * ROW
      const sets = [...new Set(evidence.sets?.[side] ?? [])].filter(set => set < count).slice(0, MOST_SETS)
      return [
        label(LEFT - 8, y + 10, shortened(symbol, 26), 'end'),
        line([LEFT, y + ROW - 1, RIGHT, y + ROW - 1], 'grid'),
        ...sets.map(set =>
          box(
            [LEFT + set * width, y + 1, Math.max(1, width - 0.5), ROW - 3],
            shared.has(set) ? 'crowded' : side,
          ),
        ),
      ]
    }),
    line([LEFT, bottom, RIGHT, bottom], 'zero'),
  ]
}

/** Lines that are always read with those that matter. */
const AROUND = 1

/** A row with how many rows were left out before it. */
export type Kept<Row> = Row & { readonly skipped?: number }

/** The rows that cost most and their neighbours, in their order; `most` of the costly ones. */
export function keepCostly<Row extends object>(
  rows: readonly Row[],
  costOf: (row: Row) => number,
  most: number,
): readonly Kept<Row>[] {
  const costly = rows
    .map((row, at) => ({ at, cost: costOf(row) }))
    .filter(({ cost }) => cost > 0)
    .toSorted((one, other) => other.cost - one.cost)
    .slice(0, most)
  const kept = new Set(
    costly.flatMap(({ at }) => Array.from({ length: 2 * AROUND + 1 }, (_, step) => at - AROUND + step)),
  )
  let last = -1
  return rows.flatMap((row, at): Kept<Row>[] => {
    if (!kept.has(at)) return []
    const skipped = at - last - 1
    last = at
    return [skipped > 0 ? { ...row, skipped } : row]
  })
}

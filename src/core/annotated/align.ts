/** A place in one list and its partner in the other; one of them is absent where there is none. */
export interface Aligned {
  readonly base?: number
  readonly head?: number
}

/** Cells of the table that finds the longest common subsequence: some megabytes, and a moment. */
const MOST_CELLS = 4_000_000

/** Two lists side by side, with as much as possible that is equal next to each other; where they are too long for that, what stands between their equal ends is not paired. */
export function align(base: readonly unknown[], head: readonly unknown[]): readonly Aligned[] {
  const shorter = Math.min(base.length, head.length)
  let start = 0
  while (start < shorter && base[start] === head[start]) start++
  let end = 0
  while (end < shorter - start && base[base.length - 1 - end] === head[head.length - 1 - end]) end++
  const [ofBase, ofHead] = [base.length - end, head.length - end]
  return [
    ...Array.from({ length: start }, (_, at) => ({ base: at, head: at })),
    ...between(base.slice(start, ofBase), head.slice(start, ofHead)).map(pair => shifted(pair, start)),
    ...Array.from({ length: end }, (_, at) => ({ base: ofBase + at, head: ofHead + at })),
  ]
}

function shifted({ base, head }: Aligned, by: number): Aligned {
  return {
    ...(base === undefined ? {} : { base: base + by }),
    ...(head === undefined ? {} : { head: head + by }),
  }
}

function between(base: readonly unknown[], head: readonly unknown[]): Aligned[] {
  const width = head.length + 1
  const cells = (base.length + 1) * width
  if (cells > MOST_CELLS)
    return [...base.map((_, at) => ({ base: at })), ...head.map((_, at) => ({ head: at }))]
  const common = new Uint16Array(cells)
  for (let i = base.length - 1; i >= 0; i--)
    for (let j = head.length - 1; j >= 0; j--) {
      const skip = Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
      common[i * width + j] = base[i] === head[j] ? common[(i + 1) * width + j + 1]! + 1 : skip
    }
  const pairs: Aligned[] = []
  let [i, j] = [0, 0]
  while (i < base.length || j < head.length) {
    if (i < base.length && j < head.length && base[i] === head[j]) pairs.push({ base: i++, head: j++ })
    else if (
      j >= head.length ||
      (i < base.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
    )
      pairs.push({ base: i++ })
    else pairs.push({ head: j++ })
  }
  return pairs
}

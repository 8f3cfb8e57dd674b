/** The candidate that a mistyped word most likely means; undefined where none is close enough to be offered. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly edits: number } | undefined
  for (const candidate of candidates) {
    const edits = editsBetween(word.toLowerCase(), candidate.toLowerCase())
    if (edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = { candidate, edits }
  }
  // A third of the letters wrong is a typing mistake; more is another word.
  return best && best.edits <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined
}

/** Letters that have to be added, removed, replaced or exchanged with their neighbour (optimal string alignment). */
function editsBetween(one: string, other: string): number {
  const letters = [...one]
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  let before = row
  for (const [at, letter] of letters.entries()) {
    const next = [at + 1]
    for (let to = 1; to <= other.length; to++) {
      const replaced = row[to - 1]! + (letter === other[to - 1] ? 0 : 1)
      const exchanged = letter === other[to - 2] && letters[at - 1] === other[to - 1]
      const swapped = exchanged ? before[to - 2]! + 1 : Number.POSITIVE_INFINITY
      next.push(Math.min(replaced, swapped, row[to]! + 1, next[to - 1]! + 1))
    }
    before = row
    row = next
  }
  return row.at(-1)!
}

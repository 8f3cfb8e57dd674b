/**
 * Whether layouts really lie differently: the distances between hot symbols, or the place in its page of a single one, come out
 * in more than one way. Undefined when no symbol of the list has an address.
 */
export function layoutsDiffer(
  layouts: readonly ReadonlyMap<string, number>[],
  hot: readonly string[],
): boolean | undefined {
  const known = hot.filter(symbol => layouts.every(layout => layout.has(symbol)))
  if (known.length === 0) return undefined
  const shapes = layouts.map(layout => {
    const places = known.map(symbol => layout.get(symbol)!)
    const first = places[0]!
    return [first % PAGE_BYTES, ...places.slice(1).map(place => place - first)].join()
  })
  return new Set(shapes).size > 1
}

const PAGE_BYTES = 4096

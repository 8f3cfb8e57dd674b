/** One share of a matrix: `2/5` is `{ index: 2, of: 5 }`. */
export interface Shard {
  readonly index: number
  readonly of: number
}

/**
 * The names that one share measures, in their given order. All shares together measure every name once, no two of them differ
 * in size by more than one, and the order in which the names are listed does not matter. More shares than names leave some empty.
 */
export function selectShard(names: readonly string[], shard: Shard): readonly string[] {
  const dealt = names
    .map(name => ({ name, hash: fnv1a(name) }))
    // By hash, so that slow neighbours in a list are spread over the shares.
    .sort((one, other) => one.hash - other.hash || (one.name < other.name ? -1 : 1))
    .filter((_, rank) => rank % shard.of === shard.index - 1)
  const own = new Set(dealt.map(({ name }) => name))
  return names.filter(name => own.has(name))
}

/** The 32-bit FNV-1a hash of a text's UTF-16 units (draft-eastlake-fnv, section 2). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}

import type { ElfSymbol } from '../elf/elf.ts'
import { isNameless } from './clone-name.ts'
import type { Partners } from './match.ts'

/**
 * Pairs functions of stripped files, of which only bounds are known and which have no partner: first those whose own size and both
 * neighbours' sizes occur once on each side, then, from these outwards, neighbours of equal size, then those whose
 * own size occurs once.
 */
export function matchNameless(
  base: readonly ElfSymbol[],
  head: readonly ElfSymbol[],
  { headOf, baseOf }: Partners,
): [number, number][] {
  const [ofBase, ofHead] = [namelessOf(base, headOf), namelessOf(head, baseOf)]
  if (ofBase.length === 0 || ofHead.length === 0) return []
  const headAt = new Int32Array(ofBase.length).fill(-1)
  const taken = new Uint8Array(ofHead.length)
  const takeUnique = (reach: 0 | 1): void => {
    const once = positionsOfUnique(head, ofHead, reach)
    for (const [key, at] of positionsOfUnique(base, ofBase, reach)) {
      const partner = once.get(key) ?? -1
      if (partner < 0 || headAt[at] !== -1 || taken[partner]) continue
      headAt[at] = partner
      taken[partner] = 1
    }
  }
  takeUnique(1)
  const equal = (at: number, partner: number): boolean =>
    partner >= 0 &&
    partner < ofHead.length &&
    !taken[partner] &&
    base[ofBase[at]!]!.size === head[ofHead[partner]!]!.size
  const extend = (at: number, step: 1 | -1): void => {
    const neighbour = headAt[at - step] ?? -1
    if (headAt[at] !== -1 || neighbour < 0 || !equal(at, neighbour + step)) return
    headAt[at] = neighbour + step
    taken[neighbour + step] = 1
  }
  for (let at = 1; at < headAt.length; at++) extend(at, 1)
  for (let at = headAt.length - 2; at >= 0; at--) extend(at, -1)
  takeUnique(0)
  return ofBase.flatMap((index, at): [number, number][] =>
    headAt[at]! >= 0 ? [[index, ofHead[headAt[at]!]!]] : [],
  )
}

function namelessOf(symbols: readonly ElfSymbol[], partner: Int32Array): number[] {
  const indexes: number[] = []
  for (let index = 0; index < symbols.length; index++)
    if (partner[index] === -1 && isNameless(symbols[index]!.name)) indexes.push(index)
  return indexes
}

/** Positions by the sizes of a function and, within reach, its neighbours, where these occur once. */
function positionsOfUnique(
  symbols: readonly ElfSymbol[],
  indexes: readonly number[],
  reach: 0 | 1,
): Map<string, number> {
  const size = (at: number): number => symbols[indexes[at] ?? -1]?.size ?? 0
  const seen = new Map<string, number>()
  for (let at = 0; at < indexes.length; at++) {
    const key = reach === 0 ? `${size(at)}` : `${size(at - 1)} ${size(at)} ${size(at + 1)}`
    seen.set(key, seen.has(key) ? -1 : at)
  }
  return new Map([...seen].filter(([, at]) => at >= 0))
}

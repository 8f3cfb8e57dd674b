import type { Block } from '../counters/branch-records.ts'
import type { Profile } from '../counters/profile.ts'
import type { PerSide, Side } from '../model/side.ts'
import type { HotCode } from './compare-hot.ts'

/** A block of unchanged code, with what one visit of it takes on either side. */
export interface BlockCost {
  readonly symbol: string
  readonly object: string
  /** Where its first instruction is on either side. */
  readonly address: PerSide<number>
  readonly cycles: PerSide<number>
  /** Its part of the cycles of all blocks, on the base and on the head. */
  readonly share: PerSide<number>
  readonly moved: boolean
}

/** Fewer visits than this are too few for a mean. */
const LEAST_VISITS = 20
const LEAST_SHARE = 0.005

/** The blocks of unchanged hot functions that were timed on both sides; undefined where the processor recorded none. */
export function compareBlocks(
  hot: readonly HotCode[],
  profiles: PerSide<Profile>,
): readonly BlockCost[] | undefined {
  const { base, head } = profiles
  if (!base.blocks?.length || !head.blocks?.length) return undefined
  const total = { base: cyclesOf(base.blocks), head: cyclesOf(head.blocks) }
  const byObject = { base: grouped(base.blocks), head: grouped(head.blocks) }
  return hot.flatMap(code => {
    const { baseCode, headCode, sameness, object } = code
    if (sameness !== 'same' || !baseCode || !headCode || !object.base || !object.head) return []
    const onHead = new Map(
      blocksIn(code, 'head', byObject).map(block => [positionsOf(code, 'head', block), block]),
    )
    return blocksIn(code, 'base', byObject).flatMap(block => {
      const position = positionsOf(code, 'base', block)
      const other = position === undefined ? undefined : onHead.get(position)
      if (!other || block.visits < LEAST_VISITS || other.visits < LEAST_VISITS) return []
      const share = { base: block.cycles / total.base, head: other.cycles / total.head }
      if (Math.max(share.base, share.head) < LEAST_SHARE) return []
      return [
        {
          ...{ symbol: code.name, object: object.name, moved: code.moved, share },
          address: { base: block.start, head: other.start },
          cycles: { base: block.cycles / block.visits, head: other.cycles / other.visits },
        },
      ]
    })
  })
}

const cyclesOf = (blocks: readonly Block[]): number => blocks.reduce((sum, { cycles }) => sum + cycles, 0)

function grouped(blocks: readonly Block[]): ReadonlyMap<string, readonly Block[]> {
  const found = new Map<string, Block[]>()
  for (const block of blocks) found.set(block.object, [...(found.get(block.object) ?? []), block])
  return found
}

function blocksIn(
  code: HotCode,
  side: Side,
  byObject: PerSide<ReadonlyMap<string, readonly Block[]>>,
): readonly Block[] {
  const path = code.object[side]?.profile.profile.object ?? ''
  const symbol = code[side]?.symbol
  if (!symbol) return []
  const end = symbol.address + symbol.size
  return (byObject[side].get(path) ?? []).filter(block => block.start >= symbol.address && block.end < end)
}

/** A block by the positions of its first and last instruction in the function: the same on both sides where the code is the same. */
function positionsOf(code: HotCode, side: Side, { start, end }: Block): string | undefined {
  const body = (side === 'base' ? code.baseCode : code.headCode)?.body
  const [first, last] = [body?.indexAt(start), body?.indexAt(end)]
  return first === undefined || last === undefined ? undefined : `${first} ${last}`
}

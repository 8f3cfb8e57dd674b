import type { ObjectProfile } from './profile.ts'

/** The most different addresses that are kept, over all objects: hostile output cannot fill the memory. */
const MOST_ADDRESSES = 4_000_000
/** The most different objects that are kept by name. */
export const MOST_OBJECTS = 20_000
const OVERFLOW_OBJECT = '???'

/** Instructions (or samples) and misses at one address. */
export interface AddressCost {
  readonly count: number
  readonly icacheMisses: number
  readonly dcacheMisses: number
}

type Costs = { count: number; icacheMisses: number; dcacheMisses: number }

/** Costs added up by object and address, over any number of files and processes. */
export interface CostTable {
  readonly objects: Map<string, Map<number, Costs>>
  addresses: number
  total: number
  /** Costs that found no room; they count in `total` and nowhere else. */
  unplaced: number
}

export const emptyCostTable = (): CostTable => ({ objects: new Map(), addresses: 0, total: 0, unplaced: 0 })

/** Adds one cost to the table. */
export function addCost(table: CostTable, object: string, address: number, cost: AddressCost): void {
  table.total += cost.count
  const costs = costsAt(table, object, address)
  if (!costs) {
    table.unplaced += cost.count
    return
  }
  costs.count += cost.count
  costs.icacheMisses += cost.icacheMisses
  costs.dcacheMisses += cost.dcacheMisses
}

function costsAt(table: CostTable, object: string, address: number): Costs | undefined {
  const known = table.objects.has(object) || table.objects.size < MOST_OBJECTS ? object : OVERFLOW_OBJECT
  let addresses = table.objects.get(known)
  if (!addresses) {
    addresses = new Map()
    table.objects.set(known, addresses)
  }
  const costs = addresses.get(address)
  if (costs) return costs
  if (table.addresses >= MOST_ADDRESSES) return undefined
  table.addresses++
  const fresh = { count: 0, icacheMisses: 0, dcacheMisses: 0 }
  addresses.set(address, fresh)
  return fresh
}

/** The table as profiles, the object with the most counts first; `simulated` adds the misses. */
export function profilesOf(table: CostTable, simulated: boolean): readonly ObjectProfile[] {
  const objects = [...table.objects].filter(([, costs]) => costs.size > 0)
  return objects
    .map(([object, costs]) => {
      const rows = [...costs].sort(([one], [other]) => one - other)
      const profile = {
        object,
        addresses: rows.map(([address]) => address),
        counts: rows.map(([, { count }]) => count),
      }
      if (!simulated) return profile
      return {
        ...profile,
        icacheMisses: rows.map(([, { icacheMisses }]) => icacheMisses),
        dcacheMisses: rows.map(([, { dcacheMisses }]) => dcacheMisses),
      }
    })
    .map(profile => ({ profile, weight: profile.counts.reduce((sum, count) => sum + count, 0) }))
    .sort((one, other) => other.weight - one.weight || (one.profile.object < other.profile.object ? -1 : 1))
    .map(({ profile }) => profile)
}

import type { Profile } from '../counters/profile.ts'
import type { Side } from '../model/side.ts'
import type { VisitedLine } from './crowding.ts'
import type { ObjectPair } from './objects.ts'

/**
 * The lines of code that one side visits. A line's visits are the largest instruction count in it, since a stream
 * of instructions enters it that often; of samples, which are few and are time, the sum.
 */
export function visitedCode(
  objects: readonly ObjectPair[],
  side: Side,
  how: { readonly lineBytes: number; readonly source: Profile['source'] },
): VisitedLine[] {
  return objects.flatMap(object => {
    const part = object[side]
    if (!part) return []
    const { addresses, counts } = part.profile.profile
    const visits = new Map<number, number>()
    addresses.forEach((address, index) => {
      const line = Math.floor(address / how.lineBytes)
      const before = visits.get(line) ?? 0
      visits.set(
        line,
        how.source === 'callgrind' ? Math.max(before, counts[index]!) : before + counts[index]!,
      )
    })
    return Array.from(visits, ([line, count]) => ({
      line,
      visits: count,
      owners: ownersOf(part.view.functions, line * how.lineBytes, how.lineBytes),
    }))
  })
}

function ownersOf(
  functions: { at(address: number): { readonly name: string } | undefined },
  address: number,
  lineBytes: number,
): string[] {
  const owners = new Set<string>()
  for (let at = address; at < address + lineBytes; at += 16) {
    const name = functions.at(at)?.name
    if (name !== undefined) owners.add(name)
  }
  return [...owners]
}

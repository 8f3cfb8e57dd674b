import type { ElfSegment } from '../elf/elf.ts'
import type { PlacePaths } from '../sandbox/place.ts'
import { addCost, type CostTable } from './cost-table.ts'

/**
 * Callgrind takes a call for a return where the stack pointer has moved up before it (callgrind/bbcc.c, setup_bbcc). libffi calls so, on
 * which Python's ctypes and cffi, Ruby's Fiddle and others rest. What the called function costs is then written under the caller's object
 * file, with addresses of its own. Such costs are recognised by their source file, or by an address where that object file has no code.
 */
const STRAY = '\0stray'

/** The name under which costs of an object file are kept whose source file cannot be its own. */
export const strayOf = (object: string): string => `${object}${STRAY}`

/** Says whether a source file cannot be one of an object file's. */
export type StrayRule = (object: string, source: string) => boolean

/** A source of the work tree is of no object file that jobs cannot have built. */
export const strayRule =
  (folders: PlacePaths): StrayRule =>
  (object, source) =>
    source.startsWith(`${folders.tree}/`) && object.startsWith('/') && !builtIn(folders)(object)

/** Says of an object file whether jobs with these folders may have built it. */
export function builtIn(folders: PlacePaths): (object: string) => boolean {
  const own = [folders.tree, folders.home, folders.scratch].map(folder => `${folder}/`)
  return object => own.some(folder => object.startsWith(folder))
}

interface Files {
  readonly isBuilt: (object: string) => boolean
  readonly segmentsOf: (object: string) => readonly ElfSegment[] | undefined
}

/**
 * Books stray costs to the one built object file that has code at their addresses, and says where those of each object file went. Where no
 * file or more than one fits they stay under the file that callgrind named.
 */
export function settleStrays(table: CostTable, files: Files): ReadonlyMap<string, string> {
  const names = [...table.objects.keys()]
  const built = names.filter(name => files.isBuilt(name) && !name.endsWith(STRAY))
  const went = new Map<string, string>()
  if (built.length === 0 && !names.some(name => name.endsWith(STRAY))) return went
  for (const name of names) {
    const object = name.replace(STRAY, '')
    if (!object.startsWith('/') || (name === object && files.isBuilt(name))) continue
    const addresses = [...table.objects.get(name)!.keys()]
    const segments = files.segmentsOf(object)
    const strays =
      name === object
        ? addresses.filter(address => segments !== undefined && !hasCode(segments, address))
        : addresses
    if (strays.length === 0) continue
    const fitting = built.filter(file => {
      const own = files.segmentsOf(file)
      return own !== undefined && strays.every(address => hasCode(own, address))
    })
    const owner = fitting.length === 1 ? fitting[0]! : object
    if (owner !== name) move(table, name, strays, owner)
    if (name !== object) went.set(name, owner)
  }
  return went
}

const PF_X = 1
const hasCode = (segments: readonly ElfSegment[], at: number): boolean =>
  segments.some(
    ({ flags, address, memorySize }) => (flags & PF_X) !== 0 && at >= address && at < address + memorySize,
  )

function move(table: CostTable, from: string, addresses: readonly number[], to: string): void {
  const costs = table.objects.get(from)!
  for (const address of addresses) {
    const cost = costs.get(address)!
    costs.delete(address)
    table.addresses--
    table.total -= cost.count
    addCost(table, to, address, cost)
  }
}

import type { CacheGeometry, Geometry } from './geometry.ts'
import { geometryFault, withRoundSets } from './geometry.ts'

/** One `cache/indexN` folder of sysfs: the text of each file, absent where the kernel made none. */
export interface CacheFiles {
  readonly type?: string
  readonly level?: string
  readonly size?: string
  readonly ways?: string
  readonly line?: string
  readonly sets?: string
}

function wholeNumber(text: string | undefined): number | undefined {
  const match = /^(\d{1,12})(K|M)?$/.exec(text?.trim() ?? '')
  if (!match) return undefined
  return Number(match[1]) * (match[2] === 'M' ? 1024 ** 2 : match[2] === 'K' ? 1024 : 1)
}

/**
 * The cache that one folder describes, with the missing one of size, ways and sets derived from the others;
 * undefined when too little is known. The kernel makes no file for a value of 0, save `ways` 0: fully associative.
 */
export function cacheOf(files: CacheFiles): CacheGeometry | undefined {
  const lineBytes = wholeNumber(files.line) || undefined
  const sets = wholeNumber(files.sets) || undefined
  const statedWays = wholeNumber(files.ways)
  const size = wholeNumber(files.size) || undefined
  if (lineBytes === undefined) return undefined
  const ways =
    statedWays === 0
      ? size && size / lineBytes
      : (statedWays ?? (size !== undefined && sets !== undefined ? size / sets / lineBytes : undefined))
  const sizeBytes = size ?? (ways !== undefined && sets !== undefined ? ways * sets * lineBytes : undefined)
  return ways !== undefined && sizeBytes !== undefined ? { sizeBytes, ways, lineBytes } : undefined
}

function pick(
  folders: readonly CacheFiles[],
  types: readonly string[],
  level: number,
): CacheGeometry | undefined {
  for (const type of types) {
    const found = folders.find(files => files.type?.trim() === type && wholeNumber(files.level) === level)
    const cache = found && cacheOf(found)
    if (cache && geometryFault(cache) === undefined) return cache
  }
  return undefined
}

/**
 * The second level, or the next one that there is, with a number of sets that valgrind takes and the line of the first level. valgrind has two
 * levels and calls the second its last; a third level that a whole socket shares would hold everything, and show nothing.
 */
function secondLevel(folders: readonly CacheFiles[], lineBytes: number): CacheGeometry | undefined {
  const levels = folders
    .filter(files => files.type?.trim() === 'Unified' && (wholeNumber(files.level) ?? 0) >= 2)
    .sort((one, other) => (wholeNumber(one.level) ?? 0) - (wholeNumber(other.level) ?? 0))
  for (const files of levels) {
    const cache = cacheOf(files)
    if (!cache) continue
    const round = withRoundSets({ ...cache, lineBytes })
    if (geometryFault(round) === undefined) return round
  }
  return undefined
}

/** The caches of one CPU out of its sysfs folders; a cache that is not told or not possible is left out. */
export function cachesFromSysfs(folders: readonly CacheFiles[]): Partial<Omit<Geometry, 'from'>> {
  const l1i = pick(folders, ['Instruction', 'Unified'], 1)
  const l1d = pick(folders, ['Data', 'Unified'], 1)
  const ll = secondLevel(folders, l1i?.lineBytes ?? l1d?.lineBytes ?? 64)
  return { ...(l1i && { l1i }), ...(l1d && { l1d }), ...(ll && { ll }) }
}

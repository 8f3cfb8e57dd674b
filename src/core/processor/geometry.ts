import { failed, type Result, success } from '../model/result.ts'

/** An instruction or data cache as the simulator is given it, in bytes. */
export interface CacheGeometry {
  readonly sizeBytes: number
  readonly ways: number
  readonly lineBytes: number
}

/** The caches that a simulation is given. */
export interface Geometry {
  readonly l1i: CacheGeometry
  readonly l1d: CacheGeometry
  /** The second level: valgrind has two, and calls it the last. */
  readonly ll: CacheGeometry
  /** Where it was read: `sysfs`, `getconf`, `input`, `table`. */
  readonly from: string
}

/** Caches that the user gives instead of what the machine says. */
export interface GeometryOverride {
  readonly l1i?: CacheGeometry
  readonly l1d?: CacheGeometry
  readonly ll?: CacheGeometry
}

/** The smallest line valgrind takes: as wide as its widest register (cg_arch.c, check_cache). */
const SMALLEST_LINE_BYTES = 32
const LARGEST_CACHE_BYTES = 2 ** 30

const isPowerOfTwo = (value: number): boolean => value >= 1 && Number.isInteger(Math.log2(value))

export const setsOf = ({ sizeBytes, ways, lineBytes }: CacheGeometry): number => sizeBytes / ways / lineBytes

/** Reads `size,ways,line` in bytes, for example `32768,8,64` or `32K,8,64`; the fault is a sentence. */
export function parseGeometry(text: string): Result<CacheGeometry, string> {
  const match = /^\s*(\d{1,10})\s*([KMkm]?)\s*,\s*(\d{1,6})\s*,\s*(\d{1,6})\s*$/.exec(text)
  if (!match) {
    return failed(
      `${JSON.stringify(text)} is not a cache; write size,ways,line in bytes, such as 32768,8,64.`,
    )
  }
  const unit = { '': 1, k: 1024, m: 1024 ** 2 }[match[2]!.toLowerCase()] ?? 1
  const geometry = {
    sizeBytes: Number(match[1]) * unit,
    ways: Number(match[3]),
    lineBytes: Number(match[4]),
  }
  const fault = geometryFault(geometry)
  return fault === undefined
    ? success(geometry)
    : failed(`The cache ${text.trim()} cannot be simulated: ${fault}.`)
}

/** Why valgrind would refuse (or crash on) this cache, or undefined when it takes it. */
export function geometryFault(geometry: CacheGeometry): string | undefined {
  const { sizeBytes, ways, lineBytes } = geometry
  if (![sizeBytes, ways, lineBytes].every(value => Number.isSafeInteger(value) && value > 0)) {
    return 'size, ways and line must be whole numbers above zero'
  }
  if (sizeBytes > LARGEST_CACHE_BYTES) return 'it is larger than 1 GiB'
  if (!isPowerOfTwo(lineBytes) || lineBytes < SMALLEST_LINE_BYTES) {
    return `its line must be a power of two of at least ${SMALLEST_LINE_BYTES} bytes`
  }
  if (sizeBytes <= lineBytes) return 'it must hold more than one line'
  if (ways > sizeBytes / lineBytes) return 'it has more ways than lines'
  if (!isPowerOfTwo(setsOf(geometry))) return 'size / ways / line must be a power of two'
  return undefined
}

/** The same cache with its number of sets rounded to the nearest power of two: 36 MB and 12 ways become 24 or 48 MB. */
export function withRoundSets(geometry: CacheGeometry): CacheGeometry {
  const { ways, lineBytes } = geometry
  const sets = 2 ** Math.max(0, Math.round(Math.log2(setsOf(geometry))))
  return { sizeBytes: sets * ways * lineBytes, ways, lineBytes }
}

/** `size,ways,line` in bytes, as valgrind's options and the report write it. */
export const formatGeometry = ({ sizeBytes, ways, lineBytes }: CacheGeometry): string =>
  `${sizeBytes},${ways},${lineBytes}`

/** The machine's caches with the user's put over them; `from` names both when both count. */
export function withOverride(found: Geometry, override: GeometryOverride | undefined): Geometry {
  const given = [override?.l1i, override?.l1d, override?.ll].filter(cache => cache !== undefined)
  if (given.length === 0) return found
  const from = given.length === 3 ? 'input' : `input and ${found.from}`
  const l1i = override?.l1i ?? found.l1i
  // The simulator looks a line of the first level up in the last one: their lines must be the same.
  const ll = override?.ll ?? withRoundSets({ ...found.ll, lineBytes: l1i.lineBytes })
  return { l1i, l1d: override?.l1d ?? found.l1d, ll, from }
}

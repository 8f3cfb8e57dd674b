/** Reads what people write for amounts; every reader returns undefined for what it does not understand. */

/** `5%` or `0.5 %` as a fraction. */
export function readPercent(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim())
  return found ? Number(found[1]) / 100 : undefined
}

const SECONDS = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, min: 60, h: 3600 } as const

/** `90s`, `10m`, `1.5h`, `20ms` in seconds. */
export function readDuration(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*(ns|us|µs|ms|s|min|m|h)$/.exec(text.trim())
  if (!found) return undefined
  return Number(found[1]) * SECONDS[found[2] as keyof typeof SECONDS]
}

/** A plain number above zero, for amounts in a unit of the benchmark's own. */
export function readPositive(text: string): number | undefined {
  const found = /^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN
  return Number.isFinite(found) && found > 0 ? found : undefined
}

/** A whole number of at least `least`. */
export function readWhole(text: string, least: number): number | undefined {
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN
  return value >= least ? value : undefined
}

/** `2/5` as the second of five. */
export function readShard(text: string): { readonly index: number; readonly of: number } | undefined {
  const found = /^(\d{1,4})\/(\d{1,4})$/.exec(text.trim())
  if (!found) return undefined
  const [index, of] = [Number(found[1]), Number(found[2])]
  return index >= 1 && index <= of ? { index, of } : undefined
}

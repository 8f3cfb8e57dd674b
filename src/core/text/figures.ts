/** A count with three digits and a unit of thousands: `30.0 G`, `1.12 M`, `641`. */
export function count(value: number): string {
  const units = ['', ' k', ' M', ' G', ' T']
  let scaled = value
  let unit = 0
  while (Math.abs(scaled) >= 1000 && unit < units.length - 1) {
    scaled /= 1000
    unit++
  }
  return `${unit === 0 ? Math.round(scaled) : scaled.toPrecision(3)}${units[unit]}`
}

/** A fraction as a percentage with at most two digits behind the point: `11.3 %`, `0.11 %`. */
export function percent(fraction: number): string {
  const value = Math.abs(fraction) * 100
  const digits = value >= 10 ? (value >= 100 ? 0 : 1) : value >= 1 ? 1 : 2
  return `${Number((fraction * 100).toFixed(digits))} %`
}

/** A relative change with its sign: `+0.1 %`, `-11 %`. */
export function signed(fraction: number): string {
  return fraction < 0 ? percent(fraction) : `+${percent(fraction)}`
}

/** A ratio: `1.72 times`. */
export function times(ratio: number): string {
  return `${ratio.toPrecision(3)} times`
}

/** Some names in a sentence: `a`, `a and b`, `a, b and 3 more`. */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.slice(0, names.length > most + 1 ? most : most + 1)
  const rest = names.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '')
}

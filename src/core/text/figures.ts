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

import type { Change } from '../../core/model/report.ts'
import { percent } from '../../core/text/figures.ts'

/** Numbers as people read them: three significant figures, the unit once, a true minus sign. Spaces are plain ones. */

const MINUS = '−'

function signed(text: string): string {
  return text.startsWith('-') ? MINUS + text.slice(1) : text
}

function figures(decimals: number): Intl.NumberFormat {
  return new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}

const FIGURES = [figures(0), figures(1), figures(2)] as const
const WHOLE = new Intl.NumberFormat('en-US')

/** Decimals that give three significant figures, for a magnitude of one or more. */
function decimals(magnitude: number): 0 | 1 | 2 {
  if (magnitude >= 100) return 0
  return magnitude >= 10 ? 1 : 2
}

function threeFigures(value: number): string {
  if (value === 0) return '0'
  const rounded = Number(value.toPrecision(3))
  if (Math.abs(rounded) < 1) return signed(value.toPrecision(3)).replace('e-', `e${MINUS}`)
  return signed(FIGURES[decimals(Math.abs(rounded))].format(value))
}

interface Scale {
  readonly from: number
  readonly unit: string
  readonly factor: number
}

const TIME: readonly Scale[] = [
  { from: 120, unit: 'min', factor: 60 },
  { from: 1, unit: 's', factor: 1 },
  { from: 1e-3, unit: 'ms', factor: 1e-3 },
  { from: 1e-6, unit: 'µs', factor: 1e-6 },
  { from: 0, unit: 'ns', factor: 1e-9 },
]

const DECIMAL: readonly Scale[] = [
  { from: 1e12, unit: 'T', factor: 1e12 },
  { from: 1e9, unit: 'G', factor: 1e9 },
  { from: 1e6, unit: 'M', factor: 1e6 },
  { from: 1e4, unit: 'k', factor: 1e3 },
  { from: 0, unit: '', factor: 1 },
]

const SECONDS: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 }

/** The scale for a value, one step up where rounding to three figures would reach it (999.6 µs is 1.00 ms). */
function scaleFor(value: number, scales: readonly Scale[]): Scale {
  const rounded = Number(Math.abs(value).toPrecision(3))
  return scales.find(scale => rounded >= scale.from) ?? { from: 0, unit: '', factor: 1 }
}

/** A value in a scale; a whole number that needs no scale is shown whole. */
function inScale(value: number, scale: Scale): string {
  if (scale.unit === '' && Number.isInteger(value)) return signed(WHOLE.format(value))
  return threeFigures(value / scale.factor)
}

/** One count or other plain number: `848 M`, `1,310`, `0.11`. */
export function formatCount(value: number): string {
  const scale = scaleFor(value, DECIMAL)
  return `${inScale(value, scale)} ${scale.unit}`.trim()
}

/** A measured value in its unit: `17.0 ms`, `1.23 M ops/s`; times are scaled from ns to min. */
export function formatValue(value: number, unit: string): string {
  return formatValues([value], unit).join()
}

/** From how small a part of the largest value on another one has a unit of its own: `2.04 s` and `613 µs`, not `0.000613 s`. */
const FAR_BELOW = 0.01

/**
 * Measured values of one benchmark in one common unit, that of the largest, so that they compare at a glance. A value that this unit would
 * show as hardly anything is shown in its own.
 */
export function formatValues(values: readonly number[], unit: string): readonly string[] {
  const largest = Math.max(0, ...values.map(Math.abs))
  return values.map(value => {
    const apart = value !== 0 && Math.abs(value) < largest * FAR_BELOW
    return inUnitOf(apart ? Math.abs(value) : largest, value, unit)
  })
}

function inUnitOf(largest: number, value: number, unit: string): string {
  const toSeconds = SECONDS[unit]
  if (toSeconds === undefined) {
    const scale = scaleFor(largest, DECIMAL)
    // A prefix belongs to the symbol of a unit (`17.6 kB`), and stands before a word (`17.6 k instructions`).
    const scaled = unit === 'B' ? [`${scale.unit}B`] : [scale.unit, unit]
    return [inScale(value, scale), ...scaled].filter(part => part !== '').join(' ')
  }
  const scale = scaleFor(largest * toSeconds, TIME)
  return `${inScale(value * toSeconds, scale)} ${scale.unit}`
}

/** From twice as much, or half as much, on people say a change in times and not in percent. */
const IN_TIMES = 2

/** From ten times as much on, percent have too many digits. */
const OUT_OF_PROPORTION = 10

/** A factor of any size with at most three significant figures: `3.1`, `2.38`, `744`, `1,040`. */
function factor(value: number): string {
  const rounded = Number(value.toPrecision(3))
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: decimals(Math.max(1, rounded)) }).format(
    rounded,
  )
}

function isFactor(ratio: number): boolean {
  return ratio > 0 && (roundsTo(ratio) >= IN_TIMES || roundsTo(1 / ratio) >= IN_TIMES)
}

/** A ratio as three figures show it, so that words and figures agree about 1.9999. */
function roundsTo(ratio: number): number {
  return Number(ratio.toPrecision(3))
}

function signedFigures(ratio: number): string {
  const percent = (ratio - 1) * 100
  const figures = percent.toFixed(Math.abs(percent) < 99.95 ? 1 : 0)
  if (Number(figures) === 0) return '0.0'
  return ratio > 1 ? `+${figures}` : signed(figures)
}

/** A ratio as a change: 1.021 is `+2.1 %`, 0.812 is `−18.8 %`, 3.1 is `3.1×`, 0.25 is `4× less`. */
export function formatChange(ratio: number): string {
  if (!isFactor(ratio)) return `${signedFigures(ratio)} %`
  return ratio > 1 ? `${factor(ratio)}×` : `${factor(1 / ratio)}× less`
}

/**
 * The interval of a change with the unit once: `+68.9 … +71.4 %`, `1.81 … 2.4×`, `4.2 … 3.9× less`. Where the change itself is reported in
 * percent, so are its ends, unless they are out of all proportion.
 */
export function formatInterval({ ratio, low, high }: Pick<Change, 'ratio' | 'low' | 'high'>): string {
  const near = !isFactor(ratio) && high < OUT_OF_PROPORTION
  if (near) return `${signedFigures(low)} … ${signedFigures(high)} %`
  if (high < 1 && isFactor(low)) return `${factor(1 / low)} … ${factor(1 / high)}× less`
  if (high > 1 && isFactor(high)) return `${threeFigures(low)} … ${factor(high)}×`
  return `${signedFigures(low)} … ${signedFigures(high)} %`
}

/** A fraction as a percentage without a sign: 0.05 is `5 %`, 0.0025 is `0.25 %`, 0.00001 is `below 0.01 %`, 0 is `0 %`. */
export function formatShare(fraction: number): string {
  if (fraction > 0 && fraction < 0.00005) return 'below 0.01 %'
  return signed(percent(fraction))
}

/** How much a ratio is away from 1, for a sentence, with the figures of `formatChange`: 1.702 is `70.2 %`, 1.2 is `20 %`, 3.1 is `3.1×`. */
export function formatExtent(ratio: number): string {
  return formatFactor(ratio) ?? `${signedFigures(ratio).replace(/^[+−]|\.0$/g, '')} %`
}

/** How many times as much, whichever way: 3.21 is `3.21×`, 0.25 is `4×`; undefined for what is reported in percent. */
export function formatFactor(ratio: number): string | undefined {
  return isFactor(ratio) ? `${factor(Math.max(ratio, 1 / ratio))}×` : undefined
}

/** A span of time in words of two units at most: `41 s`, `4 min 12 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 59.5) return seconds < 9.95 ? formatValue(seconds, 's') : `${Math.round(seconds)} s`
  const minutes = Math.floor(Math.round(seconds) / 60)
  if (minutes < 60) return pair(minutes, 'min', Math.round(seconds) % 60, 's')
  return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

function pair(large: number, largeUnit: string, rest: number, smallUnit: string): string {
  return rest === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${rest} ${smallUnit}`
}

/** An address as readers of `nm` and `objdump` know it. */
export function formatAddress(address: number): string {
  return `0x${Math.max(0, Math.trunc(address)).toString(16)}`
}

/** Bytes with the right noun: `1 byte`, `48 bytes`, `6,144 bytes`. */
export function formatBytes(bytes: number): string {
  const size = Math.abs(bytes)
  return `${WHOLE.format(size)} ${size === 1 ? 'byte' : 'bytes'}`
}

import type { Unit } from './units.ts'

/** The step between two values that a program can print: one of the last digit that it printed. */
export interface PrintedStep {
  /** In the base unit. */
  readonly size: number
  /** The factor of the unit that it was printed in: values in one unit have one grid. */
  readonly factor: number
  /** A whole number without a unit, which may be a count and then has no step. */
  readonly mayCount?: true
}

/** A number as it was printed: as text, or as the number of a document. */
interface Printed {
  readonly value: number
  /** Its digits, where they are at hand; a number of a document has the shortest ones that tell it from others. */
  readonly digits?: string
  /** The unit as it was printed; an empty text where there was none. */
  readonly unitText?: string
}

/** A printed number in its base unit, with the step of its grid. */
export function amountOf(
  { value, digits, unitText }: Printed,
  { base, factor }: Unit,
): { readonly value: number; readonly unit: Unit['base']; readonly step?: PrintedStep } {
  const step = stepOf(digits ?? String(value), { base, factor, named: unitText !== '' })
  return { value: value * factor, unit: base, ...(step && { step }) }
}

/** The step of a number in a unit; undefined for what is counted, which is exact, and for what is no number. */
export function stepOf(
  digits: string,
  { base, factor, named }: Unit & { readonly named: boolean },
): PrintedStep | undefined {
  const place = lastPlace(digits)
  if (place === undefined) return undefined
  const size = 10 ** place * factor
  const whole = place >= 0 && factor === 1 && (base === '' || base === 'B')
  if (!whole) return { size, factor }
  return base === '' && !named ? { size, factor, mayCount: true } : undefined
}

const DIGITS = /^[+-]?[\d,_' \u00a0\u2009\u202f]*(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/

/** The power of ten of the last digit: −2 for `1.25`, 3 for `12e3`. */
function lastPlace(digits: string): number | undefined {
  const found = DIGITS.exec(digits.trim())
  return found ? Number(found[2] ?? 0) - (found[1]?.length ?? 0) : undefined
}

/** The finest of the steps that values of one unit have: trailing zeros are often left out. */
export function finest(steps: readonly (PrintedStep | undefined)[]): PrintedStep | undefined {
  const known = steps.filter(step => step !== undefined)
  if (known.length < steps.length || known.length === 0) return undefined
  return known.reduce(finer)
}

function finer(one: PrintedStep, other: PrintedStep): PrintedStep {
  const { size, factor } = one.size <= other.size ? one : other
  return { size, factor, ...(one.mayCount && other.mayCount && { mayCount: true as const }) }
}

/** The steps of all values of a side so far: the finest in each unit. */
export type Grid = Map<number, PrintedStep>

/** Adds the step of one more value. */
export function addStep(grid: Grid, step: PrintedStep | undefined): void {
  if (!step) return
  const known = grid.get(step.factor)
  grid.set(step.factor, known ? finer(known, step) : step)
}

/** What tells a count from a time where the values themselves do not: whether one of them is zero, and the words around them. */
export interface GridContext {
  readonly zeros: boolean
  /** The path, pattern or unit that reads the values. */
  readonly readBy: string
}

/**
 * The step of a side's values: the widest of its units, because a program that picks its unit by size prints fewer digits in a larger one.
 * Undefined where the values are counts. A whole number without a unit counts something only if its path or unit says so, or if it can be
 * zero, which no time is.
 */
export function stepOfGrid(grid: Grid, { zeros, readBy }: GridContext): number | undefined {
  const steps = [...grid.values()]
  if (steps.length === 0) return undefined
  if (steps.every(({ mayCount }) => mayCount) && isCount(zeros, wordsOf(readBy))) return undefined
  return Math.max(...steps.map(({ size }) => size))
}

function isCount(zeros: boolean, words: readonly string[]): boolean {
  if (words.some(word => TIME_WORD.test(word))) return false
  return zeros || words.some(word => COUNT_WORD.test(word))
}

const TIME_WORD =
  /^(?:[mnu\u00b5\u03bc]?s|[mnu\u00b5\u03bc]?secs?|(?:nano|micro|milli)?seconds?|nanos|micros|millis|mins?|minutes?|times?|elapsed|duration|latency|wall|real|user|sys|took)$/
const COUNT_WORD =
  /^(?:allocs?|allocations?|allocated|counts?|counter|instructions?|instrs?|insns?|cycles?|(?:sys)?calls?|faults?|misses|branches|bytes|size|length|objects|lines|steps|nodes)$/

function wordsOf(text: string): readonly string[] {
  return text
    .replace(/\\./g, ' ')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(word => word !== '')
}

import type { ValueFormat } from '../model/plan.ts'
import { type Result, success } from '../model/result.ts'
import type { PrintedWith } from './fault-says.ts'
import { textAt } from './json-members.ts'
import { parseJsonPath, valueAt } from './json-path.ts'
import type { Output } from './output.ts'
import { amountOf, type PrintedStep, stepOf } from './printed-step.ts'
import { type Fault, fault, quotedLine, quotedValue, unread } from './result.ts'
import { readNumber, readUnit, SECONDS, type Unit } from './units.ts'

/** One match of a pattern: its value, and what the text around it says of the unit. */
export interface Match {
  /** The group `value`, or the first group, or the whole match. */
  readonly value: string
  /** The group `unit`. */
  readonly unit?: string
  /** A few characters behind the value. */
  readonly after: string
  /** A few characters before and behind the value, each only where the pattern matched nothing of them. */
  readonly around?: readonly [string, string]
}

/**
 * All matches of a pattern in hostile text, or undefined when it took too long. How long a pattern takes cannot be known beforehand, so the
 * caller brings a matcher that can be stopped.
 */
export type Matcher = (pattern: string, text: string) => readonly Match[] | undefined

/** A value with what tells that it is the same quantity as in the run before. */
export interface PlainValue {
  readonly value: number
  /** The base unit that it was brought to, where the output tells one. */
  readonly unit?: Unit['base']
  /** What is printed with it, which must stay the same. */
  readonly told?: PrintedWith
  /** How coarsely it was printed; absent for counts. */
  readonly step?: PrintedStep
}

type Found = Result<PlainValue, Fault>

/** Formats that yield one value without a name. */
export type PlainFormat = Exclude<ValueFormat, { kind: 'wall' | 'harness' }>

/** Reads the one value that is expected; several that nothing tells apart are a fault, because each may be another benchmark's. */
export function readPlain(output: Output, format: PlainFormat, match: Matcher): Found {
  switch (format.kind) {
    case 'seconds':
    case 'milliseconds': {
      const lines = output.lines.filter(line => line.trim() !== '')
      if (lines.length > 1 && lines.every(line => readNumber(line) !== undefined)) return severalValues(lines)
      const digits = lines.find(line => readNumber(line) === undefined) ?? lines[0]!
      const number = numberIn(digits)
      const unit: Unit = format.kind === 'seconds' ? SECONDS : { base: 's', factor: 1e-3 }
      if (!number.ok) return number
      const { value, step } = amountOf({ value: number.value, digits }, unit)
      return success({ value, ...(step && { step }) })
    }
    case 'json':
      return readJson(output, format.path)
    case 'regex':
      return readMatch(output, format.pattern, match)
  }
}

function severalValues(texts: readonly string[]): Found {
  const shown = texts.slice(0, 3).map(quotedLine)
  return fault('ambiguous', { rule: 'several-values', count: texts.length, shown })
}

function readMatch(output: Output, pattern: string, match: Matcher): Found {
  const quoted = quotedLine(pattern)
  const matches = match(pattern, output.text)
  if (!matches) return fault('unreadable', { rule: 'slow-pattern', pattern: quoted })
  if (matches.length === 0) return fault('silent', { rule: 'unmatched-pattern', pattern: quoted })
  if (matches.length > 1)
    return severalValues(matches.map(({ value, unit = '' }) => `${value} ${unit}`.trim()))
  const [{ value, unit: unitText, after, around }] = matches as [Match]
  const more = around && largerNumber(value, around)
  if (more !== undefined)
    return fault('unreadable', {
      rule: 'part-matched',
      whole: quotedLine(more),
      pattern: quoted,
      part: quotedLine(value),
    })
  const number = numberIn(value)
  if (!number.ok) return number
  if (unitText === undefined) {
    const implied = impliedUnit(after)
    const step = plainStep(value, implied?.unit)
    return success({
      value: number.value,
      ...(implied && { told: { unit: implied.word } }),
      ...(step && { step }),
    })
  }
  const unit = readUnit(unitText)
  if (!unit)
    return fault('unit', { rule: 'unread', text: quotedLine(`${value} ${unitText}`), lacks: 'known-unit' })
  return success(amountOf({ value: number.value, digits: value, unitText }, unit))
}

/** The number that a value is only a part of, because the pattern does not take its thousands separators: `1,234.5` around `234.5`. */
function largerNumber(value: string, [before, behind]: readonly [string, string]): string | undefined {
  const start = /[\d.,_'\u00a0\u2009\u202f]*$/.exec(before)![0]
  const end = /^[\d.,_'\u00a0\u2009\u202f]*/.exec(behind)![0].replace(/\D+$/, '')
  const whole = `${/^\d/.test(value) ? start : ''}${value}${/\d$/.test(value) ? end : ''}`
  return whole !== value && readNumber(whole) !== undefined ? whole : undefined
}

/** The step of a value that is not brought to a base unit: whole numbers are exact if what stands with them is counted. */
function plainStep(digits: string, unit: Unit | undefined): PrintedStep | undefined {
  const { base, factor } = unit ?? { base: '', factor: 1 }
  const step = stepOf(digits, { base, factor, named: unit !== undefined })
  return step && { ...step, size: step.size / factor }
}

/** A unit behind a value that the pattern does not read. */
function impliedUnit(after: string): { readonly word: string; readonly unit: Unit } | undefined {
  const word = /^[ \t]?([A-Za-z\u00b5\u03bc][\w/\u00b5\u03bc]*)/.exec(after)?.[1]
  const unit = word === undefined ? undefined : readUnit(word)
  return unit && { word: word!, unit }
}

function readJson(output: Output, path: string): Found {
  const steps = parseJsonPath(path)
  const quoted = quotedLine(path)
  if (!steps) return fault('unreadable', { rule: 'bad-path', path: quoted })
  if (output.documents.length === 0)
    return fault('unreadable', { rule: 'no-document', text: quotedLine(output.text) })
  const places = output.documents.map(document => valueAt(document, steps))
  const found = places.filter(place => 'found' in place && place.found !== undefined)
  if (found.length === 0) {
    const [place] = places
    const there = place && 'missing' in place ? place.missing : undefined
    return there?.kind === 'several'
      ? fault('ambiguous', { rule: 'several-at', path: quoted, there })
      : fault('silent', { rule: 'nothing-at', path: quoted, there })
  }
  if (found.length > 1)
    return fault('ambiguous', { rule: 'several-documents', count: found.length, path: quoted })
  const [place] = found as [Extract<(typeof places)[number], { found: unknown }>]
  if (Array.isArray(place.found)) {
    if (place.found.length === 0) return fault('silent', { rule: 'empty-list', path: quoted })
    if (place.found.length > 1 && place.found.every(each => typeof each === 'number'))
      return severalValues(place.found.map(String))
  }
  const value: unknown = Array.isArray(place.found) ? place.found[0] : place.found
  if (typeof value !== 'number')
    return fault('unreadable', { rule: 'no-number-at', value: quotedValue(value), path: quoted })
  const unit = ['unit', 'units', 'time_unit']
    .map(member => textAt(place.holder, member))
    .find(each => each !== undefined)
  const { names } = place
  const told = { ...(names.length > 0 && { names }), ...(unit !== undefined && { unit }) }
  const step = plainStep(String(value), unit === undefined ? undefined : readUnit(unit))
  return success({ value, ...(Object.keys(told).length > 0 && { told }), ...(step && { step }) })
}

function numberIn(text: string): Result<number, Fault> {
  const value = readNumber(text)
  return value === undefined ? unread(quotedLine(text), 'number-form') : success(value)
}

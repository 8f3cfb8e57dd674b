import type { ValueFormat } from '../model/report.ts'
import { median } from '../statistics/median.ts'
import { killedBy } from '../text/how-it-ended.ts'
import { parseJsonPath, valueAt } from './json-path.ts'

/** Why a run yielded no value. */
export type FaultKind =
  | 'crash'
  | 'timeout'
  | 'flood'
  | 'silent'
  | 'unreadable'
  | 'nan'
  | 'infinite'
  | 'negative'
  | 'zero'
  | 'out-of-range'

/** A run without a value; the clause continues "it …", for example `printed NaN`. */
export interface Fault {
  readonly kind: FaultKind
  readonly clause: string
}

/** The value of one run in the benchmark's unit, or its fault. */
export type Reading = { readonly value: number } | { readonly fault: Fault }

/** What a run left behind, as far as its value depends on it; the text is hostile. */
export interface RunEnd {
  readonly seconds: number
  readonly code: number | null
  readonly signal: string | null
  readonly timedOut: boolean
  readonly stdout: string
  readonly truncated: boolean
}

/**
 * All matches of a pattern in hostile text (the first group where there is one), or undefined when it took too long.
 * How long a pattern takes is not ours to bound, so the caller brings a matcher that can be stopped.
 */
export type Matcher = (pattern: string, text: string) => readonly string[] | undefined

/** Ratios of values between one over this and this stay finite. */
const LARGEST = 1e100

/** Reads one run. A run that prints many values counts once, as their median, because they are not independent. */
export function readRun(run: RunEnd, format: ValueFormat, match: Matcher): Reading {
  const failure = failureOf(run)
  if (failure) return { fault: failure }
  if (format.kind === 'wall') return checked([run.seconds], 'took')
  if (run.truncated) return fault('flood', 'printed more than is kept, so its value is lost; print less')
  if (run.stdout.trim() === '') return fault('silent', 'printed nothing where its value was expected')
  const found = valuesIn(run.stdout, format, match)
  return 'fault' in found ? found : checked(found.values, 'printed')
}

/** How a run failed as a process, or undefined when it ended well. */
export function failureOf(run: RunEnd): Fault | undefined {
  if (run.timedOut)
    return { kind: 'timeout', clause: `was ended by its time limit after ${run.seconds.toFixed(1)} s` }
  if (run.signal !== null) return { kind: 'crash', clause: killedBy(run.signal) }
  return run.code === 0 ? undefined : { kind: 'crash', clause: `exited with code ${run.code}` }
}

type Found = { readonly values: readonly number[] } | { readonly fault: Fault }

function valuesIn(text: string, format: Exclude<ValueFormat, { kind: 'wall' }>, match: Matcher): Found {
  switch (format.kind) {
    case 'seconds':
    case 'milliseconds':
      return numbers(text.split('\n').filter(line => line.trim() !== ''))
    case 'json':
      return jsonNumbers(text, format.path)
    case 'regex': {
      const pattern = quoted(format.pattern)
      const matches = match(format.pattern, text)
      if (!matches)
        return fault('unreadable', `printed text on which ${pattern} takes too long; simplify the pattern`)
      if (matches.length === 0) return fault('silent', `printed nothing that ${pattern} matches`)
      return numbers(matches)
    }
  }
}

function jsonNumbers(text: string, path: string): Found {
  const steps = parseJsonPath(path)
  if (!steps)
    return fault('unreadable', `has the unreadable JSON path ${quoted(path)}; write results[0].median`)
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return fault('unreadable', `printed ${quoted(text)}, which is not one JSON document`)
  }
  const found = valueAt(document, steps)
  const values: readonly unknown[] = Array.isArray(found) ? found : [found]
  if (found === undefined || values.length === 0)
    return fault('silent', `printed JSON with nothing at ${quoted(path)}`)
  return values.every(value => typeof value === 'number')
    ? { values }
    : fault('unreadable', `printed JSON with something other than numbers at ${quoted(path)}`)
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const WORD = /^[+-]?(?:(nan)|inf|infinity)$/i

function numbers(texts: readonly string[]): Found {
  const values: number[] = []
  for (const text of texts.map(each => each.trim())) {
    const word = WORD.exec(text)
    if (!word && !NUMBER.test(text))
      return fault('unreadable', `printed ${quoted(text)}, which is not a number such as 12.5 or 1e-3`)
    if (word) values.push(word[1] ? Number.NaN : Number.POSITIVE_INFINITY)
    else values.push(Number(text))
  }
  return { values }
}

function checked(values: readonly number[], verb: 'printed' | 'took'): Reading {
  for (const value of values) {
    if (Number.isNaN(value)) return fault('nan', `${verb} NaN`)
    if (!Number.isFinite(value)) return fault('infinite', `${verb} an infinite value`)
    if (value < 0) return fault('negative', `${verb} the negative value ${value}`)
    if (value === 0) return fault('zero', `${verb} zero, which nothing can be compared with`)
    if (value > LARGEST || value < 1 / LARGEST)
      return fault('out-of-range', `${verb} ${value}, which is too far from 1; choose another unit`)
  }
  return { value: median(values) }
}

function fault(kind: FaultKind, clause: string): { readonly fault: Fault } {
  return { fault: { kind, clause } }
}

/** Enough of a hostile text to recognise it, on one line. */
function quoted(text: string): string {
  const line = text.trim().slice(0, 200).replace(/\s+/g, ' ')
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line)
}

import type { Counts } from '../model.ts'
import { addCost, type CostTable } from './cost-table.ts'

/** Sums of every event of the simulation, by callgrind's name (Ir, I1mr, D1mr, Bcm…). */
export type EventTotals = Map<string, number>

/** Reads one file of callgrind, line after line, into a cost table; feed it lines, then ask how it ended. */
export interface CallgrindReader {
  line(text: string): void
  end(): CallgrindFile
}

export interface CallgrindFile {
  /** Whether the closing `totals:` line was there: a process killed while it wrote leaves none. */
  readonly complete: boolean
  /** Whether it has addresses and first-level misses at all. */
  readonly usable: boolean
  readonly creator?: string
  /** Lines that could not be understood. */
  readonly unread: number
}

/** What the cost lines of a file mean: which of their numbers is which event. */
interface Layout {
  readonly subpositions: number
  readonly instr: boolean
  readonly events: readonly string[]
}

const NO_LAYOUT: Layout = { subpositions: 1, instr: false, events: [] }
const MOST_NAMES = 100_000
const MOST_EVENTS = 64

/** A reader of callgrind's format (cl-format in valgrind's manual), with or without compressed names and positions. */
export function callgrindReader(table: CostTable, totals: EventTotals): CallgrindReader {
  const names = new Map<string, string>()
  let layout = NO_LAYOUT
  let object = '???'
  let address = 0
  let inclusiveNext = false
  let complete = false
  let creator: string | undefined
  let unread = 0

  const cost = (text: string): void => {
    const fields = text.split(' ')
    const position = positionOf(fields[0]!, address)
    const counts = fields.slice(layout.subpositions).map(Number)
    if (position === undefined || counts.length > MOST_EVENTS || !counts.every(isCount)) {
      unread++
      return
    }
    address = position
    if (inclusiveNext) {
      // The line behind `calls=` holds what the callee cost, which the callee's own lines hold already.
      inclusiveNext = false
      return
    }
    add(table, totals, { object, address, layout, counts })
  }

  const head = (text: string): void => {
    const [, key, value] = /^([a-z]+):[ \t]*(.*)$/.exec(text) ?? []
    if (key === undefined) unread++
    else if (key === 'positions') layout = { ...layout, ...positionsOf(value!) }
    else if (key === 'events') layout = { ...layout, events: value!.trim().split(/\s+/, MOST_EVENTS) }
    else if (key === 'creator') creator = value!.slice(0, 80)
    else if (key === 'totals') complete = true
  }

  const specification = (text: string, equals: number): void => {
    const key = text.slice(0, equals)
    if (key === 'calls') inclusiveNext = true
    else if (key === 'ob' || key === 'cob') {
      const name = nameOf(text.slice(equals + 1), names)
      if (key === 'ob') object = name
    }
  }

  return {
    line(text) {
      const first = text.charCodeAt(0)
      if (Number.isNaN(first) || first === HASH) return
      if (startsCost(first)) return cost(text)
      const equals = text.indexOf('=')
      const colon = text.indexOf(':')
      if (equals > 0 && (colon < 0 || equals < colon)) return specification(text, equals)
      head(text)
    },
    end: () => ({
      complete,
      usable: layout.instr && layout.events.includes('Ir') && layout.events.includes('I1mr'),
      ...(creator !== undefined && { creator }),
      unread,
    }),
  }
}

const HASH = 35
/** Digits, and the `+`, `-` and `*` of compressed positions. */
const startsCost = (code: number): boolean =>
  (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 42

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

function positionOf(text: string, before: number): number | undefined {
  if (text === '*') return before
  const relative = /^[+-]\d+$/.test(text)
  if (!relative && !/^(?:0x[0-9a-f]{1,16}|\d{1,16})$/.test(text)) return undefined
  const position = relative ? before + Number(text) : Number(text)
  return Number.isFinite(position) && position >= 0 ? position : undefined
}

function positionsOf(value: string): Pick<Layout, 'subpositions' | 'instr'> {
  const kinds = value.trim().split(/\s+/, 8)
  return { subpositions: kinds.length, instr: kinds[0] === 'instr' }
}

/** Resolves `(7) /lib/x.so` and the later `(7)`; a plain name stands for itself. */
function nameOf(value: string, names: Map<string, string>): string {
  const compressed = /^(\(\d{1,9}\))(?: (.*))?$/.exec(value)
  if (!compressed) return value
  const [, id, name] = compressed
  if (name !== undefined && names.size < MOST_NAMES) names.set(id!, name)
  return name ?? names.get(id!) ?? '???'
}

interface CostLine {
  readonly object: string
  readonly address: number
  readonly layout: Layout
  readonly counts: readonly number[]
}

function add(table: CostTable, totals: EventTotals, { object, address, layout, counts }: CostLine): void {
  let count = 0
  let icacheMisses = 0
  let dcacheMisses = 0
  for (let index = 0; index < counts.length; index++) {
    const event = layout.events[index]
    const value = counts[index]!
    if (event === undefined || value === 0) continue
    totals.set(event, (totals.get(event) ?? 0) + value)
    if (event === 'Ir') count = value
    else if (event === 'I1mr') icacheMisses = value
    else if (event === 'D1mr' || event === 'D1mw') dcacheMisses += value
  }
  if (layout.instr) addCost(table, object, address, { count, icacheMisses, dcacheMisses })
}

/** The counters that a simulation yields; branches are conditional ones, whose model fits today's predictors better than the one for indirect jumps. */
export function countsOfTotals(totals: EventTotals): Counts {
  const sum = (...events: readonly string[]): number =>
    events.reduce((total, event) => total + (totals.get(event) ?? 0), 0)
  return {
    instructions: sum('Ir'),
    icacheMisses: sum('I1mr'),
    dcacheMisses: sum('D1mr', 'D1mw'),
    ...(totals.has('Bc') && { branches: sum('Bc'), branchMisses: sum('Bcm') }),
  }
}

import type { Counts } from '../model/counters.ts'
import { addCall, type CallTable, type CodeAddress } from './call-table.ts'
import { addCost, type CostTable } from './cost-table.ts'
import { type StrayRule, strayOf } from './strays.ts'

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

interface ReaderState {
  readonly table: CostTable
  readonly calls: CallTable | undefined
  readonly totals: EventTotals
  readonly names: Map<string, string>
  readonly sources: Map<string, string>
  layout: Layout
  object: string
  address: number
  /** The source file of the function, and of the lines that follow where what is inlined comes from another. */
  functionSource: string
  source: string
  isStray: boolean
  readonly strays: StrayRule | undefined
  /** The file of the next callee, where that is another than the caller's. */
  calleeObject: string | undefined
  /** The line behind `calls=` holds what the callee cost, which the callee's own lines hold already. */
  callee: CodeAddress | undefined
  complete: boolean
  creator?: string
  unread: number
}

/** Where a reader puts more than the costs, and what it looks for. */
interface ReaderOptions {
  readonly calls?: CallTable | undefined
  readonly strays?: StrayRule | undefined
}

/** A reader of callgrind's format (cl-format in valgrind's manual), with or without compressed names and positions. */
export function callgrindReader(
  table: CostTable,
  totals: EventTotals,
  { calls, strays }: ReaderOptions = {},
): CallgrindReader {
  const state: ReaderState = {
    table,
    calls,
    totals,
    names: new Map(),
    sources: new Map(),
    layout: NO_LAYOUT,
    object: '???',
    address: 0,
    functionSource: '???',
    source: '???',
    isStray: false,
    strays,
    calleeObject: undefined,
    callee: undefined,
    complete: false,
    unread: 0,
  }
  return {
    line(text) {
      const first = text.charCodeAt(0)
      if (Number.isNaN(first) || first === HASH) return
      if (startsCost(first)) return takeCost(state, text)
      const equals = text.indexOf('=')
      const colon = text.indexOf(':')
      if (equals > 0 && (colon < 0 || equals < colon)) return takeName(state, text, equals)
      takeHeader(state, text)
    },
    end: () => ({
      complete: state.complete,
      usable: state.layout.instr && ['Ir', 'I1mr'].every(event => state.layout.events.includes(event)),
      ...(state.creator !== undefined && { creator: state.creator }),
      unread: state.unread,
    }),
  }
}

function takeCost(state: ReaderState, text: string): void {
  const fields = text.split(' ', MOST_EVENTS)
  const position = positionOf(fields[0]!, state.address)
  const counts = fields.slice(state.layout.subpositions).map(Number)
  if (position === undefined || !counts.every(isCount)) {
    state.unread++
    return
  }
  state.address = position
  const { callee } = state
  if (callee) takeCall(state, callee, counts)
  else add(state, counts)
}

function takeCall(state: ReaderState, callee: CodeAddress, counts: readonly number[]): void {
  state.callee = undefined
  const { calls, layout, address } = state
  const cost = counts[layout.events.indexOf('Ir')] ?? 0
  if (calls && layout.instr && cost > 0) addCall(calls, { object: placeOf(state), address }, callee, cost)
}

/** `calls=COUNT TARGET …`, whose callee is in the caller's file where no `cob=` stands before it. */
function takeCallee(state: ReaderState, value: string): void {
  const address = positionOf(value.split(' ', 2)[1] ?? '', state.address) ?? 0
  state.callee = { object: state.calleeObject ?? state.object, address }
  state.calleeObject = undefined
}

/** `ob=` names the object of the lines that follow, `cob=` that of the next callee; `fl=` the source of a function, `fi=` and `fe=` that of lines in it. */
function takeName(state: ReaderState, text: string, equals: number): void {
  const key = text.slice(0, equals)
  const value = text.slice(equals + 1)
  if (key === 'calls') takeCallee(state, value)
  else if (key === 'cob') state.calleeObject = nameOf(value, state.names)
  // All names of sources are compressed together, also those that nothing here asks for.
  else if (key === 'cfi' || key === 'cfl') nameOf(value, state.sources)
  else if (key === 'ob') settle(state, { object: nameOf(value, state.names) })
  else if (key === 'fn') settle(state, { source: state.functionSource })
  else if (key === 'fi' || key === 'fe') settle(state, { source: nameOf(value, state.sources) })
  else if (key === 'fl') {
    state.functionSource = nameOf(value, state.sources)
    settle(state, { source: state.functionSource })
  }
}

function settle(state: ReaderState, place: { readonly object?: string; readonly source?: string }): void {
  state.object = place.object ?? state.object
  state.source = place.source ?? state.source
  state.isStray = state.strays?.(state.object, state.source) ?? false
}

const placeOf = ({ object, isStray }: ReaderState): string => (isStray ? strayOf(object) : object)

function takeHeader(state: ReaderState, text: string): void {
  const [, key, value = ''] = /^([a-z]+):[ \t]*(.*)$/.exec(text) ?? []
  if (key === undefined) state.unread++
  else if (key === 'positions') state.layout = { ...state.layout, ...positionsOf(value) }
  else if (key === 'events')
    state.layout = { ...state.layout, events: value.trim().split(/\s+/, MOST_EVENTS) }
  else if (key === 'creator') state.creator = value.slice(0, 80)
  else if (key === 'totals') state.complete = true
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

/** Resolves `(7) /lib/x.so` and the later `(7)`; a plain name is one already. */
function nameOf(value: string, names: Map<string, string>): string {
  const compressed = /^(\(\d{1,9}\))(?: (.*))?$/.exec(value)
  if (!compressed) return value
  const [, id, name] = compressed
  if (name !== undefined && names.size < MOST_NAMES) names.set(id!, name)
  return name ?? names.get(id!) ?? '???'
}

function add(state: ReaderState, counts: readonly number[]): void {
  const { table, totals, address, layout } = state
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
  if (layout.instr) addCost(table, placeOf(state), address, { count, icacheMisses, dcacheMisses })
}

/** The counters that a simulation returns; branches are conditional ones, whose model fits today's predictors better than the one for indirect jumps. */
export function countsOfTotals(totals: EventTotals): Counts {
  const sum = (...events: readonly string[]): number =>
    events.reduce((total, event) => total + (totals.get(event) ?? 0), 0)
  return {
    instructions: sum('Ir'),
    icacheMisses: sum('I1mr'),
    dcacheMisses: sum('D1mr', 'D1mw'),
    ...(totals.has('DLmr') && { secondLevelMisses: sum('DLmr', 'DLmw') }),
    ...(totals.has('Bc') && { branches: sum('Bc'), branchMisses: sum('Bcm') }),
  }
}

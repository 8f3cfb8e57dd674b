import type { ElfSegment } from '../elf/elf.ts'
import {
  addBlock,
  type Block,
  type BlockTable,
  blocksOf,
  emptyBlockTable,
  readBranchStack,
} from './branch-records.ts'
import { addCall, type Call, type CallTable, callsOf, emptyCallTable } from './call-table.ts'

/** A piece of a file (or of no file) in the address space of a process. */
export interface Mapping {
  readonly start: number
  readonly end: number
  readonly offset: number
  readonly path: string
}

/** Where one sample fell: a byte of a mapped file, or a run-time address outside every file. */
export interface SamplePlace {
  readonly object: string
  /** Offset in the file when `inFile`, else the run-time address. */
  readonly position: number
  readonly inFile: boolean
}

/** Reads `perf script -F pid,tid,ip[,dso] --show-mmap-events --show-task-events` line after line, with call chains or without. */
export interface PerfScriptReader {
  line(text: string): void
  end(): PerfScript
}

export interface PerfScript {
  readonly samples: number
  /** Samples by object, then by position. */
  readonly files: ReadonlyMap<string, ReadonlyMap<number, number>>
  readonly elsewhere: ReadonlyMap<string, ReadonlyMap<number, number>>
  /** Who called whom in the samples with a chain; in files, addresses are offsets. */
  readonly calls: readonly Call[]
  /** Timed blocks of samples with branch records; addresses are offsets in their files. */
  readonly blocks: readonly Block[]
  readonly unread: number
}

/** Over all processes, and at one time in one process: placing a sample stays cheap whatever the output says. */
const MOST_MAPPINGS = 50_000
const MOST_MAPPINGS_AT_ONCE = 4_000
const MOST_POSITIONS = 2_000_000
const MOST_PROCESSES = 16_384

const MMAP =
  /PERF_RECORD_MMAP2? (-?\d+)\/-?\d+: \[(0x[0-9a-f]{1,16}|0)\((0x[0-9a-f]{1,16}|0)\) @ (0x[0-9a-f]{1,16}|0)[^\]]*\]: (\S+) (.*)$/
const FORK = /PERF_RECORD_FORK\((\d+):\d+\):\((\d+):\d+\)/
const EXEC = /PERF_RECORD_COMM exec: .*:(\d+)\/\d+$/
/** The beginning of a sample with its chain, a line each; perf prints the byte of a file there, or the address as it ran. */
const CHAINED = /^\s*(-?\d+)\/-?\d+\s*$/
const FRAME = /^\s+([0-9a-f]{1,16})(?: \((.*)\))?\s*$/
const LONGEST_CHAIN = 256
/** A sample with its branch records, the newest first. */
const BRANCHES = /^\s*(-?\d+)\/-?\d+\s+(0x[0-9a-f]{1,16}\/0x.*)$/
const SAMPLE = /^\s*(-?\d+)\/-?\d+\s+([0-9a-f]{1,16})\s*$/

type Positions = Map<string, Map<number, number>>

interface ReaderState {
  readonly spaces: Map<number, readonly Mapping[]>
  readonly files: Positions
  readonly elsewhere: Positions
  readonly calls: CallTable
  readonly blocks: BlockTable
  /** The sample whose chain is being read. */
  chain: { readonly pid: number; readonly frames: SamplePlace[] } | undefined
  /** Whether its frames are offsets in their files. */
  offsets: boolean
  samples: number
  unread: number
  mappings: number
  positions: number
}

/** Keeps the mappings of every process as they change, and places each sample by the mappings of its moment. */
export function perfScriptReader(): PerfScriptReader {
  const state: ReaderState = {
    spaces: new Map(),
    files: new Map(),
    elsewhere: new Map(),
    calls: emptyCallTable(),
    blocks: emptyBlockTable(),
    chain: undefined,
    offsets: false,
    samples: 0,
    unread: 0,
    mappings: 0,
    positions: 0,
  }
  return {
    line(text) {
      const frame = state.chain && FRAME.exec(text)
      if (frame) return takeFrame(state, frame)
      endChain(state)
      const sample = SAMPLE.exec(text)
      const chained = sample ? undefined : CHAINED.exec(text)
      const branches = sample || chained ? undefined : BRANCHES.exec(text)
      if (sample) takeSample(state, placeOf(state, Number(sample[1]), Number(`0x${sample[2]}`)))
      else if (chained) state.chain = { pid: Number(chained[1]), frames: [] }
      else if (branches) takeBranches(state, Number(branches[1]), branches[2]!)
      else if (text.includes('PERF_RECORD_')) takeEvent(state, text)
      else if (text.trim() !== '') state.unread++
    },
    end: () => ({
      ...ended(state),
      files: state.files,
      elsewhere: state.elsewhere,
      calls: callsOf(state.calls),
      blocks: [...state.blocks.blocks.values()],
      unread: state.unread,
    }),
  }
}

/** A sample whose chain was the last of the text ends with it. */
function ended(state: ReaderState): Pick<PerfScript, 'samples'> {
  endChain(state)
  return { samples: state.samples }
}

/**
 * perf prints the addresses of the process in chains, and from 6.0 on the offsets in their files. An offset that is an address too
 * (programs that are not relocated begin at 4 MiB) shows in the other frames: most are one of the two only.
 */
function takeFrame(state: ReaderState, [, digits, file = '']: RegExpExecArray): void {
  const { pid, frames } = state.chain!
  if (frames.length >= LONGEST_CHAIN) return
  const position = Number(`0x${digits}`)
  const placed = placeOf(state, pid, position)
  const named = file.startsWith('/') && !file.startsWith('//')
  if (named && !placed.inFile) state.offsets = true
  frames.push(named && state.offsets ? { object: file, position, inFile: true } : placed)
}

/** A chain begins with the place of the sample; each frame behind is a return address, of which the call is the byte before. */
function endChain(state: ReaderState): void {
  const { chain } = state
  state.chain = undefined
  const [leaf, ...callers] = chain?.frames ?? []
  if (!leaf) return
  takeSample(state, leaf)
  const counted = new Set<string>()
  let callee = leaf
  for (const { object, position, inFile } of callers) {
    const caller = { object, position: Math.max(0, position - 1), inFile }
    const key = `${caller.position} ${callee.position} ${object}\0${callee.object}`
    // A recursive call holds the sample once.
    if (!counted.has(key))
      addCall(
        state.calls,
        { object, address: caller.position },
        { object: callee.object, address: callee.position },
        1,
      )
    counted.add(key)
    callee = caller
  }
}

function takeSample(state: ReaderState, { object, position, inFile }: SamplePlace): void {
  state.samples++
  const objects = inFile ? state.files : state.elsewhere
  const positions = objects.get(object) ?? new Map<number, number>()
  if (!positions.has(position) && ++state.positions > MOST_POSITIONS) return
  objects.set(object, positions.set(position, (positions.get(position) ?? 0) + 1))
}

function takeBranches(state: ReaderState, pid: number, text: string): void {
  state.samples++
  for (const { start, end, cycles } of blocksOf(readBranchStack(text))) {
    const [first, last] = [placeOf(state, pid, start), placeOf(state, pid, end)]
    if (!first.inFile || first.object !== last.object) continue
    addBlock(state.blocks, {
      ...{ object: first.object, start: first.position, end: last.position, visits: 1, cycles },
    })
  }
}

/** A new program has no mappings, a new process has those of its parent; threads (same process) change nothing. */
function takeEvent(state: ReaderState, text: string): void {
  const mapped = MMAP.exec(text)
  if (mapped) {
    takeMapping(state, mapped)
    return
  }
  const forked = FORK.exec(text)
  const [child, parent] = [Number(forked?.[1]), Number(forked?.[2])]
  if (forked && child !== parent) setSpace(state, child, state.spaces.get(parent) ?? [])
  const replaced = EXEC.exec(text)
  if (replaced) state.spaces.delete(Number(replaced[1]))
}

function takeMapping(state: ReaderState, [, pid, from, size, offset, flags, path]: RegExpExecArray): void {
  if (!flags!.includes('x') || ++state.mappings > MOST_MAPPINGS) return
  const start = Number(from)
  const mapping = { start, end: start + Number(size), offset: Number(offset), path: path! }
  setSpace(state, Number(pid), laidOver(state.spaces.get(Number(pid)) ?? [], mapping))
}

/** The oldest process makes room: it has most likely ended. */
function setSpace({ spaces }: ReaderState, pid: number, space: readonly Mapping[]): void {
  if (!spaces.has(pid) && spaces.size >= MOST_PROCESSES) spaces.delete(spaces.keys().next().value!)
  spaces.set(pid, space)
}

/** How many of the mappings, which are in ascending order and apart, end at or before an address. */
function endedBefore(space: readonly Mapping[], address: number): number {
  let low = 0
  let high = space.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (space[middle]!.end <= address) low = middle + 1
    else high = middle
  }
  return low
}

/** A new mapping hides what it covers; what is left of the old ones on either side stays. */
function laidOver(space: readonly Mapping[], fresh: Mapping): readonly Mapping[] {
  const from = endedBefore(space, fresh.start)
  let to = from
  while (to < space.length && space[to]!.start < fresh.end) to++
  const [first, last] = [space[from], space[to - 1]]
  const laid = space.slice(0, from)
  if (to > from && first!.start < fresh.start) laid.push({ ...first!, end: fresh.start })
  laid.push(fresh)
  if (to > from && last!.end > fresh.end) {
    laid.push({ ...last!, start: fresh.end, offset: last!.offset + (fresh.end - last!.start) })
  }
  const all = laid.concat(space.slice(to))
  return all.length > MOST_MAPPINGS_AT_ONCE ? all.slice(1) : all
}

function mappingAt(space: readonly Mapping[], ip: number): Mapping | undefined {
  const mapping = space[endedBefore(space, ip)]
  return mapping && mapping.start <= ip && ip < mapping.end ? mapping : undefined
}

function placeOf({ spaces }: ReaderState, pid: number, ip: number): SamplePlace {
  const mapping = mappingAt(spaces.get(pid) ?? [], ip)
  if (!mapping) return { object: '[unknown]', position: ip, inFile: false }
  const inFile = mapping.path.startsWith('/') && !mapping.path.startsWith('//')
  return {
    object: mapping.path,
    position: inFile ? ip - mapping.start + mapping.offset : ip,
    inFile,
  }
}

const PT_LOAD = 1
const PF_X = 1

/** The link-time address of a byte of the file, or undefined when no loaded segment holds it; code wins where page padding overlaps. */
export function addressOfOffset(segments: readonly ElfSegment[], offset: number): number | undefined {
  const holds = ({ type, offset: start, fileSize }: ElfSegment): boolean =>
    type === PT_LOAD && offset >= start && offset < start + fileSize
  const holding = segments.filter(holds)
  const segment = holding.find(({ flags }) => (flags & PF_X) !== 0) ?? holding[0]
  return segment && segment.address + (offset - segment.offset)
}

import type { Body } from '../code/body.ts'
import type { Flow, Instruction } from '../disassembly/instruction.ts'
import { unitsSpanned } from '../processor/cache-lines.ts'
import type { Hazard } from '../processor/hazards.ts'
import type { HotCode } from './compare-hot.ts'
import type { ProfileIndex } from './profile-index.ts'

/** A hot innermost loop by the positions of its first and last instruction in the body. */
export interface Loop {
  readonly head: number
  readonly tail: number
  /** Share of everything counted on that side that is in the loop, 0 to 1. */
  readonly share: number
}

/** How a loop is in memory; smaller is better in every field but `offset`. */
export interface LoopPlace {
  readonly address: number
  readonly bytes: number
  /** Offset of its first instruction in its cache line. */
  readonly offset: number
  readonly lines: number
  /** 32-byte windows: what Intel's decoded-instruction cache and AMD's fetch are organised by. */
  readonly windows: number
  /** Branches of the loop that cross a 64-byte line. */
  readonly splitBranches: number
  /** Jumps, calls and returns, with the comparison in front that is decoded together with them, that cross or end at a 32-byte boundary. */
  readonly boundaryBranches: number
}

/** A hot loop of unchanged code, on both sides. */
export interface LoopMove {
  readonly symbol: string
  readonly object: string
  readonly share: number
  readonly base: LoopPlace
  readonly head: LoopPlace
}

/** Loops below this share of the counts do not decide anything. */
const HOT_LOOP_SHARE = 0.05
const LONGEST_LOOP_BYTES = 1024
const WINDOW_BYTES = 32
const TRANSFERS: ReadonlySet<Flow> = new Set([
  'branch',
  'jump',
  'call',
  'return',
  'indirect-jump',
  'indirect-call',
])

/** Finds innermost loops (a jump backwards inside the function) that hold a good part of the counts. */
function findLoops(body: Body, profile: ProfileIndex, total: number): Loop[] {
  const found: Loop[] = []
  body.instructions.forEach((instruction, tail) => {
    if (instruction.flow !== 'branch' && instruction.flow !== 'jump') return
    const target = instruction.fields.find(field => field.kind === 'code')?.target
    const head = target === undefined ? undefined : body.indexAt(target)
    if (head === undefined || head > tail) return
    const start = body.instructions[head]!.address
    const end = instruction.address + instruction.length
    if (end - start > LONGEST_LOOP_BYTES || profile.at(instruction.address) === 0) return
    found.push({ head, tail, share: total > 0 ? profile.sum(start, end).count / total : 0 })
  })
  const hot = found.filter(loop => loop.share >= HOT_LOOP_SHARE)
  return hot.filter(loop => !hot.some(inner => isInside(inner, loop) && inner.share > loop.share / 2))
}

const isInside = (inner: Loop, outer: Loop): boolean =>
  inner !== outer &&
  inner.head >= outer.head &&
  inner.tail <= outer.tail &&
  (inner.head !== outer.head || inner.tail !== outer.tail)

const windowOf = (address: number, unit: number): number => Math.floor(address / unit)

/** What Intel's jump erratum is about (document 341810): any transfer of control, fused with what is in front of it. */
function onBoundary(inside: readonly Instruction[]): number {
  return inside.filter((jump, at) => {
    if (!TRANSFERS.has(jump.flow)) return false
    const before = inside[at - 1]
    const fused = jump.flow === 'branch' && before?.fuses && before.address + before.length === jump.address
    const start = fused ? before.address : jump.address
    // Ending at the boundary counts too: the byte behind the jump is in the next window.
    return windowOf(start, WINDOW_BYTES) !== windowOf(jump.address + jump.length, WINDOW_BYTES)
  }).length
}

/** Where a loop is on one side. */
function placeLoop(body: Body, loop: Loop, lineBytes: number): LoopPlace {
  const inside = body.instructions.slice(loop.head, loop.tail + 1)
  const address = inside[0]!.address
  const bytes = inside.at(-1)!.address + inside.at(-1)!.length - address
  const branches = inside.filter(({ flow }) => flow === 'branch' || flow === 'jump' || flow === 'call')
  const splitBranches = branches.filter(
    branch => windowOf(branch.address, lineBytes) !== windowOf(branch.address + branch.length - 1, lineBytes),
  ).length
  const range = { address, size: bytes }
  return {
    address,
    bytes,
    offset: address % lineBytes,
    lines: unitsSpanned(range, lineBytes),
    windows: unitsSpanned(range, WINDOW_BYTES),
    splitBranches,
    boundaryBranches: onBoundary(inside),
  }
}

/** The hot loops of functions whose code is the same on both sides, with their places. */
export function moveLoops(
  hot: readonly HotCode[],
  how: { readonly total: number; readonly lineBytes: number },
): LoopMove[] {
  return hot.flatMap(({ name, object, sameness, moved, baseCode, headCode }) => {
    if (!moved || sameness !== 'same' || !baseCode || !headCode || !object.head) return []
    return findLoops(headCode.body, object.head.profile, how.total).map(loop => ({
      symbol: name,
      object: object.name,
      share: loop.share,
      base: placeLoop(baseCode.body, loop, how.lineBytes),
      head: placeLoop(headCode.body, loop, how.lineBytes),
    }))
  })
}

/** Whether a loop is placed differently in its lines; which side is faster only timing tells. */
export function lostAlignment({ base, head }: LoopMove): boolean {
  return base.offset !== head.offset
}

/** Whether a cost rose that bad places have on every processor: more lines, or branches across them; and windows where a cache of decoded instructions has them. */
export function isPlacedWorse(base: LoopPlace, head: LoopPlace, hazards: readonly Hazard[]): boolean {
  return (
    head.lines > base.lines ||
    head.splitBranches > base.splitBranches ||
    (head.windows > base.windows && !hazards.some(({ id }) => id === 'no-uop-cache'))
  )
}

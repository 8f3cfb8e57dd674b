import type { AddressField, CodePoint, Flow, Instruction } from './instruction.ts'

/** Pages that ADRP left in registers, by register number; the low twelve bits come with a later instruction. */
type Pages = Map<number, number>

/**
 * A decoder for one function: it remembers the pages that ADRP put into registers, so that instructions have to be
 * given to it in order (Arm Architecture Reference Manual, C4 "A64 instruction set encoding").
 */
export function aarch64Decoder(): (point: CodePoint) => Instruction | undefined {
  const pages: Pages = new Map()
  return point => {
    if (point.at + 4 > point.bytes.length) return undefined
    const word = point.fields.getUint32(point.at, true)
    return decodeWord(word, point.address, pages)
  }
}

function decodeWord(word: number, address: number, pages: Pages): Instruction {
  const flow = flowOf(word)
  const common = { address, length: 4, flow, bookkeeping: isBookkeeping(word, flow), fuses: false }
  const relative = relativeField(word, address)
  if (relative) {
    trackPage(word, address, pages)
    const keep = relative.blank
    const fields = relative.field ? [relative.field] : []
    return { ...common, shape: shapeOf(word & ~keep), fields }
  }
  const low = lowField(word, pages)
  forgetOverwritten(word, flow, pages)
  if (low) return { ...common, shape: shapeOf(word & ~(0xfff << 10)), fields: [low] }
  return { ...common, shape: shapeOf(word), fields: [] }
}

const shapeOf = (word: number): number => word >>> 0

/** A signed field of `bits` bits that starts at bit `from`. */
const signed = (word: number, from: number, bits: number): number =>
  (word << (32 - from - bits)) >> (32 - bits)

/** Branches, ADR, ADRP and literal loads: what they name, and the bits that say it. */
function relativeField(word: number, address: number): { blank: number; field?: AddressField } | undefined {
  const code = (distance: number, blank: number) => ({
    blank,
    field: { kind: 'code' as const, target: address + distance * 4, width: 0 },
  })
  if ((word & 0x7c000000) === 0x14000000) return code(signed(word, 0, 26), 0x03ffffff)
  if ((word & 0xff000000) >>> 0 === 0x54000000 || (word & 0x7e000000) === 0x34000000)
    return code(signed(word, 5, 19), 0x00ffffe0)
  if ((word & 0x7e000000) === 0x36000000) return code(signed(word, 5, 14), 0x0007ffe0)
  if ((word & 0x3b000000) === 0x18000000) {
    const width = word & 0x04000000 ? 4 << ((word >>> 30) & 3) : ([4, 8, 4, 0] as const)[(word >>> 30) & 3]!
    return { blank: 0x00ffffe0, field: { kind: 'data', target: address + signed(word, 5, 19) * 4, width } }
  }
  if ((word & 0x1f000000) !== 0x10000000) return undefined
  const distance = signed(word, 5, 19) * 4 + ((word >>> 29) & 3)
  // ADRP alone names only a page; the instruction with the low bits carries the reference.
  if (word & 0x80000000) return { blank: 0x60ffffe0 }
  return { blank: 0x60ffffe0, field: { kind: 'data', target: address + distance, width: 0 } }
}

function trackPage(word: number, address: number, pages: Pages): void {
  if ((word & 0x9f000000) >>> 0 === 0x90000000) {
    const distance = signed(word, 5, 19) * 4 + ((word >>> 29) & 3)
    pages.set(word & 31, Math.floor(address / 4096) * 4096 + distance * 4096)
  } else if ((word & 0xfc000000) >>> 0 === 0x94000000) {
    for (let register = 0; register <= 18; register++) pages.delete(register)
  } else if ((word & 0x1f000000) === 0x10000000) pages.delete(word & 31)
}

/** ADD (immediate) and loads and stores with an unsigned offset, on a register that holds a page. */
function lowField(word: number, pages: Pages): AddressField | undefined {
  const page = pages.get((word >>> 5) & 31)
  if (page === undefined) return undefined
  const immediate = (word >>> 10) & 0xfff
  if ((word & 0xffc00000) >>> 0 === 0x91000000) return { kind: 'data', target: page + immediate, width: 0 }
  if ((word & 0x3b000000) !== 0x39000000) return undefined
  const vector16 = (word & 0x04800000) === 0x04800000 && word >>> 30 === 0
  const scale = vector16 ? 4 : word >>> 30
  return { kind: 'data', target: page + immediate * 2 ** scale, width: 2 ** scale }
}

/** Only loads and arithmetic write the register in the low bits; stores and branches do not. */
function forgetOverwritten(word: number, flow: Flow, pages: Pages): void {
  if (flow === 'indirect-call') for (let register = 0; register <= 18; register++) pages.delete(register)
  if (flow !== 'next') return
  const memory = (word & 0x0a000000) === 0x08000000
  const isLoad = (word & 0x00400000) !== 0 && (word & 0x04000000) === 0
  if (!memory || isLoad) pages.delete(word & 31)
}

/** Moves between registers and memory, ADR, the stack pointer, calls, returns and jumps. */
function isBookkeeping(word: number, flow: Flow): boolean {
  if (flow !== 'next') return flow !== 'branch' && flow !== 'stop'
  const loadOrStore = (word & 0x0a000000) === 0x08000000
  const moveRegister = (word & 0x7fe0ffe0) === 0x2a0003e0
  const moveImmediate = (word & 0x1f800000) === 0x12800000
  const address = (word & 0x1f000000) === 0x10000000
  const stackPointer = (word & 0x1f000000) === 0x11000000 && (word & 31) === 31
  return loadOrStore || moveRegister || moveImmediate || address || stackPointer
}

function flowOf(word: number): Flow {
  if (word === 0xd503201f) return 'padding'
  if ((word & 0xfc000000) >>> 0 === 0x94000000) return 'call'
  if ((word & 0xfc000000) >>> 0 === 0x14000000) return 'jump'
  if ((word & 0xff000000) >>> 0 === 0x54000000 || (word & 0x7c000000) === 0x34000000) return 'branch'
  if ((word & 0xfe000000) >>> 0 === 0xd6000000) {
    const kind = (word >>> 21) & 3
    return kind === 0 ? 'indirect-jump' : kind === 1 ? 'indirect-call' : 'return'
  }
  const trap = (word & 0xffe0001f) >>> 0 === 0xd4200000 || word >>> 16 === 0
  return trap ? 'stop' : 'next'
}

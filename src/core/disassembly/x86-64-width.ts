/** What decides how many bytes an x86-64 instruction reads or writes in memory. */
export interface OperandForm {
  /** 0 one byte, 1 `0f`, 2 `0f38`, 3 `0f3a`, higher for EVEX and XOP maps. */
  readonly map: number
  readonly opcode: number
  /** The last of `66`, `f2`, `f3`, or 0; for VEX and EVEX the prefix they stand for. */
  readonly prefix: number
  readonly wide: boolean
  /** Bytes of a vector register in use: 16, 32, 64; 0 outside VEX and EVEX. */
  readonly vector: number
  /** The reg field of ModRM. */
  readonly group: number
}

/** `lea`, hints and prefetches take an address and touch nothing. */
const TOUCHES_NOTHING: Readonly<Record<number, readonly number[]>> = {
  0: [0x8d],
  1: [0x0d, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f],
}
const X87 = [4, 4, 4, 4, 8, 8, 2, 2]
/** Half of a vector: low and high moves, and conversions that widen. */
const HALF = [0x12, 0x13, 0x16, 0x17, 0x5a]

/** Bytes accessed in memory, as well as the opcode alone tells; 0 when nothing is. */
export function accessWidth(form: OperandForm): number {
  if (TOUCHES_NOTHING[form.map]?.includes(form.opcode)) return 0
  if (form.map === 0) return plainWidth(form)
  if (form.map === 1 && form.vector === 0 && !isSse(form.opcode)) return generalWidth(form)
  return sseWidth(form)
}

function plainWidth({ opcode, wide, prefix, group }: OperandForm): number {
  if (opcode >= 0xd8 && opcode <= 0xdf) {
    const tenBytes = (opcode === 0xdb || opcode === 0xdf) && group >= 4 && group !== 6
    return tenBytes ? 10 : X87[opcode - 0xd8]!
  }
  if (opcode === 0x63) return 4
  if (opcode === 0xff && group >= 2) return 8
  const byteForm =
    opcode < 0x40
      ? opcode % 2 === 0
      : [0x80, 0x84, 0x86, 0x88, 0x8a, 0xc0, 0xc6, 0xd0, 0xd2, 0xf6, 0xfe].includes(opcode)
  if (byteForm) return 1
  return integer(wide, prefix)
}

function generalWidth({ opcode, wide, prefix }: OperandForm): number {
  if (opcode === 0xb6 || opcode === 0xbe || (opcode >= 0x90 && opcode < 0xa0)) return 1
  if (opcode === 0xb7 || opcode === 0xbf) return 2
  return integer(wide, prefix)
}

function sseWidth({ map, opcode, prefix, wide, vector }: OperandForm): number {
  if (map !== 1) return map === 2 ? 4 : Math.min(vector || 16, 16)
  if (opcode === 0x2a || opcode === 0x6e || (opcode === 0x7e && prefix !== 0xf3)) return wide ? 8 : 4
  if (opcode === 0x7e || opcode === 0xd6) return 8
  if (opcode === 0x2e || opcode === 0x2f) return prefix === 0x66 ? 8 : 4
  if (prefix === 0xf2) return 8
  if (prefix === 0xf3 && opcode !== 0x6f && opcode !== 0x7f) return opcode === 0xe6 ? 8 : 4
  const full = vector || 16
  return HALF.includes(opcode) ? full / 2 : full
}

function isSse(opcode: number): boolean {
  return (
    (opcode >= 0x10 && opcode < 0x18) ||
    (opcode >= 0x28 && opcode < 0x30) ||
    (opcode >= 0x50 && opcode < 0x80) ||
    [0xc2, 0xc4, 0xc5, 0xc6].includes(opcode) ||
    opcode >= 0xd0
  )
}

function integer(wide: boolean, prefix: number): number {
  if (wide) return 8
  return prefix === 0x66 ? 2 : 4
}

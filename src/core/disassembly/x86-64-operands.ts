import { MODRM_MAPS, ONE_BYTE, TWO_BYTE } from './x86-64-opcodes.ts'
import type { Head } from './x86-64-prefixes.ts'

/** The memory operand, if there is one, and where the bytes behind it start. */
export interface Operand {
  readonly end: number
  readonly dispAt: number
  readonly relative: boolean
}

/** The letter of the opcode's operand form; see x86-64-opcodes.ts. */
export function formOf(head: Head, opcode: number | undefined): string {
  if (opcode === undefined) return 'x'
  if (head.map === 0) return ONE_BYTE[opcode]!
  if (head.map !== 1) return MODRM_MAPS[head.map] ?? 'x'
  const form = TWO_BYTE[opcode]!
  if (head.vector === 0) return form
  return form === 'J' || form === 'x' ? 'm' : form
}

/** Reads ModRM, SIB and displacement; moves to and from control registers name registers whatever the mode says. */
export function readOperand(bytes: Uint8Array, modrmAt: number, registersOnly: boolean): Operand {
  const modrm = bytes[modrmAt] ?? 0
  const mode = registersOnly ? 3 : modrm >> 6
  const memory = modrm & 7
  if (mode === 3) return { end: modrmAt + 1, dispAt: -1, relative: false }
  const hasSib = memory === 4
  const after = modrmAt + (hasSib ? 2 : 1)
  const base = hasSib ? (bytes[modrmAt + 1] ?? 0) & 7 : memory
  if (mode === 0 && base === 5) return { end: after + 4, dispAt: after, relative: !hasSib }
  if (mode === 0) return { end: after, dispAt: -1, relative: false }
  if (mode === 1) return { end: after + 1, dispAt: -1, relative: false }
  return { end: after + 4, dispAt: after, relative: false }
}

/** Bytes of immediate operands behind the rest. */
export function immediateSize(form: string, of: { head: Head; opcode: number; reg: number }): number {
  const { operand16, wide, map, prefix, vector } = of.head
  const z = operand16 && !wide ? 2 : 4
  switch (form) {
    case 'b':
    case 'M':
    case 'j':
      return 1
    case 'w':
      return 2
    case 'e':
      return 3
    case 'z':
    case 'Z':
      return z
    case 'J':
    case 'D':
      return 4
    case 'v':
      return wide ? 8 : z
    case 'o':
      return 8
    case 'g':
      return of.reg < 2 ? 1 : 0
    case 'G':
      return of.reg < 2 ? z : 0
    default:
      // SSE4a extrq and insertq: two immediate bytes behind 66 0f 78 and f2 0f 78.
      return map === 1 && of.opcode === 0x78 && vector === 0 && (prefix === 0x66 || prefix === 0xf2) ? 2 : 0
  }
}

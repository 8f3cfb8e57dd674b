import type { Flow } from './instruction.ts'
import type { Head } from './x86-64-prefixes.ts'

/** How control leaves an instruction; `reg` is ModRM's, which tells the indirect jumps and calls apart. */
export function flowOf(head: Head, opcode: number, reg: number): Flow {
  if (head.vector !== 0) return 'next'
  if (head.map === 1) {
    if (opcode >= 0x80 && opcode < 0x90) return 'branch'
    if (opcode === 0x0b || opcode === 0xb9 || opcode === 0xff) return 'stop'
    return opcode === 0x1f ? 'padding' : 'next'
  }
  if (head.map !== 0) return 'next'
  if ((opcode >= 0x70 && opcode < 0x80) || (opcode >= 0xe0 && opcode < 0xe4)) return 'branch'
  if (opcode === 0xe8) return 'call'
  if (opcode === 0xe9 || opcode === 0xeb) return 'jump'
  if (opcode === 0xc3 || opcode === 0xc2) return 'return'
  if (opcode === 0xf4 || opcode === 0xcc) return 'stop'
  // `90` is a nop unless it is pause (f3) or, with REX.B, an exchange with r8; the latter is never generated.
  if (opcode === 0x90) return head.prefix === 0xf3 ? 'next' : 'padding'
  if (opcode !== 0xff) return 'next'
  return reg === 2 ? 'indirect-call' : reg === 4 ? 'indirect-jump' : 'next'
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** push, pop, mov, movsxd, lea, xchg with nop, leave, ret, call, jmp and moves of immediates. */
const MOVES = new Set([
  ...range(0x50, 0x5f),
  0x63,
  0x68,
  0x6a,
  ...range(0x88, 0x8b),
  0x8d,
  0x8f,
  0x90,
  ...range(0xb0, 0xbf),
  0xc2,
  0xc3,
  0xc6,
  0xc7,
  0xc9,
  0xe8,
  0xe9,
  0xeb,
])
/** movups, movaps, endbr with the hints, movd, movdqa, movzx, movsx. */
const TWO_BYTE_MOVES = new Set([
  0x10,
  0x11,
  ...range(0x1a, 0x1f),
  0x28,
  0x29,
  0x6e,
  0x6f,
  0x7e,
  0x7f,
  0xb6,
  0xb7,
  0xbe,
  0xbf,
  0xd6,
])
const STACK_POINTER = 4

/** Whether an instruction only moves values, clears a register, calls, returns or makes room on the stack. */
export function isBookkeeping(head: Head, opcode: number, modrm: number): boolean {
  if (head.map === 1) return TWO_BYTE_MOVES.has(opcode)
  if (head.map !== 0) return false
  const reg = (modrm >> 3) & 7
  const onStackPointer =
    (opcode === 0x83 || opcode === 0x81) && modrm >> 6 === 3 && (modrm & 7) === STACK_POINTER
  const zeroes = (opcode === 0x31 || opcode === 0x33) && modrm >> 6 === 3 && reg === (modrm & 7)
  return MOVES.has(opcode) || onStackPointer || zeroes || (opcode === 0xff && reg >= 2)
}

/** Operations of the groups 80 to 83 that fuse: add, and, sub, cmp. */
const FUSING_ARITHMETIC = new Set([0, 4, 5, 7])

/**
 * Whether a conditional jump behind the instruction may be decoded together with it: test, cmp, and, add, sub, inc and dec (Intel's
 * optimization reference manual, "Macro-fusion").
 */
export function mayFuse(head: Head, opcode: number, reg: number): boolean {
  if (head.map !== 0 || head.vector !== 0) return false
  if (opcode < 0x40) return FUSING_ARITHMETIC.has(opcode >> 3) && (opcode & 7) < 6
  if (opcode >= 0x80 && opcode <= 0x83) return FUSING_ARITHMETIC.has(reg)
  if (opcode === 0x84 || opcode === 0x85 || opcode === 0xa8 || opcode === 0xa9) return true
  if (opcode === 0xf6 || opcode === 0xf7) return reg === 0
  return (opcode === 0xfe || opcode === 0xff) && reg < 2
}

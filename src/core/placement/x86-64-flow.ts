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

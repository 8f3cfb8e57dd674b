/**
 * Operand forms of the x86-64 opcode maps, one letter an opcode, sixteen a row (Intel SDM volume 2, appendix A; AMD APM volume 3).
 * `.` nothing follows; `m` ModRM; `M` ModRM and imm8; `Z` ModRM and imm16/32; `b` imm8; `w` imm16; `z` imm16/32; `v` imm16/32/64;
 * `o` a 64-bit address; `e` imm16 and imm8; `j` rel8; `J` rel32; `g`/`G` group 3, which has an immediate for /0 and /1 only;
 * `p` a prefix or an escape to another map; `x` no instruction in 64-bit mode.
 */
export const ONE_BYTE: string = [
  'mmmmbzxxmmmmbzxp',
  'mmmmbzxxmmmmbzxx',
  'mmmmbzpxmmmmbzpx',
  'mmmmbzpxmmmmbzpx',
  'pppppppppppppppp',
  '................',
  'xxpmppppzZbM....',
  'jjjjjjjjjjjjjjjj',
  'MZxMmmmmmmmmmmmm',
  '..........x.....',
  'oooo....bz......',
  'bbbbbbbbvvvvvvvv',
  'MMw.ppMZe.w..bx.',
  'mmmmxxx.mmmmmmmm',
  'jjjjbbbbJJxj....',
  'p.pp..gG......mm',
].join('')

/** The map behind `0f`; VEX and EVEX map 1 use it too. */
export const TWO_BYTE: string = [
  'mmmmx.....x.xm.M',
  'mmmmmmmmmmmmmmmm',
  'mmmmxxxxmmmmmmmm',
  '......x.pxpxxxxx',
  'mmmmmmmmmmmmmmmm',
  'mmmmmmmmmmmmmmmm',
  'mmmmmmmmmmmmmmmm',
  'MMMMmmm.mmxxmmmm',
  'JJJJJJJJJJJJJJJJ',
  'mmmmmmmmmmmmmmmm',
  '...mMmmm...mMmmm',
  'mmmmmmmmmmMmmmmm',
  'mmMmMMMm........',
  'mmmmmmmmmmmmmmmm',
  'mmmmmmmmmmmmmmmm',
  'mmmmmmmmmmmmmmmm',
].join('')

/** Immediate bytes of the maps that always have a ModRM byte: `0f38`, `0f3a`, EVEX 5 and 6, XOP 8, 9 and 10. */
export const MODRM_MAPS: Readonly<Record<number, 'm' | 'M' | 'D'>> = {
  2: 'm',
  3: 'M',
  5: 'm',
  6: 'm',
  8: 'M',
  9: 'm',
  10: 'D',
}

/** What the prefixes said, and where the opcode byte stands. */
export interface Head {
  readonly opcodeAt: number
  readonly map: number
  readonly prefix: number
  readonly operand16: boolean
  readonly wide: boolean
  readonly vector: number
}

/** Reads prefixes of every kind up to the opcode; undefined where the bytes end. */
export function readHead(bytes: Uint8Array, start: number): Head | undefined {
  let at = start
  let prefix = 0
  let operand16 = false
  for (; ; at++) {
    const byte = bytes[at]
    if (byte === 0x66) operand16 = true
    else if (byte === 0xf2 || byte === 0xf3) prefix = byte
    else if (!isLegacyPrefix(byte)) break
  }
  const mandatory = prefix || (operand16 ? 0x66 : 0)
  const first = bytes[at]
  const second = bytes[at + 1]
  if (first === undefined || second === undefined) {
    return first === undefined
      ? undefined
      : { opcodeAt: at, map: 0, prefix: mandatory, operand16, wide: false, vector: 0 }
  }
  if (first === 0xc4 || first === 0xc5 || first === 0x62 || (first === 0x8f && (second & 0x1f) >= 8)) {
    return readVectorHead(bytes, at)
  }
  let wide = false
  if (first >= 0x40 && first < 0x50) {
    wide = (first & 8) !== 0
    at++
  }
  const [lead, next] = [bytes[at], bytes[at + 1]]
  const map = lead !== 0x0f ? 0 : next === 0x38 ? 2 : next === 0x3a ? 3 : 1
  const opcodeAt = at + (map > 1 ? 2 : map)
  return { opcodeAt, map, prefix: mandatory, operand16, wide, vector: 0 }
}

/** VEX in two and three bytes, EVEX in four, AMD's XOP in three. */
function readVectorHead(bytes: Uint8Array, at: number): Head {
  const standsFor = [0, 0x66, 0xf3, 0xf2]
  const lead = bytes[at]!
  const one = bytes[at + 1] ?? 0
  const two = bytes[at + 2] ?? 0
  if (lead === 0xc5) {
    return {
      opcodeAt: at + 2,
      map: 1,
      prefix: standsFor[one & 3]!,
      operand16: false,
      wide: false,
      vector: one & 4 ? 32 : 16,
    }
  }
  const common = { prefix: standsFor[two & 3]!, operand16: false, wide: (two & 0x80) !== 0 }
  if (lead !== 0x62) return { ...common, opcodeAt: at + 3, map: one & 0x1f, vector: two & 4 ? 32 : 16 }
  const length = ((bytes[at + 3] ?? 0) >> 5) & 3
  return { ...common, opcodeAt: at + 4, map: one & 7, vector: 16 << Math.min(length, 2) }
}

function isLegacyPrefix(byte: number | undefined): boolean {
  return (
    byte === 0xf0 ||
    byte === 0x2e ||
    byte === 0x36 ||
    byte === 0x3e ||
    byte === 0x26 ||
    byte === 0x64 ||
    byte === 0x65 ||
    byte === 0x67
  )
}

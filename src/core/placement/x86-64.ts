import type { AddressField, CodePoint, Flow, Instruction } from './instruction.ts'
import { MODRM_MAPS, ONE_BYTE, TWO_BYTE } from './x86-64-opcodes.ts'
import { accessWidth } from './x86-64-width.ts'

/** What the prefixes said, and where the opcode byte stands. */
interface Head {
  readonly opcodeAt: number
  readonly map: number
  readonly prefix: number
  readonly operand16: boolean
  readonly wide: boolean
  readonly vector: number
}

/** The memory operand, if there is one, and where the bytes behind it start. */
interface Operand {
  readonly end: number
  readonly dispAt: number
  readonly relative: boolean
}

/** One x86-64 instruction; undefined where the bytes are none or are cut off. */
export function decodeX86(point: CodePoint): Instruction | undefined {
  const head = readHead(point.bytes, point.at)
  if (!head) return undefined
  const opcode = point.bytes[head.opcodeAt]!
  const form = formOf(head, opcode)
  if (form === 'x' || form === 'p') return undefined
  const modrmAt = head.opcodeAt + 1
  const operand = 'mMZDgG'.includes(form)
    ? readOperand(
        point.bytes,
        modrmAt,
        head.map === 1 && opcode >= 0x20 && opcode < 0x24 && head.vector === 0,
      )
    : { end: modrmAt, dispAt: -1, relative: false }
  const immediate = immediateSize(form, { head, opcode, reg: ((point.bytes[modrmAt] ?? 0) >> 3) & 7 })
  const length = operand.end + immediate - point.at
  if (length > 15 || point.at + length > point.bytes.length) return undefined
  return describe(point, { head, opcode, form, operand, immediate, length })
}

function readHead(bytes: Uint8Array, start: number): Head | undefined {
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
  const plain = { prefix: mandatory, operand16, wide, vector: 0 }
  if (bytes[at] !== 0x0f) return { ...plain, opcodeAt: at, map: 0 }
  if (bytes[at + 1] === 0x38) return { ...plain, opcodeAt: at + 2, map: 2 }
  if (bytes[at + 1] === 0x3a) return { ...plain, opcodeAt: at + 2, map: 3 }
  return { ...plain, opcodeAt: at + 1, map: 1 }
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

function formOf(head: Head, opcode: number | undefined): string {
  if (opcode === undefined) return 'x'
  if (head.map === 0) return ONE_BYTE[opcode]!
  if (head.map !== 1) return MODRM_MAPS[head.map] ?? 'x'
  const form = TWO_BYTE[opcode]!
  if (head.vector === 0) return form
  return form === 'J' || form === 'x' ? 'm' : form
}

function readOperand(bytes: Uint8Array, modrmAt: number, registersOnly: boolean): Operand {
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

function immediateSize(form: string, of: { head: Head; opcode: number; reg: number }): number {
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

interface Parts {
  readonly head: Head
  readonly opcode: number
  readonly form: string
  readonly operand: Operand
  readonly immediate: number
  readonly length: number
}

function describe(point: CodePoint, parts: Parts): Instruction {
  const { head, opcode, form, operand, immediate, length } = parts
  const { bytes, at, address } = point
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const reg = ((bytes[head.opcodeAt + 1] ?? 0) >> 3) & 7
  const flow = flowOf(head, opcode, reg)
  const end = at + length
  if (form === 'j' || form === 'J') {
    const distance = form === 'j' ? view.getInt8(end - 1) : view.getInt32(end - 4, true)
    const field: AddressField = { kind: 'code', target: address + length + distance, width: 0 }
    return {
      address,
      length,
      flow,
      shape: branchShape(bytes.subarray(at, head.opcodeAt), head.map, opcode),
      fields: [field],
    }
  }
  const fields: AddressField[] = []
  const blank: number[] = []
  if (operand.dispAt >= 0) {
    const distance = view.getInt32(operand.dispAt, true)
    const width = accessWidth({ ...head, opcode, group: reg })
    fields.push({
      kind: operand.relative ? 'data' : 'absolute',
      target: operand.relative ? address + length + distance : distance,
      width,
    })
    blank.push(operand.dispAt)
  }
  if (immediate === 4 && form !== 'D') {
    fields.push({ kind: 'absolute', target: view.getInt32(end - 4, true), width: 0 })
    blank.push(end - 4)
  }
  if (immediate === 8)
    fields.push({ kind: 'absolute', target: Number(view.getBigInt64(end - 8, true)), width: 0 })
  return {
    address,
    length,
    flow,
    shape: blanked(
      bytes.subarray(at, end),
      blank.map(field => field - at),
      immediate === 8 ? 8 : 0,
    ),
    fields,
  }
}

/** Short and near forms of a jump are one shape: which one is used depends on the distance only. */
function branchShape(prefixes: Uint8Array, map: number, opcode: number): string {
  const near = map === 1 || (opcode >= 0x70 && opcode < 0x80)
  const name = near ? `j${opcode & 15}` : opcode === 0xeb ? 'je9' : `b${opcode}`
  return `${hex(prefixes.filter(byte => byte !== 0x0f))}${name}`
}

function blanked(instruction: Uint8Array, fields: readonly number[], lastBytes: number): string {
  const copy = instruction.slice()
  for (const field of fields) copy.fill(0, field, field + 4)
  copy.fill(0, copy.length - lastBytes)
  return hex(copy)
}

function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16)
  return text
}

function flowOf(head: Head, opcode: number, reg: number): Flow {
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

import type { AddressField, CodePoint, Instruction } from './instruction.ts'
import { flowOf } from './x86-64-flow.ts'
import { formOf, immediateSize, type Operand, readOperand } from './x86-64-operands.ts'
import { type Head, readHead } from './x86-64-prefixes.ts'
import { accessWidth } from './x86-64-width.ts'

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

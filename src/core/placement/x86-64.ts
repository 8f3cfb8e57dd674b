import type { AddressField, CodePoint, Instruction } from './instruction.ts'
import { flowOf, isBookkeeping } from './x86-64-flow.ts'
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
  const { head, opcode, form, length } = parts
  const { bytes, at, address } = point
  const modrm = bytes[head.opcodeAt + 1] ?? 0
  const flow = flowOf(head, opcode, (modrm >> 3) & 7)
  const common = { address, length, flow, bookkeeping: isBookkeeping(head, opcode, modrm) }
  if (form !== 'j' && form !== 'J') return { ...common, ...operandFields(point, parts) }
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const end = at + length
  const distance = form === 'j' ? view.getInt8(end - 1) : view.getInt32(end - 4, true)
  const shape = branchShape(bytes.subarray(at, head.opcodeAt), head.map, opcode)
  return { ...common, shape, fields: [{ kind: 'code', target: address + length + distance, width: 0 }] }
}

/** The fields of an instruction that is no relative jump, and what remains when they are blanked. */
function operandFields(point: CodePoint, parts: Parts): Pick<Instruction, 'shape' | 'fields'> {
  const { head, opcode, form, operand, immediate, length } = parts
  const { bytes, at, address } = point
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const end = at + length
  const copy = bytes.slice(at, end)
  const fields: AddressField[] = []
  if (operand.dispAt >= 0) {
    const distance = view.getInt32(operand.dispAt, true)
    const width = accessWidth({ ...head, opcode, group: ((bytes[head.opcodeAt + 1] ?? 0) >> 3) & 7 })
    const kind = operand.relative ? 'data' : 'absolute'
    fields.push({ kind, target: operand.relative ? address + length + distance : distance, width })
    copy.fill(0, operand.dispAt - at, operand.dispAt - at + 4)
  }
  if ((immediate === 4 && form !== 'D') || immediate === 8) {
    const target = immediate === 4 ? view.getInt32(end - 4, true) : Number(view.getBigInt64(end - 8, true))
    fields.push({ kind: 'absolute', target, width: 0 })
    copy.fill(0, length - immediate)
  }
  return { shape: hex(copy), fields }
}

/** Short and near forms of a jump are one shape: which one is used depends on the distance only. */
function branchShape(prefixes: Uint8Array, map: number, opcode: number): string {
  const near = map === 1 || (opcode >= 0x70 && opcode < 0x80)
  const name = near ? `j${opcode & 15}` : opcode === 0xeb || opcode === 0xe9 ? 'jmp' : `b${opcode}`
  return `${hex(prefixes.filter(byte => byte !== 0x0f))}${name}`
}

function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16)
  return text
}

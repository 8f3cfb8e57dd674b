import type { AddressField, CodePoint, Instruction } from './instruction.ts'
import { flowOf, isBookkeeping, mayFuse } from './x86-64-flow.ts'
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
  const { bytes, fields, at, address } = point
  const modrm = bytes[head.opcodeAt + 1] ?? 0
  const flow = flowOf(head, opcode, (modrm >> 3) & 7)
  const bookkeeping = isBookkeeping(head, opcode, modrm)
  const fuses = mayFuse(head, opcode, (modrm >> 3) & 7)
  if (form !== 'j' && form !== 'J') {
    const found = addressFields(point, parts)
    const blank = {
      disp: parts.operand.dispAt,
      immediate: blanksImmediate(parts) ? at + length - parts.immediate : -1,
    }
    return { address, length, flow, bookkeeping, fuses, shape: digest(point, length, blank), fields: found }
  }
  const end = at + length
  const distance = form === 'j' ? fields.getInt8(end - 1) : fields.getInt32(end - 4, true)
  const target: AddressField = { kind: 'code', target: address + length + distance, width: 0 }
  return {
    address,
    length,
    flow,
    bookkeeping,
    fuses,
    shape: branchShape(point, head, opcode),
    fields: [target],
  }
}

const NO_FIELDS: readonly AddressField[] = []

/** Immediates of four and eight bytes may be addresses; XOP's four bytes never are. */
const blanksImmediate = ({ immediate, form }: Parts): boolean =>
  (immediate === 4 && form !== 'D') || immediate === 8

function addressFields({ bytes, fields, at, address }: CodePoint, parts: Parts): readonly AddressField[] {
  const { head, opcode, operand, immediate, length } = parts
  const found: AddressField[] = []
  if (operand.dispAt >= 0) {
    const distance = fields.getInt32(operand.dispAt, true)
    const width = accessWidth({ ...head, opcode, group: ((bytes[head.opcodeAt + 1] ?? 0) >> 3) & 7 })
    const kind = operand.relative ? 'data' : 'absolute'
    found.push({ kind, target: operand.relative ? address + length + distance : distance, width })
  }
  if (blanksImmediate(parts)) {
    const from = at + length - immediate
    const target = immediate === 4 ? fields.getInt32(from, true) : Number(fields.getBigInt64(from, true))
    found.push({ kind: 'absolute', target, width: 0 })
  }
  return found.length > 0 ? found : NO_FIELDS
}

/** Two rounds of FNV-1a (Fowler, Noll, Vo) over the bytes that are not blanked, as one whole number below 2^53. */
function digest(
  { bytes, at }: CodePoint,
  length: number,
  blank: { readonly disp: number; readonly immediate: number },
): number {
  let [one, two] = [0x811c9dc5, length]
  for (let place = at; place < at + length; place++) {
    const hidden =
      (blank.disp >= 0 && place >= blank.disp && place < blank.disp + 4) ||
      (blank.immediate >= 0 && place >= blank.immediate)
    const byte = hidden ? 0 : bytes[place]!
    one = Math.imul(one ^ byte, 0x01000193)
    two = Math.imul(two ^ byte, 0x5bd1e995)
  }
  return (one >>> 0) * 0x200000 + (two >>> 11)
}

/** Short and near forms of a jump are one shape: which one is used depends on the distance only. */
function branchShape({ bytes, at }: CodePoint, head: Head, opcode: number): number {
  const conditional = head.map === 1 || (opcode >= 0x70 && opcode < 0x80)
  let shape = conditional ? opcode & 15 : opcode === 0xeb ? 0xe9 : opcode
  for (let place = at; place < head.opcodeAt; place++)
    if (bytes[place] !== 0x0f) shape = shape * 256 + bytes[place]!
  return shape % 2 ** 53
}

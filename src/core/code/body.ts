import { aarch64Decoder } from '../disassembly/aarch64.ts'
import { type CodePoint, codeOf, type Flow, type Instruction } from '../disassembly/instruction.ts'
import { decodeX86 } from '../disassembly/x86-64.ts'
import type { ElfFile } from '../elf/elf.ts'

/** The machine code of one function, instruction by instruction; padding is left out. */
export interface Body {
  readonly address: number
  readonly size: number
  readonly instructions: readonly Instruction[]
  /** The instruction that starts at an address, or at the end of the padding there; undefined outside the body. */
  readonly indexAt: (address: number) => number | undefined
}

/** The most of one function that is decoded; larger ones are generated tables in nearly every case. */
const LARGEST_BODY_BYTES: number = 4 * 1024 * 1024

/** Decodes a function; undefined for machines that are not known and for code that is not in the file. */
export function readBody(
  elf: ElfFile,
  place: { readonly address: number; readonly size: number },
): Body | undefined {
  const decode = decoderOf(elf.machine)
  const bytes = elf.bytesAt(place.address, Math.min(place.size, LARGEST_BODY_BYTES))
  if (!decode || bytes.length === 0) return undefined
  const instructions: Instruction[] = []
  const indexes = new Int32Array(bytes.length).fill(-1)
  const code = codeOf(bytes)
  for (let at = 0; at < bytes.length; ) {
    const point = { bytes, fields: code.fields, at, address: place.address + at }
    const instruction = decode(point) ?? rawByte(point)
    indexes[at] = instructions.length
    if (instruction.flow !== 'padding') instructions.push(instruction)
    at += instruction.length
  }
  return {
    address: place.address,
    size: place.size,
    instructions: withoutTail(instructions),
    indexAt: address => {
      const index = indexes[address - place.address] ?? -1
      return index < 0 ? undefined : index
    },
  }
}

function decoderOf(machine: ElfFile['machine']): ((point: CodePoint) => Instruction | undefined) | undefined {
  if (machine === 'x86-64') return decodeX86
  return machine === 'aarch64' ? aarch64Decoder() : undefined
}

/** A byte that is no instruction: data between code, which is compared as it stands. */
function rawByte({ bytes, at, address }: CodePoint): Instruction {
  return {
    address,
    length: 1,
    flow: 'next',
    bookkeeping: false,
    fuses: false,
    shape: -1 - bytes[at]!,
    fields: [],
  }
}

/** Linkers and Go fill the room behind a function with traps; they are padding there. */
function withoutTail(instructions: Instruction[]): readonly Instruction[] {
  const fillers: readonly Flow[] = ['stop']
  let end = instructions.length
  while (
    end > 1 &&
    fillers.includes(instructions[end - 1]!.flow) &&
    instructions[end - 2]!.shape === instructions[end - 1]!.shape
  )
    end--
  return end === instructions.length ? instructions : instructions.slice(0, end)
}

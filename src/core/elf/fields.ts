import type { FileBytes } from './elf.ts'
import { ElfError } from './errors.ts'

/** Numbers of one part of an ELF file at byte offsets; 64-bit values beyond 2^53 lose their low bits. */
export interface Fields {
  readonly bytes: Uint8Array
  readonly littleEndian: boolean
  u8(at: number): number
  u16(at: number): number
  u32(at: number): number
  u64(at: number): number
}

/** Reads numbers out of bytes; an offset outside of them is a RangeError, so callers check sizes first. */
export function fieldsOf(bytes: Uint8Array, littleEndian: boolean): Fields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    bytes,
    littleEndian,
    u8: at => view.getUint8(at),
    u16: at => view.getUint16(at, littleEndian),
    u32: at => view.getUint32(at, littleEndian),
    u64: at => {
      const first = view.getUint32(at, littleEndian)
      const second = view.getUint32(at + 4, littleEndian)
      return littleEndian ? second * 0x1_0000_0000 + first : first * 0x1_0000_0000 + second
    },
  }
}

/** No single table of an honest program is larger; a larger one would only fill the memory. */
const largestPart = 512 * 1024 * 1024

/** The bytes of one part of a file, all of them, or an ElfError that names the part. */
export function readPart(
  file: FileBytes,
  part: { readonly what: string; readonly offset: number; readonly size: number },
): Uint8Array {
  const { what, offset, size } = part
  if (!(offset >= 0 && size >= 0 && offset + size <= file.size))
    throw new ElfError(
      `The ${what} (${size} bytes at offset ${offset}) is beyond the end of the file (${file.size} bytes): it is damaged, build it again.`,
    )
  if (size > largestPart)
    throw new ElfError(
      `The ${what} has ${size} bytes, more than the ${largestPart} that are read: strip the file.`,
    )
  const bytes = size === 0 ? new Uint8Array() : file.read(offset, size)
  if (bytes.length !== size)
    throw new ElfError(`The ${what} could not be read whole: the file changed while it was read, try again.`)
  return bytes
}

/** Bytes that are in memory already, to be read as a file is; parts share their memory. */
export function inMemory(bytes: Uint8Array): FileBytes {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) }
}

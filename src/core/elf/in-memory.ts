import type { FileBytes } from './elf.ts'

/** Bytes that are in memory already, to be read as a file is; parts share their memory. */
export function inMemory(bytes: Uint8Array): FileBytes {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) }
}

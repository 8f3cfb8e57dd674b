import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { FileBytes } from '../core/elf/elf.ts'

/** An open file as random-access bytes; `close` ends it, and reads after that throw. */
export interface OpenFile extends FileBytes {
  close(): void
}

/** Opens a file for reading by offset, so that a file of any size costs only the parts that are read. */
export function openBytes(path: string): OpenFile {
  const fd = openSync(path, 'r')
  return {
    size: fstatSync(fd).size,
    read: (offset, length) => {
      const bytes = new Uint8Array(length)
      let done = 0
      while (done < length) {
        const count = readSync(fd, bytes, done, length - done, offset + done)
        if (count === 0) break
        done += count
      }
      return done === length ? bytes : bytes.subarray(0, done)
    },
    close: () => closeSync(fd),
  }
}

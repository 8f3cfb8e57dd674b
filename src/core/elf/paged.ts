import type { FileBytes } from './elf.ts'

const pageBytes = 16 * 1024
/** Eight megabytes; a file whose constants are further apart is read again. */
const mostPages = 512

/**
 * A file whose small reads share pages that are read once: constants, jump tables and pointers are asked for by the
 * thousand and are close together. What reaches over a page's end is read as it is.
 */
export function pagedBytes(file: FileBytes): FileBytes {
  const pages = new Map<number, Uint8Array>()
  const pageAt = (page: number): Uint8Array => {
    const known = pages.get(page)
    if (known) return known
    if (pages.size === mostPages) pages.clear()
    const bytes = file.read(page * pageBytes, Math.min(pageBytes, file.size - page * pageBytes))
    pages.set(page, bytes)
    return bytes
  }
  return {
    size: file.size,
    read: (offset, length) => {
      const page = Math.floor(offset / pageBytes)
      const from = offset - page * pageBytes
      return from + length > pageBytes
        ? file.read(offset, length)
        : pageAt(page).subarray(from, from + length)
    },
  }
}

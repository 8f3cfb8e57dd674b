import { readElf } from '../core/elf/read-elf.ts'
import { openBytes } from './files/elf-file.ts'

/** The link-time addresses of functions and data in ELF files of a job's making, by name; empty for what cannot be read. */
export function addressesIn(files: readonly string[]): ReadonlyMap<string, number> {
  const addresses = new Map<string, number>()
  for (const file of files) for (const [name, address] of symbolsOf(file)) addresses.set(name, address)
  return addresses
}

function symbolsOf(path: string): readonly (readonly [string, number])[] {
  try {
    const file = openBytes(path)
    try {
      return readElf(file).symbols.map(({ name, address }) => [name, address] as const)
    } finally {
      file.close()
    }
  } catch {
    return []
  }
}

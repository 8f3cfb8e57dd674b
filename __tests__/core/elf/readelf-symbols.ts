import type { ElfFile } from '../../../src/core/elf/elf.ts'

/** Symbols by place, kind, section and name, each with its size in decimal. */
type Listing = ReadonlyMap<string, readonly string[]>

const row =
  /^\s*\d+:\s+([0-9a-f]+)\s+(\S+)\s+(FUNC|IFUNC|OBJECT)\s+(?:<OS specific>: \d+|\S+)\s+\S+\s+(?:\[.*\]\s+)?(\d+)(?: (.*))?$/

function add(listing: Map<string, string[]>, key: string, size: string): void {
  const sizes = listing.get(key)
  if (sizes) sizes.push(size)
  else listing.set(key, [size])
}

/** The functions and data objects of one table in the output of `readelf -sW`. */
export function parseReadelf(output: string, table: '.symtab' | '.dynsym'): Listing {
  const listing = new Map<string, string[]>()
  let current = ''
  for (const line of output.split('\n')) {
    const title = /^Symbol table '(.*?)'/.exec(line)
    if (title) current = title[1]!
    const [, address, size, kind, section, name = ''] = (current === table && row.exec(line)) || []
    if (address === undefined) continue
    // Dynamic names are shown with their version, which is kept in another table.
    const plain = table === '.dynsym' ? name.replace(/@.*$/, '') : name
    const place = `${BigInt(`0x${address}`)} ${kind === 'OBJECT' ? 'data' : 'function'} ${section}`
    add(listing, `${place} ${plain}`, `${BigInt(size!)}`)
  }
  return listing
}

function listed(elf: ElfFile): Listing {
  const listing = new Map<string, string[]>()
  for (const { name, aliases = [], address, kind, section, size } of elf.symbols)
    for (const each of [name, ...aliases]) add(listing, `${address} ${kind} ${section} ${each}`, `${size}`)
  return listing
}

/**
 * How our symbols differ from readelf's, a line each; sizes that readelf shows as 0 are ours to choose. A name that
 * stands at one place more than once is compared as one.
 */
export function differences(elf: ElfFile, output: string): string[] {
  if (elf.symbolSource === 'none') {
    const any = (['.symtab', '.dynsym'] as const).some(table => parseReadelf(output, table).size > 0)
    return any ? ['readelf shows symbols, we none'] : []
  }
  const [theirs, ours] = [parseReadelf(output, `.${elf.symbolSource}`), listed(elf)]
  const missing = [...theirs.keys()].filter(key => !ours.has(key)).map(key => `missing ${key}`)
  const extra = [...ours.keys()].filter(key => !theirs.has(key)).map(key => `extra ${key}`)
  const sizes = [...theirs]
    .filter(([key, values]) => values.some(size => size !== '0' && ours.get(key)?.includes(size) === false))
    .map(([key, values]) => `${key}: ${values} bytes, ours ${ours.get(key)}`)
  return [...missing, ...extra, ...sizes]
}

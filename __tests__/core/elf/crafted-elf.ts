/** ELF files written byte by byte, for forms that no compiler here makes and for damage at a chosen place. */

export interface CraftedSection {
  readonly name: string
  readonly type?: number
  readonly flags?: number
  readonly address?: number
  readonly bytes?: Uint8Array
  /** For sections without bytes in the file. */
  readonly size?: number
  readonly link?: number
  readonly entrySize?: number
}

export interface CraftedSymbol {
  readonly name: string
  readonly address: number
  readonly size?: number
  /** 1 data, 2 function, 10 indirect function. */
  readonly type?: number
  readonly binding?: number
  /** Index of a section, from 1 in the order given. */
  readonly section?: number
}

export interface CraftedSegment {
  readonly type?: number
  readonly flags?: number
  readonly offset: number
  readonly address: number
  readonly fileSize: number
  readonly memorySize?: number
}

export interface Crafted {
  readonly bits?: 32 | 64
  readonly bigEndian?: boolean
  /** 1 relocatable, 2 executable, 3 shared. */
  readonly type?: number
  readonly machine?: number
  readonly entry?: number
  readonly sections?: readonly CraftedSection[]
  readonly segments?: readonly CraftedSegment[]
  readonly symbols?: readonly CraftedSymbol[]
  readonly symbolTable?: '.symtab' | '.dynsym'
  /** Writes counts through section 0 and section indexes apart, as files with very many sections do. */
  readonly extended?: boolean
}

type Field = readonly [size: 1 | 2 | 4 | 8, value: number]

function packed(fields: readonly Field[], bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [size, value] of fields) {
    if (size === 1) view.setUint8(at, value)
    else if (size === 2) view.setUint16(at, value, !bigEndian)
    else if (size === 4) view.setUint32(at, value, !bigEndian)
    else view.setBigUint64(at, BigInt(value), !bigEndian)
    at += size
  }
  return bytes
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

function stringTable(names: readonly string[]): { bytes: Uint8Array; offsets: readonly number[] } {
  const parts = names.map(name => new TextEncoder().encode(`${name}\0`))
  let next = 1
  const offsets = parts.map(part => {
    const offset = next
    next += part.length
    return offset
  })
  return { bytes: joined([new Uint8Array(1), ...parts]), offsets }
}

function symbolSections(crafted: Crafted, first: number): CraftedSection[] {
  const { symbols = [], bits = 64, bigEndian = false, symbolTable = '.symtab', extended = false } = crafted
  if (symbols.length === 0) return []
  const { bytes, offsets } = stringTable(symbols.map(({ name }) => name))
  const rows = symbols.map(({ address, size = 0, type = 2, binding = 1, section = 1 }, index) => {
    const info: Field = [1, binding * 16 + type]
    const place: Field = [2, extended ? 0xffff : section]
    return bits === 64
      ? packed([[4, offsets[index]!], info, [1, 0], place, [8, address], [8, size]], bigEndian)
      : packed([[4, offsets[index]!], [4, address], [4, size], info, [1, 0], place], bigEndian)
  })
  const table = joined([new Uint8Array(bits === 64 ? 24 : 16), ...rows])
  const indexes = symbols.map(({ section = 1 }): Field => [4, extended ? section : 0])
  const type = symbolTable === '.symtab' ? 2 : 11
  const strings = symbolTable === '.symtab' ? '.strtab' : '.dynstr'
  return [
    { name: symbolTable, type, bytes: table, link: first + 1, entrySize: bits === 64 ? 24 : 16 },
    { name: strings, type: 3, bytes },
    { name: '.symtab_shndx', type: 18, bytes: packed([[4, 0], ...indexes], bigEndian), link: first },
  ]
}

function header(crafted: Crafted, at: { sections: number; count: number }): Uint8Array {
  const { bits = 64, bigEndian = false, type = 2, machine = 62, entry = 0, extended = false } = crafted
  const word = bits === 64 ? 8 : 4
  const segments = crafted.segments?.length ?? 0
  const start = bits === 64 ? 64 : 52
  const ident = [0x7f, 0x45, 0x4c, 0x46, bits / 32, bigEndian ? 2 : 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  return packed(
    [
      ...ident.map((byte): Field => [1, byte]),
      ...([
        [2, type],
        [2, machine],
        [4, 1],
        [word, entry],
      ] as const),
      ...([
        [word, segments > 0 ? start : 0],
        [word, at.sections],
        [4, 0],
        [2, start],
      ] as const),
      ...([
        [2, bits === 64 ? 56 : 32],
        [2, extended && segments > 0 ? 0xffff : segments],
      ] as const),
      ...([
        [2, bits === 64 ? 64 : 40],
        [2, extended ? 0 : at.count],
      ] as const),
      [2, extended ? 0xffff : at.count - 1],
    ],
    bigEndian,
  )
}

function segmentHeader({ bits = 64, bigEndian = false }: Crafted, segment: CraftedSegment): Uint8Array {
  const { type = 1, flags = 5, offset, address, fileSize, memorySize = fileSize } = segment
  return bits === 64
    ? packed(
        [
          [4, type],
          [4, flags],
          [8, offset],
          [8, address],
          [8, address],
          [8, fileSize],
          [8, memorySize],
          [8, 1],
        ],
        bigEndian,
      )
    : packed(
        [
          [4, type],
          [4, offset],
          [4, address],
          [4, address],
          [4, fileSize],
          [4, memorySize],
          [4, flags],
          [4, 1],
        ],
        bigEndian,
      )
}

/** Writes an ELF file: header, segment table, the sections' bytes, section table. */
export function craftElf(crafted: Crafted): Uint8Array {
  const { bits = 64, bigEndian = false, sections = [], segments = [], extended = false } = crafted
  const word = bits === 64 ? 8 : 4
  const withSymbols = [...sections, ...symbolSections(crafted, sections.length + 1)]
  const names = stringTable([...withSymbols.map(({ name }) => name), '.shstrtab'])
  const all = [...withSymbols, { name: '.shstrtab', type: 3, bytes: names.bytes }] as const
  const headers = segments.map(segment => segmentHeader(crafted, segment))
  let next = (bits === 64 ? 64 : 52) + headers.reduce((sum, { length }) => sum + length, 0)
  const contents = all.map((section: CraftedSection) => section.bytes ?? new Uint8Array())
  const rows = all.map((section: CraftedSection, index) => {
    const {
      type = 1,
      flags = 0,
      address = 0,
      bytes,
      size = bytes?.length ?? 0,
      link = 0,
      entrySize = 0,
    } = section
    const offset = next
    next += contents[index]!.length
    return packed(
      [
        ...([
          [4, names.offsets[index]!],
          [4, type],
          [word, flags],
          [word, address],
        ] as const),
        ...([
          [word, offset],
          [word, size],
          [4, link],
          [4, 0],
          [word, 1],
          [word, entrySize],
        ] as const),
      ],
      bigEndian,
    )
  })
  const count = all.length + 1
  const first: Field[] = [
    [4, 0],
    [4, 0],
    [word, 0],
    [word, 0],
    [word, 0],
    [word, extended ? count : 0],
  ]
  const rest: Field[] = [
    [4, extended ? count - 1 : 0],
    [4, extended ? segments.length : 0],
    [word, 0],
    [word, 0],
  ]
  const head = header(crafted, { sections: next, count })
  return joined([head, ...headers, ...contents, packed([...first, ...rest], bigEndian), ...rows])
}

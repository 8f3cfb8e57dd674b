/** One section header; addresses and sizes in bytes. */
export interface ElfSection {
  readonly name: string
  readonly type: number
  readonly flags: number
  readonly address: number
  readonly offset: number
  readonly size: number
  readonly align: number
}

export interface ElfSegment {
  readonly type: number
  readonly flags: number
  readonly offset: number
  readonly address: number
  readonly fileSize: number
  readonly memorySize: number
}

/** A function or data object; size 0 has been extended to the next symbol or the section's end. */
export interface ElfSymbol {
  readonly name: string
  readonly kind: 'function' | 'data'
  readonly address: number
  readonly size: number
  readonly section: number
  readonly local: boolean
  /** Names of other symbols at the same address and size. */
  readonly aliases?: readonly string[]
}

/** What the rest of the house needs to know of one ELF file; the reader fills it in (see read-elf.ts). */
export interface ElfFile {
  readonly bits: 32 | 64
  readonly littleEndian: boolean
  readonly machine: 'x86-64' | 'aarch64' | 'other'
  readonly type: 'executable' | 'shared' | 'relocatable' | 'other'
  readonly sections: readonly ElfSection[]
  readonly segments: readonly ElfSegment[]
  /** Where the symbols come from; `dynsym` means that local functions are invisible, `none` that nothing has a name. */
  readonly symbolSource: 'symtab' | 'dynsym' | 'none'
  /** Functions and data objects in ascending order of address. */
  readonly symbols: readonly ElfSymbol[]
  /** The names of the files that its units were compiled from, as the symbol table has them (STT_FILE); without folders, each once. */
  readonly unitFiles: readonly string[]
  readonly buildId?: string
  /** The bytes at a virtual address, shorter than asked where the section ends; empty for no-bits sections. */
  bytesAt(address: number, size: number): Uint8Array
}

/** Random access to the bytes of one file; may return fewer bytes than asked at the end. */
export interface FileBytes {
  readonly size: number
  read(offset: number, length: number): Uint8Array
}

/** A section header with the fields that only readers of other sections need. */
export interface ElfSectionHeader extends ElfSection {
  readonly link: number
  readonly info: number
  readonly entrySize: number
}

/** An ELF file together with the bytes it was read from, as `readElf` returns it. */
export interface ElfImage extends ElfFile {
  readonly sections: readonly ElfSectionHeader[]
  /** Where the program starts; 0 when it does not. */
  readonly entry: number
  readonly file: FileBytes
}

/** All of an ELF file but its symbols, for those who only compare bytes. */
export type ElfLayout = Omit<ElfImage, 'symbols' | 'symbolSource' | 'unitFiles'>

import type { ElfSymbol } from './elf.ts'

/** Suffixes that say which kind of clone a function is; their numbers change with unrelated code. */
const cloneNumbers = /\.(constprop|isra|part|cold|lto_priv|localalias|clone)(?:\.\d+)+(?=\.|$)/g
/** Marks of link-time optimisation (LLVM's module hash, GCC's privatised statics) that say nothing of the code. */
const linkTimeMarks = /\.llvm\.\d+|\.lto_priv(?=\.|$)/g
/** GCC and LLVM number local statics, string and switch tables: `buffer.3`, `CSWTCH.17`, `.str.12`. */
const localNumber = /^([A-Za-z_$.][\w$]*(?:\.[a-z_]+)*)\.\d+$/
/** The hash at the end of a legacy Rust name covers the compiler and the crate's path. */
const rustHash = /17h[0-9a-f]{16}E/
/** A crate's disambiguator in a v0 Rust name (RFC 2603, crate-root): it too covers the crate's path. */
const crateHash = /Cs[0-9A-Za-z]*_(?=\d)/g
const rustConstant = /^\.?L?anon\.[0-9a-f]{32}\.\d+$/

/**
 * A symbol's name without what changes between builds of the same source: clone numbers, link-time marks, Rust's
 * hashes. Clones stay apart from their original by kind (`f.constprop`), but not from each other by number.
 */
export function normaliseName(name: string): string {
  if (rustConstant.test(name)) return 'anon'
  const plain = name.replace(cloneNumbers, '.$1').replace(linkTimeMarks, '').replace(localNumber, '$1')
  if (plain.startsWith('_ZN')) return plain.replace(rustHash, 'E')
  return plain.startsWith('_R') ? plain.replace(crateHash, 'C') : plain
}

/**
 * A key for each symbol by which base and head are matched, parallel to the symbols: kind and normalised name, and from
 * the second of the same name on (local functions of several files) their ordinal in order of address.
 */
export function symbolKeys(symbols: readonly ElfSymbol[]): string[] {
  const seen = new Map<string, number>()
  return symbols.map(({ kind, name }) => {
    const key = `${kind} ${normaliseName(name)}`
    const ordinal = (seen.get(key) ?? 0) + 1
    seen.set(key, ordinal)
    return ordinal === 1 ? key : `${key} #${ordinal}`
  })
}

import { functionsFromEhFrame } from './eh-frame.ts'
import type { ElfImage, ElfSymbol } from './elf.ts'
import { functionsFromGoTable } from './gopclntab.ts'
import { symbolAt } from './symbol-at.ts'

/** The functions of a file in order of address, and where their names and bounds come from. */
export interface Functions {
  readonly functions: readonly ElfSymbol[]
  /** `frames` means bounds without names, `dynsym` exported names and, between them, bounds without names. */
  readonly from: 'symtab' | 'go' | 'dynsym' | 'frames' | 'none'
}

/** The best that is known of a file's functions: its symbol table, else Go's table, else exports and frame bounds. */
export function functionsOf(elf: ElfImage): Functions {
  const named = elf.symbols.filter(({ kind }) => kind === 'function')
  if (elf.symbolSource === 'symtab' && named.length > 0) return { functions: named, from: 'symtab' }
  const ofGo = functionsFromGoTable(elf)
  if (ofGo.length > 0) return { functions: ofGo, from: 'go' }
  const pieces = functionsFromEhFrame(elf).filter(({ address }) => symbolAt(named, address) === undefined)
  const functions = [...named, ...pieces].sort((a, b) => a.address - b.address)
  if (functions.length === 0) return { functions, from: 'none' }
  return { functions, from: named.length > 0 ? 'dynsym' : 'frames' }
}

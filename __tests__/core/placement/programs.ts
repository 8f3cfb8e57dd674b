import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCode, sameCode } from '../../../src/core/code/code.ts'
import { type ObjectView, viewObject } from '../../../src/core/code/object-view.ts'
import type { ElfImage } from '../../../src/core/elf/elf.ts'
import { inMemory } from '../../../src/core/elf/fields.ts'
import { readElf } from '../../../src/core/elf/read-elf.ts'
import { matchSymbols } from '../../../src/core/placement/match.ts'
import { buildOnce } from '../../doubles/built-once.ts'
import { run } from '../elf/tools-here.ts'

export const openElf = (path: string): ElfImage => readElf(inMemory(readFileSync(path)))

export const viewFile = (path: string): ObjectView => viewObject(path, openElf(path))

/** Compiles sources by name and links them in the given order; yields the program's path. */
export function build(
  folder: string,
  program: {
    readonly name: string
    readonly sources: Readonly<Record<string, string>>
    readonly flags?: readonly string[]
    readonly compiler?: string
  },
): string {
  const { name, sources, flags = ['-O2'], compiler = 'gcc' } = program
  const paths = Object.entries(sources).map(([file, text]) => {
    const path = join(folder, `${name}-${file}`)
    writeFileSync(path, text)
    return path
  })
  const path = join(folder, name)
  const compile = () => void run(compiler, [...flags, ...paths, '-o', path])
  if (flags.some(flag => flag.startsWith('-g'))) compile()
  else buildOnce(path, { tool: compiler, parts: [name, sources, flags] }, compile)
  return path
}

/** What the compiler's start files bring along; it names marks that lie wherever the last section ends. */
const START_FILES = new Set([
  'deregister_tm_clones',
  'register_tm_clones',
  '__do_global_dtors_aux',
  'frame_dummy',
  '_start',
])

/** Names of the functions whose code differs between two programs, and how many were compared (the first `most`). */
export function changedFunctions(
  base: string,
  head: string,
  most = 400,
): { readonly changed: string[]; readonly compared: number; readonly moved: number } {
  const [a, b] = [viewFile(base), viewFile(head)]
  const { headOf } = matchSymbols(a.functions.symbols, b.functions.symbols)
  const changed: string[] = []
  let [compared, moved] = [0, 0]
  a.functions.symbols.forEach((symbol, index) => {
    const partner = b.functions.symbols[headOf[index]!]
    if (compared >= most || START_FILES.has(symbol.name)) return
    const codes = partner && [readCode(a, symbol), readCode(b, partner)]
    if (!codes?.[0] || !codes[1]) return
    compared++
    if (symbol.address !== partner!.address) moved++
    if (!sameCode(codes[0], codes[1])) changed.push(symbol.name)
  })
  return { changed, compared, moved }
}

import { join } from 'node:path'
import { readCode, sameCode } from '../../core/code/code.ts'
import { type ObjectView, viewObject } from '../../core/code/object-view.ts'
import type { ElfSymbol } from '../../core/elf/elf.ts'
import { ElfError } from '../../core/elf/errors.ts'
import { normaliseName } from '../../core/elf/names.ts'
import type { FirstResults } from '../../core/harness/expand.ts'
import { namesApart, type RowRenames } from '../../core/harness/renames.ts'
import { rowFunction } from '../../core/harness/row-function.ts'
import type { HarnessName } from '../../core/model/harness-name.ts'
import type { PerSide, Side } from '../../core/model/side.ts'
import { renamedRow, unpairedRows } from '../../report/notes/plan.ts'
import { openElf } from '../../shell/files/elf-file.ts'
import { plainFileBytes } from '../../shell/files/real-folder.ts'
import type { MappedFiles } from '../trees/files-used.ts'

/** Which rows were renamed, and what a reviewer must know of rows that come and go together. */
export interface RenamedRows {
  readonly renames: RowRenames
  readonly remarks: readonly string[]
}

/** What a command printed, and the files that it used. */
export interface RenameRequest {
  readonly entry: string
  readonly harness: HarnessName
  readonly results: FirstResults
  readonly trees: PerSide<string>
  readonly mapped: PerSide<MappedFiles>
}

/** More names than this are another suite, and no renaming. */
const MOST_NAMES = 200
const MOST_FILES = 40
/** A few instructions can be alike by chance. */
const FEWEST_INSTRUCTIONS = 6

/**
 * Finds the rows of head that are rows of base under another name: the function that the row is named after is the same machine code, calls
 * the same functions and uses the same data. Only that pairs them; rows that come and go together without it are named.
 */
export function findRenamedRows(request: RenameRequest): RenamedRows {
  const { gone, added } = namesApart(request.results)
  if (gone.length === 0 || added.length === 0) return { renames: new Map(), remarks: [] }
  const renames =
    gone.length + added.length <= MOST_NAMES ? pairsOf(request, gone, added) : new Map<string, string>()
  const left = {
    gone: gone.filter(name => ![...renames.values()].includes(name)),
    added: added.filter(name => !renames.has(name)),
  }
  return {
    renames,
    remarks: [
      ...[...renames].map(([name, old]) => renamedRow(request.entry, { old, name })),
      ...(left.gone.length > 0 && left.added.length > 0 ? [unpairedRows(request.entry, left)] : []),
    ],
  }
}

function pairsOf(
  request: RenameRequest,
  gone: readonly string[],
  added: readonly string[],
): Map<string, string> {
  const open: { close(): void }[] = []
  try {
    const views = { base: viewsOf('base', request, open), head: viewsOf('head', request, open) }
    const pairs = added.flatMap(name => {
      const same = gone.filter(old => sameFunction(request.harness, { old, name }, views))
      return same.length === 1 ? [[name, same[0]!] as const] : []
    })
    // Nothing distinguishes two rows that fit one.
    return new Map(pairs.filter(([, old]) => pairs.filter(pair => pair[1] === old).length === 1))
  } finally {
    for (const { close } of open) close()
  }
}

function viewsOf(
  side: Side,
  { trees, mapped }: RenameRequest,
  open: { close(): void }[],
): readonly ObjectView[] {
  return mapped[side].files.slice(0, MOST_FILES).flatMap(file => {
    // A build may have put a link or a pipe there.
    if (plainFileBytes(trees[side], file) === undefined) return []
    try {
      const elf = openElf(join(trees[side], file))
      open.push(elf)
      return [viewObject(file, elf.elf)]
    } catch (error) {
      if (error instanceof ElfError) return []
      throw error
    }
  })
}

interface Pair {
  readonly old: string
  readonly name: string
}

function sameFunction(
  harness: HarnessName,
  { old, name }: Pair,
  views: PerSide<readonly ObjectView[]>,
): boolean {
  const [before, now] = [rowFunction(harness, old), rowFunction(harness, name)]
  if (!before || !now || before.rest !== now.rest) return false
  const base = symbolOf(views.base, before.isSymbol)
  const head = symbolOf(views.head, now.isSymbol)
  if (!base || !head) return false
  const [ofBase, ofHead] = [normaliseName(base.symbol.name), normaliseName(head.symbol.name)]
  const parts = partsOf(base, ofBase)
  const theirs = partsOf(head, ofHead)
  const renames = new Map([...theirs].map(([rest]) => [`${ofHead}${rest}`, `${ofBase}${rest}`]))
  return (
    parts.size === theirs.size &&
    [...parts].every(([rest, symbol]) => {
      const other = theirs.get(rest)
      if (!other) return false
      const [one, two] = [readCode(base.view, symbol), readCode(head.view, other)]
      if (!one || !two || (rest === '' && one.body.instructions.length < FEWEST_INSTRUCTIONS)) return false
      return sameCode(one, two, renames)
    })
  )
}

interface Found {
  readonly view: ObjectView
  readonly symbol: ElfSymbol
}

/** The only function of the files that it can be. */
function symbolOf(views: readonly ObjectView[], isSymbol: (name: string) => boolean): Found | undefined {
  const found = views.flatMap(view =>
    view.functions.symbols
      .filter(({ name }) => isSymbol(normaliseName(name)))
      .map(symbol => ({ view, symbol })),
  )
  return found.length === 1 ? found[0] : undefined
}

/** The function, and the closures that Go and the pieces that compilers name after it, by what follows its name. */
function partsOf({ view }: Found, own: string): ReadonlyMap<string, ElfSymbol> {
  return new Map(
    view.functions.symbols.flatMap((symbol): readonly (readonly [string, ElfSymbol])[] => {
      const name = normaliseName(symbol.name)
      return name === own || name.startsWith(`${own}.`) ? [[name.slice(own.length), symbol]] : []
    }),
  )
}

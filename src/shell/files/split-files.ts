import { realpathSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import type { SplitFiles } from '../../core/elf/dwarf/split-units.ts'
import { ElfError } from '../../core/elf/errors.ts'
import { inMemory } from '../../core/elf/fields.ts'
import { readElf } from '../../core/elf/read-elf.ts'
import { type OpenElf, openBytes, openElf } from './elf-file.ts'

/** What compilers split off a program; the package stays open until `close`. */
export interface OpenSplitFiles extends SplitFiles {
  close(): void
}

/** Units are read whole; none of an honest program is larger. */
const LARGEST_UNIT_BYTES = 256 * 1024 * 1024

/**
 * Finds what was split off a program of a work tree: `program.dwp` next to it, or the files that its debug information names. These
 * names are the pull request's, so only plain files of the tree are opened. `builtAs` is what the build called the tree.
 */
export function openSplitFiles(path: string, tree: string, builtAs: string): OpenSplitFiles {
  let packed: { readonly file: OpenElf | undefined } | undefined
  return {
    unit: (name, folder) => readUnit(tree, placeInTree(tree, builtAs, join(folder, name))),
    package: () => {
      packed ??= { file: inTree(tree, `${path}.dwp`) ? openQuietly(`${path}.dwp`) : undefined }
      return packed.file?.elf
    },
    close: () => packed?.file?.close(),
  }
}

/** A compiler's option may write the tree's folder as another one, or as `.`. */
function placeInTree(tree: string, builtAs: string, place: string): string {
  if (!place.startsWith('/')) return resolve(tree, place)
  return place.startsWith(`${builtAs}/`) ? join(tree, place.slice(builtAs.length)) : place
}

/** Whether a path is a plain file of the tree, also behind its links. */
function inTree(tree: string, place: string): boolean {
  try {
    const real = realpathSync(place)
    return real.startsWith(realpathSync(tree) + sep) && statSync(real).isFile()
  } catch {
    return false
  }
}

function readUnit(tree: string, place: string) {
  if (!inTree(tree, place) || statSync(place).size > LARGEST_UNIT_BYTES) return undefined
  const file = openBytes(place)
  try {
    return readElf(inMemory(file.read(0, file.size)))
  } catch (error) {
    if (error instanceof ElfError) return undefined
    throw error
  } finally {
    file.close()
  }
}

/** What cannot be read tells nothing; the program itself still does. */
function openQuietly(path: string): OpenElf | undefined {
  try {
    return openElf(path)
  } catch (error) {
    if (error instanceof ElfError) return undefined
    throw error
  }
}

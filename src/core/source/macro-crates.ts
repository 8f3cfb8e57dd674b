import type { DiffFile } from './diff.ts'

/**
 * Rust files of the diff whose crate is a macro's: they run in the compiler and write code that has the lines of its callers, so
 * that no debug line leads to them.
 */
export function macroSources(
  files: readonly DiffFile[],
  textOf: (path: string) => string | undefined,
): readonly string[] {
  const known = new Map<string, boolean>()
  const isMacroCrate = (folder: string): boolean => {
    const found = known.get(folder)
    if (found !== undefined) return found
    const manifest = textOf(folder === '' ? 'Cargo.toml' : `${folder}/Cargo.toml`)
    const parent = folder === '' ? undefined : folder.slice(0, Math.max(0, folder.lastIndexOf('/')))
    const holds =
      manifest !== undefined && /^\s*\[package\]/m.test(manifest)
        ? /^\s*proc[-_]macro\s*=\s*true\b/m.test(manifest)
        : parent !== undefined && isMacroCrate(parent)
    known.set(folder, holds)
    return holds
  }
  return files
    .map(({ base, head }) => head ?? base ?? '')
    .filter(path => path.endsWith('.rs') && isMacroCrate(path.slice(0, Math.max(0, path.lastIndexOf('/')))))
}

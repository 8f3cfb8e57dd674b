import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  lstatSync,
  realpathSync,
  renameSync,
  rmSync,
  unlinkSync,
  utimesSync,
} from 'node:fs'
import { copyFile, lstat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isElf, secondsOf } from './files-used.ts'

/**
 * Rewrites files of a work tree in place (copy, delete, rename), so that the next run maps physical pages drawn anew: equal
 * copies of one binary can differ by half in speed for as long as they stay in the page cache. Mode, owner and
 * modification time stay. A file that is gone, no longer regular, or reached through a symbolic link is left alone,
 * because the tree is hostile. Returns the files that could not be rewritten.
 */
export async function freshenPages(tree: string, files: readonly string[]): Promise<readonly string[]> {
  const failed: string[] = []
  if (files.length === 0) return failed
  const root = realpathSync.native(tree)
  // Nobody's code runs meanwhile, so that one name that nobody could foresee does for all, and each folder is looked at once.
  const name = `.perf-verdict-${randomBytes(6).toString('hex')}`
  const real = new Map<string, boolean>()
  const isReal = (folder: string) => {
    const found = real.get(folder) ?? realpathSync.native(folder) === folder
    real.set(folder, found)
    return found
  }
  for (const file of files) if (!(await rewrite(join(root, file), name, isReal))) failed.push(file)
  return failed
}

async function rewrite(path: string, name: string, isReal: (folder: string) => boolean): Promise<boolean> {
  const folder = dirname(path)
  const copy = join(folder, name)
  try {
    const before = lstatSync(path, { bigint: true })
    if (!before.isFile() || !isReal(folder)) return false
    // What is copied in no time is not worth a turn of the thread pool, of which each run would take several.
    if (before.size <= AT_ONCE_BYTES) copyFileSync(path, copy, constants.COPYFILE_EXCL)
    else await copyFile(path, copy, constants.COPYFILE_EXCL)
    let made = lstatSync(copy, { bigint: true })
    if (made.uid !== before.uid || made.gid !== before.gid) {
      chownSync(copy, Number(before.uid), Number(before.gid))
      // Copying gives the mode along, and a change of the owner takes some of it away (chown(2)).
      made = lstatSync(copy, { bigint: true })
    }
    if (made.mode !== before.mode) chmodSync(copy, Number(before.mode & 0o7777n))
    utimesSync(copy, secondsOf(before.atimeNs), secondsOf(before.mtimeNs))
    // Over a file that is there, ext4 would write the copy to the disk at once (auto_da_alloc in ext4(5)), before every run.
    unlinkSync(path)
    renameSync(copy, path)
    return true
  } catch {
    rmSync(copy, { force: true })
    return false
  }
}

const AT_ONCE_BYTES = 2 ** 20

/** The files that are worth rewriting within so many bytes: ELF files first, then the small before the large. */
export async function withinBytes(
  tree: string,
  files: readonly string[],
  most: number,
): Promise<{ readonly files: readonly string[]; readonly left: readonly string[] }> {
  const sized = await Promise.all(
    files.map(async file => {
      const path = join(tree, file)
      const bytes = (await lstat(path).catch(() => undefined))?.size ?? 0
      return { file, bytes, elf: isElf(path) }
    }),
  )
  const kept: string[] = []
  const left: string[] = []
  let sum = 0
  for (const { file, bytes } of sized.sort((a, b) => Number(b.elf) - Number(a.elf) || a.bytes - b.bytes)) {
    const fits = sum + bytes <= most
    if (fits) sum += bytes
    ;(fits ? kept : left).push(file)
  }
  return { files: kept, left }
}

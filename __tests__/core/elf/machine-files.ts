import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

function isElf(path: string): boolean {
  const start = new Uint8Array(4)
  const fd = openSync(path, 'r')
  readSync(fd, start, 0, 4, 0)
  closeSync(fd)
  return start[0] === 0x7f && start[1] === 0x45 && start[2] === 0x4c && start[3] === 0x46
}

/** Every ELF file under some folders that may be read, with its size, in order of path; links are not followed. */
export function elfFilesUnder(folders: readonly string[]): { path: string; size: number }[] {
  const found: { path: string; size: number }[] = []
  for (const folder of folders)
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      const path = join(entry.parentPath, entry.name)
      try {
        if (entry.isFile() && isElf(path)) found.push({ path, size: statSync(path).size })
      } catch {
        // Files of others that may not be read are not ours to judge.
      }
    }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

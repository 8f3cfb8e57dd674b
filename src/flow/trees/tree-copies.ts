import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { removeTree } from '../../shell/files/remove-tree.ts'
import type { CachePort, Ports, ToolPort } from '../../shell/ports/ports.ts'

/** Where the second copy of base is in a working folder: a name as long as those of the sides. */
export const controlTreeIn = (folder: string) => join(folder, 'ctrl')

const REMOVAL_SECONDS = 300

/**
 * Makes the second copy of base that the control runs in: a work tree of its own next to base's, at a path of the same
 * length. Returns whether it could; without it the control runs in base's own tree, which cannot show a bias that comes
 * from a tree's path, files or state. Without a boundary a job can have put something there: whatever it is goes first, because what stays
 * would be part of the copy.
 */
export async function copyControlTree(
  base: string,
  control: string,
  ports: Pick<Ports, 'tools'>,
): Promise<boolean> {
  if (!(await removeTree(control, REMOVAL_SECONDS))) return false
  const { code } = await ports.tools.run({
    file: 'cp',
    args: ['--archive', '--reflink=auto', '--no-target-directory', '--', base, control],
  })
  return code === 0
}

/**
 * A cache for the gates of one bisection: a tree is kept as it was built and comes back as such, whatever the benchmarks have
 * left in it since. It is in a folder that other users cannot enter, because jobs may run as one.
 */
export function keptTrees(folder: string, tools: ToolPort): CachePort {
  const kept = join(folder, 'kept')
  const place = (key: string) => join(kept, createHash('sha256').update(key).digest('hex').slice(0, 16))
  const saved = new Set<string>()
  return {
    restore: async ([tree], key) => {
      if (tree === undefined || !saved.has(key)) return false
      return copyControlTree(place(key), tree, { tools })
    },
    save: async ([tree], key) => {
      await mkdir(kept, { recursive: true, mode: 0o700 })
      if (tree !== undefined && (await copyControlTree(tree, place(key), { tools }))) saved.add(key)
      return saved.has(key)
    },
  }
}

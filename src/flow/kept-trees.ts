import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CachePort, ToolPort } from '../shell/ports/world.ts'
import { copyControlTree } from './trees/tree-copies.ts'

/**
 * A cache for the gates of one bisection: a tree is kept as it was built and comes back as such, whatever the benchmarks have
 * left in it since. It lies in a folder that other users cannot enter, because jobs may run as one.
 */
export function keptTrees(folder: string, tools: ToolPort): CachePort {
  const kept = join(folder, 'kept')
  const place = (key: string) => join(kept, createHash('sha256').update(key).digest('hex').slice(0, 16))
  const saved = new Set<string>()
  return {
    restore: async ([tree], key) => {
      if (tree === undefined || !saved.has(key)) return false
      await rm(tree, { recursive: true, force: true })
      return copyControlTree(place(key), tree, { tools })
    },
    save: async ([tree], key) => {
      await mkdir(kept, { recursive: true, mode: 0o700 })
      if (tree !== undefined && (await copyControlTree(tree, place(key), { tools }))) saved.add(key)
      return saved.has(key)
    },
  }
}

import { lstatSync, realpathSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { type BringFault, bringSentence } from '../../report/reasons/checkout.ts'
import { isRealFolder } from '../../shell/files/real-folder.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'

/** Files of earlier steps that each tree gets a copy of: below the user's work tree, and below each tree of the gate. */
export interface Brought {
  readonly workTree: string
  readonly paths: readonly string[]
}

/** Copies them into a tree that was just checked out; returns a sentence when one cannot be brought. */
export async function bringInto(
  tree: string,
  { workTree, paths }: Brought,
  tools: ToolPort,
): Promise<string | undefined> {
  for (const path of paths) {
    const from = join(workTree, path)
    const trouble = whyNot(tree, { workTree, path })
    if (trouble !== undefined) return bringSentence(path, trouble)
    await mkdir(dirname(join(tree, path)), { recursive: true })
    const args = ['--archive', '--reflink=auto', '--no-target-directory', '--', from, join(tree, path)]
    const { code, stderr } = await tools.run({ file: 'cp', args })
    if (code !== 0) return bringSentence(path, { kind: 'not-copied', said: stderr.trim().split('\n')[0]! })
  }
  return undefined
}

/** Both trees hold what anybody committed: no step of a path may be a link, and nothing that a commit has is replaced. */
function whyNot(
  tree: string,
  { workTree, path }: { readonly workTree: string; readonly path: string },
): BringFault | undefined {
  const from = join(workTree, path)
  if (lstatSync(from, { throwIfNoEntry: false }) === undefined) return { kind: 'missing' }
  const real = realPath(from)
  if (real === undefined) return { kind: 'leads-nowhere' }
  if (!real.startsWith(`${realpathSync(workTree)}${sep}`)) return { kind: 'leads-out' }
  if (lstatSync(join(tree, path), { throwIfNoEntry: false }) !== undefined) return { kind: 'committed' }
  const steps = dirname(path).split('/')
  for (let count = 1; count <= steps.length; count++) {
    const above = steps.slice(0, count).join('/')
    const there = lstatSync(join(tree, above), { throwIfNoEntry: false })
    if (there !== undefined && !isRealFolder(tree, above)) return { kind: 'no-folder', above }
  }
  return undefined
}

/** Undefined for a link to nothing, and for one that leads to itself. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

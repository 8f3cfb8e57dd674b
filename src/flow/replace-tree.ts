import { rm } from 'node:fs/promises'
import type { Side } from '../core/model.ts'
import { git } from '../shell/git.ts'
import type { ToolPort } from '../shell/world.ts'
import type { Checkout } from './checkout.ts'

/** Checks another commit out in a side's place, as new as at the start; yields git's last words when it could not. */
export async function replaceTree(
  { clone, trees }: Checkout,
  { side, sha }: { readonly side: Side; readonly sha: string },
  tools: ToolPort,
): Promise<string | undefined> {
  await rm(trees[side], { recursive: true, force: true })
  await git(tools, clone, ['worktree', 'prune'])
  const added = await git(tools, clone, ['worktree', 'add', '--quiet', '--detach', trees[side], sha])
  return added.ok ? undefined : (added.err.split('\n').at(-1) ?? 'git said nothing')
}

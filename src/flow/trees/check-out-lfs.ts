import { join } from 'node:path'
import type { LeftObject } from '../../core/checkout/missing-content.ts'
import { git, tellGit } from '../../shell/git/git.ts'
import { pointerAt, replacePointer } from '../../shell/git/lfs-objects.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'
import type { Spot } from './check-out-files.ts'

/**
 * Puts Git LFS objects in the place of the pointers that the commit's attributes mark as such, and has git take
 * these files for unchanged: without git-lfs at hand it would find that they are not the pointers that were committed.
 */
export async function checkOutLfs(
  { tree, mirror, commit }: Spot,
  tools: ToolPort,
): Promise<readonly LeftObject[]> {
  if (!(await usesLfs({ mirror, commit }, tools))) return []
  const listed = await git(tools, tree, ['ls-files', '-z', ':(attr:filter=lfs)'])
  const left: LeftObject[] = []
  const replaced: string[] = []
  for (const path of listed.out.split('\0').filter(name => name !== '')) {
    const pointer = await pointerAt(tree, path)
    if (!pointer) continue
    const done = await replacePointer(join(tree, path), pointer, mirror.of.gitFolder)
    if (done === 'done') replaced.push(path)
    else left.push({ path, oid: pointer.oid, why: done })
  }
  const input = replaced.map(path => `${path}\0`).join('')
  await tellGit(tools, tree, { args: ['update-index', '--assume-unchanged', '-z', '--stdin'], input })
  return left
}

/** Whether any .gitattributes of the commit speaks of it: cheap, because no other file is read. */
async function usesLfs(
  { mirror, commit }: Pick<Spot, 'mirror' | 'commit'>,
  tools: ToolPort,
): Promise<boolean> {
  const words = ['grep', '--quiet', '--text', '--fixed-strings', '-e', 'filter=lfs', commit, '--']
  return (await git(tools, mirror.folder, [...words, ':(glob)**/.gitattributes'])).ok
}

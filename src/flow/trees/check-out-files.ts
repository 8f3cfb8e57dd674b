import { join } from 'node:path'
import { git } from '../../shell/git/git.ts'
import { writeGitFolder } from '../../shell/git/git-folder.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'
import type { Mirror } from './mirror.ts'

/** One commit at one place. */
export interface Spot {
  readonly mirror: Mirror
  readonly commit: string
  /** The work tree, which exists and is empty. */
  readonly tree: string
  readonly gitFolder: string
  /** From the git folder to the tree, where the tree does not hold it. */
  readonly workTree?: string
}

/** Writes the git folder and the files of a commit; returns git's own words when it could not. */
export async function checkOutFiles(spot: Spot, tools: ToolPort): Promise<string | undefined> {
  const { mirror, commit, gitFolder, workTree } = spot
  await writeGitFolder(gitFolder, {
    borrowed: [join(mirror.folder, 'objects')],
    head: commit,
    heritage: mirror.heritage,
    ...(workTree !== undefined && { workTree }),
  })
  const done = await git(tools, spot.tree, ['reset', '--quiet', '--hard'])
  return done.ok ? undefined : done.err
}

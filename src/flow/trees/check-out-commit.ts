import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { MissingContent } from '../../core/checkout/missing-content.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import { folderNotMade, notCheckedOut } from '../../report/reasons/checkout.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'
import { bringInto } from './bring.ts'
import { checkOutFiles, type Spot } from './check-out-files.ts'
import { checkOutLfs } from './check-out-lfs.ts'
import { checkOutSubmodules } from './check-out-submodules.ts'
import type { Mirrors } from './mirror.ts'

/**
 * Checks a commit out: with a git folder of its own, the user's tags, its submodules and its Git
 * LFS objects, as far as the clone has them. Returns what it lacks, or a sentence when git cannot check it out at all.
 */
export async function checkOutCommit(
  mirrors: Mirrors,
  { commit, tree }: Pick<Spot, 'commit' | 'tree'>,
  tools: ToolPort,
): Promise<Result<MissingContent, string>> {
  // A tree that is there already, or a link, would be somebody else's work: jobs of our own user may write next to it.
  const taken = await mkdir(tree).catch((error: Error) => error)
  if (taken) return failed(folderNotMade(commit, taken.message))
  const spot = { mirror: mirrors.own, commit, tree, gitFolder: join(tree, '.git') }
  const trouble = await checkOutFiles(spot, tools)
  if (trouble !== undefined) return failed(notCheckedOut(commit, trouble))
  const objects = await checkOutLfs(spot, tools)
  const within = await checkOutSubmodules(spot, mirrors.submodules, tools)
  const brought = mirrors.brought && (await bringInto(tree, mirrors.brought, tools))
  if (brought !== undefined) return failed(brought)
  return success({ submodules: within.submodules, objects: [...objects, ...within.objects] })
}

import { posix } from 'node:path'
import type { InvocationOptions } from '../../core/config/schema.ts'
import { InputError } from '../../core/model/errors.ts'
import { git } from '../../shell/git/git.ts'
import type { SandboxPort, ToolPort } from '../../shell/ports/ports.ts'
import type { History } from '../history/history.ts'

/**
 * The folder of the tree that the build and the benchmarks run in, relative to its top; empty for the top itself. Throws an InputError
 * when a side does not have it: a link in its place would lead out of the tree.
 */
export async function projectFolder(
  { invocation, repository }: { readonly invocation: InvocationOptions; readonly repository: string },
  { base, head }: Pick<History, 'base' | 'head'>,
  tools: ToolPort,
): Promise<string> {
  if (invocation['working-directory'] === undefined) return ''
  const { out } = await git(tools, repository, ['rev-parse', '--show-prefix'])
  const folder = out.replace(/\/?\n$/, '')
  if (folder === '') return ''
  const faults: string[] = []
  for (const [side, { sha }] of Object.entries({ base, head })) {
    const { out: type } = await git(tools, repository, ['cat-file', '-t', `${sha}:${folder}`])
    if (type.trim() === 'tree') continue
    faults.push(
      `The ${side} ${sha.slice(0, 12)} has no folder ${JSON.stringify(folder)}, which working-directory names; correct it, or gate this project from the next change on.`,
    )
  }
  if (faults.length > 0) throw new InputError(faults)
  return folder
}

/** The sandbox with every job of a work tree started in this folder of it, unless it says where it begins. */
export function startedIn(sandbox: SandboxPort, folder: string): SandboxPort {
  if (folder === '') return sandbox
  return {
    ...sandbox,
    run: job => {
      if (job.cwd !== undefined || job.tree === sandbox.spare) return sandbox.run(job)
      return sandbox.run({ ...job, cwd: posix.join(sandbox.placeOf(job.tree).inside.tree, folder) })
    },
  }
}

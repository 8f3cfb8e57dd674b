import { editedWorkflow, workflowUnknown } from '../../report/notes/plan.ts'
import { git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'
import type { History } from '../history/history.ts'

/**
 * Says which of the workflow's own files a change edits: a `pull_request` run takes them from the pull request, so that its author sets the
 * inputs of the gate, and only a reviewer can see that.
 */
export async function editedGateFiles(
  files: readonly string[],
  { base, head }: Pick<History, 'base' | 'head'>,
  repository: string,
  tools: ToolPort,
): Promise<readonly string[]> {
  if (files.length === 0) return []
  const paths = files.map(file => `:(top,literal)${file}`)
  const asked = [
    'diff',
    '--name-only',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    base.sha,
    head.sha,
    '--',
    ...paths,
  ]
  const { ok, out } = await git(tools, repository, asked)
  if (!ok) return [workflowUnknown(files)]
  return out
    .split('\0')
    .filter(path => path !== '')
    .map(editedWorkflow)
}

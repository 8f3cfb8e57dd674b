import type { CommitFiles } from '../../core/placement/describe-displacers.ts'
import { git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'

/** A pull request has few; of a long range only the newest are read. */
const MOST_COMMITS = 250

/** The commits between base and head, newest first, with the files each touched. */
export async function readCommits(
  clone: string,
  range: { readonly base: string; readonly head: string },
  tools: ToolPort,
): Promise<readonly CommitFiles[]> {
  // NUL ends a name, and no name holds two: the record separator is a byte that no field can hold.
  const format = '--format=%x00%x00%H%x00%s'
  const args = [
    'log',
    `--max-count=${MOST_COMMITS}`,
    '--no-show-signature',
    '--no-renames',
    '--name-only',
    '-z',
    format,
  ]
  const { ok, out } = await git(tools, clone, [...args, `${range.base}..${range.head}`])
  if (!ok) return []
  return out
    .split('\0\0')
    .filter(record => record !== '')
    .flatMap(record => {
      const [sha = '', title = '', ...files] = record.split('\0').map(field => field.replace(/^\n/, ''))
      return /^[0-9a-f]{40,64}$/.test(sha)
        ? [{ sha, title: title.slice(0, 200), files: files.filter(file => file !== '') }]
        : []
    })
}

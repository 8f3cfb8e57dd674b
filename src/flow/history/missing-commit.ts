import { nearest } from '../../core/text/nearest.ts'
import { git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'

/** A name, or several of which one would do, that no commit of the clone has. */
interface Missing {
  /** What it is the name of. */
  readonly what: string
  readonly names: readonly string[]
}

/** Says that a name is no commit of a clone, what was probably meant, and how to get it. */
export async function notACommit(
  { what, names }: Missing,
  { repository, shallow }: { readonly repository: string; readonly shallow: boolean },
  tools: ToolPort,
): Promise<string> {
  const named = names.map(name => JSON.stringify(name)).join(' or ')
  const says = `${what} ${named} is not a commit of ${repository}`
  const range = /^(.+?)\.{2,3}(.+)$/.exec(names[0] ?? '')
  if (names.length === 1 && range)
    return `${says}, but a range; name its ends as base ${range[1]} and head ${range[2]}.`
  if (await isEmpty(repository, tools))
    return `${what} ${named} names nothing, because ${repository} has no commit yet; commit the code first.`
  const meant = names.length === 1 ? nearest(names[0]!, await refsOf(repository, tools)) : undefined
  const offered = meant === undefined ? '' : ` (did you mean ${meant}?)`
  if (shallow) return `${says}${offered}. The clone is shallow: check out with fetch-depth: 0.`
  return `${says}${offered}; fetch it (in a workflow, check out with fetch-depth: 0), or name another one.`
}

async function isEmpty(repository: string, tools: ToolPort): Promise<boolean> {
  const { ok, out } = await git(tools, repository, ['rev-list', '--all', '--max-count=1'])
  return ok && out.trim() === ''
}

/** Branches and tags as people write them. */
async function refsOf(repository: string, tools: ToolPort): Promise<readonly string[]> {
  const listed = await git(tools, repository, [
    'for-each-ref',
    '--count=2000',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/remotes',
    'refs/tags',
  ])
  return listed.out.split('\n').filter(name => /^[\w./@+-]{1,200}$/.test(name))
}

import { InputError } from '../../core/model/errors.ts'
import { type Commit, git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'
import { readHistory } from './history.ts'

export interface LineRequest {
  readonly repository: string
  readonly good: string
  readonly bad: string
}

/**
 * The commits from the good one to the bad one, both among them, along first parents, so that a merge is one step. The good
 * commit is taken as it is, and not their merge base. Throws an InputError when it is not on that line.
 */
export async function readFirstParents(request: LineRequest, tools: ToolPort): Promise<readonly Commit[]> {
  const { repository, good: name, bad } = request
  const history = await readHistory({ repository, base: [name], head: bad }, tools)
  const { base: mergeBase, head } = history
  const revision = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]
  const good = (await git(tools, repository, revision)).out.trim()
  const said = JSON.stringify(name)
  if (mergeBase.sha === head.sha && good !== head.sha) {
    throw new InputError([
      `The good commit ${said} comes after the bad one; exchange --base and --head, and give --first-faster to look for what made it faster.`,
    ])
  }
  if (good !== mergeBase.sha) {
    throw new InputError([
      `The good commit ${said} is not an ancestor of the bad one, so nothing leads from one to the other; try their merge base ${mergeBase.sha.slice(0, 12)} as --base.`,
    ])
  }
  if (good === head.sha) {
    throw new InputError([
      `--base and --head are the same commit ${good.slice(0, 12)}; name a good commit and a later bad one.`,
    ])
  }
  const line = await commitsBetween({ repository, good, bad: head.sha }, tools)
  const parent = line[0]?.parent
  if (parent !== good) {
    throw new InputError([
      `The good commit ${said} came into the bad one's line by a merge, so it is not on the line of first parents that is bisected; try ${parent?.slice(0, 12) || 'a commit of that line'} as --base.`,
    ])
  }
  return [mergeBase, ...line.map(({ sha, title }) => ({ sha, title }))]
}

/** The commits that the good one does not reach, oldest first, each with its first parent. */
async function commitsBetween(
  { repository, good, bad }: LineRequest,
  tools: ToolPort,
): Promise<readonly (Commit & { readonly parent: string })[]> {
  const format = ['--no-show-signature', '-z', '--format=%H%n%P%n%s']
  const { ok, out, err } = await git(tools, repository, [
    'log',
    '--first-parent',
    ...format,
    `${good}..${bad}`,
  ])
  if (!ok) {
    throw new InputError([
      `The commits between ${good.slice(0, 12)} and ${bad.slice(0, 12)} cannot be read (${err.split('\n')[0]}); check out with fetch-depth: 0.`,
    ])
  }
  const commits = out
    .split('\0')
    .filter(record => record !== '')
    .map(record => {
      const [sha = '', parents = '', title = ''] = record.split('\n')
      return { sha, parent: parents.split(' ')[0] ?? '', title: title.slice(0, 200) }
    })
  return commits.reverse()
}

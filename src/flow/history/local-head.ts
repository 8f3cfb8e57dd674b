import { InputError } from '../../core/model/errors.ts'
import { git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'

/** The commit to judge on somebody's own machine, and what of their work it leaves out. */
export interface LocalHead {
  readonly head: string
  /** A sentence each, for the log and the report. */
  readonly remarks: readonly string[]
}

/** `git stash create` wants a name; the commit is never kept. */
const NOBODY = ['-c', 'user.name=perf-verdict', '-c', 'user.email=perf-verdict@localhost'] as const

/**
 * What `--head` names: a commit, or with `worktree` the tracked files as they are now, as a commit that no branch holds (git-stash(1),
 * `create`). Uncommitted work that is not measured is reported. Throws an InputError when there is nothing uncommitted to measure.
 */
export async function localHead(
  asked: string | undefined,
  repository: string,
  tools: ToolPort,
  /** What happens to the commit. */
  done: 'measured' | 'listed' = 'measured',
): Promise<LocalHead> {
  const status = await git(tools, repository, ['status', '--porcelain=v1', '-z', '--untracked-files=normal'])
  // Whoever reads the commits reports that this is no repository.
  if (!status.ok) return { head: asked === 'worktree' ? 'HEAD' : (asked ?? 'HEAD'), remarks: [] }
  const entries = status.out.split('\0').filter(entry => entry !== '')
  const untracked = entries.filter(entry => entry.startsWith('??')).length
  const changed = entries.length > untracked
  if (asked !== 'worktree') {
    const remark = `The work tree has uncommitted changes, which were not ${done}; name them with --head worktree.`
    return { head: asked ?? 'HEAD', remarks: changed ? [remark] : [] }
  }
  const made = await git(tools, repository, [...NOBODY, 'stash', 'create', 'Uncommitted work'])
  const sha = made.out.trim()
  if (!made.ok || sha === '') {
    throw new InputError([
      made.ok
        ? 'The work tree has no uncommitted change to a tracked file; leave out --head worktree, or git add the new files first.'
        : `The work tree cannot be taken as a commit (${made.err.split('\n')[0]}); commit it and name the commit.`,
    ])
  }
  const files = untracked === 1 ? 'One untracked file is' : `${untracked} untracked files are`
  return {
    head: sha,
    remarks: untracked > 0 ? [`${files} not in what was ${done}; git add what belongs to it.`] : [],
  }
}

/** Throws an InputError when head has no commit that base lacks: there is nothing to compare then. */
export async function refuseSameCommit(
  {
    head,
    bases,
    repository,
  }: { readonly head: string; readonly bases: readonly string[]; readonly repository: string },
  tools: ToolPort,
): Promise<void> {
  const sha = async (...args: string[]) => (await git(tools, repository, args)).out.trim()
  const own = await sha('rev-parse', '--verify', '--quiet', '--end-of-options', `${head}^{commit}`)
  for (const base of bases) {
    const other = await sha('rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`)
    if (own === '' || other === '') continue
    if ((await sha('merge-base', other, own)) !== own) return
    throw new InputError([
      `The head ${own.slice(0, 12)} has no commit that ${base} lacks, so there is nothing to compare; name another --base or --head.`,
    ])
  }
}

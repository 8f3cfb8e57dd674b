import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InputError } from '../../core/model/errors.ts'
import { notInTheCommit, untrackedLeftOut } from '../../report/notes/plan.ts'
import { git, tellGit } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'

/** The commit to judge on somebody's own machine, and what of their work it leaves out. */
export interface LocalHead {
  readonly head: string
  /** A sentence each, for the log and the report. */
  readonly remarks: readonly string[]
}

/** `git stash create` wants a name; the commit is never kept. */
const NOBODY = ['-c', 'user.name=perf-verdict', '-c', 'user.email=perf-verdict@localhost'] as const

/** Which head is asked for, and what of somebody's work belongs to it. */
export interface LocalHeadWish {
  readonly asked: string | undefined
  /** Whether untracked files belong to the work tree. */
  readonly untracked?: boolean
  /** What happens to the commit. */
  readonly done?: 'measured' | 'listed'
}

/**
 * What `--head` names: a commit, or with `worktree` the files as they are now, as a commit that no branch holds: the tracked ones
 * (git-stash(1), `create`), and where that is asked for all that are not ignored. Uncommitted work that is not measured is reported.
 * Throws an InputError when there is nothing uncommitted to measure.
 */
export async function localHead(
  { asked, untracked: all = false, done = 'measured' }: LocalHeadWish,
  repository: string,
  tools: ToolPort,
): Promise<LocalHead> {
  if (all && asked !== 'worktree')
    throw new InputError(['--untracked is about the work tree; give --head worktree with it.'])
  const status = await git(tools, repository, ['status', '--porcelain=v1', '-z', '--untracked-files=normal'])
  // Whoever reads the commits reports that this is no repository.
  if (!status.ok) return { head: asked === 'worktree' ? 'HEAD' : (asked ?? 'HEAD'), remarks: [] }
  const entries = status.out.split('\0').filter(entry => entry !== '')
  const untracked = entries.filter(entry => entry.startsWith('??')).length
  const changed = entries.length > untracked
  if (asked !== 'worktree') {
    return { head: asked ?? 'HEAD', remarks: changed ? [notInTheCommit(done)] : [] }
  }
  if (all && untracked > 0) return { head: await wholeWorkTree(repository, tools), remarks: [] }
  const made = await git(tools, repository, [...NOBODY, 'stash', 'create', 'Uncommitted work'])
  const sha = made.out.trim()
  if (!made.ok) throw new InputError([notTaken(made.err)])
  if (sha === '') throw new InputError([nothingUncommitted(untracked)])
  return { head: sha, remarks: untracked > 0 ? [untrackedLeftOut(untracked, done)] : [] }
}

function nothingUncommitted(untracked: number): string {
  return untracked > 0
    ? 'The work tree has untracked files only, which --head worktree leaves out; git add what belongs to it, or give --untracked.'
    : 'The work tree has no uncommitted change, so there is nothing to take from it; leave out --head worktree.'
}

const notTaken = (why: string): string =>
  `The work tree cannot be taken as a commit (${why.split('\n')[0]}); commit it and name the commit.`

/** Everything that is not ignored, as a commit; an index of its own leaves that of the repository as it is. */
async function wholeWorkTree(repository: string, tools: ToolPort): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'perf-verdict-index-'))
  const index = join(folder, 'index')
  const told = async (...args: readonly string[]) => {
    const { ok, out, err } = await tellGit(tools, repository, { args, index })
    if (!ok) throw new InputError([notTaken(err)])
    return out.trim()
  }
  try {
    const own = await git(tools, repository, ['rev-parse', '--path-format=absolute', '--git-path', 'index'])
    // A start that spares git the reading of every file; a repository without one has none.
    await copyFile(own.out.trim(), index).catch(() => {})
    await told('add', '--all', '--', ':/')
    const tree = await told('write-tree')
    return await told(...NOBODY, 'commit-tree', '-p', 'HEAD', '-m', 'Uncommitted work', tree)
  } finally {
    await rm(folder, { recursive: true, force: true })
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

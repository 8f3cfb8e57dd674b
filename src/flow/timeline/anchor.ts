import type { Against } from '../../core/history/against.ts'
import type { RecordedComparison } from '../../core/history/record.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import { git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'

/** What a commit is compared with when it is not a pull request: a revision, and how the history calls it. */
export interface Anchor {
  readonly base: string
  readonly comparison: RecordedComparison
}

const DAY_SECONDS = 86_400

/**
 * The commit that `against` names, seen from a head: its first parent, the last release tag before it, or the newest commit of its
 * line that is at least so many days older. A young project may have none of these: the fault is a sentence that says what is missing.
 */
export async function findAnchor(
  against: Against,
  at: { readonly repository: string; readonly head: string },
  tools: ToolPort,
): Promise<Result<Anchor, string>> {
  const { repository, head } = at
  const ask = async (...args: string[]) => (await git(tools, repository, args)).out.trim()
  switch (against.kind) {
    case 'previous':
      return success({ base: `${head}^1`, comparison: { relation: 'previous' } })
    case 'release': {
      // `describe` names the tag that the fewest commits part from the head's parent; the head's own tag is no older version.
      const tag = await ask(
        'describe',
        '--tags',
        '--abbrev=0',
        '--first-parent',
        '--match=v[0-9]*',
        `${head}^1`,
      )
      if (tag === '') {
        return failed(
          `No release tag such as v1.2 is an ancestor of ${head}; check out with fetch-depth: 0 and fetch-tags: true, or give base.`,
        )
      }
      return success({ base: `refs/tags/${tag}`, comparison: { relation: 'release', called: tag } })
    }
    case 'age': {
      const committed = Number(await ask('log', '-1', '--no-show-signature', '--format=%ct', head))
      const before = committed - against.days * DAY_SECONDS
      const commit = await ask('rev-list', '-1', '--first-parent', `--before=${before}`, head)
      if (!Number.isFinite(before) || commit === '') {
        return failed(
          `No commit of this clone is ${against.days} days older than ${head}; check out with fetch-depth: 0, or ask for a smaller age.`,
        )
      }
      const comparison = { relation: 'past', called: `${against.days} days ago` } as const
      return success({ base: commit, comparison })
    }
  }
}

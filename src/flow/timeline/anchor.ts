import type { Against } from '../../core/history/against.ts'
import type { RecordedComparison } from '../../core/history/record.ts'
import { InputError } from '../../core/model/errors.ts'
import { git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/world.ts'

/** What a commit is compared with when it is not a pull request: a revision, and how the history calls it. */
export interface Anchor {
  readonly base: string
  readonly comparison: RecordedComparison
}

const DAY_SECONDS = 86_400

/**
 * The commit that `against` names, seen from a head: its first parent, the last release tag before it, or the newest commit of its
 * line that is at least so many days older. Throws an InputError that says what is missing and how to get it.
 */
export async function findAnchor(
  against: Against,
  at: { readonly repository: string; readonly head: string },
  tools: ToolPort,
): Promise<Anchor> {
  const { repository, head } = at
  const ask = async (...args: string[]) => (await git(tools, repository, args)).out.trim()
  switch (against.kind) {
    case 'previous':
      return { base: `${head}^1`, comparison: { relation: 'previous' } }
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
        throw new InputError([
          `No release tag such as v1.2 is an ancestor of ${head}; check out with fetch-depth: 0 and fetch-tags: true, or give base.`,
        ])
      }
      return { base: `refs/tags/${tag}`, comparison: { relation: 'release', called: tag } }
    }
    case 'age': {
      const committed = Number(await ask('log', '-1', '--no-show-signature', '--format=%ct', head))
      const before = committed - against.days * DAY_SECONDS
      const commit = await ask('rev-list', '-1', '--first-parent', `--before=${before}`, head)
      if (!Number.isFinite(before) || commit === '') {
        throw new InputError([
          `No commit of this clone is ${against.days} days older than ${head}; check out with fetch-depth: 0, or ask for a smaller age.`,
        ])
      }
      return { base: commit, comparison: { relation: 'past', called: `${against.days} days ago` } }
    }
  }
}

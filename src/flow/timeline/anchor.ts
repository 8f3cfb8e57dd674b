import type { Against } from '../../core/history/against.ts'
import type { HistoryRecord, RecordedComparison } from '../../core/history/record.ts'
import { orderSteps } from '../../core/history/timeline.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import { daysAgo } from '../../report/history/branch-words.ts'
import { git } from '../../shell/git/git.ts'
import type { ToolPort } from '../../shell/ports/ports.ts'

/** What a commit is compared with when it is not a pull request: a revision, and how the history calls it. */
export interface Anchor {
  readonly base: string
  readonly comparison: RecordedComparison
}

/** A head in a clone. */
export interface HeadAt {
  readonly repository: string
  readonly head: string
}

const DAY_SECONDS = 86_400

/**
 * The commit that `against` names, seen from a head: its first parent, the last release tag before it, or the newest commit of its
 * line that is at least so many days older. A young project may have none of these: the fault is a sentence that says what is missing.
 */
export async function findAnchor(
  against: Against,
  at: HeadAt,
  tools: ToolPort,
): Promise<Result<Anchor, string>> {
  const { head } = at
  const ask = asking(at, tools)
  switch (against.kind) {
    case 'previous':
      return success({ base: `${head}^1`, comparison: { relation: 'previous' } })
    case 'release':
      return await lastRelease(against.pattern, at, tools)
    case 'age': {
      const committed = Number(await ask('log', '-1', '--no-show-signature', '--format=%ct', head))
      const before = committed - against.days * DAY_SECONDS
      const commit = await ask('rev-list', '-1', '--first-parent', `--before=${before}`, head)
      if (!Number.isFinite(before) || commit === '') {
        return failed(
          `No commit of this clone is ${against.days} days older than ${head}; check out with fetch-depth: 0, or ask for a smaller age.`,
        )
      }
      const comparison = {
        relation: 'past',
        called: daysAgo(against.days),
        ...(await dateOf(commit, at, tools)),
      } as const
      return success({ base: commit, comparison })
    }
  }
}

/** `v1.2`, `1.2.3`, `release-7`, `parser/v2`: a number at the end, perhaps with the name of what was released before it; no candidate of a release to come. */
const RELEASE = /^(?:[\w.+/-]*[^\d.])?\d+(?:[._]\d+)*$/
const DATE = /(?:19|20)\d{2}-?[01]\d-?[0-3]\d$/
/** Tags that are made each night are no releases. */
const PASSING = /nightly|snapshot|latest|canary|daily|build/i

/** `describe` names the tag that the fewest commits part from the head's parent; the head's own tag is no older version. */
async function lastRelease(
  pattern: string | undefined,
  at: HeadAt,
  tools: ToolPort,
): Promise<Result<Anchor, string>> {
  const { head } = at
  const ask = asking(at, tools)
  const glob = pattern ?? 'v[0-9]*'
  const describe = async (...globs: readonly string[]) =>
    await ask(
      'describe',
      '--tags',
      '--abbrev=0',
      '--first-parent',
      ...globs.map(one => `--match=${one}`),
      `${head}^1`,
    )
  let tag = await describe(glob)
  if (tag === '' && pattern === undefined) {
    const merged = (await ask('tag', '--merged', `${head}^1`)).split('\n')
    const others = merged.filter(name => RELEASE.test(name) && !DATE.test(name) && !PASSING.test(name))
    // Exact names are globs of themselves: a release has none of the signs that a glob is made of.
    if (others.length > 0) tag = await describe(...others.slice(-MOST_TAGS))
  }
  if (tag === '') {
    return failed(
      `No release tag ${pattern === undefined ? 'such as v1.2' : `that matches ${pattern}`} is an ancestor of ${head}; check out with fetch-depth: 0 and fetch-tags: true, name your tags as against: release:PATTERN, or give base.`,
    )
  }
  const base = `refs/tags/${tag}`
  const comparison = { relation: 'release', called: tag, ...(await dateOf(base, at, tools)) } as const
  return success({ base, comparison })
}

const MOST_TAGS = 500

/**
 * The newest commit of the history that a pushed head descends from. The commit before the push may never have been measured: GitHub
 * drops a waiting run when a newer push comes, and then the step to it would be missing for good. Undefined where the history has none that is near.
 */
export async function newestMeasured(
  records: readonly HistoryRecord[],
  at: HeadAt,
  tools: ToolPort,
): Promise<string | undefined> {
  const listed = await asking(at, tools)(
    'rev-list',
    '--first-parent',
    `--max-count=${MOST_PASSED_OVER}`,
    at.head,
  )
  const near = new Set(listed.split('\n').slice(1))
  return orderSteps(records).findLast(({ commit }) => near.has(commit))?.commit
}

/** So many commits between are one step of the history at most; after a longer rest it begins anew. */
const MOST_PASSED_OVER = 100

/** The commits that a head has and a base lacks, newest first; along first parents where the steps of the branch are asked for. */
export async function commitsBetween(
  base: string,
  at: HeadAt,
  tools: ToolPort,
  along: readonly '--first-parent'[] = [],
): Promise<readonly string[]> {
  const listed = await asking(at, tools)('rev-list', ...along, `${base}..${at.head}`)
  return listed.split('\n').filter(commit => commit !== '')
}

async function dateOf(commit: string, at: HeadAt, tools: ToolPort): Promise<{ readonly dated?: string }> {
  const seconds = Number(await asking(at, tools)('log', '-1', '--no-show-signature', '--format=%ct', commit))
  return Number.isFinite(seconds) && seconds > 0 && seconds < LAST_DATE
    ? { dated: new Date(seconds * 1000).toISOString() }
    : {}
}

/** The year 10000, in seconds: a commit's clock may say anything. */
const LAST_DATE = 253_402_300_800

function asking({ repository }: HeadAt, tools: ToolPort) {
  return async (...args: readonly string[]) => (await git(tools, repository, args)).out.trim()
}

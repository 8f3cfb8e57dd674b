import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type EventReading, readEvent } from '../../../src/core/github/event.ts'
import { dice, mutated } from '../../doubles/mutate.ts'
import { cases, casesOf } from '../../doubles/soak.ts'

type Json = Record<string, unknown>

/** A payload that GitHub really sent (see fixtures/github/extract.mjs for where it is from). */
function sent(name: string): Json {
  return JSON.parse(
    readFileSync(new URL(`../../fixtures/events/${name}.json`, import.meta.url), 'utf8'),
  ) as Json
}

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const ZEROS = '0'.repeat(40)
const ENV = { GITHUB_REPOSITORY: 'octocat/hello-world', GITHUB_SHA: A, GITHUB_REF: 'refs/heads/main' }

function read(name: string, payload: unknown, more: { env?: object; askedBase?: string } = {}): EventReading {
  const { env = {}, ...rest } = more
  return readEvent({ name, payload, env: { ...ENV, ...env }, ...rest })
}

function pull(change: (pull: Json) => void = () => undefined): Json {
  const payload = sent('pull_request')
  change(payload.pull_request as Json)
  return payload
}

function pushed(change: Json): Json {
  return {
    ...sent('push'),
    ref: 'refs/heads/main',
    before: B,
    after: A,
    deleted: false,
    created: false,
    ...change,
  }
}

const withMain = { repository: { default_branch: 'main' } }

describe('a pull request', () => {
  test('is judged at its own head, against the merge base with its base branch', () => {
    const { pull_request: given } = pull() as {
      pull_request: { head: { sha: string }; base: { sha: string; ref: string } }
    }
    expect(read('pull_request', pull())).toMatchObject({
      kind: 'measure',
      trigger: {
        head: given.head.sha,
        bases: [`refs/remotes/origin/${given.base.ref}`],
        withoutBase: 'error',
        pull: { number: 2, fork: false },
        trusted: false,
      },
    })
  })

  test('never takes the commit that the runner names, which is the test merge', () => {
    const reading = read('pull_request', pull(), { env: { GITHUB_SHA: B } })
    expect(JSON.stringify(reading)).not.toContain(B)
  })

  test.each([
    [
      'another repository',
      (given: Json) => ((given.head as Json).repo = { id: 1, full_name: 'evil/fork' }),
      true,
    ],
    ['a deleted fork', (given: Json) => ((given.head as Json).repo = null), true],
    ['a draft', (given: Json) => (given.draft = true), false],
    ['another name of the branch', (given: Json) => ((given.head as Json).ref = '$(id)'), false],
  ])('from %s is measured', (_, change, fork) => {
    expect(read('pull_request', pull(change))).toMatchObject({ kind: 'measure', trigger: { pull: { fork } } })
  })

  test.each([
    ['it is closed', (given: Json) => (given.state = 'closed'), /closed/],
    [
      'its head is its base',
      (given: Json) => ((given.head as Json).sha = (given.base as Json).sha),
      /nothing to compare/,
    ],
  ])('is skipped when %s', (_, change, why) => {
    expect(read('pull_request', pull(change))).toMatchObject({
      kind: 'skip',
      sentence: expect.stringMatching(why),
    })
  })

  test('that was just closed is skipped', () => {
    expect(read('pull_request', { ...pull(), action: 'closed' }).kind).toBe('skip')
  })

  test.each([
    ['a short hash', (given: Json) => ((given.head as Json).sha = 'abc1234')],
    ['an option as a hash', (given: Json) => ((given.head as Json).sha = '--upload-pack=id')],
    ['an option as a branch', (given: Json) => ((given.base as Json).ref = '-x')],
    ['a branch with a newline', (given: Json) => ((given.base as Json).ref = 'a\nb')],
    ['a branch with blanks', (given: Json) => ((given.base as Json).ref = 'a b')],
    ['no number', (given: Json) => (given.number = undefined)],
  ])('is refused with %s', (_, change) => {
    const reading = read('pull_request', pull(change))
    expect(reading).toMatchObject({
      kind: 'refuse',
      sentence: expect.stringContaining('not what GitHub documents'),
    })
  })
})

describe('a push', () => {
  test.each([
    ['to a branch', {}, [B, `${A}^1`], 'against the one before'],
    ['by force', { forced: true }, [B, `${A}^1`], '(forced)'],
    ['of the first commit', { before: ZEROS, ...withMain }, [`${A}^1`], 'against its parent'],
    [
      'of a new branch',
      { ref: 'refs/heads/topic', before: ZEROS, ...withMain },
      ['refs/remotes/origin/main'],
      'merge base with main',
    ],
    [
      'of a tag',
      { ref: 'refs/tags/v1', before: ZEROS, after: B, head_commit: { id: A } },
      [`${A}^1`],
      'commit against the one before',
    ],
    [
      'of a tag without a commit',
      { ref: 'refs/tags/v1', before: ZEROS, head_commit: null },
      [`${A}^1`],
      'Tag',
    ],
  ])('%s has a baseline', (_, change, bases, says) => {
    expect(read('push', pushed(change))).toMatchObject({
      kind: 'measure',
      trigger: {
        head: A,
        bases,
        withoutBase: 'skip',
        trusted: true,
        sentence: expect.stringContaining(says),
      },
    })
  })

  test.each([
    ['deletes a branch', { deleted: true, after: ZEROS, head_commit: null }, /deleted/],
    ['deletes a tag', { ref: 'refs/tags/v1', after: ZEROS, head_commit: null }, /deleted/],
    ['brings nothing', { after: B }, /no commit/],
  ])('that %s is skipped', (_, change, why) => {
    expect(read('push', pushed(change))).toMatchObject({ kind: 'skip', sentence: expect.stringMatching(why) })
  })
})

describe('other events', () => {
  test('a merge group is judged against its own base, and has no pull request to comment on', () => {
    const reading = read('merge_group', sent('merge_group'))
    const { merge_group: group } = sent('merge_group') as {
      merge_group: { head_sha: string; base_sha: string }
    }
    expect(reading).toMatchObject({
      kind: 'measure',
      trigger: { head: group.head_sha, bases: [group.base_sha], trusted: false },
    })
    expect(JSON.stringify(reading)).not.toContain('"pull"')
    expect(read('merge_group', { ...sent('merge_group'), action: 'destroyed' }).kind).toBe('skip')
  })

  test.each([
    ['schedule', { schedule: '0 3 * * *', ...withMain }, {}, [`${A}^1`]],
    ['schedule', {}, {}, [`${A}^1`]],
    ['workflow_dispatch', { inputs: null, ...withMain }, {}, [`${A}^1`]],
    ['workflow_dispatch', { ...withMain }, { GITHUB_REF: 'refs/heads/topic' }, ['refs/remotes/origin/main']],
  ])('%s compares the tip of its branch', (name, payload, env, bases) => {
    expect(read(name, payload, { env })).toMatchObject({
      kind: 'measure',
      trigger: { head: A, bases, withoutBase: 'skip' },
    })
  })

  test.each(['workflow_dispatch', 'push', 'schedule', 'pull_request'])(
    '%s takes a base that was asked for',
    name => {
      const payload = name === 'push' ? pushed({}) : name === 'pull_request' ? pull() : withMain
      expect(read(name, payload, { askedBase: 'v1.0' })).toMatchObject({
        kind: 'measure',
        trigger: { bases: ['v1.0', 'refs/remotes/origin/v1.0'], withoutBase: 'error' },
      })
    },
  )

  test.each([
    ['pull_request_target', /secrets.*on: pull_request/],
    ['issue_comment', /names no commit.*workflow_dispatch/],
    ['workflow_run', /command: publish/],
    ['release', /no defined base.*on: pull_request/],
    ['__proto__', /no defined base/],
    ['constructor', /no defined base/],
    ['', /no defined base/],
  ])('%s is refused with the reason and what to do', (name, why) => {
    const payload = name === 'issue_comment' || name === 'workflow_run' ? sent(name) : pull()
    expect(read(name, payload)).toMatchObject({ kind: 'refuse', sentence: expect.stringMatching(why) })
  })

  test('a repository that is not owner/name is refused', () => {
    expect(read('push', pushed({}), { env: { GITHUB_REPOSITORY: 'x; id' } }).kind).toBe('refuse')
    expect(read('push', pushed({}), { env: { GITHUB_REPOSITORY: undefined } }).kind).toBe('refuse')
  })
})

describe('hostile payloads', () => {
  const NAMES = [
    'pull_request',
    'push',
    'merge_group',
    'workflow_dispatch',
    'workflow_run',
    'issue_comment',
  ] as const
  const SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/
  const BASE = /^([0-9a-f]{40,64}(\^1)?|refs\/remotes\/origin\/[^\p{Cc} ~^:?*[\\]+)$/u

  test('mutated yield a typed reading each, and whatever is measured is a full hash', () => {
    const payloads = Object.fromEntries(NAMES.map(name => [name, sent(name)]))
    let measured = 0
    const fail = (why: string, reading: unknown): never => {
      throw new Error(`${why}: ${JSON.stringify(reading)}`)
    }
    fc.assert(
      fc.property(fc.constantFrom(...NAMES, 'schedule'), fc.integer(), (name, seed) => {
        const reading = read(name, mutated(payloads[name] ?? withMain, dice(seed)))
        if (reading.kind !== 'measure') {
          if (!/^[^\p{Cc}]+\.$/u.test(reading.sentence)) fail('not a sentence', reading)
          return
        }
        measured++
        if (!SHA.test(reading.trigger.head)) fail('the head is no hash', reading)
        if (!reading.trigger.bases.every(base => BASE.test(base))) fail('a base is no safe name', reading)
      }),
      cases(50_000),
    )
    expect(measured).toBeGreaterThan(casesOf(50_000) / 10)
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { findAcceptances } from '../../../src/flow/publish/acceptances.ts'
import { findMergedAcceptances } from '../../../src/flow/publish/merged-acceptances.ts'
import { openGitHub } from '../../../src/shell/github/open.ts'
import { type GitHubDouble, startGitHub } from '../../doubles/github/server.ts'
import { addComment, addPull, type PullRow } from '../../doubles/github/state.ts'
import { aBenchmark, aChange, aReport } from '../../doubles/reports.ts'
import { fakeTiming } from '../../doubles/timing.ts'

const LABEL = 'perf: accept'
const report = aReport({ verdict: 'fail', benchmarks: [aChange(1.1, { name: 'parse' })] })
let double: GitHubDouble
let pull: PullRow
beforeAll(async () => {
  double = await startGitHub()
  pull = addPull(double.state, { number: 7, headSha: 'a'.repeat(40) })
  double.state.collaborators.set('ann', 'write').set('ben', 'admin').set('rita', 'read')
})
afterAll(() => double.close())
beforeEach(() => {
  double.state.comments.length = 0
  double.state.labelEvents.length = 0
  Object.assign(pull, { body: '', edited: undefined, author: 'octocat' })
  double.forget()
})

const person = (login: string) => ({ login, type: 'User' as const, id: 5 })
const says = (login: string, body: string) =>
  addComment(double.state, { pull: 7, body, author: person(login) })
const labels = (by: string, event: 'labeled' | 'unlabeled' = 'labeled') =>
  double.state.labelEvents.push({ pull: 7, event, label: LABEL, by })

async function found(of = report) {
  const env = { GITHUB_API_URL: double.url }
  const github = await openGitHub({
    token: 'ghs_writer',
    repository: 'octocat/hello-world',
    env,
    timing: fakeTiming(),
  })
  const answer = await findAcceptances(of, { pull: 7, label: LABEL }, github)
  expect(double.violations()).toEqual([])
  return answer
}

test('a label and a comment of people with write access accept what the comment names', async () => {
  labels('ben')
  says('ann', 'perf accept parse=12%: safer')
  expect((await found()).accepted).toMatchObject([{ benchmark: 'parse', by: '@ann', reason: 'safer' }])
})

test('without the label nothing is accepted, and nothing once it was taken off again', async () => {
  says('ann', 'perf accept parse=12%: safer')
  expect(await found()).toEqual({ accepted: [], remarks: [] })
  labels('ben')
  labels('ben', 'unlabeled')
  expect(await found()).toEqual({ accepted: [], remarks: [] })
})

test.each(['mallory', 'rita'])(
  'a label set by %s, who may not write, accepts nothing and is told',
  async login => {
    labels(login)
    says('ann', 'perf accept parse=12%: safer')
    const { accepted, remarks } = await found()
    expect(accepted).toEqual([])
    expect(remarks[0]).toContain(`\`${login}\`, who has no write access`)
  },
)

test('a label set by an app accepts nothing, even where the app may write, and a person’s after it does', async () => {
  double.state.collaborators.set('labeler[bot]', 'write')
  labels('labeler[bot]')
  says('ann', 'perf accept parse=12%: safer')
  expect(await found()).toEqual({
    accepted: [],
    remarks: [expect.stringContaining('set by the app `labeler[bot]`')],
  })
  labels('ben')
  expect((await found()).accepted).toHaveLength(1)
})

test('of several labels only its own counts, by whoever set it last, in whatever case it is configured', async () => {
  says('ann', 'perf accept parse=12%: safer')
  const events = double.state.labelEvents
  events.push({ pull: 7, event: 'labeled', label: 'perf: accepted', by: 'ann' })
  events.push({ pull: 7, event: 'labeled', label: 'bug', by: 'ann' })
  expect((await found()).accepted).toEqual([])
  labels('ben')
  events.push({ pull: 7, event: 'unlabeled', label: 'perf: accepted', by: 'ann' })
  expect((await found()).accepted).toHaveLength(1)
  labels('ben', 'unlabeled')
  labels('mallory')
  expect((await found()).remarks[0]).toContain('`mallory`, who has no write access')
  events.length = 0
  events.push({ pull: 7, event: 'labeled', label: 'Perf: Accept', by: 'ann' })
  expect((await found()).accepted).toHaveLength(1)
})

test('a comment of somebody who may not write, or of a bot, counts for nothing', async () => {
  labels('ben')
  says('mallory', 'perf accept parse=900%: mine')
  addComment(double.state, {
    pull: 7,
    body: 'perf accept parse=900%: bot',
    author: { login: 'x[bot]', type: 'Bot', id: 9 },
  })
  const { accepted, remarks } = await found()
  expect(accepted).toEqual([])
  expect(remarks[0]).toContain('perf accept NAME=12%: reason')
})

test('the newest word on a benchmark stands', async () => {
  labels('ben')
  says('ann', 'perf accept parse=12%: first')
  says('ben', 'perf accept parse=3%: second')
  expect((await found()).accepted).toMatchObject([{ reason: 'second', bound: expect.closeTo(1.03) }])
})

const SET_AT = '2026-06-01T12:00:00Z'
const labelledAt = (by: string) =>
  double.state.labelEvents.push({ pull: 7, event: 'labeled', label: LABEL, by, at: SET_AT })

describe('the description', () => {
  test('accepts in the name of whoever set the label, what it said by then', async () => {
    labelledAt('ben')
    pull.body = 'Closes a hole.\n\nperf accept parse up to +12 %: bounds checks'
    expect((await found()).accepted).toMatchObject([{ benchmark: 'parse', by: '@ben', on: '2026-06-01' }])
    pull.edited = { by: 'octocat', at: '2026-06-01T11:59:59Z' }
    expect((await found()).accepted).toHaveLength(1)
  })

  test.each(['2026-06-01T12:00:00Z', '2026-06-01T12:00:01Z', 'nonsense'])(
    'accepts nothing once it was edited after that (%s), and the report says so',
    async at => {
      labelledAt('ben')
      pull.body = 'perf accept parse=900%: mine'
      pull.edited = { by: 'octocat', at }
      const { accepted, remarks } = await found()
      expect(accepted).toEqual([])
      expect(remarks).toEqual([expect.stringContaining('was edited after `ben` set the label')])
    },
  )

  test('gives way to a newer word in a comment', async () => {
    labelledAt('ben')
    pull.body = 'perf accept parse=900%: mine'
    says('ann', 'perf accept parse=12%: no more than that')
    expect((await found()).accepted).toMatchObject([{ by: '@ann', bound: expect.closeTo(1.12) }])
  })
})

test('a comment that somebody else edited accepts nothing, and the report says who', async () => {
  labels('ben')
  const edited = says('ann', 'perf accept parse=900%: forged')
  edited.editedBy = 'ben'
  const { accepted, remarks } = await found()
  expect(accepted).toEqual([])
  expect(remarks).toEqual([expect.stringContaining('of `ann` was edited by `ben`')])
  edited.editedBy = 'ann'
  expect((await found()).accepted).toHaveLength(1)
})

test('somebody who has lost access accepts nothing any more', async () => {
  labels('ben')
  says('ann', 'perf accept parse=12%: safer')
  double.state.collaborators.delete('ann')
  expect((await found()).accepted).toEqual([])
  double.state.collaborators.set('ann', 'write').delete('ben')
  expect(await found()).toMatchObject({
    accepted: [],
    remarks: [expect.stringContaining('`ben`, who has no')],
  })
  double.state.collaborators.set('ben', 'admin')
})

test('an author with write access may, and the report says that it was the author', async () => {
  pull.author = 'ann'
  labels('ann')
  says('ann', 'perf accept parse=12%: safer')
  const { accepted, remarks } = await found()
  expect(accepted).toHaveLength(1)
  expect(remarks).toEqual([expect.stringContaining('`ann`, who opened this pull request')])
})

test('a hundred comments of outsiders do not push out the word of a maintainer', async () => {
  labels('ben')
  says('ann', 'perf accept parse=12%: safer')
  for (let index = 0; index < 130; index++) says('mallory', 'perf accept parse=900%: mine')
  expect((await found()).accepted).toMatchObject([{ by: '@ann' }])
})

describe('a push that merges', () => {
  const COMMIT = 'c'.repeat(40)
  const merged = async (commits: readonly string[]) => {
    const github = await openGitHub({
      token: 'ghs_writer',
      repository: 'octocat/hello-world',
      env: { GITHUB_API_URL: double.url },
      timing: fakeTiming(),
    })
    return await findMergedAcceptances(report, { commits, branch: 'main', label: LABEL }, github)
  }

  test('keeps what was accepted in its pull request', async () => {
    labels('ben')
    says('ann', 'perf accept parse=12%: safer')
    expect((await merged([COMMIT])).accepted).toEqual([])
    Object.assign(pull, { merged: [COMMIT] })
    expect((await merged(['d'.repeat(40), COMMIT])).accepted).toMatchObject([{ by: '@ann' }])
    Object.assign(pull, { baseRef: 'side' })
    expect((await merged([COMMIT])).accepted).toEqual([])
    Object.assign(pull, { baseRef: 'main', merged: [] })
    expect(double.violations()).toEqual([])
  })

  test('says that it looked at the newest commits only', async () => {
    const { remarks } = await merged(Array.from({ length: 25 }, (_, at) => at.toString(16).padStart(40, 'e')))
    expect(remarks).toEqual(['Only the newest 20 of 25 commits were looked up for accepted slowdowns.'])
  })
})

test('GitHub is not asked when there is nothing to accept', async () => {
  labels('ben')
  await found(aReport({ benchmarks: [aBenchmark()] }))
  expect(double.calls).toEqual([])
})

test('what GitHub refuses to tell is told and accepts nothing', async () => {
  labels('ben')
  double.fail({ path: /events/, goes: { wrong: 'status', status: 404, body: { message: 'Not Found' } } })
  expect(await found()).toMatchObject({
    accepted: [],
    remarks: [expect.stringContaining('Could not ask who set the label')],
  })
})

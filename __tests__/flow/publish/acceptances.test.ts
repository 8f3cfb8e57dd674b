import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { findAcceptances } from '../../../src/flow/publish/acceptances.ts'
import { openGitHub } from '../../../src/shell/github/open.ts'
import { type GitHubDouble, startGitHub } from '../../doubles/github/server.ts'
import { addComment, addPull } from '../../doubles/github/state.ts'
import { aBenchmark, aChange, aReport } from '../../doubles/reports.ts'
import { fakeTiming } from '../../doubles/timing.ts'

const LABEL = 'perf: accept'
const report = aReport({ verdict: 'fail', benchmarks: [aChange(1.1, { name: 'parse' })] })
let double: GitHubDouble
beforeAll(async () => {
  double = await startGitHub()
  addPull(double.state, { number: 7, headSha: 'a'.repeat(40) })
  double.state.collaborators.set('ann', 'write').set('ben', 'admin').set('rita', 'read')
})
afterAll(() => double.close())
beforeEach(() => {
  double.state.comments.length = 0
  double.state.labelEvents.length = 0
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
  expect((await found()).accepted[0]).toMatchObject({ reason: 'second' })
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

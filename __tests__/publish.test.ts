import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { InputError } from '../src/core/model/errors.ts'
import type { Report } from '../src/core/model/report.ts'
import { fetchReport, type Publishable, type PublishRequest } from '../src/publish.ts'
import { openGitHub } from '../src/shell/github/open.ts'
import { type GitHubDouble, startGitHub } from './doubles/github/server.ts'
import { addArtifact, addPull, newState, type PullRow } from './doubles/github/state.ts'
import { aReport } from './doubles/reports.ts'
import { fakeTiming } from './doubles/timing.ts'
import { zip } from './doubles/zip.ts'

type Json = Readonly<Record<string, unknown>>
const HEAD = 'a'.repeat(40)
const REPOSITORY = 'octocat/hello-world'
const RUN_ID = 4711
const FORK = { id: 99, fullName: 'someone/hello-world' }
const sent = JSON.parse(
  readFileSync(new URL('./fixtures/events/workflow_run.json', import.meta.url), 'utf8'),
) as { workflow_run: Json & { repository: Json } }

let double: GitHubDouble
let pull: PullRow

beforeAll(async () => {
  double = await startGitHub(newState())
})
afterAll(async () => await double.close())
beforeEach(() => {
  double.forget()
  double.state.pulls.length = 0
  double.state.artifacts.length = 0
  pull = addPull(double.state, { number: 12, headSha: HEAD, headRepository: FORK })
})

const own = (more: Partial<Report> = {}) =>
  aReport({
    head: { sha: HEAD },
    pull: { number: 12, repository: REPOSITORY },
    run: { number: 41, attempt: 1 },
    ...more,
  })

function payload(change: Json = {}): Json {
  const { repository } = sent.workflow_run
  return {
    action: 'completed',
    workflow_run: {
      ...sent.workflow_run,
      id: RUN_ID,
      event: 'pull_request',
      run_number: 41,
      run_attempt: 1,
      run_started_at: '2026-11-22T10:00:00Z',
      head_sha: HEAD,
      head_branch: 'feature',
      repository: { ...repository, id: double.state.repositoryId, full_name: REPOSITORY },
      head_repository: { id: FORK.id, owner: { login: 'someone' } },
      ...change,
    },
  }
}

function leave(bytes: Uint8Array, more: { createdAt?: string; name?: string; expired?: boolean } = {}): void {
  addArtifact(double.state, {
    name: 'perf-verdict',
    runId: RUN_ID,
    createdAt: '2026-11-22T10:05:00Z',
    expired: false,
    ...more,
    bytes,
  })
}

const packed = (text: string, name = 'report.json') => zip([{ name, content: Buffer.from(text) }])

async function fetch(change: Json = {}, request: Partial<PublishRequest> = {}): Promise<Publishable> {
  const env = { GITHUB_API_URL: double.url }
  const github = await openGitHub({ token: 'ghs_writer', repository: REPOSITORY, env, timing: fakeTiming() })
  const found = await fetchReport(
    {
      eventName: 'workflow_run',
      payload: payload(change),
      repository: REPOSITORY,
      artifact: 'perf-verdict',
      ...request,
    },
    github,
  )
  expect(double.violations()).toEqual([])
  return found
}

/** Nothing is known of the pull request's commit, and that is what is to be said. */
const absent = (says: RegExp) => ({
  kind: 'absent',
  pull: 12,
  report: { verdict: 'error', head: { sha: HEAD }, sentence: expect.stringMatching(says), benchmarks: [] },
})

describe('a fork’s report', () => {
  test('is found by run, attempt and name, and belongs to the pull request that GitHub names', async () => {
    leave(packed('{}'), { createdAt: '2026-11-21T10:00:00Z' })
    leave(packed(JSON.stringify(own())))
    leave(packed('{}'), { name: 'perf-verdict-2' })
    leave(packed('{}'), { expired: true })
    expect(await fetch()).toMatchObject({ kind: 'report', pull: 12, report: { head: { sha: HEAD } } })
    expect(double.calls.find(call => call.operation === 'storage')?.token).toBe('')
  })

  test.each<[string, Partial<Report>, RegExp]>([
    ['another commit', { head: { sha: 'b'.repeat(40) } }, /another commit/],
    ['another pull request', { pull: { number: 1, repository: REPOSITORY } }, /another pull request/],
    ['another repository', { pull: { number: 12, repository: 'octocat/other' } }, /another repository/],
    ['another run', { run: { number: 40, attempt: 1 } }, /another run/],
    ['another attempt', { run: { number: 41, attempt: 2 } }, /another run/],
  ])('that tells of %s is refused', async (_, change, says) => {
    leave(packed(JSON.stringify(own(change))))
    expect(await fetch()).toMatchObject(absent(says))
  })

  test.each<[string, () => Uint8Array, RegExp]>([
    ['no zip file', () => Buffer.from('hello'), /not a whole zip/],
    ['too large', () => Buffer.alloc(2 * 1024 * 1024 + 1), /larger than 2097152/],
    ['of another name', () => packed('{}', 'evil.json'), /not report\.json/],
    ['no JSON', () => packed('{"schema": 1'), /not JSON/],
    ['no report', () => packed('{"schema":1}'), /report is wrong at/],
    ['nested without end', () => packed(`${'['.repeat(50_000)}${']'.repeat(50_000)}`), /nested|100 times/],
    [
      'full of infinities',
      () => packed(JSON.stringify(own()).replace('"seconds":252', '"seconds":1e999')),
      /wrong at/,
    ],
    [
      'of another schema',
      () => packed(JSON.stringify(own()).replace('"schema":1', '"schema":2')),
      /wrong at/,
    ],
  ])('that is %s is refused', async (_, bytes, says) => {
    leave(bytes())
    expect(await fetch()).toMatchObject(absent(says))
  })

  test.each<[string, () => unknown, RegExp]>([
    ['the pull request moved on', () => Object.assign(pull, { headSha: 'c'.repeat(40) }), /moved on/],
    ['the pull request is closed', () => Object.assign(pull, { open: false }), /No open pull request/],
    [
      'it is of another fork',
      () => Object.assign(pull, { headRepository: { id: 5, fullName: 'someone/hello-world' } }),
      /No open/,
    ],
    [
      'two pull requests have its head',
      () => void addPull(double.state, { ...pull, number: 13, baseRef: 'next' }),
      /12 and 13/,
    ],
  ])('is not published when %s', async (_, arrange, says) => {
    arrange()
    expect(await fetch()).toMatchObject({ kind: 'nothing', sentence: expect.stringMatching(says) })
  })

  test.each([
    ['cancelled', true, /was cancelled and left no artifact "perf-verdict"/],
    ['timed_out', true, /ran out of time/],
    ['failure', true, /failed and left/],
    ['success', false, /ended well and left/],
    ['skipped', false, /was skipped/],
    ['constructor', true, /run ended and left/],
  ])('is missing after a run that ended as %s', async (conclusion, expected, says) => {
    leave(packed('{}'), { createdAt: '2026-11-22T09:59:59Z' })
    expect(await fetch({ conclusion })).toMatchObject({ ...absent(says), expected })
  })

  test('does not name the pull request: one that claims another is refused before anything is written', async () => {
    addPull(double.state, { number: 1, headSha: 'd'.repeat(40) })
    leave(packed(JSON.stringify(own({ pull: { number: 1, repository: REPOSITORY } }))))
    expect(await fetch()).toMatchObject({ kind: 'absent', pull: 12 })
    expect(double.calls.every(call => call.method === 'GET')).toBe(true)
  })

  test.each([401, 403, 404, 410, 422, 500])(
    'under %i from the API is refused with its sentence',
    async status => {
      leave(packed(JSON.stringify(own())))
      double.fail({ path: /artifacts$/, times: 9, goes: { wrong: 'status', status } })
      expect(await fetch()).toMatchObject(absent(/list the artifacts/))
    },
  )

  test('in the wrong workflow is the user’s mistake', async () => {
    await expect(fetch({}, { eventName: 'pull_request_target' })).rejects.toThrow(InputError)
  })
})

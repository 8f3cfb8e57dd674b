import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  chooseArtifact,
  matchPull,
  mismatchOf,
  readWorkflowRun,
} from '../../../src/core/github/workflow-run.ts'
import { failed, success } from '../../../src/core/model/result.ts'
import { dice, mutated } from '../../doubles/mutate.ts'
import { cases } from '../../doubles/soak.ts'

const HEAD = 'a'.repeat(40)
type Json = Record<string, unknown>
const sent = JSON.parse(
  readFileSync(new URL('../../fixtures/events/workflow_run.json', import.meta.url), 'utf8'),
) as Json
const HOME = 'octocat/hello-world'

/** The payload that follows a measuring run of a fork. */
function payload(change: Json = {}): Json {
  const run = {
    ...(sent.workflow_run as Json),
    event: 'pull_request',
    run_number: 5,
    run_attempt: 2,
    head_sha: HEAD,
    head_branch: 'feature',
    repository: { ...((sent.workflow_run as Json).repository as Json), id: 1, full_name: HOME },
    head_repository: { id: 2, owner: { login: 'someone' } },
    ...change,
  }
  return { ...sent, action: 'completed', workflow_run: run }
}

const read = (change: Json = {}) => readWorkflowRun('workflow_run', payload(change), HOME)
const reading = read()
const run = reading.kind === 'publish' ? reading.run : undefined

describe('the measuring run behind a publishing one', () => {
  test('is read from the payload', () => {
    expect(run).toMatchObject({
      headSha: HEAD,
      headOwner: 'someone',
      headRepositoryId: 2,
      repositoryId: 1,
      attempt: 2,
    })
  })

  test.each<[string, Json, RegExp]>([
    ['was a push', { event: 'push' }, /not for a pull request/],
    ['lost its fork', { head_repository: null }, /gone/],
    ['lost its branch', { head_branch: null }, /gone/],
    ['is of another repository', { repository: { id: 1, full_name: 'evil/other' } }, /another repository/],
  ])('is skipped when it %s', (_, change, why) => {
    expect(read(change)).toMatchObject({ kind: 'skip', sentence: expect.stringMatching(why) })
  })

  test('is refused on any other event, with what to do', () => {
    expect(readWorkflowRun('pull_request_target', payload(), HOME)).toMatchObject({
      kind: 'refuse',
      sentence: expect.stringMatching(/on: workflow_run.*README/),
    })
    expect(readWorkflowRun('workflow_run', { action: 'completed' }, HOME).kind).toBe('refuse')
  })

  test('is read from mutated payloads without a crash', () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        const found = readWorkflowRun('workflow_run', mutated(payload(), dice(seed)), HOME)
        if (found.kind === 'publish' && !/^[0-9a-f]{40,64}$/.test(found.run.headSha))
          throw new Error('no hash')
      }),
      cases(20_000),
    )
  })
})

describe('the pull request of a run', () => {
  const pull = { number: 7, headSha: HEAD, headRepositoryId: 2, baseRepositoryId: 1 }
  test.each([
    ['the one', [pull], success(7)],
    ['among others', [{ ...pull, number: 8, headSha: 'b'.repeat(40) }, pull], success(7)],
    ['none', [], failed(expect.stringContaining('No open pull request'))],
    ['moved on', [{ ...pull, headSha: 'b'.repeat(40) }], failed(expect.stringContaining('moved on'))],
    ['two with one head', [pull, { ...pull, number: 9 }], failed(expect.stringContaining('7 and 9'))],
    ['of another fork', [{ ...pull, headRepositoryId: 3 }], failed(expect.stringContaining('No open'))],
    [
      'into another repository',
      [{ ...pull, baseRepositoryId: 3 }],
      failed(expect.stringContaining('No open')),
    ],
  ])('%s', (_, pulls, expected) => {
    expect(matchPull(pulls, run!)).toEqual(expected)
  })
})

describe('the artifact of a run', () => {
  const artifact = (id: number, after: number, expired = false) => ({
    id,
    expired,
    createdAt: new Date(run!.startedAt + after * 1000).toISOString(),
  })
  test('is the newest of this attempt that has not expired', () => {
    const rows = [artifact(1, -60), artifact(3, 30), artifact(2, 60), artifact(9, 90, true)]
    expect(chooseArtifact(rows, run!)?.id).toBe(3)
    expect(chooseArtifact([artifact(1, -60)], run!)).toBeUndefined()
  })

  const own = { head: { sha: HEAD }, pull: { number: 7, repository: HOME }, run: { number: 5, attempt: 2 } }
  const place = { number: 7, repository: HOME }
  test.each([
    ['its own', own, undefined],
    ['another commit', { ...own, head: { sha: 'b'.repeat(40) } }, 'another commit'],
    ['another pull request', { ...own, pull: { number: 1, repository: HOME } }, 'another pull request'],
    ['another repository', { ...own, pull: { number: 7, repository: 'evil/x' } }, 'another repository'],
    ['no pull request', { ...own, pull: undefined }, 'another pull request'],
    ['an earlier attempt', { ...own, run: { number: 5, attempt: 1 } }, 'another run'],
    ['no run', { ...own, run: undefined }, 'another run'],
  ])('that tells of %s', (_, report, fault) => {
    const { pull, run: told, head } = report
    const given = { head, ...(pull ? { pull } : {}), ...(told ? { run: told } : {}) }
    const found = mismatchOf(given, run!, place)
    if (fault === undefined) expect(found).toBeUndefined()
    else expect(found).toContain(fault)
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { cancelCheck, type OpenCheck, publishCheck, startCheck } from '../../../src/flow/publish/check.ts'
import { openGitHub } from '../../../src/shell/github/open.ts'
import type { CheckAnnotation, CheckRun } from '../../../src/shell/github/ports.ts'
import { type GitHubDouble, startGitHub } from '../../doubles/github/server.ts'
import { newState } from '../../doubles/github/state.ts'
import { fakeTiming } from '../../doubles/timing.ts'

let double: GitHubDouble
beforeAll(async () => {
  double = await startGitHub(newState())
})
afterAll(async () => await double.close())
beforeEach(() => {
  double.forget()
  double.state.checks.length = 0
})

const open = async (token = 'ghs_writer') =>
  await openGitHub({
    token,
    repository: 'octocat/hello-world',
    env: { GITHUB_API_URL: double.url },
    timing: fakeTiming(),
  })

function check(count: number): CheckRun {
  const annotations = Array.from(
    { length: count },
    (_, at): CheckAnnotation => ({
      path: 'src/a.c',
      startLine: at + 1,
      endLine: at + 1,
      level: 'warning',
      title: `t${at}`,
      message: `m${at}`,
    }),
  )
  return {
    name: 'Perf Verdict',
    headSha: 'a'.repeat(40),
    conclusion: 'failure',
    title: 'T',
    summary: 'S',
    annotations,
  }
}

describe('a check with annotations', () => {
  test.each([
    [0, 1],
    [1, 1],
    [50, 1],
    [51, 2],
    [120, 3],
  ])('%i of them arrive in order, in %i requests of at most fifty', async (count, requests) => {
    expect((await publishCheck(await open(), check(count))).kind).toBe('written')
    const [row] = double.state.checks
    expect(row?.annotations.map(one => one.title)).toEqual(Array.from({ length: count }, (_, at) => `t${at}`))
    expect(row).toMatchObject({ conclusion: 'failure', status: 'completed', name: 'Perf Verdict' })
    expect(double.calls).toHaveLength(requests)
    expect(double.violations()).toEqual([])
  })

  test('loses the rest when a batch fails, says so, and shows no line twice', async () => {
    double.fail({ method: 'PATCH', path: /check-runs/, goes: { wrong: 'status', status: 502 } })
    const outcome = await publishCheck(await open(), check(120))
    expect(outcome).toMatchObject({ kind: 'written', sentence: expect.stringContaining('add annotations') })
    expect(double.state.checks[0]?.annotations).toHaveLength(50)
  })

  test('is in progress until it is completed, and never two', async () => {
    const github = await open()
    const opened = (await startCheck(github, { name: 'Perf Verdict', headSha: 'a'.repeat(40) })) as OpenCheck
    expect(double.state.checks).toMatchObject([{ status: 'in_progress', conclusion: null }])
    await publishCheck(github, check(51), opened)
    expect(double.state.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }])
    expect(double.state.checks[0]?.annotations).toHaveLength(51)
    await cancelCheck(github, opened)
    expect(double.state.checks).toMatchObject([{ status: 'completed', conclusion: 'cancelled' }])
    expect(double.violations()).toEqual([])
  })

  test('is not written without the right, and names it', async () => {
    const outcome = await publishCheck(await open('ghs_reader'), check(3))
    expect(outcome).toMatchObject({ kind: 'failed', sentence: expect.stringContaining('checks: write') })
  })
})

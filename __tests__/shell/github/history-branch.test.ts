import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { joined } from '../../../src/core/history/store.ts'
import { appendToBranch } from '../../../src/flow/timeline/branch.ts'
import { openGitHub } from '../../../src/shell/github/open.ts'
import type { GitHub } from '../../../src/shell/github/ports.ts'
import { fileAt } from '../../doubles/github/git-data.ts'
import { type GitHubDouble, startGitHub } from '../../doubles/github/server.ts'
import { historyRecord, historyRow } from '../../doubles/histories.ts'
import { fakeTiming } from '../../doubles/timing.ts'

let double: GitHubDouble
beforeAll(async () => {
  double = await startGitHub()
})
afterAll(() => double.close())

async function open(token = 'ghs_writer'): Promise<GitHub> {
  const timing = fakeTiming()
  const env = { GITHUB_API_URL: double.url }
  return await openGitHub({ token, repository: 'octocat/hello-world', env, timing })
}

const record = (number: number) => historyRecord(number, [historyRow('parse', 1.01)])
const commitsOf = (branch: string) =>
  joined([fileAt(double.state, branch, 'history/perf/000001.jsonl') ?? '']).records.map(
    ({ commit }) => commit,
  )

describe('the history on a branch', () => {
  test('begins with a branch of its own and grows by a line a commit', async () => {
    const { branches } = await open()
    for (const number of [1, 2]) {
      expect(
        await appendToBranch(branches, { branch: 'data', key: 'perf', record: record(number) }),
      ).toMatchObject({ ok: true })
    }
    expect(commitsOf('data')).toEqual([record(1).commit, record(2).commit])
    expect(fileAt(double.state, 'data', 'index.html')).toContain('Performance history')
    expect(JSON.parse(fileAt(double.state, 'data', 'badge.json') ?? '')).toMatchObject({ schemaVersion: 1 })
    expect(double.violations()).toEqual([])
  })

  test('loses nothing when many runs append at once', async () => {
    const runs = Array.from({ length: 12 }, (_, index) => index + 1)
    const { branches } = await open()
    const answers = await Promise.all(
      runs.map(number => appendToBranch(branches, { branch: 'raced', key: 'perf', record: record(number) })),
    )
    const appended = runs.filter((_, index) => answers[index]!.ok).map(number => record(number).commit)
    expect(commitsOf('raced').toSorted()).toEqual(appended.toSorted())
    expect(appended.length).toBeGreaterThan(0)
  })

  test('keeps what is there, line by line, and closes a line that was torn', async () => {
    const { branches } = await open()
    await appendToBranch(branches, { branch: 'torn', key: 'perf', record: record(1) })
    await branches.edit('torn', 'tear', async (_, read) => {
      const text = await read('history/perf/000001.jsonl')
      return text.ok ? { ok: true, value: { 'history/perf/000001.jsonl': `${text.value}{"v":1,` } } : text
    })
    await appendToBranch(branches, { branch: 'torn', key: 'perf', record: record(2) })
    expect(commitsOf('torn')).toEqual([record(1).commit, record(2).commit])
  })

  test('is refused to a token that may not write, with what to change', async () => {
    const { branches } = await open('ghs_reader')
    expect(
      await appendToBranch(branches, { branch: 'refused', key: 'perf', record: record(1) }),
    ).toMatchObject({
      ok: false,
      fault: { kind: 'permission', sentence: expect.stringContaining('contents: write') },
    })
    expect(fileAt(double.state, 'refused', 'history/perf/000001.jsonl')).toBeUndefined()
  })
})

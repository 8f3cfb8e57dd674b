import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { joined } from '../../../src/core/history/store.ts'
import { appendToBranch } from '../../../src/flow/timeline/branch.ts'
import { openGitHub } from '../../../src/shell/github/open.ts'
import type { GitHub } from '../../../src/shell/github/ports.ts'
import { branchWithoutNetwork } from '../../doubles/github/branch.ts'
import { fileAt } from '../../doubles/github/git-data.ts'
import { type GitHubDouble, startGitHub } from '../../doubles/github/server.ts'
import { historyRecord, historyRow } from '../../doubles/histories.ts'
import { counted, PATIENCE, soaking } from '../../doubles/soak.ts'
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

  test(
    'loses nothing when many runs append at once',
    async () => {
      const runs = Array.from({ length: counted(40, 1000) }, (_, index) => index + 1)
      const { branches, asked } = branchWithoutNetwork(double.state)
      const answers = await Promise.all(
        runs.map(number =>
          appendToBranch(branches, { branch: 'raced', key: 'perf', record: record(number) }),
        ),
      )
      expect(answers.filter(({ ok }) => !ok)).toEqual([])
      expect(commitsOf('raced').toSorted()).toEqual(runs.map(number => record(number).commit).toSorted())
      if (soaking)
        process.stdout.write(
          `${runs.length} appends at once, ${(asked() / runs.length).toFixed(0)} calls each\n`,
        )
    },
    PATIENCE,
  )

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

  test('says of a protected branch what to change, and does not try again', async () => {
    const { branches } = await open()
    await appendToBranch(branches, { branch: 'kept', key: 'perf', record: record(1) })
    double.state.git.protected.add('refs/heads/kept')
    const calls = double.calls.length
    const answer = await appendToBranch(branches, { branch: 'kept', key: 'perf', record: record(2) })
    expect(answer).toMatchObject({
      ok: false,
      fault: { sentence: expect.stringContaining('exempt this branch') },
    })
    expect(double.calls.length - calls).toBeLessThan(15)
    expect(double.state.git.refs.get('refs/heads/kept')).toBeDefined()
  })

  test('begins anew on a branch that was deleted, and goes on from one that was rewritten', async () => {
    const { branches } = await open()
    const append = async (number: number) =>
      await appendToBranch(branches, { branch: 'moved', key: 'perf', record: record(number) })
    await append(1)
    const first = double.state.git.refs.get('refs/heads/moved')!
    await append(2)
    double.state.git.refs.set('refs/heads/moved', first)
    expect(await append(3)).toMatchObject({ ok: true, value: { records: [{}, {}] } })
    expect(commitsOf('moved')).toEqual([record(1).commit, record(3).commit])
    double.state.git.refs.delete('refs/heads/moved')
    expect(await append(4)).toMatchObject({ ok: true, value: { records: [{}] } })
  })

  test('has a page of its own for each key, and a list of them where there are several', async () => {
    const { branches } = await open()
    const at = (path: string) => fileAt(double.state, 'keys', path)
    const append = async (key: string, one = record(1)) =>
      await appendToBranch(branches, { branch: 'keys', key, record: one })
    await append('gcc')
    expect(at('index.html')).toBe(at('history/gcc/index.html'))
    const creep = historyRecord(2, [historyRow('parse', 1.2)], { relation: 'release', called: 'v1' })
    await append('clang', creep)
    await append('gcc', record(3))
    expect(at('index.html')).toContain('<a href="history/clang/index.html">clang</a>')
    expect(at('history/gcc/index.html')).not.toContain('+20')
    expect(JSON.parse(at('badge.json')!)).toMatchObject({
      color: 'red',
      message: expect.stringMatching(/^\+20\.0.% since v1$/),
    })
    expect(JSON.parse(at('history/gcc/badge.json')!)).toMatchObject({ message: '1 tracked' })
    expect(at('README.md')).toContain('history/clang/')
    expect(double.violations()).toEqual([])
  })

  test.each(['../../x', 'a/b', '.git', '', '-', 'Ünïcode', 'x'.repeat(300)])(
    'stays in its folder whatever a key is called (%j)',
    async key => {
      const { branches } = await open()
      expect(await appendToBranch(branches, { branch: 'odd', key, record: record(1) })).toMatchObject({
        ok: true,
      })
      const tree = double.state.git.commits.get(double.state.git.refs.get('refs/heads/odd')!)!.tree
      const paths = [...double.state.git.trees.get(tree)!.keys()]
      expect(
        paths.filter(path => !/^(?:history\/[\w-][\w.-]*\/)?[\w.]+\.(?:jsonl|html|json|md)$/.test(path)),
      ).toEqual([])
    },
  )

  test('draws what other tools left in imports, and names what is none of theirs', async () => {
    const { branches } = await open()
    await branches.edit('past', 'bring', async () => ({
      ok: true,
      value: {
        'imports/data.js': `window.BENCHMARK_DATA = {"entries": {"B": [{"commit": {"id": "abc"}, "date": 1, "benches": [{"name": "parse", "value": 3, "unit": "ns"}]}]}}`,
        'imports/other.json': '{}',
      },
    }))
    const answer = await appendToBranch(branches, { branch: 'past', key: 'perf', record: record(1) })
    expect(answer).toMatchObject({
      ok: true,
      value: { faults: [expect.stringContaining('imports/other.json on the branch is no result file')] },
    })
    expect(fileAt(double.state, 'past', 'index.html')).toContain('class="imported"')
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

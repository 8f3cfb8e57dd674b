import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readConfig } from '../../../src/core/config/config-file.ts'
import { parseOptions, settle } from '../../../src/core/config/settings.ts'
import { readFirstParents } from '../../../src/flow/history/first-parents.ts'
import type { GatePlan } from '../../../src/flow/prepare/plan.ts'
import { touchingCommits } from '../../../src/flow/prepare/untouched.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { makeRepository, type TestRepository } from '../../doubles/repository.ts'

let repository: TestRepository
const sha: Record<string, string> = {}

beforeAll(() => {
  repository = makeRepository()
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', repository.folder, '-c', 'user.name=A', '-c', 'user.email=a@b', ...args])
  const commit = (name: string, files: Readonly<Record<string, string>>) => {
    sha[name] = repository.commit(name, files)
  }
  commit('start', { 'src/a.c': '0', 'docs/a.md': '0', 'lib/x.c': '0' })
  commit('code', { 'src/a.c': '1' })
  commit('docs', { 'docs/a.md': '1' })
  git('switch', '--quiet', '--create', 'side')
  commit('aside', { 'lib/x.c': '1' })
  git('switch', '--quiet', '-')
  commit('more docs', { 'docs/a.md': '2' })
  git('merge', '--quiet', '--no-ff', '--message=merge', 'side')
  sha.merge = String(git('rev-parse', 'HEAD')).trim()
  commit('workflow', { '.github/workflows/gate.yml': 'on: push' })
  commit('renamed', { 'src/b.c': '1' })
  git('rm', '--quiet', 'src/a.c')
  git('commit', '--quiet', '--amend', '--no-edit')
  sha.renamed = String(git('rev-parse', 'HEAD')).trim()
  commit('end', { 'docs/a.md': '3' })
})
afterAll(() => repository.remove())

/** The names of the commits that a bisection measures with these `paths` of its benchmarks. */
async function kept(...lists: readonly (readonly string[])[]) {
  const config = {
    benchmarks: lists.map((paths, at) => ({
      name: `b${at}`,
      command: './b',
      ...(paths.length > 0 && { paths }),
    })),
  }
  const settings = settle(
    parseOptions({}, name => name),
    readConfig(JSON.stringify(config), 'f'),
  )
  const plan = {
    benchmarks: settings.benchmarks.map(one => ({ plan: one, on: ['base', 'head'] })),
  } as unknown as GatePlan
  const asked = { repository: repository.folder, good: sha.start!, bad: 'HEAD' }
  const line = await readFirstParents(asked, tools)
  const { commits, notes } = await touchingCommits(plan, { line, repository: repository.folder }, tools)
  return { titles: commits.map(({ title }) => title), notes }
}

const ALL = ['start', 'code', 'docs', 'more docs', 'merge', 'workflow', 'renamed', 'end']

describe('the commits that a bisection measures', () => {
  test.each([
    ['without paths', [[]], ALL],
    ['where one benchmark has none', [['src'], []], ALL],
    ['by a folder, a merge by what it brings', [['lib']], ['start', 'merge', 'workflow', 'end']],
    [
      'by a pattern, with what a rename takes away',
      [['src/**']],
      ['start', 'code', 'workflow', 'renamed', 'end'],
    ],
    [
      'by several lists, each with its own exceptions',
      [['src', '!src/a.c'], ['src/a.c']],
      ['start', 'code', 'workflow', 'renamed', 'end'],
    ],
    ['with the end, whatever it touches', [['docs']], ['start', 'docs', 'more docs', 'workflow', 'end']],
  ])('%s', async (_, lists, expected) => {
    expect((await kept(...lists)).titles).toEqual(expected)
  })

  test('are told, and a pattern that names no file leaves none out', async () => {
    expect((await kept(['lib'])).notes).toEqual([
      '4 commits touch none of the files that paths names, and were left out of the search.',
    ])
    const { titles, notes } = await kept(['sorce/**'])
    expect(titles).toEqual(ALL)
    expect(notes).toEqual([expect.stringContaining('`sorce/**`, which is no file')])
  })

  test('are refused where no commit touches anything', async () => {
    const line = (await readFirstParents(
      { repository: repository.folder, good: sha['more docs']!, bad: sha.merge! },
      tools,
    )) as never
    const settings = settle(
      parseOptions({ bench: 'a=./a', paths: 'src' }, name => name),
      readConfig('', 'f'),
    )
    const plan = {
      benchmarks: [{ plan: settings.benchmarks[0], on: ['base', 'head'] }],
    } as unknown as GatePlan
    await expect(touchingCommits(plan, { line, repository: repository.folder }, tools)).rejects.toThrow(
      /touches `src`, which paths names; correct paths, or leave it out/,
    )
  })
})

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Against } from '../../../src/core/history/against.ts'
import { findAnchor, newestMeasured } from '../../../src/flow/timeline/anchor.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { historyRecord, historyRow } from '../../doubles/histories.ts'

const DAY = 86_400
const START = 1_700_000_000
let repository: string
let commits: readonly string[]

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'pv-anchor-'))
  git('init', '--quiet', '--initial-branch=main')
  // One commit every ten days.
  commits = [0, 10, 20, 30, 40].map(day => {
    const date = `${START + day * DAY} +0000`
    git({ date }, 'commit', '--quiet', '--allow-empty', '--message', `Day ${day}`)
    return git('rev-parse', 'HEAD')
  })
})
afterAll(() => rmSync(repository, { recursive: true, force: true }))

function git(...given: readonly (string | { readonly date: string })[]): string {
  const [first] = given
  const date = typeof first === 'object' ? first.date : `${START} +0000`
  const args = given.filter(each => typeof each === 'string')
  return execFileSync(
    'git',
    [
      '-C',
      repository,
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@example.com',
      '-c',
      'tag.gpgsign=false',
      ...args,
    ],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      },
    },
  ).trim()
}

/** With these tags, each by the place of its commit, and with none afterwards. */
async function tagged<T>(tags: Readonly<Record<string, number>>, work: () => Promise<T>): Promise<T> {
  for (const [name, at] of Object.entries(tags))
    git('tag', '--annotate', '--message', name, name, commits[at]!)
  try {
    return await work()
  } finally {
    for (const name of Object.keys(tags)) git('tag', '--delete', name)
  }
}

const anchor = async (against: Against, head = commits.at(-1)!) =>
  await findAnchor(against, { repository, head }, tools)
const release = async (tags: Readonly<Record<string, number>>, pattern?: string) => {
  const found = await tagged(
    tags,
    async () => await anchor({ kind: 'release', ...(pattern !== undefined && { pattern }) }),
  )
  return found.ok ? found.value.comparison.called : found.fault
}

describe('the last release', () => {
  test.each<[string, Readonly<Record<string, number>>, string]>([
    ['is the newest version tag before the commit', { 'v1.0': 1, 'v1.1': 3 }, 'v1.1'],
    ['is not the commit’s own tag', { 'v1.0': 1, 'v2.0': 4 }, 'v1.0'],
    ['is none that is made each night', { 'v1.0': 1, 'nightly-7': 3, 'build-12': 3 }, 'v1.0'],
    ['is a version of another form where no v1.2 is there', { 'parser-7': 2 }, 'parser-7'],
    ['is no date', { 'release-2025-11-29': 3, REL_16_4: 1 }, 'REL_16_4'],
  ])('%s', async (_, tags, called) => expect(await release(tags)).toBe(called))

  test('is dated by its commit', async () => {
    const found = await tagged({ 'v1.0': 1 }, async () => await anchor({ kind: 'release' }))
    expect(found).toMatchObject({
      ok: true,
      value: { comparison: { dated: new Date((START + 10 * DAY) * 1000).toISOString() } },
    })
  })

  test.each<[string, Readonly<Record<string, number>>, string | undefined, string]>([
    ['no tag is there', {}, undefined, 'No release tag such as v1.2 is an ancestor'],
    ['the only tags are those of each night', { nightly: 2, 'canary-3': 3 }, undefined, 'No release tag'],
    ['none matches', { 'v1.0': 1 }, 'stable/*', 'No release tag that matches stable/* is an ancestor'],
  ])('is a sentence with the remedy where %s', async (_, tags, pattern, says) => {
    const told = await release(tags, pattern)
    expect(told).toContain(says)
    expect(told).toMatch(/fetch-tags: true/)
  })
})

describe('the commit of some days ago', () => {
  test('is the newest that is at least so old', async () => {
    expect(await anchor({ kind: 'age', days: 15 })).toMatchObject({
      ok: true,
      value: { base: commits[2], comparison: { relation: 'past', called: '15 days ago' } },
    })
    expect(await anchor({ kind: 'age', days: 10 })).toMatchObject({ value: { base: commits[3] } })
  })

  test('is a sentence where the project is younger, or the head is none', async () => {
    expect(await anchor({ kind: 'age', days: 90 })).toMatchObject({
      ok: false,
      fault: expect.stringContaining('ask for a smaller age'),
    })
    expect(await anchor({ kind: 'age', days: 3 }, 'f'.repeat(40))).toMatchObject({ ok: false })
  })
})

test('a push is compared with the newest commit before it that the history has', async () => {
  const [, second, third, , head] = commits
  const record = (commit: string, against: string) =>
    historyRecord(1, [historyRow('parse', 1)], { commit, against })
  const at = { repository, head: head! }
  expect(await newestMeasured([record(second!, commits[0]!), record(third!, second!)], at, tools)).toBe(third)
  expect(await newestMeasured([record('e'.repeat(40), 'd'.repeat(40))], at, tools)).toBeUndefined()
})

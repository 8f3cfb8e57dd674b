// Shares the machine: nothing here depends on the clock.
import { execFileSync } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { joined } from '../../src/core/history/store.ts'
import { fileAt } from '../doubles/github/git-data.ts'
import { addComment } from '../doubles/github/state.ts'
import { type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'

const BRANCH = 'perf-verdict-data'
const KEEPS = { history: BRANCH }

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ 'program.c': PRINT, ...value('0.100') })
  execFileSync('git', ['tag', 'v1.0', stage.sample.base], { cwd: stage.sample.workspace })
})
afterAll(async () => await stage.close())
afterEach(() => expect(stage.github.violations()).toEqual([]))

const kept = () => joined([fileAt(stage.github.state, BRANCH, 'history/default/000001.jsonl') ?? '']).records
const pushed = async (text: string, inputs: Readonly<Record<string, string>> = {}) => {
  const before = stage.sample.base
  stage.sample.advance(value(text))
  return { before, run: await stage.push(before, { inputs: { ...KEEPS, ...inputs } }) }
}

describe('the history of main', () => {
  test('gets a line for each push, with the ratio to the commit before, and a page', async () => {
    const { before, run } = await pushed('0.104')
    expect(run.log).toContain(`history: began on ${BRANCH}, which had none of default`)
    expect(kept()).toMatchObject([
      { relation: 'previous', against: before, rows: [{ name: 'parse', ratio: 1.04 }] },
    ])
    expect(fileAt(stage.github.state, BRANCH, 'index.html')).toContain('Performance history')
  })

  test('opens one issue on what is slower than the last release, updates it, and closes it when nothing is', async () => {
    const first = await pushed('0.108', { against: 'release' })
    expect(first.run.log).toMatch(/history: https:.*\/issues\/\d+/)
    expect(stage.github.state.issues).toHaveLength(1)
    const [issue] = stage.github.state.issues
    expect(issue!.title).toBe('Performance: 1 benchmark slower than v1.0')
    expect(issue!.body).toContain('perf-verdict bisect --base')
    const body = issue!.body
    await pushed('0.112', { against: 'release' })
    expect(stage.github.state.issues).toHaveLength(1)
    expect(issue!.body).not.toBe(body)
    await pushed('0.100', { against: 'release' })
    expect(issue!.open).toBe(false)
    expect(kept().map(({ relation }) => relation)).toEqual(['previous', 'release', 'release', 'release'])
  })

  test('compares with the newest commit that was measured, where a push in between never was', async () => {
    await pushed('0.104')
    stage.sample.advance(value('0.105'))
    const unmeasured = stage.sample.base
    stage.sample.advance(value('0.106'))
    const run = await stage.push(unmeasured, { inputs: KEEPS })
    expect(run.log).toContain(
      `history: compares with ${kept().at(-2)?.commit.slice(0, 12)}, the newest commit`,
    )
    expect(kept().at(-1)).toMatchObject({ relation: 'previous', against: kept().at(-2)!.commit })
    await pushed('0.100')
  })

  test('keeps who accepted a slowdown in the pull request that brought it, and the next comparison with a release knows it', async () => {
    const { state } = stage.github
    state.collaborators.set('ann', 'write')
    state.labelEvents.push({ pull: stage.pull.number, event: 'labeled', label: 'perf: accept', by: 'ann' })
    const author = { login: 'ann', type: 'User', id: 5 } as const
    addComment(state, { pull: stage.pull.number, body: 'perf accept parse=12%: bounds checks', author })
    const before = stage.sample.base
    stage.sample.advance(value('0.110'))
    stage.pull.merged = [stage.sample.base]
    const run = await stage.push(before, { inputs: KEEPS })
    expect(run.report).toMatchObject({ verdict: 'pass', benchmarks: [{ accepted: { by: '@ann' } }] })
    expect(kept().at(-1)!.rows[0]!.accepted).toMatchObject({ by: '@ann', reason: 'bounds checks' })
    const nightly = await stage.push(before, { inputs: { ...KEEPS, against: 'release' } })
    expect(nightly.report).toMatchObject({ verdict: 'pass', benchmarks: [{ accepted: { by: '@ann' } }] })
    expect(state.issues.filter(({ open }) => open)).toEqual([])
    stage.pull.merged = []
    await pushed('0.100')
  })

  test('shows the way of a row that changed in the comment', async () => {
    await pushed('0.101', { against: 'release' })
    await pushed('0.102')
    const run = await stage.gate(stage.sample.head(value('0.300')), { inputs: KEEPS })
    expect(run.comments.at(-1)).toMatch(
      /<sub>\[[▁▂▃▄▅▆▇█]+\]\(https:\/\/github\.com\/octocat\/hello-world\/tree\/perf-verdict-data\) \+[0-4]\.\d\s% since `v1\.0`<\/sub>/,
    )
    expect(run.report?.benchmarks[0]?.trend?.since).toMatchObject({ called: 'v1.0' })
  })

  test('bisects a creep where it is asked for, names the commit in the issue, and searches only once', async () => {
    await pushed('0.101')
    const { run } = await pushed('0.130', { against: 'release', bisect: 'true' })
    const culprit = stage.sample.base
    const issue = stage.github.state.issues.findLast(({ open }) => open)!
    expect(run.log).toContain('history: https:')
    expect(issue.body).toMatch(new RegExp(`Bisected: \`${culprit.slice(0, 8)}[^]*made \`parse\` 2\\d`))
    stage.sample.advance({ 'notes.txt': 'nothing' })
    const again = await stage.push(culprit, { inputs: { ...KEEPS, against: 'release', bisect: 'true' } })
    expect(issue.body).toContain(`Bisected: \`${culprit.slice(0, 8)}`)
    expect(again.log).not.toMatch(/halv|between/)
    await pushed('0.100', { against: 'release' })
    expect(issue.open).toBe(false)
  })

  test('of an anchor that does not build keeps nothing, and closes no issue', async () => {
    await pushed('0.130', { against: 'release' })
    const issue = stage.github.state.issues.findLast(({ open }) => open)!
    const lines = kept().length
    const { run } = await pushed('0.100', {
      against: 'release',
      build: 'test "$PERF_VERDICT_SIDE" = head && cc -O1 -o program program.c',
    })
    expect([run.outputs.verdict, run.stages[0]?.code]).toEqual(['error', 3])
    expect(run.log).toContain('history: nothing was measured, so nothing is kept')
    expect([kept().length, issue.open]).toEqual([lines, true])
    await pushed('0.100', { against: 'release' })
    expect(issue.open).toBe(false)
  })

  test('without the tag that it asks for measures nothing, says what is missing, and closes no issue', async () => {
    const lines = kept().length
    const { run } = await pushed('0.101', { against: 'release:stable/*' })
    expect([run.outputs.verdict, run.stages[0]?.code]).toEqual(['skipped', 0])
    expect(run.summary).toContain('No release tag that matches stable/* is an ancestor')
    expect(kept()).toHaveLength(lines)
    await pushed('0.100')
  })

  test('is never written by a pull request', async () => {
    const lines = kept().length
    const run = await stage.gate(stage.sample.head(value('0.101')), { inputs: KEEPS })
    expect(run.log).toContain('history: this is not the default branch, so nothing is kept')
    expect(kept()).toHaveLength(lines)
  })
})

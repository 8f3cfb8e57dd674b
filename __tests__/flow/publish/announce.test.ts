import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { CommentMode } from '../../../src/core/config/comment-mode.ts'
import type { Report } from '../../../src/core/model/report.ts'
import { announce, announceDecided } from '../../../src/flow/publish/announce.ts'
import { startCheck } from '../../../src/flow/publish/check.ts'
import { commentText } from '../../../src/report/markdown/comment.ts'
import { nothingSlowerSoFar } from '../../../src/report/words/title.ts'
import { openGitHub } from '../../../src/shell/github/open.ts'
import type { Runner } from '../../../src/shell/runner/runner.ts'
import { type GitHubDouble, startGitHub } from '../../doubles/github/server.ts'
import { addPull, newState } from '../../doubles/github/state.ts'
import { SAMPLES } from '../../doubles/sample-reports.ts'
import { fakeTiming } from '../../doubles/timing.ts'

const HEAD = 'a'.repeat(40)

let double: GitHubDouble
beforeAll(async () => {
  double = await startGitHub(newState())
})
afterAll(async () => await double.close())
beforeEach(() => {
  double.forget()
  for (const list of [double.state.comments, double.state.pulls, double.state.checks]) list.length = 0
  addPull(double.state, { number: 7, headSha: HEAD })
})

const passed = { ...SAMPLES.well!, head: { sha: HEAD } }
const what = nothingSlowerSoFar(passed, { overLayouts: false })
const early: Report = { ...passed, verdict: 'error', errors: [{ what }], sentence: what, unfinished: true }

/** A gate that told what it had when measuring ended, and what it came to. */
async function open(mode: CommentMode) {
  const outputs = new Map<string, string>()
  const runner = {
    output: (name: string, value: string) => void outputs.set(name, value),
    annotate: () => {},
    summary: async () => {},
    log: {
      line: () => {},
      warn: () => {},
      quote: () => {},
      group: (_: string, work: () => unknown) => work(),
    },
  } as unknown as Runner
  const github = await openGitHub({
    token: 'ghs_writer',
    repository: 'octocat/hello-world',
    env: { GITHUB_API_URL: double.url },
    timing: fakeTiming(),
  })
  const check = await startCheck(github, { name: 'Perf Verdict', headSha: HEAD })
  if ('sentence' in check) throw new Error(check.sentence)
  const speaker = { key: 'default' }
  const of = (report: Report) => ({
    ...{ report, speaker, mode, github, check, runner: { ...runner, quote: () => {} } as Runner },
    ...{ delivered: { comment: commentText(report, speaker) }, pull: { number: 7, fork: false } },
  })
  return { of, outputs }
}

const bodies = () => double.state.comments.map(({ body }) => body)

test('what passes so far is a comment, an output and the text of a check in progress, and the end replaces all of them', async () => {
  const { of, outputs } = await open('always')
  await announceDecided(of(early))
  expect(bodies()).toEqual([expect.stringContaining('So far, as built')])
  expect(outputs.get('verdict')).toBe('error')
  expect(double.state.checks).toMatchObject([{ status: 'in_progress' }])
  expect(JSON.stringify(double.state.checks)).toContain('Nothing got slower so far')
  await announce(of(passed))
  expect(bodies()).toEqual([expect.not.stringContaining('So far')])
  expect(outputs.get('verdict')).toBe('pass')
  expect(double.state.checks).toMatchObject([{ status: 'completed', conclusion: 'success' }])
  expect(double.violations()).toEqual([])
})

test.each(['on-change', 'on-breach', 'never'] as const)(
  'with comment: %s it leaves no comment behind',
  async mode => {
    const { of } = await open(mode)
    await announceDecided(of(early))
    expect(bodies()).toEqual([])
  },
)

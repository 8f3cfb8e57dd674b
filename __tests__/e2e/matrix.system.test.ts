// Shares the machine: nothing here depends on the clock.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/core/model/report.ts'
import { ACTIONS_BOT, addArtifact, addComment } from '../doubles/github/state.ts'
import { nodesOf, parseMarkdown } from '../doubles/markdown.ts'
import { zip } from '../doubles/zip.ts'
import { FORK, type Gated, type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'
import { writeReports } from './shard-reports.ts'

let stage: Stage
let head: string

beforeAll(async () => {
  stage = await setStage({ 'program.c': PRINT, ...value('0.100') })
  head = stage.sample.head(value('0.200'))
})
afterAll(async () => await stage.close())
beforeEach(() => stage.github.forget())
afterEach(() => expect(stage.github.violations()).toEqual([]))

const code = (run: Gated) => run.stages.find(one => one.name === 'main')?.code

describe('a matrix', () => {
  const bench = ['a', 'b', 'c'].map(name => `${name}=./program ${name}`).join('\n')

  /** Measures one share, and puts its report where actions/download-artifact would. */
  async function share(index: number): Promise<Gated> {
    const out = `out-${index}`
    const inputs = { bench, shard: `${index}/2`, out, comment: 'never', key: `shard-${index}` }
    const run = await stage.gate(head, { inputs })
    cpSync(
      join(stage.sample.workspace, out),
      join(stage.sample.workspace, 'shards', `perf-verdict-${index}`),
      { recursive: true },
    )
    return run
  }

  test('measures in shares, and joins them to one verdict and one comment', async () => {
    const shares = [await share(1), await share(2)]
    expect(shares.map(run => run.report?.shard)).toEqual([
      { index: 1, of: 2 },
      { index: 2, of: 2 },
    ])
    const names = shares.flatMap(run => run.report?.benchmarks.map(row => row.name) ?? [])
    expect(new Set(names)).toEqual(new Set(['a', 'b', 'c']))
    const run = await stage.gate(head, { inputs: { command: 'merge', reports: 'shards' } })
    expect([code(run), run.outputs.verdict, run.outputs.regressions]).toEqual([1, 'fail', '3'])
    expect(run.report?.benchmarks).toHaveLength(3)
    expect(run.comments).toHaveLength(1)
  })

  test('of which a share is missing is no pass', async () => {
    writeReports(join(stage.sample.workspace, 'partial'), head, stage.sample.base, {
      of: 3,
      present: [1, 3],
    })
    const run = await stage.gate(head, { inputs: { command: 'merge', reports: 'partial' } })
    expect([code(run), run.outputs.verdict]).toEqual([3, 'error'])
    expect(run.summary).toContain('Shard 2 of 3')
  })

  describe('of which a job did not end as it should', () => {
    const QUIET = '**It was fine.**'
    const folder = (name: string) => join(stage.sample.workspace, name)
    const write = (name: string, present: readonly number[], attempt = 1) =>
      writeReports(folder(name), head, stage.sample.base, { of: 2, present, attempt })
    const merged = async (reports: string, inputs: object = {}, github: object = {}) =>
      await stage.gate(head, {
        inputs: { command: 'merge', reports, check: 'true', ...inputs },
        github: { ...github },
      })

    beforeEach(() => {
      const { state } = stage.github
      state.comments.length = 0
      state.checks.length = 0
      const marker = `<!-- perf-verdict:default v1 {"head":"${'b'.repeat(40)}","run":1,"attempt":1} -->`
      addComment(state, { pull: 7, body: `${marker}\n${QUIET}`, author: ACTIONS_BOT })
    })

    const cases: readonly (readonly [string, () => Promise<Gated>, RegExp])[] = [
      [
        'its runner died',
        async () => {
          write('died', [1])
          return await merged('died', { needs: 'failure' })
        },
        /Shard 2 of 2 left no report/,
      ],
      [
        'every runner died',
        async () => {
          mkdirSync(folder('all-died'), { recursive: true })
          return await merged('all-died', { needs: 'failure' })
        },
        /holds no report\.json of a shard/,
      ],
      [
        'it ran out of time and says so',
        async () => {
          write('late', [1, 2])
          const path = join(folder('late'), 'perf-verdict-2', 'report.json')
          const what =
            'The run was ended before it was finished; these benchmarks were not measured: quiet 2.'
          const report = JSON.parse(readFileSync(path, 'utf8')) as object
          writeFileSync(path, JSON.stringify({ ...report, verdict: 'error', errors: [{ what }] }))
          return await merged('late', { needs: 'cancelled' })
        },
        /Shard 2 of 2: The run was ended before it was finished/,
      ],
      [
        'its report is cut off',
        async () => {
          write('cut', [1, 2])
          const path = join(folder('cut'), 'perf-verdict-2', 'report.json')
          writeFileSync(path, readFileSync(path, 'utf8').slice(0, 300))
          return await merged('cut', { needs: 'success' })
        },
        /Shard 2 of 2 left no report/,
      ],
      [
        'it was cancelled after it had kept a report that passes',
        async () => {
          write('cancelled', [1, 2])
          return await merged('cancelled', { needs: 'cancelled' })
        },
        /ended as cancelled, and none of their reports says why/,
      ],
      [
        'it died when all jobs were run again, and its report is of the attempt before',
        async () => {
          write('again', [1], 2)
          write('again', [2], 1)
          return await merged('again', { needs: 'failure' }, { run_attempt: '2' })
        },
        /ended as failure, and none of their reports says why/,
      ],
    ]
    test.each(cases)('because %s is no pass, and the comment and the check say so', async (_, run, says) => {
      const told = await run()
      expect([2, 3]).toContain(code(told))
      expect(told.outputs.verdict).toBe('error')
      expect(told.comments).toEqual([expect.stringMatching(says)])
      expect(told.comments[0]).not.toContain(QUIET)
      expect(told.summary).toMatch(says)
      expect(stage.github.state.checks.map(({ conclusion }) => conclusion)).toEqual(['failure'])
    })

    test('passes once the shard that failed was run again and has its report, and says which one was not', async () => {
      write('mended', [1], 1)
      write('mended', [2], 2)
      const told = await merged('mended', { needs: 'success' }, { run_attempt: '2' })
      expect([code(told), told.outputs.verdict]).toEqual([0, 'pass'])
      expect(told.report?.notes).toContain('Shard 1 of 2 was measured in attempt 1, and this is attempt 2.')
    })

    test('is refused where needs says what GitHub never does', async () => {
      const told = await merged('mended', { needs: 'fine' })
      expect([code(told), told.outputs.verdict]).toEqual([2, 'error'])
      expect(told.summary).toContain('needs must be one of success, failure, cancelled, skipped')
    })
  })

  test('that left nothing is the user’s to look at', async () => {
    const run = await stage.gate(head, { inputs: { command: 'merge', reports: 'nowhere' } })
    expect(code(run)).toBe(2)
    expect(run.annotations).toEqual([
      expect.objectContaining({ message: expect.stringContaining('no folder') }),
    ])
  })
})

describe('publishing from a fork', () => {
  const RUN_ID = 4711

  /** What the second workflow gets, and the artifact that the first one left. */
  async function publish(text: string, more: { head?: string } = {}): Promise<Gated> {
    const { state } = stage.github
    state.artifacts.length = 0
    addArtifact(state, {
      name: 'perf-verdict',
      runId: RUN_ID,
      createdAt: '2026-11-22T10:05:00Z',
      expired: false,
      bytes: zip([{ name: 'report.json', content: Buffer.from(text) }]),
    })
    return await stage.publish(head, { id: RUN_ID, head_sha: more.head ?? head })
  }

  let measured: Report
  test('measures without a word on the pull request, and tells it from the workflow that follows', async () => {
    stage.github.state.comments.length = 0
    const run = await stage.gate(head, { token: 'ghs_reader', event: FORK, inputs: { check: 'false' } })
    measured = run.report!
    expect(run.comments).toEqual([])
    Object.assign(stage.pull, { headRepository: { id: 99, fullName: 'someone/hello-world' } })
    const told = await publish(JSON.stringify(measured))
    expect(code(told)).toBe(0)
    expect(told.outputs['comment-url']).toContain('#issuecomment-')
    expect(told.comments).toEqual([
      expect.stringMatching(/^<!-- perf-verdict:default .*-->\n\*\*.*(slower|as long)/),
    ])
  })

  test('never makes a check that passes', async () => {
    const told = await stage.publish(head, { id: RUN_ID }, { inputs: { check: 'true' } })
    expect(code(told)).toBe(0)
    expect(stage.github.state.checks.map(check => check.conclusion)).toEqual(['neutral'])
  })

  test.each([
    ['is no report', () => '{"schema":1,"verdict":"pass"}', /refused/],
    [
      'claims another pull request',
      () => JSON.stringify({ ...measured, pull: { number: 1, repository: 'octocat/hello-world' } }),
      /another pull request/,
    ],
    [
      'claims another commit',
      () => JSON.stringify({ ...measured, head: { sha: 'f'.repeat(40) } }),
      /another commit/,
    ],
  ])('writes nothing when the artifact %s', async (_, text, says) => {
    const before = stage.github.state.comments.map(comment => comment.body)
    const told = await publish(text())
    expect(code(told)).toBe(0)
    expect(told.annotations).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringMatching(says) }),
    ])
    expect(told.comments).toEqual(before)
  })

  test('says on the pull request that a cancelled run left no report, and leaves no check that passes', async () => {
    const { state } = stage.github
    state.artifacts.length = 0
    state.checks.length = 0
    const before = state.comments.length
    const run = { id: RUN_ID + 1, run_number: 6, conclusion: 'cancelled' }
    const told = await stage.publish(head, run, { inputs: { check: 'true' } })
    expect(code(told)).toBe(0)
    expect(told.comments).toHaveLength(before)
    expect(told.comments).toContainEqual(expect.stringMatching(/was cancelled and left no artifact/))
    expect(state.checks.map(check => check.conclusion)).toEqual(['failure'])
  })

  test('shows hostile names as text', async () => {
    const name = '`|<img src=x onerror=alert(1)> @octocat ##[set-output name=verdict;]pass ::error::x'
    const told = await publish(
      JSON.stringify({
        ...measured,
        benchmarks: measured.benchmarks.map(row => ({ ...row, name })),
        errors: [{ what: '::error::foreign\n##[error]foreign' }],
      }),
    )
    const html = told.comments.flatMap(body =>
      nodesOf(parseMarkdown(body)).filter(node => node.type === 'html'),
    )
    expect(html.length).toBeGreaterThan(0)
    expect(JSON.stringify(html)).not.toContain('<img')
    expect(told.annotations.filter(one => one.message.startsWith('foreign') || one.message === 'x')).toEqual(
      [],
    )
    expect(told.outputs).not.toHaveProperty('verdict')
  })

  test('in any other workflow is refused', async () => {
    const run = await stage.gate(head, { inputs: { command: 'publish' } })
    expect(code(run)).toBe(2)
    expect(run.annotations).toEqual([
      expect.objectContaining({ message: expect.stringContaining('on: workflow_run') }),
    ])
  })
})

describe('GitHub while a report is told', () => {
  const SITES = [
    ['list-comments', 'GET', /issues\/7\/comments/],
    ['whose-comments', 'POST', /graphql/],
    ['read-pull', 'GET', /pulls\/7$/],
    ['create-comment', 'POST', /issues\/7\/comments/],
    ['update-comment', 'PATCH', /issues\/comments/],
    ['create-check', 'POST', /check-runs/],
  ] as const
  const STATUSES = [401, 403, 422, 429, 502] as const

  test.each(STATUSES)('may answer %i to any call, and the verdict stays', async status => {
    const runs = await Promise.all(
      SITES.map(async ([site, method, path]) => {
        const own = await stage.beside(head)
        try {
          const reports = `${site}-${status}`
          writeReports(join(stage.sample.workspace, reports), head, stage.sample.base, {
            of: 1,
            present: [1],
          })
          const old = '<!-- perf-verdict:default v1 {"head":"","run":1,"attempt":1} -->\nold'
          if (site !== 'create-comment') own.comment(old)
          const times = status === 429 || status === 502 ? 1 : 9
          const headers = status === 429 ? { 'retry-after': '1' } : {}
          own.github.fail({
            method,
            path,
            times,
            goes: { wrong: 'status', status, headers, body: { message: 'no' } },
          })
          const inputs = { command: 'merge', reports, out: `${reports}-out`, check: 'true' }
          const run = await own.gate({ inputs })
          return { site, run, violations: own.github.violations(), asked: own.github.calls.length }
        } finally {
          await own.github.close()
        }
      }),
    )
    for (const { site, run, violations, asked } of runs) {
      expect([site, code(run), run.outputs.verdict, violations]).toEqual([site, 1, 'fail', []])
      expect(run.log).not.toContain('bug in Perf Verdict')
      expect(run.summary).toContain('slower')
      expect(asked).toBeGreaterThan(1)
      const warned = run.annotations.filter(
        one => one.level === 'warning' && one.message.includes(`(${status}`),
      )
      const recovers = status === 429 || status === 502
      // Not knowing whose the comments are has a fallback.
      expect([site, warned.length]).toEqual([site, recovers || site === 'whose-comments' ? 0 : 1])
      if (recovers) expect(run.outputs['comment-url']).toContain('#issuecomment-')
    }
  })
})

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { takeTurn } from '../../src/shell/machine/turn.ts'
import { startGitHub } from '../doubles/github/server.ts'
import { ACTIONS_BOT, addComment, addPull, newState } from '../doubles/github/state.ts'
import { type Gated, type GateRun, type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'

const QUIET = {
  line: () => {},
  warn: () => {},
  group: async <T>(_: string, work: () => Promise<T>) => work(),
}
const OLD = 'It was fine, yesterday.'
let stage: Stage
let head: string

beforeAll(async () => {
  stage = await setStage({ 'program.c': PRINT, ...value('0.100') })
  head = stage.sample.head(value('0.200'))
})
afterAll(async () => await stage.close())
beforeEach(() => {
  stage.github.forget()
  stage.github.state.comments.length = 0
  stage.github.state.checks.length = 0
})
afterEach(() => expect(stage.github.violations()).toEqual([]))

const code = (run: Gated) => run.stages.find(one => one.name === 'main')?.code
const sentences = (run: Gated) => run.comments.map(body => body.split('\n')[1])

/** Leaves the comment of an earlier commit, as this gate wrote it. */
function older(key = 'default'): void {
  const marker = `<!-- perf-verdict:${key} v1 {"head":"${'b'.repeat(40)}","run":1,"attempt":1} -->`
  addComment(stage.github.state, { pull: 7, body: `${marker}\n**${OLD}**`, author: ACTIONS_BOT })
}

describe('a shard', () => {
  test('leaves the comment and the check to the job that merges, whatever it was asked for and came to', async () => {
    older()
    const inputs = { shard: '1/1', comment: 'always', check: 'true' }
    const measured = await stage.gate(head, { inputs })
    const failed = await stage.gate(head, { inputs: { ...inputs, threshold: 'much' } })
    expect([code(measured), measured.outputs.verdict]).toEqual([1, 'fail'])
    expect([code(failed), failed.outputs.verdict]).toEqual([2, 'error'])
    expect(sentences(failed)).toEqual([`**${OLD}**`])
    expect(stage.github.state.checks).toEqual([])
    for (const run of [measured, failed]) expect(run.summary).toContain('shard 1 of 1')
    // A report without a base would belong to no other shard's.
    expect(failed.report).toBeUndefined()
  })
})

describe('two gates of one run', () => {
  const leg = (compiler: string, threshold: string, key = '', jobId = 1): Partial<GateRun> => ({
    inputs: { key, threshold, check: 'true' },
    runner: { matrix: { compiler }, jobId },
  })

  test('have a comment and a check each without a key, and keep them from run to run', async () => {
    const failed = await stage.gate(head, leg('gcc', '5%'))
    const passed = await stage.gate(head, leg('clang', '300%'))
    const again = await stage.gate(head, leg('gcc', '5%', '', 2))
    expect([code(failed), code(passed), code(again)]).toEqual([1, 0, 1])
    expect(sentences(again)).toEqual([expect.stringMatching(/takes 2/), expect.stringMatching(/did not get/)])
    expect(again.comments[0]).toContain('perf-perf-gcc')
    expect(stage.github.state.checks.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual([
      'Perf Verdict (perf-perf-gcc): failure',
      'Perf Verdict (perf-perf-clang): success',
      'Perf Verdict (perf-perf-gcc): failure',
    ])
  })

  test('that were given one key are told so, and the pass does not replace the failure', async () => {
    await stage.gate(head, leg('gcc', '5%', 'same'))
    const passed = await stage.gate(head, leg('clang', '300%', 'same'))
    expect(sentences(passed)).toEqual([expect.stringMatching(/takes 2/)])
    expect(passed.annotations).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        message: expect.stringContaining('give each gate its own key'),
      }),
    )
  })
})

describe('the comment of a gate', () => {
  const whileMeasuring = (change: () => void) => {
    let done = false
    const onLine = (line: string) => {
      if (done || !line.includes('Measure both sides')) return
      done = true
      change()
    }
    return { runner: { onLine } }
  }

  test('that somebody deletes while it measures is written anew', async () => {
    older()
    const run = await stage.gate(
      head,
      whileMeasuring(() => stage.github.state.comments.splice(0)),
    )
    expect(sentences(run)).toEqual([expect.stringMatching(/takes 2/)])
  })

  test('that somebody edits while it measures is theirs without its marker, and replaced with it', async () => {
    const { state } = stage.github
    older()
    const taken = await stage.gate(
      head,
      whileMeasuring(() =>
        Object.assign(state.comments[0]!, { body: 'All good, merge it!', editedBy: 'ann' }),
      ),
    )
    expect(taken.comments).toEqual(['All good, merge it!', expect.stringMatching(/takes 2/)])
    state.comments.length = 0
    older()
    const edited = await stage.gate(
      head,
      whileMeasuring(() => {
        state.comments[0]!.body += '\nAll good, merge it!'
      }),
    )
    expect(edited.comments).toEqual([expect.stringMatching(/takes 2/)])
    expect(edited.comments[0]).not.toContain('All good')
  })

  test('is brought up to date where the configuration of the base wants none any more', async () => {
    older()
    const config = 'comment: never\nbenchmarks: [{ name: parse, command: ./program }]\n'
    const quiet = await setStage({
      'program.c': PRINT,
      '.github/perf-verdict.yml': config,
      ...value('0.100'),
    })
    try {
      const { body } = stage.github.state.comments[0]!
      addComment(quiet.github.state, { pull: 7, body, author: ACTIONS_BOT })
      const run = await quiet.gate(quiet.sample.head(value('0.101')), { inputs: { bench: '' } })
      expect(sentences(run)).toEqual([expect.stringMatching(/did not get slower/)])
    } finally {
      await quiet.close()
    }
  })

  test('of a token that may only read is a warning with the permission that is missing, and the verdict stays', async () => {
    const run = await stage.gate(head, { token: 'ghs_reader', github: { actor: 'dependabot[bot]' } })
    expect([code(run), run.outputs.verdict, run.comments]).toEqual([1, 'fail', []])
    expect(run.summary).toMatch(/takes 2/)
    expect(run.annotations.filter(({ level }) => level === 'warning')).toEqual([
      expect.objectContaining({ message: expect.stringContaining('permissions: pull-requests: write') }),
    ])
  })

  test('is written on GitHub Enterprise Server, with links to it, and the cache that is not there is one line', async () => {
    const enterprise = await startGitHub(newState(), '/api/v3')
    try {
      addPull(enterprise.state, { number: 7, headSha: head })
      const run = await stage.gate(head, {
        inputs: { check: 'true' },
        github: { api_url: enterprise.url, server_url: 'https://ghe.example.org', graphql_url: '' },
        runner: { env: { ACTIONS_RESULTS_URL: '', ACTIONS_CACHE_SERVICE_V2: '' } },
      })
      expect([code(run), run.outputs.verdict]).toEqual([1, 'fail'])
      expect(enterprise.state.comments.map(({ body }) => body)).toEqual([
        expect.stringContaining('https://ghe.example.org/octocat/hello-world/actions/runs/1001'),
      ])
      expect(enterprise.state.checks.map(({ conclusion }) => conclusion)).toEqual(['failure'])
      expect(enterprise.violations()).toEqual([])
      expect(run.log.match(/cache: .*/g)).toEqual([
        'cache: https://ghe.example.org offers none to this job, so the base is built',
      ])
      expect(run.annotations.filter(({ level }) => level === 'warning')).toEqual([])
    } finally {
      await enterprise.close()
    }
  })
})

describe('a job that gets nowhere', () => {
  const folder = (prefix: string) => mkdtempSync(join(tmpdir(), prefix))

  function shallow(): string {
    const clone = folder('pv-shallow-')
    const origin = `file://${join(stage.sample.root, 'origin')}`
    execFileSync('git', ['clone', '--quiet', '--depth=1', '--branch=feature', origin, clone])
    return clone
  }

  /** Reports of an earlier commit, where this run's would go. */
  function stale(workspace: string): string {
    mkdirSync(join(workspace, 'perf-verdict'), { recursive: true })
    for (const name of ['report.json', 'report.md', 'report.html'])
      writeFileSync(join(workspace, 'perf-verdict', name), '{"verdict":"pass"}')
    return workspace
  }

  test.each<readonly [string, () => Partial<GateRun>, number, RegExp]>([
    [
      'outside a repository',
      () => ({ runner: { workspace: stale(folder('pv-none-')) } }),
      2,
      /not a git repository/,
    ],
    ['in a shallow clone', () => ({ runner: { workspace: stale(shallow()) } }), 2, /fetch-depth: 0/],
    ['with a wrong input', () => ({ inputs: { alpha: '7' } }), 2, /alpha must be/],
    ['without a benchmark', () => ({ inputs: { bench: '' } }), 2, /No benchmark is given/],
    ['without reports to merge', () => ({ inputs: { command: 'merge' } }), 2, /no folder/],
    [
      'with a base that does not build',
      () => ({ inputs: { build: 'test "$PERF_VERDICT_SIDE" = head' } }),
      3,
      /base side/,
    ],
    ['with a folder for reports that is none', () => ({ inputs: { out: '/dev/null/x' } }), 2, /not a folder/],
  ])('%s sets the verdict, and brings comment, check and summary up to date', async (_, more, exit, says) => {
    older()
    const { inputs, ...rest } = more()
    const run = await stage.gate(head, { ...rest, inputs: { check: 'true', ...inputs } })
    expect([code(run), run.outputs.verdict]).toEqual([exit, 'error'])
    expect(run.comments).toEqual([expect.stringMatching(says)])
    expect(run.comments[0]).toContain(head)
    expect(run.summary).toMatch(says)
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringMatching(says) }),
    )
    const checks = stage.github.state.checks.map(({ status, conclusion }) => `${status} ${conclusion}`)
    expect(checks).toEqual(['completed failure'])
    const started = stage.github.calls.find(({ operation }) => operation === 'checks/create')
    expect(started).toMatchObject({ body: { status: 'in_progress' } })
    expect(run.log).not.toContain('bug in Perf Verdict')
  })

  test('leaves no report of an earlier run as if it were its own', async () => {
    const workspace = stale(folder('pv-stale-'))
    const run = await stage.gate(head, { runner: { workspace } })
    const path = join(workspace, 'perf-verdict', 'report.json')
    expect(run.outputs['report-json']).toBe(path)
    expect(existsSync(path)).toBe(true)
    const { verdict, head: commit } = JSON.parse(execFileSync('cat', [path], { encoding: 'utf8' }))
    expect([verdict, commit.sha]).toEqual(['error', head])
  })

  test('before anybody is known sets the verdict and writes a summary', async () => {
    const run = await stage.gate(head, { github: { event_name: 'release' } })
    expect([code(run), run.outputs.verdict]).toEqual([2, 'error'])
    expect(run.summary).toContain('no defined base')
  })
})

describe('a machine on which another gate measures', () => {
  const lock = async () => {
    const name = `perf-verdict ${process.env.PERF_VERDICT_LOCK} /`
    const turn = await takeTurn({ name, log: QUIET, patienceSeconds: 60 })
    return turn
  }

  test('is waited for before anything is measured, and the log says for whom', async () => {
    const turn = await lock()
    const onLine = (line: string) => line.includes('Waiting for') && void turn.end()
    const run = await stage.gate(head, { runner: { onLine } })
    await turn.end()
    expect(run.log).toMatch(new RegExp(`Waiting for process ${process.pid} of .* since .* UTC`))
    expect(run.outputs.verdict).toBe('fail')
  })

  test('is not waited for, and nothing is tuned, where both sides build to the same code', async () => {
    const turn = await lock()
    const same = stage.sample.head({ 'notes.txt': 'nothing that is built' })
    // Where it does wait, it must not wait for ever: later tests would too.
    const onLine = (line: string) => line.includes('Waiting for') && void turn.end()
    const run = await stage.gate(same, { inputs: { tune: 'auto' }, runner: { onLine } })
    await turn.end()
    expect([code(run), run.outputs.verdict]).toEqual([0, 'pass'])
    expect(run.log).not.toContain('Waiting for')
    expect(run.report?.host.knobs).toEqual([])
  })
})

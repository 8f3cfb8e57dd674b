import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { ACTIONS_BOT, addComment } from '../doubles/github/state.ts'
import type { RunningStage } from '../doubles/runner/stage.ts'
import { type Gated, type GateRun, type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'

let stage: Stage
let head: string

beforeAll(async () => {
  stage = await setStage({ 'program.c': PRINT, ...value('0.100') })
  // A round takes a while, so that there is a time in which to cancel.
  head = stage.sample.head({
    'program.c': PRINT.replace(
      'int main(void)',
      '#include <unistd.h>\nint main(int given, char **args)',
    ).replace('printf', 'if (given < 2) usleep(100000);\n  printf'),
    ...value('0.104'),
  })
})
afterAll(async () => await stage.close())
beforeEach(() => {
  const { state } = stage.github
  state.comments.length = 0
  state.checks.length = 0
  // What this gate said of the commit before, which nobody may take for the answer for this one.
  const marker = `<!-- perf-verdict:default v1 {"head":"${'b'.repeat(40)}","run":1,"attempt":1} -->`
  addComment(state, {
    pull: 7,
    body: `${marker}\n**It was fine.**\n\n<sub>Passed</sub>\n`,
    author: ACTIONS_BOT,
  })
})

const checks = () => stage.github.state.checks.map(({ status, conclusion }) => conclusion ?? status)

const PHASES = [
  ['preparing', /\[group\]Prepare|::group::Prepare/],
  ['building', /::group::Build both sides/],
  ['surveying', /::group::Look whether/],
  ['measuring', /::group::Measure both sides/],
] as const

/** Runs a gate in which something is done to the main process when a line comes. */
async function interrupted(
  when: RegExp,
  what: (main: RunningStage) => void,
  more: Readonly<Record<string, string>> = {},
  afterMilliseconds = 300,
): Promise<Gated> {
  let main: RunningStage | undefined
  let done = false
  const inputs = {
    build: 'cc -O1 -o program program.c; sleep 0.5',
    ...{ budget: '20s', alpha: '0.1%', check: 'true' },
    ...more,
  }
  const runner: GateRun['runner'] = {
    scale: 0.2,
    onStart: (running, name) => {
      if (name === 'main') main = running
    },
    onLine: line => {
      if (done || !when.test(line)) return
      done = true
      setTimeout(() => what(main!), afterMilliseconds)
    },
  }
  const run = await stage.gate(head, { inputs, runner })
  expect(done).toBe(true)
  return run
}

describe('a run that is cancelled', () => {
  const cases = PHASES.flatMap(([phase, when]) =>
    (['SIGINT', 'SIGTERM', 'ladder'] as const).map(how => ({ phase, when, how })),
  )
  test.each(cases)(
    'while $phase, by $how, ends by itself, passes nothing, and cleans up',
    async ({ when, how }) => {
      const run = await interrupted(when, main => (how === 'ladder' ? main.cancel() : main.signal(how)))
      const [main, post] = run.stages
      expect(main?.code).not.toBe(0)
      // It ends before the runner's patience does.
      expect(main?.signal).not.toBe('SIGKILL')
      expect(post?.code).toBe(0)
      expect([run.outputs.verdict, run.report?.verdict]).toEqual(['error', 'error'])
      expect(run.comments).toEqual([expect.stringMatching(/was ended before it was finished/)])
      expect(run.comments[0]).toContain(head)
      expect(run.comments[0]).not.toContain('It was fine')
      expect(run.summary).toMatch(/was ended before it was finished/)
      expect(checks()).toEqual(['cancelled'])
      expect(readdirSync(join(stage.sample.root, 'tmp'))).toEqual([])
      expect(run.log).not.toContain('bug in Perf Verdict')
    },
  )

  test('while measuring leaves what it had', async () => {
    // The second stays open for as long as it may.
    const bench =
      'quick=./program quick\nopen=./program quick >/dev/null; sleep 0.05; echo 0.1$((RANDOM % 9))'
    const inputs = { bench, alpha: '1%', format: 'regex:([0-9.]+)\\s*$' }
    // By then a few rounds of the second are over.
    const run = await interrupted(/quick: unchanged/, main => main.signal('SIGINT'), inputs, 1500)
    expect(run.report?.benchmarks.map(row => [row.name, row.decision])).toEqual([
      ['quick', 'unchanged'],
      ['open', 'undecided'],
    ])
    expect(run.report?.errors).toEqual([
      expect.objectContaining({ what: expect.stringContaining('ended before') }),
    ])
  })

  test('by SIGKILL is cleaned up by the step after it', async () => {
    const run = await interrupted(/::group::Measure both sides/, main => main.signal('SIGKILL'))
    expect(run.stages.map(one => one.signal ?? one.code)).toEqual(['SIGKILL', 0])
    expect(readdirSync(join(stage.sample.root, 'tmp'))).toEqual([])
    // Nothing of the gate was left to say it, so that it was said when the gate began.
    expect(run.comments).toEqual([
      expect.stringMatching(/^.*\n\*\*`[0-9a-f]{8}` is being measured, and nothing is known about it yet/),
    ])
    expect(run.comments[0]!.indexOf('about an earlier commit')).toBeLessThan(
      run.comments[0]!.indexOf('It was fine'),
    )
    expect([checks(), run.outputs.verdict]).toEqual([['in_progress'], undefined])
  })
})

/** The event of a fork's measuring run that has ended. */
function measured(): unknown {
  const fixture = new URL('../fixtures/events/workflow_run.json', import.meta.url)
  const { workflow_run: run } = JSON.parse(readFileSync(fixture, 'utf8'))
  const own = {
    ...{ id: 4711, event: 'pull_request', run_number: 41, run_attempt: 1, head_branch: 'feature' },
    ...{ run_started_at: '2026-11-22T10:00:00Z', head_sha: 'a'.repeat(40) },
    ...{ head_repository: { id: 99, owner: { login: 'someone' } } },
    repository: { ...run.repository, full_name: 'octocat/hello-world' },
  }
  return { action: 'completed', workflow_run: { ...run, ...own } }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'publishing that waits for an answer of GitHub ends by %s',
  async signal => {
    const server = createServer(() => {})
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const event = join(stage.sample.root, 'measured.json')
    writeFileSync(event, JSON.stringify(measured()))
    const main = spawn(process.execPath, [resolve('dist/main.js')], {
      cwd: stage.sample.root,
      stdio: 'ignore',
      env: {
        ...{ PATH: process.env.PATH, HOME: stage.sample.root, RUNNER_TEMP: stage.sample.root },
        ...{ GITHUB_ACTIONS: 'true', GITHUB_API_URL: url, GITHUB_SERVER_URL: url },
        ...{ GITHUB_REPOSITORY: 'octocat/hello-world', GITHUB_EVENT_NAME: 'workflow_run' },
        ...{ GITHUB_EVENT_PATH: event, INPUT_COMMAND: 'publish', 'INPUT_GITHUB-TOKEN': 'ghs_writer' },
      },
    })
    const ended = once(main, 'exit')
    try {
      await once(server, 'request')
      main.kill(signal)
      expect(await ended).toEqual([null, signal])
    } finally {
      main.kill('SIGKILL')
      server.closeAllConnections()
      server.close()
    }
  },
)

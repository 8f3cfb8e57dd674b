import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type Gated, type Stage, setStage } from './harness.ts'
import { PRINT, SPIN, value } from './repository.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ 'program.c': PRINT, ...value('0.100') })
})
afterAll(async () => await stage.close())
// GitHub's own description is the judge of every call, in every case.
afterEach(() => expect(stage.github.violations()).toEqual([]))

const codes = (run: Gated) => run.stages.map(one => [one.name, one.code])
const writes = () =>
  stage.github.calls.filter(call => /create|update/.test(call.operation)).map(call => call.operation)
const NO_PERSON = /ghs_|ACTIONS_RUNTIME/

describe('the action, driven as the runner drives it', () => {
  test('fails on a slowdown, and says so in comment, summary, annotations and outputs', async () => {
    stage.github.forget()
    const run = await stage.gate(stage.sample.head(value('0.200')))
    expect(codes(run)).toEqual([
      ['main', 1],
      ['post', 0],
    ])
    expect(run.outputs).toMatchObject({
      verdict: 'fail',
      regressions: '1',
      'comment-url': expect.stringContaining('#issuecomment-'),
    })
    expect(readFileSync(run.outputs['report-md']!, 'utf8')).toContain('takes 2× as long')
    expect(readFileSync(run.outputs['report-html']!, 'utf8')).toContain('<html')
    expect(run.report).toMatchObject({
      verdict: 'fail',
      pull: { number: 7 },
      run: { number: 5, attempt: 1 },
    })
    expect(run.comments).toEqual([
      expect.stringMatching(/^<!-- perf-verdict:default v1 .*-->\n\*\*.*parse.*takes 2× as long/),
    ])
    expect(run.summary).toContain('parse')
    expect(run.annotations.filter(one => one.level === 'error')).toHaveLength(1)
    expect(run.annotations.filter(one => one.level === 'warning')).toEqual([])
    // The verdict first, and then what was found.
    expect(writes()).toEqual(['issues/create-comment', 'issues/update-comment'])
    expect(run.warnings).toEqual([])
    expect([run.log, run.summary, ...run.comments].join('\n')).not.toMatch(NO_PERSON)
    expect([run.variables, run.path]).toEqual([{}, []])
  })

  test('passes once it is repaired, and updates the same comment', async () => {
    stage.github.forget()
    const run = await stage.gate(stage.sample.head(value('0.101')))
    expect(codes(run)).toEqual([
      ['main', 0],
      ['post', 0],
    ])
    expect(run.outputs).toMatchObject({ verdict: 'pass', regressions: '0' })
    expect(run.comments).toEqual([expect.stringContaining('did not get slower')])
    // First that this commit is measured, then the answer.
    expect(writes()).toEqual(['issues/update-comment', 'issues/update-comment'])
    expect(run.annotations.filter(one => one.level === 'error')).toEqual([])
  })

  test('is undecided where the rounds do not settle it, and that is no pass', async () => {
    // Up and down around the threshold, from what the clock says.
    const program = PRINT.replace('VALUE', '(0.100 + 0.00001 * (double)(clock_now() % 1000))').replace(
      'int main',
      '#include <time.h>\nstatic long clock_now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_nsec / 1000; }\nint main',
    )
    const run = await stage.gate(stage.sample.head({ 'program.c': program }), { inputs: { budget: '2s' } })
    expect(run.outputs.verdict).toBe('undecided')
    expect(run.report?.benchmarks[0]?.reason).toContain('raise the budget')
    expect(codes(run)).toEqual([
      ['main', 3],
      ['post', 0],
    ])
  })

  test('takes the base from the cache that a push to main filled, and a pull request never fills it', async () => {
    const before = stage.sample.base
    stage.sample.advance(value('0.110'))
    const pushed = await stage.push(before)
    expect(pushed.outputs.verdict).toBe('fail')
    expect(stage.cache.entries.map(entry => entry.scope)).toContain('refs/heads/main')
    const kept = stage.cache.entries.length
    stage.cache.forget()
    const run = await stage.gate(stage.sample.head(value('0.111')))
    expect(run.outputs.verdict).toBe('pass')
    expect(run.log).toContain('base: its build was taken from the cache (perf-verdict-base-')
    // What the key is made of is for those who debug.
    expect(run.log).not.toContain('cache key:')
    expect(run.log).not.toContain('built base')
    expect(stage.cache.entries).toHaveLength(kept)
    expect(stage.cache.calls.filter(call => call.includes('Create'))).toEqual([])
  })

  test('does not take the base from an entry that the pull request planted', async () => {
    const planted = stage.cache.entries.map(entry => ({ ...entry, scope: 'refs/pull/7/merge' }))
    stage.cache.entries.push(...planted)
    const run = await stage.gate(stage.sample.head(value('0.112')))
    expect(run.outputs.verdict).toBe('pass')
    expect(run.log).toContain('must not judge itself')
    expect(run.log).toContain('built base')
    stage.cache.entries.splice(-planted.length)
  })

  test('gates a fork with its read-only token, without noise', async () => {
    stage.github.forget()
    const fork = (event: Readonly<Record<string, unknown>>) => {
      const pull = event.pull_request as { readonly head: { readonly repo: object } }
      const head = { ...pull.head, repo: { ...pull.head.repo, id: 99 } }
      return { ...event, pull_request: { ...pull, head } }
    }
    const run = await stage.gate(stage.sample.head(value('0.220')), { token: 'ghs_reader', event: fork })
    expect(run.outputs).toMatchObject({ verdict: 'fail', 'comment-url': '' })
    expect(run.summary).toContain('slower')
    expect(run.annotations.filter(one => one.level === 'warning')).toEqual([])
    expect(run.log).toContain('publish workflow')
  })

  test('writes a check with its annotations when it is asked to', async () => {
    const run = await stage.gate(stage.sample.head(value('0.230')), {
      inputs: { check: 'true', comment: 'never' },
    })
    expect(run.outputs['comment-url']).toBe('')
    expect(stage.github.state.checks.at(-1)).toMatchObject({
      name: 'Perf Verdict',
      headSha: stage.pull.headSha,
      conclusion: 'failure',
      summary: expect.stringContaining('parse'),
    })
  })

  test('gates by the clock as well', async () => {
    const clocked = await setStage({ 'program.c': SPIN, ...value('100u') })
    try {
      const run = await clocked.gate(clocked.sample.head(value('400u')), { inputs: { format: 'wall' } })
      expect(run.outputs.verdict).toBe('fail')
      expect(run.report?.benchmarks[0]).toMatchObject({ unit: 's', decision: 'slower' })
      expect(clocked.github.violations()).toEqual([])
    } finally {
      await clocked.close()
    }
  })
})

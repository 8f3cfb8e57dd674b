// Shares the machine: nothing here depends on the clock.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Gated, type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'

let stage: Stage
let head: string

beforeAll(async () => {
  stage = await setStage({ 'program.c': PRINT, ...value('0.100') })
  head = stage.sample.head(value('0.200'))
})
afterAll(async () => await stage.close())

const code = (run: Gated) => run.stages.find(one => one.name === 'main')?.code
const errors = (run: Gated) => run.annotations.filter(one => one.level === 'error').map(one => one.message)

describe('what the action is asked for', () => {
  test('is refused with every mistake at once', async () => {
    const inputs = {
      threshold: 'much',
      alpha: '2',
      budget: 'soon',
      layouts: 'some',
      comment: 'sometimes',
      bench: '',
    }
    const run = await stage.gate(head, { inputs })
    expect(code(run)).toBe(2)
    for (const name of ['threshold', 'alpha', 'budget', 'layouts', 'comment']) {
      expect(errors(run).filter(message => message.includes(name))).toHaveLength(1)
    }
    expect(run.log).not.toContain('bug in Perf Verdict')
    expect([run.outputs.verdict, run.comments.length]).toEqual(['error', 1])
    expect(run.comments[0]).toMatch(/threshold.*must be/)
    expect(run.summary).toContain('threshold')
  })

  test('is no bug where an input is unknown: the runner warns', async () => {
    const run = await stage.gate(head, { inputs: { thresold: '3%', threshold: 'x' } })
    expect(run.warnings).toEqual(["Unexpected input(s) 'thresold'"])
  })

  test.each([
    ['pull_request_target', /secrets/],
    ['issue_comment', /workflow_dispatch/],
    ['workflow_run', /command: publish/],
    ['release', /no defined base/],
  ])('on %s is refused with the reason', async (event_name, why) => {
    const run = await stage.gate(head, { github: { event_name } })
    expect(code(run)).toBe(2)
    expect(errors(run)).toEqual([expect.stringMatching(why)])
  })

  test.each([
    ['a closed pull request', { action: 'closed' }, {}],
    [
      'a deleted branch',
      {
        ref: 'refs/heads/x',
        before: 'a'.repeat(40),
        after: '0'.repeat(40),
        deleted: true,
        repository: { default_branch: 'main' },
      },
      { event_name: 'push' },
    ],
  ])('on %s is nothing, and that is no failure', async (_, change, github) => {
    const run = await stage.gate(head, { event: event => ({ ...event, ...change }), github })
    expect(code(run)).toBe(0)
    expect(run.outputs.verdict).toBe('skipped')
    expect(run.summary).toContain('measured nothing')
  })

  test('with a payload that is none is refused', async () => {
    const run = await stage.gate(head, { event: () => ({ pull_request: 'x' }) })
    expect(code(run)).toBe(2)
    expect(errors(run)).toEqual([expect.stringContaining('not what GitHub documents')])
  })
})

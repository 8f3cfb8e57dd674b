import { describe, expect, test } from '@jest/globals'
import { isCommentKey } from '../../../src/core/github/marker.ts'
import { speakerOf } from '../../../src/core/github/speaker.ts'

const ENV = {
  GITHUB_WORKFLOW_REF: 'octocat/hello/.github/workflows/perf.yml@refs/pull/7/merge',
  GITHUB_WORKFLOW: 'Performance',
  GITHUB_JOB: 'gate',
  GITHUB_ACTION: '__perf-verdict_perf-verdict',
}
const keyOf = (job: string, env: Partial<typeof ENV> = {}, given?: string) =>
  speakerOf(given, job, { ...ENV, ...env }).key

describe('who speaks', () => {
  test.each([
    ['a plain job', ':null', {}, 'perf-gate'],
    ['a leg of a matrix', ':{"compiler":"gcc","os":["a","b"]}', {}, 'perf-gate-gcc-a-b'],
    ['a matrix of objects', ':{"include":{"compiler":"clang","version":17}}', {}, 'perf-gate-clang-17'],
    ['a matrix on several lines', ':{\n  "compiler": "gcc"\n}', {}, 'perf-gate-gcc'],
    ['a second step', ':null', { GITHUB_ACTION: '__perf-verdict_perf-verdict_2' }, 'perf-gate-2'],
    ['a workflow without a file', ':null', { GITHUB_WORKFLOW_REF: '' }, 'Performance-gate'],
    ['a matrix that is none', ':{', {}, 'perf-gate'],
  ])('has a key of its own: %s', (_, job, env, key) => {
    expect(keyOf(job, env)).toBe(key)
  })

  test('has the key that was given', () => {
    expect(keyOf(':{"a":1}', {}, 'mine')).toBe('mine')
    expect(speakerOf(undefined, '', {})).toEqual({ key: 'default' })
  })

  test('keeps apart what is long, and what differs in signs only', () => {
    const long = 'x'.repeat(60)
    const keys = [
      `{"a":"${long}1"}`,
      `{"a":"${long}2"}`,
      '{"a":"g++"}',
      '{"a":"g--"}',
      '{"a":"é"}',
      '{"a":"è"}',
    ].map(matrix => keyOf(`:${matrix}`))
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.every(key => isCommentKey(key) && key.length <= 40)).toBe(true)
  })

  test('is another gate in every job and step, and the same gate in every run', () => {
    const gateOf = (job: string, env: Partial<typeof ENV> = {}) => speakerOf('k', job, { ...ENV, ...env })
    const others = [
      gateOf('1:{"a":1}'),
      gateOf('1:{"a":2}'),
      gateOf('1:null'),
      gateOf('1:null', { GITHUB_JOB: 'other' }),
      gateOf('1:null', { GITHUB_ACTION: '__x_2' }),
    ]
    expect(new Set(others.map(({ gate }) => gate)).size).toBe(others.length)
    expect(gateOf('1:null').gate).toBe(gateOf('2:null').gate)
    expect(gateOf('1:null').job).not.toBe(gateOf('2:null').job)
  })
})

// Shares the machine: nothing here depends on the clock.
import { execFileSync } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { joined } from '../../src/core/history/store.ts'
import { fileAt } from '../doubles/github/git-data.ts'
import { type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'

const MINUTE = 60_000
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
  test(
    'gets a line for each push, with the ratio to the commit before, and a page',
    async () => {
      const { before, run } = await pushed('0.104')
      expect(run.log).toContain(`history: kept on ${BRANCH}, 1 comparisons in all`)
      expect(kept()).toMatchObject([
        { relation: 'previous', against: before, rows: [{ name: 'parse', ratio: 1.04 }] },
      ])
      expect(fileAt(stage.github.state, BRANCH, 'index.html')).toContain('Performance history')
    },
    MINUTE,
  )

  test(
    'opens one issue on what is slower than the last release, updates it, and closes it when nothing is',
    async () => {
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
    },
    3 * MINUTE,
  )

  test(
    'shows the way of a row that changed in the comment',
    async () => {
      await pushed('0.101', { against: 'release' })
      await pushed('0.102')
      const run = await stage.gate(stage.sample.head(value('0.300')), { inputs: KEEPS })
      expect(run.comments.at(-1)).toMatch(/<sub>[▁▂▃▄▅▆▇█]{2} main .* since `v1\.0`<\/sub>/)
      expect(run.report?.benchmarks[0]?.trend?.since).toMatchObject({ called: 'v1.0' })
    },
    3 * MINUTE,
  )

  test(
    'is never written by a pull request',
    async () => {
      const lines = kept().length
      const run = await stage.gate(stage.sample.head(value('0.101')), { inputs: KEEPS })
      expect(run.log).toContain('history: this is not the default branch, so nothing is kept')
      expect(kept()).toHaveLength(lines)
    },
    MINUTE,
  )
})

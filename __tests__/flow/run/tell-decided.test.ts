import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parseOptions } from '../../../src/core/config/settings.ts'
import { accept } from '../../../src/core/decision/acceptance.ts'
import { exitCode } from '../../../src/core/decision/verdict.ts'
import type { Report } from '../../../src/core/model/report.ts'
import { parseReport } from '../../../src/core/report-file/parse-report.ts'
import { judge, planned, UNEXPLAINED } from '../../../src/gate.ts'
import { jsonText } from '../../../src/report/json/json.ts'
import { commentText } from '../../../src/report/markdown/comment.ts'
import { verdictTitle } from '../../../src/report/words/title.ts'
import { makeRepository, type TestRepository } from '../../doubles/repository.ts'
import { type ScriptedPorts, scriptedPorts } from '../../doubles/scripted-ports.ts'

let repository: TestRepository
let ports: ScriptedPorts
beforeEach(() => {
  repository = makeRepository()
  ports = scriptedPorts()
})
afterEach(() => {
  repository.remove()
  ports.remove()
})

/** What was told, and what had been asked of rows by then, of a gate of `parse` and `render`. */
async function told(costs: Readonly<Record<string, string>>, options: Readonly<Record<string, string>> = {}) {
  repository.commit('base', { 'cost.parse': '1', 'cost.render': '1', stamp: '0' })
  repository.git('switch', '--quiet', '--create', 'topic')
  repository.commit('change', { stamp: '1', ...costs })
  const said: (Report | 'explained')[] = []
  const context = await planned(
    {
      invocation: parseOptions(
        { seed: '1', build: 'build', bench: 'parse=parse\nrender=render', ...options },
        name => `--${name}`,
      ),
      ...{ repository: repository.folder, base: ['main'], head: 'topic', origin: {}, version: '0.1.0' },
      ...{ environment: {}, usesCache: false, keepsNextBase: false, keep: async () => {} },
      decided: async report => void said.push(report),
    },
    ports.outside,
  )
  const explained = async <T>(table: T): Promise<T> => {
    said.push('explained')
    return table
  }
  const report = await judge(context, {
    ...UNEXPLAINED,
    countHidden: async (_, table) => await explained(table),
    explainAll: async (_, table) => await explained(table),
  })
  const [early, ...later] = said
  if (early === undefined || early === 'explained') return { early: undefined, report }
  expect(later).toEqual(['explained', 'explained'])
  return { early, report }
}

test('what passes so far is told before anything is explained, and is no pass before the end', async () => {
  const { early, report } = await told({})
  expect(report.verdict).toBe('pass')
  expect(early).toMatchObject({ verdict: 'error', unfinished: true })
  expect(early?.sentence).toMatch(/^So far, as built: Nothing got slower: all 2 .* this is no verdict yet/)
  expect(exitCode(early!)).toBe(3)
  const comment = commentText(early!, { key: 'default' })
  expect(comment).toContain('So far, as built')
  expect(comment).not.toMatch(/Passed|Error/)
  expect(verdictTitle(early!)).toBe('Nothing got slower so far')
  expect(parseReport(jsonText(early!))).toMatchObject({ unfinished: true })
})

test('a slowdown is told at once, and accepting it makes no pass of it before the end', async () => {
  const { early } = await told({ 'cost.render': '2' })
  expect(early).toMatchObject({ verdict: 'fail', unfinished: true })
  expect(exitCode(early!)).toBe(1)
  const accepted = accept(
    early!,
    [{ benchmark: 'render', bound: 3, by: '@them', reason: 'wanted' }],
    '2026-11-28',
  )
  expect([accepted.verdict, exitCode(accepted)]).toEqual(['error', 3])
})

test('where layouts have a say, the result as built is told as that', async () => {
  const { early } = await told({ 'cost.render': '2' }, { layouts: 'rounds', 'gate-on': 'layouts' })
  expect(early).toMatchObject({ verdict: 'error', unfinished: true })
  expect(early?.sentence).toMatch(/^So far, as built: `render` takes .* Layouts are still being measured/)
})

test('where nothing is left to find out, nothing is told before the end', async () => {
  expect((await told({}, { counters: 'off', layouts: 'off' })).early).toBeUndefined()
})

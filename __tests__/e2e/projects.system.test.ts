// Shares the machine: nothing here depends on the clock.
import { basename, dirname } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Stage, setStage } from './harness.ts'
import { PRINT, value } from './repository.ts'

const VALUE = (text: string) => ({ 'lib/parser/value.h': value(text)['value.h'] })
let stage: Stage

beforeAll(async () => {
  stage = await setStage({ 'lib/parser/program.c': PRINT, ...VALUE('0.100') })
})
afterAll(async () => await stage.close())

test.each([
  ['a project of several', () => ({ inputs: { 'working-directory': 'lib/parser' } })],
  [
    'a project of a checkout with a path',
    () => ({
      inputs: { 'working-directory': `${basename(stage.sample.workspace)}/lib/parser` },
      runner: { workspace: dirname(stage.sample.workspace) },
    }),
  ],
])('%s is built and run in its folder', async (_, more) => {
  const run = await stage.gate(stage.sample.head(VALUE('0.200')), more())
  expect(run.outputs.verdict).toBe('fail')
  expect(run.comments.at(-1)).toContain('`parse`')
})

test.each([
  ['does not exist', 'lib/none', /not a git repository/],
  ['is a file', 'lib/parser/program.c', /not a git repository/],
  ['leads out of the workspace', '../..', /not a git repository/],
])('a folder that %s is refused by its name', async (_, folder, says) => {
  const head = stage.sample.head(VALUE('0.200'))
  const run = await stage.gate(head, { inputs: { 'working-directory': folder } })
  expect(run.stages[0]?.code).toBe(2)
  expect(run.annotations).toContainEqual(
    expect.objectContaining({ level: 'error', message: expect.stringMatching(says) }),
  )
})

test('a project that base does not have yet is told', async () => {
  const head = stage.sample.head({ 'lib/new/program.c': PRINT, 'lib/new/value.h': '#define VALUE 0.1\n' })
  const run = await stage.gate(head, { inputs: { 'working-directory': 'lib/new' } })
  expect(run.comments.at(-1)).toMatch(/base .* has no folder/)
})

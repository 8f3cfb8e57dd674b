import { expect, test } from '@jest/globals'
import { type Marker, writeMarker } from '../../../src/core/github/marker.ts'
import { publishComment } from '../../../src/flow/publish/comment.ts'
import { publishStandIn } from '../../../src/flow/publish/stand-in.ts'
import { onePull } from '../../doubles/github/one-pull.ts'
import { ACTIONS_BOT, addComment } from '../../doubles/github/state.ts'

const HEAD = 'a'.repeat(40)
const OLDER = 'b'.repeat(40)
const stage = onePull(HEAD)

function told(key: string, marker: Partial<Marker> = {}): void {
  const whole = { key, head: OLDER, run: 4, attempt: 1, ...marker }
  addComment(stage.double.state, { pull: 7, body: `${writeMarker(whole)}\nPassed`, author: ACTIONS_BOT })
}

async function standIn(more: { readonly key?: string; readonly create?: boolean } = {}) {
  const run = { head: HEAD, run: 5, attempt: 1 }
  return await publishStandIn(await stage.open(), {
    ...{ pull: 7, key: more.key, run, create: more.create ?? true },
    textFor: key => `${writeMarker({ key, ...run, standIn: true })}\nNo report`,
  })
}

const texts = () => stage.double.state.comments.map(({ body }) => body.split('\n')[1])
const write = async (key: string, run: number) => {
  const marker = { key, head: HEAD, run, attempt: 1 }
  const body = `${writeMarker(marker)}\nReport of ${key}`
  return await publishComment(await stage.open(), { pull: 7, marker, body, create: true })
}

test('each comment that tells of an earlier commit is brought up to date', async () => {
  told('perf-gate')
  told('other-gate')
  await standIn()
  expect(texts()).toEqual(['No report', 'No report'])
  expect(stage.double.violations()).toEqual([])
})

test('a comment that tells of this very run stays, and none is added to it', async () => {
  told('perf-gate', { head: HEAD, run: 5 })
  await standIn()
  expect(texts()).toEqual(['Passed'])
})

test('an earlier run of the same commit is no word on this one', async () => {
  told('perf-gate', { head: HEAD, run: 4 })
  await standIn()
  expect(texts()).toEqual(['No report'])
})

test('without any comment one is written, where a report was expected', async () => {
  expect(await standIn({ create: false })).toEqual([expect.objectContaining({ kind: 'left' })])
  expect(texts()).toEqual([])
  await standIn()
  expect(texts()).toEqual(['No report'])
})

test('a comment of somebody else is left alone', async () => {
  const row = addComment(stage.double.state, {
    pull: 7,
    body: `${writeMarker({ key: 'perf-gate', head: OLDER, run: 4, attempt: 1 })}\nMine`,
    author: { login: 'mallory', type: 'User' as const, id: 66 },
  })
  await standIn()
  expect(row.body).toContain('Mine')
})

test('with a key only its comment is written', async () => {
  told('other-gate')
  await standIn({ key: 'perf-gate' })
  expect(texts()).toEqual(['Passed', 'No report'])
})

test('gives way to the report of the next run, whatever its key, and of the same run only to its own', async () => {
  await standIn()
  await write('perf-gate', 5)
  expect(texts()).toEqual(['No report', 'Report of perf-gate'])
  stage.double.state.comments.length = 0
  await standIn()
  await write('perf-gate', 6)
  expect(texts()).toEqual(['Report of perf-gate'])
})

test('a report from an artifact does not take the place of what the gate itself wrote on that run', async () => {
  told('perf-gate', { head: HEAD, run: 5, gate: '0123abcd' })
  expect(await write('perf-gate', 5)).toMatchObject({ kind: 'left' })
  expect(texts()).toEqual(['Passed'])
})

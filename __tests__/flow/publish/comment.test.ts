import { describe, expect, test } from '@jest/globals'
import { type Marker, writeMarker } from '../../../src/core/github/marker.ts'
import { type CommentRequest, publishComment } from '../../../src/flow/publish/comment.ts'
import type { GitHub } from '../../../src/shell/github/ports.ts'
import { onePull } from '../../doubles/github/one-pull.ts'
import { ACTIONS_BOT, addComment } from '../../doubles/github/state.ts'

const HEAD = 'a'.repeat(40)
const OLDER = 'b'.repeat(40)

const stage = onePull(HEAD)

function request(text: string, marker: Partial<Marker> = {}, create = true): CommentRequest {
  const whole = { key: 'default', head: HEAD, run: 5, attempt: 1, ...marker }
  return { pull: 7, marker: whole, body: `${writeMarker(whole)}\n${text}`, create }
}

const bodies = () => stage.double.state.comments.map(comment => comment.body.split('\n').slice(1).join('\n'))
const writes = () => stage.double.calls.filter(call => /create-comment|update-comment/.test(call.operation))

describe('the sticky comment', () => {
  test('is created, then brought up to date in place, then left alone while it says the same', async () => {
    const github = await stage.open()
    const first = await publishComment(github, request('one'))
    const second = await publishComment(github, request('two', { run: 6 }))
    const third = await publishComment(github, request('two', { run: 7 }))
    expect([first.kind, second.kind, third.kind]).toEqual(['written', 'written', 'unchanged'])
    expect(bodies()).toEqual(['two'])
    expect(writes()).toHaveLength(2)
    expect(stage.double.violations()).toEqual([])
  })

  test('is found on the seventh page, and pages that do not exist are not asked for', async () => {
    for (let i = 0; i < 640; i++) addComment(stage.double.state, { pull: 7, body: `chatter ${i}` })
    const ours = addComment(stage.double.state, { pull: 7, body: request('old').body, author: ACTIONS_BOT })
    const outcome = await publishComment(await stage.open(), request('new', { run: 6 }))
    expect(outcome).toMatchObject({ kind: 'written', url: expect.stringContaining(String(ours.id)) })
    expect(stage.double.calls.filter(call => call.operation === 'issues/list-comments')).toHaveLength(7)
    expect(stage.double.violations()).toEqual([])
  })

  test('stops listing after fifty pages', async () => {
    for (let i = 0; i < 5050; i++) addComment(stage.double.state, { pull: 7, body: `chatter ${i}` })
    await publishComment(await stage.open(), request('new'))
    expect(stage.double.calls.filter(call => call.operation === 'issues/list-comments')).toHaveLength(50)
  })

  test.each([
    ['a person wrote our marker', { author: { login: 'mallory', type: 'User' as const, id: 66 } }],
    ['another app wrote it', { author: { login: 'evil[bot]', type: 'Bot' as const, id: 67 } }],
    ['it is minimised', { minimised: true }],
    ['the marker is not at byte 0', { body: ` ${request('old').body}` }],
    ['it belongs to another gate', { body: request('old', { key: 'other' }).body }],
  ])('is not one that looks like ours when %s', async (_, change) => {
    const row = addComment(stage.double.state, { pull: 7, body: request('old').body, author: ACTIONS_BOT })
    Object.assign(row, change)
    const before = row.body
    const outcome = await publishComment(await stage.open(), request('new'))
    expect(outcome.kind).toBe('written')
    expect(row.body).toBe(before)
    expect(stage.double.state.comments).toHaveLength(2)
    expect(stage.double.violations()).toEqual([])
  })

  test('is ours also when a person edited the text below the marker', async () => {
    const row = addComment(stage.double.state, {
      pull: 7,
      body: `${request('x').body} edited`,
      author: ACTIONS_BOT,
    })
    await publishComment(await stage.open(), request('new', { run: 6 }))
    expect(bodies()).toEqual(['new'])
    expect(row.body).toContain('new')
  })

  test('is a person’s own when the token is', async () => {
    const github = await stage.open('ghp_person')
    await publishComment(github, request('one'))
    await publishComment(github, request('two', { run: 6 }))
    expect(bodies()).toEqual(['two'])
  })

  test('of several, the newest is brought up to date and the others are left', async () => {
    for (const text of ['first', 'second']) {
      addComment(stage.double.state, { pull: 7, body: request(text).body, author: ACTIONS_BOT })
    }
    await publishComment(await stage.open(), request('new', { run: 6 }))
    expect(bodies()).toEqual(['first', 'new'])
  })

  test('is created once when the one that was listed turns out to be deleted', async () => {
    addComment(stage.double.state, { pull: 7, body: request('old').body, author: ACTIONS_BOT })
    stage.double.fail({
      method: 'PATCH',
      path: /comments/,
      times: 3,
      goes: { wrong: 'status', status: 404 },
    })
    const outcome = await publishComment(await stage.open(), request('new', { run: 6 }))
    expect(outcome.kind).toBe('written')
    expect(bodies()).toEqual(['old', 'new'])
    expect(writes().filter(call => call.method === 'POST')).toHaveLength(1)
  })

  test('stays in the summary when the conversation is locked', async () => {
    stage.pull.locked = true
    const outcome = await publishComment(await stage.open(), request('new'))
    expect(outcome).toMatchObject({ kind: 'failed', sentence: expect.stringMatching(/locked.*summary/) })
    expect(writes()).toHaveLength(1)
  })

  test.each<readonly [string, Partial<Marker>, string, string, boolean?]>([
    ['a pass never replaces another gate’s failure', { gate: 'b'.repeat(8), good: true }, 'clash', 'theirs'],
    ['a failure replaces another gate’s pass', { gate: 'b'.repeat(8), good: false }, 'written', 'ours', true],
    [
      'another job of the same gate and run is another gate',
      { job: 'b'.repeat(8), good: true },
      'clash',
      'theirs',
    ],
    ['a later run of the same gate is none', { job: 'b'.repeat(8), run: 6, good: true }, 'written', 'ours'],
    ['the same gate brings its comment up to date', { good: true }, 'written', 'ours'],
  ])('of two gates with one key: %s', async (_, marker, kind, stays, theirsGood = false) => {
    const theirs = { gate: 'a'.repeat(8), job: 'a'.repeat(8) }
    const old = request('theirs', { ...theirs, good: theirsGood }).body
    addComment(stage.double.state, { pull: 7, body: old, author: ACTIONS_BOT })
    const outcome = await publishComment(await stage.open(), request('ours', { ...theirs, ...marker }))
    expect([outcome.kind, bodies()]).toEqual([kind, [stays]])
    if (marker.gate !== undefined) expect(JSON.stringify(outcome)).toContain('give each gate its own key')
  })

  test('is left to the run of the newer head', async () => {
    stage.pull.headSha = OLDER
    const outcome = await publishComment(await stage.open(), request('late'))
    expect(outcome).toMatchObject({ kind: 'left' })
    expect(writes()).toHaveLength(0)
  })

  test('is left to a later run of the same head, and not to an earlier one', async () => {
    const later = request('later', { run: 9 }).body
    addComment(stage.double.state, { pull: 7, body: later, author: ACTIONS_BOT })
    expect((await publishComment(await stage.open(), request('again', { run: 5 }))).kind).toBe('left')
    expect((await publishComment(await stage.open(), request('again', { run: 9, attempt: 2 }))).kind).toBe(
      'written',
    )
  })

  test('is not created when there is nothing to say, but one that is there is corrected', async () => {
    const github = await stage.open()
    expect((await publishComment(github, request('quiet', {}, false))).kind).toBe('left')
    addComment(stage.double.state, { pull: 7, body: request('breach').body, author: ACTIONS_BOT })
    expect((await publishComment(github, request('quiet', { run: 6 }, false))).kind).toBe('written')
    expect(bodies()).toEqual(['quiet'])
  })

  test('is not written twice when the first write went through and its answer was lost', async () => {
    stage.double.fail({ method: 'POST', path: /comments/, goes: { wrong: 'late', milliseconds: 0 } })
    const github = await stage.open()
    const create = github.comments.create
    let lost = false
    const lossy: GitHub = {
      ...github,
      comments: {
        ...github.comments,
        create: async (number, body) => {
          const done = await create(number, body)
          if (lost) return done
          lost = true
          return { ok: false, fault: { kind: 'unavailable', sentence: 'The answer was lost.' } }
        },
      },
    }
    expect((await publishComment(lossy, request('once'))).kind).toBe('unchanged')
    expect(stage.double.state.comments).toHaveLength(1)
  })

  test('falls back to the bot of the token when GraphQL does not answer', async () => {
    addComment(stage.double.state, { pull: 7, body: request('old').body, author: ACTIONS_BOT })
    stage.double.fail({ path: /graphql/, times: 9, goes: { wrong: 'status', status: 403 } })
    await publishComment(await stage.open(), request('new', { run: 6 }))
    expect(bodies()).toEqual(['new'])
  })
})

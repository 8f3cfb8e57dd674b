import { describe, expect, test } from '@jest/globals'
import { type Marker, readMarker, writeMarker } from '../../../src/core/github/marker.ts'
import { publishComment } from '../../../src/flow/publish/comment.ts'
import { markStale } from '../../../src/flow/publish/mark-stale.ts'
import { onePull } from '../../doubles/github/one-pull.ts'
import { ACTIONS_BOT, addComment } from '../../doubles/github/state.ts'

const HEAD = 'a'.repeat(40)
const OLDER = 'b'.repeat(40)
const LINK = 'https://github.com/octocat/hello-world/actions/runs/5'

const stage = onePull(HEAD)

const marker = (more: Partial<Marker> = {}): Marker => ({
  key: 'default',
  head: HEAD,
  run: 5,
  attempt: 1,
  ...more,
})
const said = (text: string, more: Partial<Marker> = {}, author: typeof ACTIONS_BOT = ACTIONS_BOT) =>
  addComment(stage.double.state, { pull: 7, body: `${writeMarker(marker(more))}\n${text}`, author })
const begin = async (more: Partial<Marker> = {}, token?: string) =>
  await markStale(await stage.open(token), { pull: 7, marker: marker(more), link: LINK })
const bodies = () => stage.double.state.comments.map(({ body }) => body)
const writes = () =>
  stage.double.calls.filter(({ operation }) => /create-comment|update-comment/.test(operation))

describe('a comment about an earlier commit, when a newer one begins to be measured', () => {
  test('says so above what it said', async () => {
    said('**parse did not get slower.**\n\n<sub>Passed</sub>', { head: OLDER, run: 4 })
    expect(await begin()).toBe(true)
    const [body] = bodies()
    expect(readMarker(body!)).toMatchObject({ head: HEAD, run: 5, standIn: true })
    expect(body!.split('\n')[1]).toBe('**`aaaaaaaa` is being measured, and nothing is known about it yet.**')
    expect(body).toContain(`[run](${LINK})`)
    expect(body!.indexOf('about an earlier commit')).toBeLessThan(body!.indexOf('did not get slower'))
    expect(stage.double.violations()).toEqual([])
  })

  test('is not folded into itself by runs that die one after another', async () => {
    said('**Passed.**', { head: OLDER, run: 4 })
    await begin()
    stage.pull.headSha = 'c'.repeat(40)
    await begin({ head: 'c'.repeat(40), run: 6 })
    expect(bodies()[0]!.match(/is being measured/g)).toHaveLength(1)
    expect(bodies()[0]).toContain('`cccccccc` is being measured')
    expect(bodies()[0]!.endsWith('**Passed.**\n')).toBe(true)
  })

  test('is replaced by the answer, also by that of a run that is not the next', async () => {
    said('**Passed.**', { head: OLDER, run: 4 })
    await begin()
    const answer = marker({ gate: '1'.repeat(8), job: '2'.repeat(8), good: false })
    const github = await stage.open()
    const body = `${writeMarker(answer)}\n**slower**`
    expect((await publishComment(github, { pull: 7, marker: answer, body, create: true })).kind).toBe(
      'written',
    )
    expect(bodies()).toEqual([body])
  })

  test('gives way to what the workflow that follows says of a run without a report', async () => {
    said('**Passed.**', { head: OLDER, run: 4, gate: '1'.repeat(8) })
    await begin({ gate: '1'.repeat(8) })
    const standIn = marker({ standIn: true })
    const body = `${writeMarker(standIn)}\n**was cancelled**`
    await publishComment(await stage.open(), { pull: 7, marker: standIn, body, create: true })
    expect(bodies()).toEqual([body])
  })

  test('that is longer than GitHub takes says so without it', async () => {
    said('x'.repeat(65_000), { head: OLDER, run: 4 })
    expect(await begin()).toBe(true)
    expect(bodies()[0]!.length).toBeLessThan(1000)
  })

  test.each<{ where: string; given: () => void; token?: string }>([
    { where: 'there is none', given: () => {} },
    { where: 'it is about this commit', given: () => said('**Passed.**', { run: 4 }) },
    {
      where: 'it is another gate’s',
      given: () => said('**Passed.**', { key: 'clang', head: OLDER, run: 4 }),
    },
    {
      where: 'it is a person’s',
      given: () => said('**Passed.**', { head: OLDER }, { login: 'mallory', type: 'User', id: 66 }),
    },
    {
      where: 'it is hidden',
      given: () => Object.assign(said('**Passed.**', { head: OLDER }), { minimised: true }),
    },
    {
      where: 'the pull request has moved on',
      given: () => {
        said('**Passed.**', { head: OLDER })
        stage.pull.headSha = OLDER
      },
    },
    {
      where: 'the token may not write',
      given: () => said('**Passed.**', { head: OLDER }),
      token: 'ghs_reader',
    },
    {
      where: 'GitHub does not find it',
      given: () => {
        said('**Passed.**', { head: OLDER })
        stage.double.fail({ path: /./, times: 99, goes: { wrong: 'status', status: 404 } })
      },
    },
  ])('is left as it is where $where', async ({ given, token }) => {
    given()
    const before = bodies()
    expect(await begin({}, token)).toBe(false)
    expect(bodies()).toEqual(before)
    if (token === undefined) expect(writes()).toEqual([])
  })
})

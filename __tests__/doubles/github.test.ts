import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type GitHubDouble, startGitHub } from './github/server.ts'
import { addComment, addPull, newState } from './github/state.ts'

let double: GitHubDouble
beforeAll(async () => {
  double = await startGitHub(newState())
  addPull(double.state, { number: 7 })
})
afterAll(async () => await double.close())
beforeEach(() => double.forget())

const HOME = '/repos/octocat/hello-world'
const SHA = 'a'.repeat(40)

async function call(
  method: string,
  path: string,
  body?: unknown,
  token = 'ghs_writer',
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${double.url}${path}`, {
    method,
    headers: { authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

describe('the double of GitHub', () => {
  test.each<[string, string, string, unknown, RegExp]>([
    [
      'a page beyond a hundred rows',
      'GET',
      `${HOME}/issues/7/comments?per_page=x`,
      undefined,
      /parameter per_page/,
    ],
    ['a query that does not exist', 'GET', `${HOME}/pulls?who=me`, undefined, /unknown query who/],
    ['no body', 'POST', `${HOME}/issues/7/comments`, undefined, /body is missing/],
    ['no text', 'POST', `${HOME}/issues/7/comments`, {}, /required property 'body'/],
    ['a blank text', 'POST', `${HOME}/issues/7/comments`, { body: ' \n' }, /blank/],
    ['a text too long', 'POST', `${HOME}/issues/7/comments`, { body: 'x'.repeat(65_537) }, /too long/],
    [
      'a property that does not exist',
      'PATCH',
      `${HOME}/issues/comments/1`,
      { body: 'x', colour: 1 },
      /unknown property colour/,
    ],
    ['a check without a name', 'POST', `${HOME}/check-runs`, { head_sha: SHA }, /required property 'name'/],
    [
      'a check that is completed without a conclusion',
      'POST',
      `${HOME}/check-runs`,
      { name: 'x', head_sha: SHA, status: 'completed' },
      /conclusion/,
    ],
    [
      'a conclusion that does not exist',
      'POST',
      `${HOME}/check-runs`,
      { name: 'x', head_sha: SHA, conclusion: 'great' },
      /conclusion/,
    ],
    [
      '51 annotations',
      'POST',
      `${HOME}/check-runs`,
      {
        name: 'x',
        head_sha: SHA,
        output: {
          title: 't',
          summary: 's',
          annotations: Array.from({ length: 51 }, () => ({
            path: 'a',
            start_line: 1,
            end_line: 1,
            annotation_level: 'notice',
            message: 'm',
          })),
        },
      },
      /more than 50/,
    ],
    [
      'an annotation without a line',
      'POST',
      `${HOME}/check-runs`,
      {
        name: 'x',
        head_sha: SHA,
        output: {
          title: 't',
          summary: 's',
          annotations: [{ path: 'a', annotation_level: 'notice', message: 'm' }],
        },
      },
      /start_line/,
    ],
    ['an operation that does not exist', 'DELETE', `${HOME}/pulls/7`, undefined, /no operation/],
  ])('takes note of %s', async (_, method, path, body, says) => {
    const { status } = await call(method, path, body)
    expect(double.violations()).toEqual(expect.arrayContaining([expect.stringMatching(says)]))
    expect(status).toBeGreaterThanOrEqual(400)
  })

  test('takes note of a GraphQL query that GitHub’s schema does not allow', async () => {
    await call('POST', '/graphql', { query: '{ viewer { secret } }' })
    expect(double.violations()).toEqual([expect.stringMatching(/^graphql: Cannot query field/)])
  })

  test('takes note of an answer of its own that GitHub would not give', async () => {
    const row = addComment(double.state, { pull: 7, body: 'x' })
    Object.assign(row, { createdAt: 'yesterday' })
    await call('GET', `${HOME}/issues/7/comments`)
    expect(double.violations()).toEqual([expect.stringMatching(/created_at/)])
    double.state.comments.pop()
  })

  test.each<[string, string, string, unknown, number]>([
    ['ghs_reader', 'POST', `${HOME}/issues/7/comments`, { body: 'x' }, 403],
    ['ghs_reader', 'GET', `${HOME}/issues/7/comments`, undefined, 200],
    ['ghs_nothing', 'GET', `${HOME}/actions/caches`, undefined, 403],
    ['ghs_writer', 'POST', `${HOME}/check-runs`, { name: 'x', head_sha: SHA }, 201],
    ['ghs_reader', 'POST', `${HOME}/check-runs`, { name: 'x', head_sha: SHA }, 403],
    ['nobody', 'GET', `${HOME}/pulls/7`, undefined, 401],
    ['ghs_writer', 'GET', '/repos/octocat/other/pulls/7', undefined, 404],
  ])('lets %s %s %s as its rights are', async (token, method, path, body, status) => {
    expect((await call(method, path, body, token)).status).toBe(status)
    expect(double.violations()).toEqual([])
  })
})

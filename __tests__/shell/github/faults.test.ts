import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { FailureKind } from '../../../src/core/github/api-failure.ts'
import { SITES } from '../../../src/shell/github/call-sites.ts'
import { openGitHub } from '../../../src/shell/github/open.ts'
import type { ApiResult, Artifact, CheckRun, GitHub } from '../../../src/shell/github/ports.ts'
import type { Goes } from '../../doubles/github/fault.ts'
import { type GitHubDouble, startGitHub } from '../../doubles/github/server.ts'
import {
  ACTIONS_BOT,
  addArtifact,
  addComment,
  addPull,
  newState,
  type State,
} from '../../doubles/github/state.ts'
import { fakeTiming } from '../../doubles/timing.ts'

const HEAD = 'a'.repeat(40)
const CHECK: CheckRun = {
  name: 'perf',
  headSha: HEAD,
  conclusion: 'neutral',
  title: 'title',
  summary: 'summary',
  annotations: [],
}
const ARTIFACT = {
  id: 2,
  name: 'perf-verdict',
  sizeBytes: 3,
  expired: false,
  createdAt: '',
} satisfies Artifact
const START = 1_800_000_000

/** A repository in which every call site has something to find. */
function furnished(): State {
  const state = newState()
  addPull(state, { number: 7, headSha: HEAD })
  state.nextId = 1
  addComment(state, { pull: 7, body: 'ours', author: ACTIONS_BOT })
  const createdAt = '2026-01-01T00:00:00Z'
  addArtifact(state, {
    name: 'perf-verdict',
    runId: 9,
    createdAt,
    bytes: new Uint8Array([1, 2, 3]),
    expired: false,
  })
  state.checks.push({
    id: 3,
    headSha: HEAD,
    name: 'perf',
    status: 'completed',
    conclusion: 'neutral',
    title: '',
    summary: '',
    annotations: [],
  })
  state.git.trees.set('tree', new Map())
  state.git.commits.set(HEAD, { tree: 'tree', parents: [], message: 'x' })
  state.git.refs.set('refs/heads/data', HEAD)
  state.collaborators.set('octocat', 'write')
  state.issues.push({ number: 5, title: 'x', body: 'x', open: true, labels: ['performance'] })
  state.nextId = 100
  return state
}

let double: GitHubDouble
let stranger: Server
let strangerCalls = 0
let strangerUrl = ''

beforeAll(async () => {
  double = await startGitHub(furnished())
  stranger = createServer((_, response) => {
    strangerCalls++
    response.end('{}')
  })
  await new Promise<void>(resolve => stranger.listen(0, '127.0.0.1', resolve))
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/away`
})
afterAll(async () => {
  await double.close()
  await new Promise(resolve => stranger.close(resolve))
})
beforeEach(() => {
  double.forget()
  strangerCalls = 0
})

/** Every call site: its name in SITES, how it is called, and whether it may be asked twice. */
const CALLS: readonly {
  readonly site: keyof typeof SITES
  readonly path: RegExp
  readonly method: string
  readonly repeats: boolean
  readonly call: (github: GitHub) => Promise<ApiResult<unknown>>
}[] = [
  {
    site: 'readBranch',
    method: 'GET',
    // The ref itself may be missing: then there is no history yet.
    path: /git\/commits/,
    repeats: true,
    call: github => github.branches.read('data', paths => paths),
  },
  {
    site: 'writeBranch',
    method: 'POST',
    path: /git\/trees$/,
    repeats: true,
    call: github => github.branches.edit('data', 'x', async () => ({ ok: true, value: { 'a.txt': 'x' } })),
  },
  {
    site: 'listIssues',
    method: 'GET',
    path: /\/issues$/,
    repeats: true,
    call: github => github.issues.list('performance'),
  },
  {
    site: 'createIssue',
    method: 'POST',
    path: /\/issues$/,
    repeats: false,
    call: github => github.issues.create({ title: 'x', body: 'x', label: 'performance' }),
  },
  {
    site: 'updateIssue',
    method: 'PATCH',
    path: /\/issues\/5$/,
    repeats: true,
    call: github => github.issues.update(5, { body: 'x' }),
  },
  {
    site: 'listEvents',
    method: 'GET',
    path: /issues\/7\/events/,
    repeats: true,
    call: github => github.people.labelled(7, 'perf: accept'),
  },
  {
    site: 'askPermission',
    method: 'GET',
    path: /collaborators\/octocat\/permission/,
    repeats: true,
    call: github => github.people.mayWrite('octocat'),
  },
  { site: 'readPull', method: 'GET', path: /pulls\/7$/, repeats: true, call: github => github.pulls.get(7) },
  {
    site: 'findPull',
    method: 'GET',
    path: /pulls$/,
    repeats: true,
    call: github => github.pulls.from('octocat', 'feature'),
  },
  {
    site: 'listComments',
    method: 'GET',
    path: /issues\/7\/comments/,
    repeats: true,
    call: github => github.comments.list(7),
  },
  {
    site: 'askComments',
    method: 'POST',
    path: /graphql/,
    repeats: true,
    call: github => github.comments.facts(['IC_MQ']),
  },
  {
    site: 'askWordings',
    method: 'POST',
    path: /graphql/,
    repeats: true,
    call: github => github.comments.wordings(['IC_MQ']),
  },
  {
    site: 'findMerged',
    method: 'GET',
    path: /commits\/[0-9a-f]{40}\/pulls$/,
    repeats: true,
    call: github => github.pulls.mergedBy('a'.repeat(40), 'main'),
  },
  {
    site: 'askIssues',
    method: 'POST',
    path: /graphql/,
    repeats: true,
    call: github => github.issues.own(['I_5']),
  },
  {
    site: 'createComment',
    method: 'POST',
    path: /issues\/7\/comments/,
    repeats: false,
    call: github => github.comments.create(7, 'x'),
  },
  {
    site: 'updateComment',
    method: 'PATCH',
    path: /issues\/comments\/1/,
    repeats: false,
    call: github => github.comments.update(1, 'x'),
  },
  {
    site: 'createCheck',
    method: 'POST',
    path: /check-runs$/,
    repeats: true,
    call: github => github.checks.create(CHECK),
  },
  {
    site: 'startCheck',
    method: 'POST',
    path: /check-runs$/,
    repeats: true,
    call: github => github.checks.start(CHECK),
  },
  {
    site: 'completeCheck',
    method: 'PATCH',
    path: /check-runs\/3/,
    repeats: CHECK.annotations.length === 0,
    call: github => github.checks.complete(3, CHECK),
  },
  {
    site: 'appendCheck',
    method: 'PATCH',
    path: /check-runs\/3/,
    repeats: false,
    call: github => github.checks.append(3, CHECK),
  },
  {
    site: 'listArtifacts',
    method: 'GET',
    path: /runs\/9\/artifacts/,
    repeats: true,
    call: github => github.runs.artifacts(9, 'perf-verdict'),
  },
  {
    site: 'downloadArtifact',
    method: 'GET',
    path: /artifacts\/2\/zip/,
    repeats: true,
    call: github => github.runs.download(ARTIFACT, 100),
  },
  {
    site: 'listCaches',
    method: 'GET',
    path: /actions\/caches/,
    repeats: true,
    call: github => github.runs.cacheRefs('k'),
  },
]

/** A fault, how long it lasts, and what must come of it: the kind of failure, and the waits of a call that may be repeated. */
interface Case {
  readonly name: string
  readonly goes: () => Goes
  readonly times: number
  readonly kind: FailureKind
  /** The waits before it succeeds, or gives up when `lasts`. */
  readonly waits: readonly number[]
  readonly lasts?: boolean
}

const status =
  (code: number, message: string, headers: Record<string, string> = {}): (() => Goes) =>
  () => ({
    wrong: 'status',
    status: code,
    headers,
    body: { message, documentation_url: 'https://docs.github.com/rest' },
  })
const body =
  (text: string, type?: string): (() => Goes) =>
  () => ({ wrong: 'body', text, ...(type ? { type } : {}) })
const reset = (seconds: number) => ({
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': String(START + seconds),
})
const SECONDARY = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'

const CASES: readonly Case[] = [
  {
    name: '429 with retry-after',
    goes: status(429, 'slow', { 'retry-after': '7' }),
    times: 1,
    kind: 'limited',
    waits: [7],
  },
  { name: '429 with a reset', goes: status(429, 'slow', reset(30)), times: 1, kind: 'limited', waits: [30] },
  {
    name: '403 at the end of the quota',
    goes: status(403, 'API rate limit exceeded', reset(40)),
    times: 1,
    kind: 'limited',
    waits: [40],
  },
  {
    name: '403 secondary with retry-after',
    goes: status(403, SECONDARY, { 'retry-after': '60' }),
    times: 1,
    kind: 'limited',
    waits: [60],
  },
  { name: '403 secondary without', goes: status(403, SECONDARY), times: 1, kind: 'limited', waits: [60] },
  {
    name: '403 secondary for ever',
    goes: status(403, SECONDARY),
    times: 99,
    kind: 'limited',
    waits: [60, 120],
    lasts: true,
  },
  {
    name: '403 abuse',
    goes: status(403, 'You have triggered an abuse detection mechanism.'),
    times: 1,
    kind: 'limited',
    waits: [60],
  },
  {
    name: '429 for an hour',
    goes: status(429, 'slow', { 'retry-after': '3600' }),
    times: 99,
    kind: 'limited',
    waits: [],
    lasts: true,
  },
  { name: '500', goes: status(500, 'Server Error'), times: 1, kind: 'unavailable', waits: [1] },
  {
    name: '502 page',
    goes: () => ({ wrong: 'body', status: 502, text: '<html>bad gateway</html>', type: 'text/html' }),
    times: 2,
    kind: 'unavailable',
    waits: [1, 2],
  },
  {
    name: '503 for ever',
    goes: status(503, 'down'),
    times: 99,
    kind: 'unavailable',
    waits: [1, 2, 4],
    lasts: true,
  },
  { name: '504', goes: status(504, 'late'), times: 3, kind: 'unavailable', waits: [1, 2, 4] },
  { name: 'a reset connection', goes: () => ({ wrong: 'drop' }), times: 1, kind: 'unavailable', waits: [1] },
  { name: 'an answer cut off', goes: () => ({ wrong: 'cut' }), times: 1, kind: 'unavailable', waits: [1] },
  { name: 'no answer', goes: () => ({ wrong: 'never' }), times: 1, kind: 'unavailable', waits: [1] },
  {
    name: 'an answer byte by byte',
    goes: () => ({ wrong: 'drip' }),
    times: 1,
    kind: 'unavailable',
    waits: [1],
  },
  { name: 'cut JSON', goes: body('[{"id": 1, "bo'), times: 1, kind: 'garbled', waits: [1] },
  {
    name: 'a page of HTML',
    goes: body('<!doctype html><title>login</title>', 'text/html'),
    times: 1,
    kind: 'garbled',
    waits: [1],
  },
  { name: 'nothing', goes: body(''), times: 1, kind: 'garbled', waits: [1] },
  {
    name: 'other types',
    goes: body('{"number":"seven","id":[],"artifacts":{},"data":{"nodes":3}}'),
    times: 1,
    kind: 'garbled',
    waits: [1],
  },
  { name: 'null', goes: body('null'), times: 99, kind: 'garbled', waits: [1, 2, 4], lasts: true },
  { name: 'a bomb of gzip', goes: () => ({ wrong: 'bomb' }), times: 1, kind: 'garbled', waits: [1] },
  {
    name: '401',
    goes: status(401, 'Bad credentials'),
    times: 99,
    kind: 'credentials',
    waits: [],
    lasts: true,
  },
  {
    name: '403 integration',
    goes: status(403, 'Resource not accessible by integration'),
    times: 99,
    kind: 'permission',
    waits: [],
    lasts: true,
  },
  {
    name: '403 single sign-on',
    goes: status(403, 'Resource protected by organization SAML enforcement.'),
    times: 99,
    kind: 'permission',
    waits: [],
    lasts: true,
  },
  { name: '404', goes: status(404, 'Not Found'), times: 99, kind: 'missing', waits: [], lasts: true },
  { name: '410', goes: status(410, 'Gone'), times: 99, kind: 'missing', waits: [], lasts: true },
  { name: '409', goes: status(409, 'Conflict'), times: 99, kind: 'rejected', waits: [], lasts: true },
  {
    name: '422',
    goes: status(422, 'Validation Failed'),
    times: 99,
    kind: 'rejected',
    waits: [],
    lasts: true,
  },
  {
    name: '451',
    goes: status(451, 'Unavailable For Legal Reasons'),
    times: 99,
    kind: 'rejected',
    waits: [],
    lasts: true,
  },
]

describe('every call site under every fault', () => {
  const pairs = CALLS.flatMap(call => CASES.map(one => ({ call, one, title: `${call.site}: ${one.name}` })))

  test(`there are ${pairs.length} pairs, and no call site is left out`, () => {
    expect(pairs.length).toBeGreaterThanOrEqual(150)
    expect(new Set(CALLS.map(call => call.site))).toEqual(new Set(Object.keys(SITES)))
  })

  const silent = (one: Case) => ['never', 'drip'].includes(one.goes().wrong)
  async function judge(call: (typeof CALLS)[number], one: Case, at: GitHubDouble): Promise<void> {
    at.fail({ method: call.method, path: call.path, times: one.times, goes: one.goes() })
    const timing = fakeTiming(START)
    const github = await openGitHub({
      token: 'ghs_writer',
      repository: 'octocat/hello-world',
      env: { GITHUB_API_URL: at.url },
      timing,
      timeoutSeconds: silent(one) ? 3 : 20,
    })
    const answer = await call.call(github)
    const recovers = call.repeats && !one.lasts
    expect(answer.ok ? 'recovered' : answer.fault.kind).toBe(recovers ? 'recovered' : one.kind)
    // Beside other work of the machine an answer may be late itself, and is waited for once more.
    const slept = silent(one) && call.repeats ? timing.slept.slice(0, one.waits.length) : timing.slept
    expect(slept).toEqual(call.repeats ? one.waits : [])
    if (!answer.ok) {
      const { sentence } = answer.fault
      expect(sentence).toContain(SITES[call.site].what)
      expect(sentence).toMatch(/^Could not .*\.$/)
      expect(sentence).not.toMatch(/ghs_|<html|https:\/\/docs/)
      if (one.name === '403 integration') expect(sentence).toContain(SITES[call.site].permission)
    }
    expect(at.violations()).toEqual([])
  }

  test.each(pairs.filter(({ one }) => !silent(one)))('$title', async ({ call, one }) => {
    await judge(call, one, double)
  })

  // Side by side, because each takes as long as the time limit.
  test.each(CASES.filter(silent))('every call site: $name', async one => {
    await Promise.all(
      CALLS.map(async call => {
        const own = await startGitHub(furnished())
        await judge(call, one, own).finally(own.close)
      }),
    )
  })
})

describe('redirects', () => {
  const redirects = CALLS.filter(call => call.site !== 'downloadArtifact')
  test.each(redirects)('$site is not followed to another host, and the token stays here', async call => {
    double.fail({
      method: call.method,
      path: call.path,
      times: 9,
      goes: { wrong: 'redirect', to: strangerUrl },
    })
    const env = { GITHUB_API_URL: double.url }
    const github = await openGitHub({
      token: 'ghs_writer',
      repository: 'octocat/hello-world',
      env,
      timing: fakeTiming(),
    })
    const answer = await call.call(github)
    expect(answer.ok ? '' : answer.fault.kind).toBe('redirected')
    expect(strangerCalls).toBe(0)
  })

  test.each(redirects)('$site is followed within the same host', async call => {
    const to = `${double.url}${call.path.source.includes('graphql') ? '/graphql' : ''}`
    double.fail({
      method: call.method,
      path: call.path,
      goes: { wrong: 'redirect', status: 307, to: `${to}/moved` },
    })
    const env = { GITHUB_API_URL: double.url }
    const github = await openGitHub({
      token: 'ghs_writer',
      repository: 'octocat/hello-world',
      env,
      timing: fakeTiming(),
    })
    await call.call(github)
    expect(double.calls.at(-1)?.path).toMatch(/\/moved$/)
    expect(double.calls.at(-1)?.method).toBe(call.method)
  })

  test('of an artifact leads to the storage, without the token', async () => {
    const env = { GITHUB_API_URL: double.url }
    const github = await openGitHub({ token: 'ghs_writer', repository: 'octocat/hello-world', env })
    const answer = await github.runs.download(ARTIFACT, 100)
    expect(answer).toMatchObject({ ok: true, value: new Uint8Array([1, 2, 3]) })
    expect(double.calls.map(call => call.token)).toEqual(['ghs_writer', ''])
  })

  test('of an artifact larger than allowed is cut off', async () => {
    const env = { GITHUB_API_URL: double.url }
    const github = await openGitHub({
      token: 'ghs_writer',
      repository: 'octocat/hello-world',
      env,
      timing: fakeTiming(),
    })
    expect(await github.runs.download(ARTIFACT, 2)).toMatchObject({ ok: false, fault: { kind: 'garbled' } })
  })
})

describe('GitHub Enterprise Server', () => {
  test('is found by GITHUB_API_URL, with GraphQL beside /api/v3', async () => {
    const enterprise = await startGitHub(newState(), '/api/v3')
    try {
      addPull(enterprise.state, { number: 7, headSha: HEAD })
      const env = { GITHUB_API_URL: enterprise.url }
      const github = await openGitHub({
        token: 'ghs_writer',
        repository: 'octocat/hello-world',
        env,
        timing: fakeTiming(),
      })
      expect(await github.pulls.get(7)).toMatchObject({ ok: true, value: { headSha: HEAD } })
      await github.comments.facts(['x'])
      expect(enterprise.calls.at(-1)?.path).toBe('/api/graphql')
    } finally {
      await enterprise.close()
    }
  })

  test('gets no token by a GraphQL address of another host', async () => {
    const env = { GITHUB_API_URL: double.url, GITHUB_GRAPHQL_URL: strangerUrl }
    const github = await openGitHub({ token: 'ghs_writer', repository: 'octocat/hello-world', env })
    expect((await github.comments.facts(['x'])).ok).toBe(true)
    expect(strangerCalls).toBe(0)
  })
})

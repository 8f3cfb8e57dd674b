import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createSign, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Tells a report on a GitHub that is not our double: Vercel Labs' emulate, written by others from GitHub's documentation. It
 * is no dependency of ours; say where it is: `npm i --no-save --prefix DIR emulate@0.12.2`, then
 * `node scripts/second-backend.mjs DIR`. It knows neither GraphQL nor caches, so that the fallbacks are what is seen here.
 */
const folder = process.argv[2]
if (!folder) {
  console.error(
    'Say where emulate is: npm i --no-save --prefix DIR emulate@0.12.2 && node scripts/second-backend.mjs DIR',
  )
  process.exit(2)
}
const api = join(resolve(folder), 'node_modules', 'emulate', 'dist', 'api.js')
const { createEmulator } = await import(pathToFileURL(api).href)

const REPOSITORY = 'octocat/hello-world'
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
// The token of a job is one of the app github-actions, which is what makes its comments those of github-actions[bot].
const app = {
  app_id: 15368,
  slug: 'github-actions',
  name: 'GitHub Actions',
  private_key: privateKey,
  permissions: { issues: 'write', pull_requests: 'write', checks: 'write', contents: 'read' },
  events: [],
  installations: [{ installation_id: 100, account: 'octocat', repository_selection: 'all' }],
}
const seed = {
  tokens: { ghp_octocat: { login: 'octocat', scopes: ['repo'] } },
  github: {
    users: [{ login: 'octocat' }],
    repos: [{ owner: 'octocat', name: 'hello-world', auto_init: true }],
    apps: [app],
  },
}
const github = await createEmulator({ service: 'github', port: 4193, seed })
const root = mkdtempSync(join(tmpdir(), 'pv-second-'))
try {
  const { head, base } = await openPull()
  const writer = await tokenWith(app.permissions)
  const reader = await tokenWith({ issues: 'read', pull_requests: 'read', checks: 'read' })
  report(head, base)

  const first = await run(head, base, writer)
  assert.equal(first.status, 0, first.stdout)
  assert.deepEqual(
    (await comments()).map(one => one.user.login),
    ['github-actions[bot]'],
  )
  console.log('ok the comment is written by the bot of the token')

  report(head, base, 'a note that was not there before')
  assert.equal((await run(head, base, writer)).status, 0)
  assert.equal((await comments()).length, 1)
  console.log('ok the same comment is brought up to date')

  const checks = await call('GET', `/repos/${REPOSITORY}/commits/${head}/check-runs`)
  assert.deepEqual([...new Set(checks.check_runs.map(one => one.conclusion))], ['success'])
  console.log('ok the check is written')

  const refused = await run(head, base, reader)
  assert.equal(refused.status, 0)
  assert.match(refused.stdout, /403/)
  assert.equal((await comments()).length, 1)
  console.log('ok a token that may only read changes no verdict')
} finally {
  await github.close()
  rmSync(root, { recursive: true, force: true })
}

/** Runs the bundle as the runner does, to tell the report of one shard. */
function run(head, base, token) {
  const repo = { id: 1, full_name: REPOSITORY }
  const pull = { number: 1, state: 'open', head: { sha: head, repo }, base: { ref: 'main', sha: base, repo } }
  const files = ['ENV', 'PATH', 'OUTPUT', 'STATE', 'STEP_SUMMARY'].map(name => {
    writeFileSync(join(root, name), '')
    return [`GITHUB_${name}`, join(root, name)]
  })
  writeFileSync(join(root, 'event.json'), JSON.stringify({ action: 'opened', number: 1, pull_request: pull }))
  const env = {
    ...Object.fromEntries(files),
    PATH: process.env.PATH,
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: join(root, 'event.json'),
    GITHUB_WORKSPACE: root,
    INPUT_COMMAND: 'merge',
    INPUT_REPORTS: 'shards',
    INPUT_CHECK: 'true',
    'INPUT_GITHUB-TOKEN': token,
  }
  const main = new URL('../dist/main.js', import.meta.url).pathname
  const child = spawn(process.execPath, [main], { env, cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise(resolve => {
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text
    })
    child.on('close', status => resolve({ status, stdout }))
  })
}

/** Leaves the report of the one shard. */
function report(head, base, note = 'a note') {
  const row = {
    name: 'parse',
    unit: 's',
    threshold: 0.05,
    better: 'lower',
    metric: 'time',
    decision: 'unchanged',
    rounds: 0,
  }
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const whole = {
    schema: 1,
    verdict: 'pass',
    sentence: '',
    tool: { name: 'perf-verdict', version },
    base: { sha: base },
    head: { sha: head },
    shard: { index: 1, of: 1 },
    seed: 1,
    alpha: 0.01,
    startedAt: '2026-01-01T00:00:00Z',
    seconds: 1,
    limitations: [],
    notes: [note],
    errors: [],
    machine: {},
    host: { knobs: [], isolation: 'none' },
    benchmarks: [row, { ...row, name: 'render', decision: 'faster', reason: note }],
  }
  mkdirSync(join(root, 'shards', 'one'), { recursive: true })
  writeFileSync(join(root, 'shards', 'one', 'report.json'), JSON.stringify(whole))
}

async function openPull() {
  const { commit } = await call('GET', `/repos/${REPOSITORY}/branches/main`)
  const file = { path: 'a.c', mode: '100644', type: 'blob', content: 'int a;\n' }
  const tree = await call('POST', `/repos/${REPOSITORY}/git/trees`, { tree: [file] })
  const body = { message: 'Change', tree: tree.sha, parents: [commit.sha] }
  const { sha } = await call('POST', `/repos/${REPOSITORY}/git/commits`, body)
  await call('POST', `/repos/${REPOSITORY}/git/refs`, { ref: 'refs/heads/feature', sha })
  await call('POST', `/repos/${REPOSITORY}/pulls`, { title: 'Change', head: 'feature', base: 'main' })
  return { head: sha, base: commit.sha }
}

async function tokenWith(permissions) {
  const part = value => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 10, exp: now + 300, iss: '15368' })}`
  const jwt = `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`
  const { token } = await call('POST', '/app/installations/100/access_tokens', { permissions }, jwt)
  return token
}

function comments() {
  return call('GET', `/repos/${REPOSITORY}/issues/1/comments`)
}

async function call(method, path, body, token = 'ghp_octocat') {
  const response = await fetch(github.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`)
  return JSON.parse(text)
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Fault, goWrong } from './fault.ts'
import { answerQuery } from './graphql.ts'
import { answerCall, type Reply, refusal } from './handlers.ts'
import { findOperation } from './openapi.ts'
import { type Identity, isAllowed, permissionFor, TOKENS } from './rights.ts'
import { newState, type State } from './state.ts'

/** One call that reached the double. */
export interface CallRecord {
  readonly method: string
  readonly path: string
  readonly operation: string
  readonly token: string
  readonly body: unknown
  status: number
  /** What was wrong by GitHub's own description, with the request or with the double's answer. */
  readonly violations: string[]
}

/** A stand-in for GitHub's API: state, rights, validation of every call, and faults on demand. */
export interface GitHubDouble {
  readonly url: string
  readonly state: State
  readonly calls: readonly CallRecord[]
  /** Every violation of every call so far. */
  violations(): readonly string[]
  fail(fault: Fault): void
  /** Forgets calls and faults. */
  forget(): void
  close(): Promise<void>
}

/** Starts the double on a free port of the loopback interface. */
export async function startGitHub(state: State = newState(), prefix = ''): Promise<GitHubDouble> {
  const calls: CallRecord[] = []
  const faults: { fault: Fault; left: number }[] = []
  const server = createServer((request, response) => {
    handle(request, response).catch(error => {
      calls.push({ ...blank(request), violations: [`the double broke: ${error}`] })
      response.destroy()
    })
  })
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const path = url.pathname.startsWith(prefix)
      ? url.pathname.slice(prefix.length)
      : // Beside /api/v3 on GitHub Enterprise Server.
        url.pathname === '/api/graphql'
        ? '/graphql'
        : `/outside${url.pathname}`
    const record = blank(request)
    calls.push(record)
    const due = faults.find(
      one =>
        one.left > 0 && (one.fault.method ?? request.method) === request.method && one.fault.path.test(path),
    )
    if (due) {
      due.left--
      if (await goWrong(due.fault.goes, request, response)) return
    }
    const { reply, operation, body } = await answer(path, url, Buffer.concat(chunks), record)
    Object.assign(record, { operation, body, status: reply.status })
    send(response, reply)
  }
  async function answer(path: string, url: URL, raw: Buffer, record: CallRecord) {
    const body = raw.length === 0 ? undefined : (JSON.parse(raw.toString('utf8')) as unknown)
    if (path.startsWith('/__storage/')) return { reply: storage(path, record), operation: 'storage', body }
    const who = TOKENS[record.token]
    if (!who) return { reply: refusal(401, 'Bad credentials'), operation: '', body }
    if (path === '/graphql') {
      const result = await answerQuery(body as { query: string }, state, who)
      record.violations.push(...(result.errors ?? []).map(error => `graphql: ${error.message}`))
      return { reply: { status: 200, body: result }, operation: 'graphql', body }
    }
    return { ...call(path, url, body, { who, record }), body }
  }
  function call(
    path: string,
    url: URL,
    body: unknown,
    { who, record }: { who: Identity; record: CallRecord },
  ) {
    const operation = findOperation(record.method, path)
    if (!operation) {
      record.violations.push(`${record.method} ${path} is no operation of GitHub's`)
      return { reply: refusal(404, 'Not Found'), operation: '' }
    }
    if (!isAllowed(who, operation.id)) {
      const needed = permissionFor(operation.id)!
      const headers = {
        'x-accepted-github-permissions': `${needed.permission.replace('-', '_')}=${needed.level}`,
      }
      return {
        reply: refusal(403, 'Resource not accessible by integration', headers),
        operation: operation.id,
      }
    }
    const faultsFound = operation.faultsOfRequest(url.searchParams, body)
    record.violations.push(...faultsFound.map(fault => `${operation.id}: ${fault}`))
    if (faultsFound.length > 0) return { reply: refusal(422, 'Validation Failed'), operation: operation.id }
    const request = {
      path: operation.path,
      url,
      body: (body ?? {}) as Readonly<Record<string, unknown>>,
      who,
    }
    const reply = answerCall(operation.id, request, state)
    const wrong = operation.faultsOfAnswer(reply.status, reply.body)
    record.violations.push(...wrong.map(fault => `${operation.id}: ${fault}`))
    return { reply, operation: operation.id }
  }
  function storage(path: string, record: CallRecord): Reply {
    if (record.token !== '') record.violations.push('the token was sent to the storage')
    const row = state.artifacts.find(one => one.id === Number(path.split('/').at(-1)))
    return row ? { status: 200, body: row.bytes } : { status: 404 }
  }
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`,
    state,
    calls,
    violations: () => calls.flatMap(one => one.violations),
    fail: fault => faults.push({ fault, left: fault.times ?? 1 }),
    forget: () => {
      calls.length = 0
      faults.length = 0
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function blank(request: IncomingMessage): CallRecord {
  const token = (request.headers.authorization ?? '').replace(/^(token|bearer) /i, '')
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    operation: '',
    token,
    body: undefined,
    status: 0,
    violations: [],
  }
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  const bytes = body instanceof Uint8Array
  response.writeHead(status, {
    'content-type': bytes ? 'application/zip' : 'application/json; charset=utf-8',
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '990',
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600),
    ...headers,
  })
  response.end(body === undefined ? undefined : bytes ? body : JSON.stringify(body))
}

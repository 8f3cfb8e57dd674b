import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Fault, goWrong } from '../github/fault.ts'
import { type CacheEntry, type CacheStore, failure, METHODS } from './service.ts'
import { readToken, sign } from './token.ts'

/** A stand-in for the runner's cache service with the storage behind it. */
export interface CacheDouble {
  readonly url: string
  readonly entries: CacheEntry[]
  readonly blobs: Map<string, Buffer>
  /** `POST CreateCacheEntry`, `PUT blob` and so on. */
  readonly calls: string[]
  fail(fault: Fault): void
  forget(): void
  close(): Promise<void>
}

const TWIRP = '/twirp/github.actions.results.api.v1.CacheService/'

/** Starts the double on a free port of the loopback interface. */
export async function startCache(): Promise<CacheDouble> {
  const entries: CacheEntry[] = []
  const blobs = new Map<string, Buffer>()
  const blocks = new Map<string, Buffer>()
  const calls: string[] = []
  const faults: { fault: Fault; left: number }[] = []
  const server = createServer((request, response) => {
    handle(request, response).catch(error => response.writeHead(500).end(String(error)))
  })
  const store: CacheStore = {
    entries,
    sizeOf: blob => blobs.get(blob)?.length,
    addressOf: (blob, right) => `${address()}/blobs/${blob}?sp=${right}&sig=${sign(blob + right)}`,
  }
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks)
    const url = new URL(request.url ?? '/', address())
    const method = url.pathname.startsWith(TWIRP) ? url.pathname.slice(TWIRP.length) : 'blob'
    calls.push(`${request.method} ${method}`)
    const due = faults.find(one => one.left > 0 && one.fault.path.test(url.pathname))
    if (due) {
      due.left--
      if (await goWrong(due.fault.goes, request, response)) return
    }
    if (method === 'blob') return storage({ request, response, url, raw })
    const scopes = readToken(request.headers.authorization)
    const { status, body } = !scopes
      ? failure(401, 'unauthenticated', 'bad runtime token')
      : (METHODS[method]?.(JSON.parse(raw.toString('utf8')), scopes, store) ??
        failure(404, 'bad_route', method))
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  /** The few calls of Azure's block blobs that the toolkit makes. */
  function storage(of: { request: IncomingMessage; response: ServerResponse; url: URL; raw: Buffer }): void {
    const { request, response, url, raw } = of
    const blob = url.pathname.replace('/blobs/', '')
    const right = request.method === 'PUT' ? 'w' : 'r'
    if (url.searchParams.get('sig') !== sign(blob + right)) {
      response.writeHead(403, { 'x-ms-error-code': 'AuthenticationFailed' }).end()
      return
    }
    if (request.method === 'PUT') {
      const block = url.searchParams.get('blockid')
      const part = url.searchParams.get('comp')
      if (part === 'block') blocks.set(`${blob} ${block}`, raw)
      else if (part === 'blocklist') {
        const ids = [...raw.toString('utf8').matchAll(/<(?:Latest|Uncommitted)>([^<]+)</g)].map(
          match => match[1],
        )
        blobs.set(blob, Buffer.concat(ids.map(id => blocks.get(`${blob} ${id}`) ?? Buffer.alloc(0))))
      } else blobs.set(blob, raw)
      response
        .writeHead(201, { etag: '"1"', 'x-ms-request-id': '1', 'last-modified': new Date().toUTCString() })
        .end()
      return
    }
    const content = blobs.get(blob)
    if (!content) response.writeHead(404, { 'x-ms-error-code': 'BlobNotFound' }).end()
    else
      response
        .writeHead(200, { 'content-length': content.length })
        .end(request.method === 'HEAD' ? undefined : content)
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${address()}/`,
    entries,
    blobs,
    calls,
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

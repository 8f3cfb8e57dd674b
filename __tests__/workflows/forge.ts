import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Git repositories over HTTP on the loopback interface. */
export interface Forge {
  /** Its address by a name that ends in `.localhost`, as the cache's client wants it of a server that is not GitHub's. */
  readonly url: string
  close(): Promise<void>
}

/** Serves every `OWNER/NAME.git` below a folder by git's own http-backend(1). */
export async function startForge(root: string): Promise<Forge> {
  const server = createServer((request, response) => {
    serve(root, request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://forge.localhost:${port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** CGI (RFC 3875), as far as http-backend needs it. */
async function serve(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://forge')
  const { 'content-encoding': encoding, 'content-type': type, 'git-protocol': protocol } = request.headers
  const child = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      // The repositories are the test's own, whoever runs it.
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      REQUEST_METHOD: request.method,
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      ...(type !== undefined && { CONTENT_TYPE: type }),
      ...(encoding !== undefined && { HTTP_CONTENT_ENCODING: encoding }),
      ...(typeof protocol === 'string' && { GIT_PROTOCOL: protocol }),
    },
  })
  request.pipe(child.stdin)
  child.stdin.on('error', () => {})
  const chunks: Buffer[] = []
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer)
  const answer = Buffer.concat(chunks)
  const end = answer.indexOf('\r\n\r\n')
  const headers = answer
    .subarray(0, end)
    .toString('latin1')
    .split('\r\n')
    .map(line => /^([^:]+):\s*(.*)$/.exec(line))
  for (const header of headers) {
    if (!header) continue
    if (header[1]!.toLowerCase() === 'status') response.statusCode = Number.parseInt(header[2]!, 10)
    else response.setHeader(header[1]!, header[2]!)
  }
  response.end(answer.subarray(end + 4))
}

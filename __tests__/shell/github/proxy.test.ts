import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, jest, test } from '@jest/globals'
import { openGitHub } from '../../../src/shell/github/open.ts'
import { type GitHubDouble, startGitHub } from '../../doubles/github/server.ts'
import { addPull, newState } from '../../doubles/github/state.ts'
import { fakeTiming } from '../../doubles/timing.ts'

let double: GitHubDouble | undefined
let proxy: Server | undefined
const NAMES = ['http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY', 'GITHUB_API_URL'] as const
const before = Object.fromEntries(NAMES.map(name => [name, process.env[name]]))

afterEach(async () => {
  for (const name of NAMES) {
    if (before[name] === undefined) delete process.env[name]
    else process.env[name] = before[name]
  }
  await double?.close()
  proxy?.closeAllConnections()
  await new Promise(resolve => (proxy ? proxy.close(resolve) : resolve(undefined)))
})

/** A proxy that tunnels whatever it is asked for to the double, and remembers for whom. */
async function startProxy(
  port: number,
): Promise<{ readonly url: string; readonly asked: readonly string[] }> {
  const asked: string[] = []
  proxy = createServer()
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  await new Promise<void>(resolve => proxy!.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked }
}

test.each([
  ['is used', '', true],
  ['is not used for what no_proxy names', 'github.example.test', false],
])('the runner’s proxy %s', async (_, noProxy, used) => {
  double = await startGitHub(newState())
  addPull(double.state, { number: 7, headSha: 'a'.repeat(40) })
  const port = Number(new URL(double.url).port)
  const { url, asked } = await startProxy(port)
  process.env.http_proxy = url
  delete process.env.HTTP_PROXY
  process.env.no_proxy = noProxy
  delete process.env.NO_PROXY
  // The toolkit looks for a proxy when it is loaded, for the address in the environment.
  process.env.GITHUB_API_URL = `http://github.example.test:${port}`
  jest.resetModules()
  const github = await openGitHub({
    token: 'ghs_writer',
    repository: 'octocat/hello-world',
    env: process.env,
    timing: fakeTiming(),
  })
  const answer = await github.pulls.get(7)
  expect(answer.ok).toBe(used)
  expect(asked).toEqual(used ? [`github.example.test:${port}`] : [])
})

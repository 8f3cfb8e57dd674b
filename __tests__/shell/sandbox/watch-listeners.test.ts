import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ListenOptions } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { watchListeners } from '../../../src/shell/sandbox/watch-listeners.ts'
import { hasTool } from '../../doubles/programs.ts'

const own = process.getuid!()
const name = () => `pv-listeners-${process.pid}-${Math.random().toString(36).slice(2)}`

let child: ChildProcess | undefined
afterEach(async () => {
  if (!child) return
  child.kill('SIGKILL')
  await once(child, 'exit')
  child = undefined
})

/** A process below ours, as those of a build are, that listens. */
async function listenBelow(at: ListenOptions): Promise<void> {
  const program = `require('net').createServer().listen(${JSON.stringify(at)}, () => console.log('there'))`
  child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout!, 'data')
}

test('an abstract socket at which a process below ours begins to listen is met', async () => {
  const watch = watchListeners([own])
  const path = name()
  await listenBelow({ path: `\0${path}` })
  expect(watch.end()).toBe(`the socket @${path}`)
})

test('an abstract socket that a process below ours gives a name to take datagrams at is met, and one that the kernel names is not', async () => {
  const path = name()
  const bind = async (address: string) => {
    const program = `import socket, time; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(${address}); print('there', flush=True); time.sleep(60)`
    child = spawn('python3', ['-c', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout!, 'data')
  }
  if (!hasTool('python3')) return void process.stdout.write('skipped: sockets for datagrams take python3\n')
  const [named, unnamed] = [watchListeners([own]), watchListeners([own])]
  await bind("''")
  expect(unnamed.end()).toBeUndefined()
  child!.kill('SIGKILL')
  await once(child!, 'exit')
  await bind(`b'\\0${path}'`)
  expect(named.end()).toBe(`the socket @${path}`)
})

test('a port at which a process below ours begins to listen is met, where it is of one of the users', async () => {
  const [ours, others] = [watchListeners([own]), watchListeners([own + 1])]
  await listenBelow({ port: 0, host: '127.0.0.1' })
  expect([ours.end(), others.end()]).toEqual([expect.stringMatching(/^tcp port \d+$/), undefined])
})

test.each([
  ['a socket', { path: `\0${name()}` }],
  ['a port', { port: 0, host: '127.0.0.1' }],
])(
  "%s of a process that is not below ours, as another gate's turn on this machine, is none of a build",
  async (_, at) => {
    const watch = watchListeners([own])
    const server = createServer().listen(at)
    try {
      await once(server, 'listening')
      expect(watch.end()).toBeUndefined()
    } finally {
      server.close()
    }
  },
)

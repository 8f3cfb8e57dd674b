import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ListenOptions } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { watchListeners } from '../../../src/shell/sandbox/watch-listeners.ts'

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

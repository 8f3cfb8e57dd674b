import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Turn, takeTurn } from '../../../src/shell/machine/turn.ts'

let name: string
let lines: string[]
const turns: Turn[] = []
beforeEach(() => {
  name = `pv-test-${randomUUID()}`
  lines = []
})
afterEach(async () => {
  for (const turn of turns.splice(0)) await turn.end()
})

const log = {
  line: (text: string) => void lines.push(text),
  warn: (text: string) => void lines.push(text),
  group: async <T>(_: string, work: () => Promise<T>) => await work(),
}

async function take(patienceSeconds = 100): Promise<Turn> {
  const turn = await takeTurn({ name, log, patienceSeconds })
  turns.push(turn)
  return turn
}

test('is had at once when nobody measures, and can be had again', async () => {
  for (let round = 0; round < 3; round++) await (await take()).end()
  expect(lines).toEqual([])
})

test('is never had by two at once, and by each in the end', async () => {
  let measuring = 0
  let most = 0
  let done = 0
  const one = async () => {
    const turn = await take()
    measuring += 1
    most = Math.max(most, measuring)
    await new Promise(resolve => setTimeout(resolve, 20))
    measuring -= 1
    done += 1
    await turn.end()
  }
  await Promise.all([one(), one(), one(), one(), one()])
  expect([most, done]).toEqual([1, 5])
})

test('says for whom it waits, and goes on when that one lets go', async () => {
  const first = await take()
  const second = take()
  while (lines.length === 0) await new Promise(resolve => setTimeout(resolve, 10))
  expect(lines[0]).toMatch(
    new RegExp(`^Waiting for process ${process.pid} of .+ since .+ UTC, .*\\(\\d+ s so far\\)`),
  )
  await first.end()
  await second
})

test('is free again when its holder is killed', async () => {
  const script = `require('net').createServer(s=>s.on('error',()=>{})).listen({path:'\\0${name}'},()=>console.log('held'))`
  const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(holder.stdout, 'data')
  const waiting = take()
  await new Promise(resolve => setTimeout(resolve, 200))
  holder.kill('SIGKILL')
  await waiting
})

test.each([
  ['says nothing', () => {}],
  [
    'says something else',
    (say: (text: string) => void) => say('process 1 of x since 00:00:00 UTC\n::error::foreign\n'),
  ],
  ['floods', (say: (text: string) => void) => say('x'.repeat(1_000_000))],
])(
  'is given up after its patience when the holder %s, with an error and no measurement',
  async (_, speak) => {
    const holder = createServer(client => {
      client.on('error', () => {})
      speak(text => void client.write(text))
    })
    holder.listen({ path: `\0${name}` })
    await once(holder, 'listening')
    await expect(take(0.5)).rejects.toMatchObject({
      name: 'CommandError',
      message: expect.stringContaining('another gate'),
    })
    expect(lines).toEqual([expect.stringMatching(/^Waiting for another gate, /)])
    holder.close()
  },
)

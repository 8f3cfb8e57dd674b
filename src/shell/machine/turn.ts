import { once } from 'node:events'
import { createConnection, createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HoldGap } from '../../core/machine/hold-gap.ts'
import { CommandError } from '../../core/model/errors.ts'
import type { LogPort } from '../ports/ports.ts'
import { ownUserName } from './own-user.ts'

/** This process's turn to measure on this machine. */
export interface Turn {
  /** Set where there is no such lock, so that another gate may measure at the same time. */
  readonly gap?: HoldGap
  /** Lets the next one measure. */
  end(): Promise<void>
}

/** Whose turn is waited for, in whose log, and for how long. */
export interface TurnRequest {
  /** Tells machines apart, which only tests need. */
  readonly name: string
  readonly log: LogPort
  readonly patienceSeconds: number
}

const WORD_SECONDS = 10
/** Two that both find nobody there ask again after this long at most. */
const RETRY_MILLISECONDS = 200
const WHO_LIMIT = 200

/**
 * Waits until no other gate measures on this machine, whoever started it. The lock is the name of an abstract unix socket (unix(7)): one
 * process at a time can hold it, any user can ask for it, no file is left behind, and the kernel frees it when the process ends, however
 * it ends. It excludes everybody in one network namespace, and so no container with a network of its own. Nobody can be kept from
 * taking the name without measuring: then the wait ends with an error, and never with a second measurement. A connection to the holder
 * tells who it is, and its end wakes whoever waits, so that waiting costs the measurement nothing.
 */
export async function takeTurn({ name, log, patienceSeconds }: TurnRequest): Promise<Turn> {
  const path = `\0${name}`
  const started = performance.now()
  const waited = () => (performance.now() - started) / 1000
  for (let said = -WORD_SECONDS; ; ) {
    const bound = await bind(path)
    if (bound.kind === 'bound') return { end: () => unbind(bound.server) }
    if (bound.kind === 'impossible')
      return { end: async () => {}, gap: { kind: 'unlocked', code: bound.code } }
    if (waited() >= patienceSeconds) throw tooLong(waited())
    const until = Math.min(patienceSeconds, Math.max(waited(), said + WORD_SECONDS))
    const { holder, gone } = await watch(path, Math.max(0, until - waited()))
    if (!gone && waited() >= said + WORD_SECONDS) {
      log.line(
        `Waiting for ${holder ?? 'another gate'}, which measures on this machine (${Math.round(waited())} s so far).`,
      )
      said = waited()
    }
    if (gone) await sleep(Math.random() * RETRY_MILLISECONDS)
  }
}

type Bound =
  | { readonly kind: 'bound'; readonly server: Server }
  | { readonly kind: 'taken' }
  | { readonly kind: 'impossible'; readonly code: string }

/** Takes the name, unless it is taken or there are no such sockets. */
async function bind(path: string): Promise<Bound> {
  const since = new Date().toISOString().slice(11, 19)
  const server = createServer(client => {
    client.on('error', () => {})
    // A client says nothing; it waits for the end.
    client.resume().write(
      `process ${process.pid} of ${ownUserName()
        .replaceAll(/[^\w.-]/g, '-')
        .slice(0, 64)} since ${since} UTC\n`,
    )
    client.unref()
  })
  const outcome = Promise.race([once(server, 'listening').then(() => undefined), once(server, 'error')])
  server.listen({ path })
  const [error] = (await outcome) ?? []
  if (error === undefined) {
    server.on('connection', client => clients(server).add(client))
    server.unref()
    return { kind: 'bound', server }
  }
  const { code = 'unknown fault' } = error as NodeJS.ErrnoException
  return code === 'EADDRINUSE' ? { kind: 'taken' } : { kind: 'impossible', code }
}

const OPEN = new WeakMap<Server, Set<{ destroy(): void }>>()

function clients(server: Server): Set<{ destroy(): void }> {
  const open = OPEN.get(server) ?? new Set()
  OPEN.set(server, open)
  return open
}

async function unbind(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  for (const client of clients(server)) client.destroy()
  await closed
}

/** Who holds the name, and whether it let go within this time. What it says of itself is not trusted. */
async function watch(
  path: string,
  seconds: number,
): Promise<{ readonly holder?: string; readonly gone: boolean }> {
  const socket = createConnection({ path })
  let said = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < WHO_LIMIT) said += text
  })
  const end = new Promise<true>(resolve => {
    socket.on('error', () => resolve(true)).on('close', () => resolve(true))
  })
  // Time to say who it is, even where no time is left to wait.
  const stop = new AbortController()
  const time = sleep(Math.max(0.1, seconds) * 1000, false as const, { signal: stop.signal })
  const gone = await Promise.race([end, time.catch(() => false as const)])
  stop.abort()
  socket.destroy()
  const holder = /^process \d{1,10} of [\w.-]{1,64} since \d\d:\d\d:\d\d UTC\n$/.test(said)
    ? said.trim()
    : undefined
  return { gone, ...(holder !== undefined && { holder }) }
}

function tooLong(seconds: number): CommandError {
  return new CommandError({
    what: 'Waiting for this machine',
    command: 'measuring',
    ended: `was given up after ${Math.round(seconds)} s, because another gate measures on it`,
    lastLines: [],
    hint: 'Look for a gate that hangs; or give the job a later time.',
  })
}

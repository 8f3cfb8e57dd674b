import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { HostEvent } from '../../core/tuning/protocol.ts'
import { parseHostEvent } from '../../core/tuning/protocol-reader.ts'
import type { HostAccess } from './host-access.ts'

/** A running host process: what it says, one event at a time, and the way to end it. */
export interface HostSession {
  /** The next event, or how the process ended; `silent` when neither came in time. */
  next(patienceSeconds: number): Promise<HostEvent | Ended | { readonly event: 'silent' }>
  /** Closes its standard input, upon which it puts everything back and ends. */
  close(): void
  /** Lets this process end while that one is still there. */
  abandon(): void
}

export interface Ended {
  readonly event: 'ended'
  /** For example `exited with code 1`. */
  readonly how: string
  /** Whether it was killed, and so had no time to put anything back. */
  readonly killed: boolean
  readonly lastLines: readonly string[]
}

type Reachable = Extract<HostAccess, { kind: 'reachable' }>

/**
 * Starts the host process in a session of its own, so that a signal to our group does not reach it: it is to see our end as the
 * end of its standard input, and put everything back. It gets none of our environment, and so no token.
 */
export function startHost(access: Reachable, args: readonly string[]): HostSession {
  const child = spawn(access.file, [...access.args, ...args], {
    cwd: '/',
    detached: true,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const events: (HostEvent | Ended)[] = []
  let wake = () => {}
  const push = (event: HostEvent | Ended) => {
    events.push(event)
    wake()
  }
  listen(child, push)
  return {
    next: async patienceSeconds => {
      if (events.length === 0) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, patienceSeconds * 1000)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      // The end is reported again to whoever asks again.
      const first = events[0]
      if (first !== undefined && first.event !== 'ended') events.shift()
      return first ?? { event: 'silent' }
    },
    close: () => child.stdin.end(),
    abandon: () => {
      child.stdin.destroy()
      child.stdout.destroy()
      child.stderr.destroy()
      child.unref()
    },
  }
}

function listen(child: ChildProcess, push: (event: HostEvent | Ended) => void): void {
  const lastLines: string[] = []
  const keep = (line: string) => {
    lastLines.push(line.slice(0, 500))
    if (lastLines.length > 20) lastLines.shift()
  }
  child.stdin!.on('error', () => {})
  createInterface({ input: child.stdout! }).on('line', line => {
    const event = parseHostEvent(line)
    if (event) push(event)
    else keep(line)
  })
  createInterface({ input: child.stderr! }).on('line', keep)
  child.on('error', error =>
    push({ event: 'ended', how: `could not be started (${error.message})`, killed: false, lastLines }),
  )
  // After `close` both streams have been read to their ends, so the last event comes before the end.
  child.on('close', (code, signal) => {
    const how = signal === null ? `exited with code ${code}` : `was killed by ${signal}`
    push({ event: 'ended', how, killed: signal !== null, lastLines })
  })
}

import { writeSync } from 'node:fs'
import type { ControlPort } from './host/world.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Speaks on standard output; released when standard input ends or breaks, or when a signal asks to end. */
export function standardControl(): ControlPort {
  const release = new AbortController()
  const end = () => {
    release.abort()
    // An open terminal would keep a process alive that has nothing more to do.
    process.stdin.pause()
  }
  for (const signal of SIGNALS) process.on(signal, end)
  for (const event of ['end', 'close', 'error']) process.stdin.on(event, end)
  process.stdin.resume()
  return {
    released: release.signal,
    emit: event => {
      try {
        writeSync(1, `${JSON.stringify(event)}\n`)
      } catch {
        // Whoever asked has gone; what is to be put back is put back all the same.
      }
    },
  }
}

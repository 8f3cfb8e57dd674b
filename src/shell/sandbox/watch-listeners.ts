import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { listenersIn } from '../../core/sandbox/listeners.ts'

/** A watch over a network that several jobs share. */
export interface ListenerWatch {
  /** Looks once more and ends; what some user's process began to listen at in the meantime, or undefined. */
  end(): string | undefined
}

const EVERY_MILLISECONDS = 25

/** Watches whether processes of these users begin to wait for others in our network. A look costs some 0.1 ms. */
export function watchListeners(uids: readonly number[], proc = '/proc'): ListenerWatch {
  const owners = new Set(uids)
  const look = () => listenersIn(tablesIn(join(proc, 'net')), owners)
  const before = look()
  let met: string | undefined
  const strangers = new Set<string>()
  const see = () => {
    for (const [socket, name] of met === undefined ? look() : []) {
      if (before.has(socket) || strangers.has(socket)) continue
      // Another gate's turn on this machine, a service, or another program of the same user.
      if (isStrangers(socket.slice(socket.indexOf(' ') + 1), proc)) strangers.add(socket)
      else met ??= name
    }
  }
  const timer = setInterval(see, EVERY_MILLISECONDS)
  return {
    end: () => {
      clearInterval(timer)
      see()
      return met
    },
  }
}

function tablesIn(folder: string) {
  const text = (name: string) => {
    try {
      return readFileSync(join(folder, name), 'utf8')
    } catch {
      // A kernel without this protocol.
      return ''
    }
  }
  return { tcp: [text('tcp'), text('tcp6')], udp: [text('udp'), text('udp6')], unix: text('unix') }
}

/** Whether a process that is not our descendant holds this socket; false where none is found, because it may be gone or hidden. */
function isStrangers(inode: string, proc: string): boolean {
  const holders = readdirSync(proc).filter(
    name => /^\d+$/.test(name) && hasOpen(join(proc, name, 'fd'), inode),
  )
  return holders.length > 0 && !holders.some(pid => isBelowUs(pid, proc))
}

function hasOpen(folder: string, inode: string): boolean {
  try {
    return readdirSync(folder).some(name => readlinkSync(join(folder, name)) === `socket:[${inode}]`)
  } catch {
    // Ended, or of a user whose files we may not see.
    return false
  }
}

/** A job's processes stay below ours, because they have a PID namespace of their own whose first process is. */
function isBelowUs(pid: string, proc: string): boolean {
  for (let at: string | undefined = parentOf(pid, proc); at !== undefined; at = parentOf(at, proc))
    if (at === String(process.pid)) return true
  return false
}

function parentOf(pid: string, proc: string): string | undefined {
  try {
    return /^PPid:\s+([1-9]\d*)$/m.exec(readFileSync(join(proc, pid, 'status'), 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

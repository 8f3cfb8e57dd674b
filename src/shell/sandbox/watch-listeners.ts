import { readFileSync } from 'node:fs'
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
  const see = () => {
    for (const [inode, name] of met === undefined ? look() : []) if (!before.has(inode)) met ??= name
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

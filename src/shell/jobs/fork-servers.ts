import { join } from 'node:path'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import type { JobGroup } from './cgroups.ts'
import { type ForkServer, openForkServer, type ServerRequest, type StartServed } from './fork-server.ts'

/** The servers of a gate: a few at a time, each for the jobs of one tree that are scheduled alike. */
export interface ForkServers {
  /** Keeps a server for a job that is started next; undefined where none is free or none can be opened, so that the job needs a place of its own. */
  reserve(
    tree: string,
    scheduling: Scheduling | undefined,
    way: ServerWay,
  ): Promise<ReservedServer | undefined>
  /** Ends those of a tree. */
  forget(tree: string): Promise<void>
  close(): Promise<void>
}

export interface ReservedServer {
  readonly group: JobGroup | undefined
  readonly start: StartServed
}

/** How a server gets to its place, for when there is none yet. */
export type ServerWay = () => Pick<ServerRequest, 'group' | 'around'>

/** Each part of a round has one for how it is measured, and one for its first runs. */
const MOST_SERVERS = 6

/** Servers whose folders are below the stage. */
export function openForkServers({ bash, setpriv, stage }: ForkServersRequest): ForkServers {
  const servers = new Map<string, { readonly tree: string; readonly server: ForkServer }>()
  const opening = new Set<string>()
  let made = 0
  let works = true
  const end = async (which: (key: string, tree: string) => boolean) => {
    const ending = [...servers].filter(([key, { tree }]) => which(key, tree))
    for (const [key] of ending) servers.delete(key)
    await Promise.all(ending.map(([, { server }]) => server.close()))
  }
  const openOne = async (key: string, tree: string, way: ServerWay) => {
    opening.add(key)
    try {
      const folder = join(stage, `server-${++made}`)
      const server = await openForkServer({ bash, setpriv, folder, ...way() })
      servers.set(key, { tree, server })
    } catch {
      // A job can be started without; what keeps a server from its place keeps the job from it too, and is told of that.
      works = false
    } finally {
      opening.delete(key)
    }
  }
  return {
    async reserve(tree, scheduling = {}, way) {
      const key = JSON.stringify([tree, scheduling])
      if (servers.get(key)?.server.isOver()) await end(each => each === key)
      if (works && !servers.has(key) && !opening.has(key)) {
        const idle = [...servers].filter(([, { server }]) => !server.isBusy()).map(([each]) => each)
        if (servers.size >= MOST_SERVERS) await end(each => each === idle[0])
        await openOne(key, tree, way)
      }
      const found = servers.get(key)
      const start = found?.server.reserve()
      if (!found || !start) return undefined
      // The one that was used last stays longest.
      servers.delete(key)
      servers.set(key, found)
      return { group: found.server.group, start }
    },
    forget: tree => end((_, own) => own === tree),
    close: () => end(() => true),
  }
}

/** What servers are opened with. */
export interface ForkServersRequest {
  readonly bash: string
  readonly setpriv: string
  readonly stage: string
}

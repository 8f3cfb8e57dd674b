import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, constants, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Scheduling } from '../../core/tuning/scheduling.ts'
import type { JobGroup } from './cgroups.ts'
import { endChild, signal } from './processes.ts'
import type { Served } from './run-job.ts'
import { closing, type Ended, FILTER_DESCRIPTOR, inheritable, type Wrapper } from './wrapper.ts'

/**
 * A shell that has entered a group, taken on limits and mounted layers, and then starts one job after another from there: these steps take longer
 * than all others of a short run together, most of all the group, for which the kernel waits until every CPU has noticed (cgroup.procs in
 * cgroup-v2.rst, `favordynmods`). AFL calls the idea a fork server. What isolates a job, its namespaces and its user, is made anew for each.
 */
export interface ForkServer {
  readonly group: JobGroup | undefined
  isOver(): boolean
  /** Keeps it for a job that is to be started next; false where it has one, or is over. */
  reserve(): boolean
  start(served: Served, filter: string | undefined): Wrapper
  /** Ends it, with the job that it may have. */
  close(): Promise<void>
}

/** The descriptor that the first word of a job reads its options from. */
export const OPTIONS_DESCRIPTOR = 6

/**
 * Named pipes, because a job's streams have to end with the job, and the server lives on. A job's user may open what it writes to by name, as
 * programs do that print to /dev/stderr. Values reach the shell as words in a file, never as text that it would read as its own. Under job control
 * no job ignores the keyboard's signals, and each has a process group of its own; only bash 5 can wait for the end whatever else happens to a job.
 */
const serverScript = () => `
at=$1
[ "\${BASH_VERSINFO[0]}" -ge 5 ] || exit
mkfifo -m 600 "$at/go" "$at/ready" && mkfifo -m 622 "$at/out" "$at/err" || exit
set -m
exec ${closing(inheritable())}
echo server
exec 2>/dev/null
while read -r filter; do
  mapfile -d '' -t words <"$at/words"
  (exec "\${words[@]}") </dev/null >"$at/out" 2>"$at/err" 3<"$at/go" 4>"$at/ready" ${FILTER_DESCRIPTOR}<"$filter" ${OPTIONS_DESCRIPTOR}<"$at/options" &
  echo "job $!"
  wait -f $!
  echo "ended $?"
done
`

/** Where a server is, and how it gets there. */
export interface ServerRequest {
  readonly bash: string
  readonly setpriv: string
  /** A folder of its own that no job sees; it is made, and removed with the server. */
  readonly folder: string
  readonly group: JobGroup | undefined
  /** Puts what leads to its place in front of the words that start it. */
  around(words: readonly string[]): readonly string[]
}

/** Opens a server; rejects with the reason when it cannot get to its place. */
export async function openForkServer(request: ServerRequest): Promise<ForkServer> {
  const { bash, setpriv, folder, group, around } = request
  mkdirSync(folder, { mode: 0o700 })
  // When this process is killed, the kernel ends the server (prctl(2), PR_SET_PDEATHSIG), and with it bubblewrap and its job.
  const words = [setpriv, '--pdeathsig', 'KILL', '--', bash, '-c', serverScript(), 'server', folder]
  const [file, ...args] = around(words)
  const child = spawn(file!, args, {
    cwd: '/',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const close = async () => {
    child.ref()
    group?.kill()
    await endChild(child)
    await group?.remove()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await opened(child)
  } catch (error) {
    await close()
    throw error
  }
  return serving(child, { folder, group, close })
}

async function opened(child: ChildProcess): Promise<void> {
  let errors = ''
  child.stderr!.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  child.stdin!.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    child.stdout!.once('data', () => resolve())
    child.once('error', reject)
    child.once('exit', () => reject(new Error(errors.trim().split('\n')[0] || 'the server ended')))
  })
  // From here on it says nothing that would be an error of its own.
  child.stderr!.destroy()
}

interface Job {
  pid?: number
  readonly known: () => void
  readonly end: (ended: Ended) => void
}

function serving(
  child: ChildProcess,
  { folder, group, close }: Pick<ForkServer, 'group' | 'close'> & { readonly folder: string },
): ForkServer {
  let job: Job | undefined
  let reserved = false
  let over = false
  const end = (ended: Ended) => {
    const ending = job
    job = undefined
    hold(child, false)
    ending?.end(ended)
  }
  createInterface({ input: child.stdout! }).on('line', line => {
    const [word, number] = line.split(' ')
    if (word === 'job' && job) {
      job.pid = Number(number)
      job.known()
    }
    if (word === 'ended') end({ code: Number(number), signal: null })
  })
  child.once('exit', () => {
    over = true
    end({ code: null, signal: 'SIGKILL' })
  })
  hold(child, false)
  const write = writer(folder)
  return {
    group,
    isOver: () => over,
    reserve() {
      if (over || reserved || job !== undefined) return false
      reserved = true
      return true
    },
    close,
    start({ words, options }, filter) {
      reserved = false
      write('words', words)
      write('options', options)
      const pipes = openPipes(folder)
      let own: Job | undefined
      let ended: Promise<Ended> | undefined
      const known = new Promise<void>(tell => {
        ended = new Promise(end => {
          own = { known: tell, end }
        })
      })
      job = own
      hold(child, true)
      child.stdin!.write(`${filter ?? '/dev/null'}\n`)
      return {
        ...pipes,
        file: words[0]!,
        get pid() {
          return own?.pid
        },
        ready: Promise.race([Promise.all([pipes.ready, known]).then(() => true), ended!.then(() => false)]),
        ended: ended!,
        async kill() {
          if (job !== own) return
          group?.kill()
          if (own?.pid !== undefined) signal(own.pid, 'SIGKILL')
          await endChild(child)
          await ended
        },
      }
    },
  }
}

/** Whether the process has to go on for the sake of what the server will say. */
function hold(child: ChildProcess, isNeeded: boolean): void {
  const streams = [child.stdin, child.stdout] as unknown as readonly Socket[]
  for (const each of [child, ...streams.filter(stream => !stream.destroyed)])
    isNeeded ? each.ref() : each.unref()
}

/** Writes a list where it is another one than the last time; nobody else writes to the folder. */
function writer(folder: string): (name: string, list: readonly string[]) => void {
  const written = new Map<string, string>()
  return (name, list) => {
    const text = list.map(word => `${word}\0`).join('')
    if (written.get(name) === text) return
    const file = join(folder, name)
    // A new file each time: what is written over, ext4 would write to the disk at once (auto_da_alloc in ext4(5)).
    rmSync(file, { force: true })
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    written.set(name, text)
  }
}

/** Our ends of the named pipes: they are open before the job opens its own, which would wait for them. */
function openPipes(folder: string) {
  const open = (name: string, how: number) => openSync(join(folder, name), how | constants.O_NONBLOCK)
  const read = (name: string) => new Socket({ fd: open(name, constants.O_RDONLY), writable: false })
  const [stdout, stderr, said] = [read('out'), read('err'), read('ready')]
  // To be written before anybody reads, it has to be open for reading too (fifo(7)).
  let word: number | undefined = open('go', constants.O_RDWR)
  const shut = () => {
    if (word !== undefined) closeSync(word)
    word = undefined
  }
  for (const socket of [stdout, stderr, said]) socket.on('error', () => {})
  return {
    stdout,
    stderr,
    ready: new Promise<boolean>(resolve => {
      said.once('data', () => resolve(true))
    }),
    go() {
      if (word !== undefined) writeSync(word, 'go\n')
      // The job has it open, and what is in it stays there for as long.
      shut()
    },
    close() {
      shut()
      for (const socket of [stdout, stderr, said]) socket.destroy()
    },
  }
}

/** The servers of a gate: a few at a time, each for the jobs of one tree that are scheduled alike. */
export interface ForkServers {
  /** Keeps a server for a job that is started next; undefined where none is free or none can be opened, so that the job needs a place of its own. */
  reserve(tree: string, scheduling: Scheduling | undefined, way: ServerWay): Promise<ForkServer | undefined>
  /** Ends those of a tree. */
  forget(tree: string): Promise<void>
  close(): Promise<void>
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
        const oldest = servers.size < MOST_SERVERS ? undefined : servers.keys().next().value
        if (oldest !== undefined) await end(each => each === oldest)
        await openOne(key, tree, way)
      }
      const found = servers.get(key)
      if (!found?.server.reserve()) return undefined
      // The one that was used last stays longest.
      servers.delete(key)
      servers.set(key, found)
      return found.server
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

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { JobGroup } from './cgroups.ts'
import { openPipes, type Pipes, writer } from './pipes.ts'
import { endChild, signal } from './processes.ts'
import type { Served } from './run-job.ts'
import { closing, FILTER_DESCRIPTOR, inheritable, type ProcessEnd, type Wrapper } from './wrapper.ts'

/**
 * A shell that has entered a group, taken on limits and mounted layers, and then starts one job after another from there: these steps take longer
 * than all others of a short run together, most of all the group, for which the kernel waits until every CPU has noticed (cgroup.procs in
 * cgroup-v2.rst, `favordynmods`). AFL calls the idea a fork server. What isolates a job, its namespaces and its user, is made anew for each.
 */
export interface ForkServer {
  readonly group: JobGroup | undefined
  isOver(): boolean
  /** Whether it has a job, or is kept for one. */
  isBusy(): boolean
  /** Keeps it for a job, which is to be started next with what is returned; undefined where it has one, or is over. */
  reserve(): StartServed | undefined
  /** Ends it, with the job that it may have. */
  close(): Promise<void>
}

/** Starts a job; the filter is a file. */
export type StartServed = (served: Served, filter: string | undefined) => Wrapper

/** The descriptor that the first word of a job reads its options from. */
export const OPTIONS_DESCRIPTOR = 6

/**
 * Named pipes, because a job's streams have to end with the job, and the server lives on. A job's user may open what it writes to by name, as
 * programs do that print to /dev/stderr. Values reach the shell as words in a file, never as text that it would read as its own. The shell waits
 * for a job as for any command: without job control, so that it goes on when the job has ended and not when it is stopped (and bash 5.2, told to
 * `wait -f` for a job in the background, sometimes turns in a circle for ever).
 */
const serverScript = () => `
at=$1
mapfile -d '' -t words </dev/null || exit
mkfifo -m 600 "$at/go" "$at/ready" && mkfifo -m 622 "$at/out" "$at/err" || exit
exec ${closing(inheritable())}
echo server
exec 2>/dev/null
while read -r filter; do
  mapfile -d '' -t words <"$at/words"
  (
    echo "job $BASHPID"
    exec "\${words[@]}" </dev/null >"$at/out" 2>"$at/err" 3<"$at/go" 4>"$at/ready" ${FILTER_DESCRIPTOR}<"$filter" ${OPTIONS_DESCRIPTOR}<"$at/options"
  )
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
  readonly end: (ended: ProcessEnd) => void
}

function serving(
  child: ChildProcess,
  { folder, group, close }: Pick<ForkServer, 'group' | 'close'> & { readonly folder: string },
): ForkServer {
  let job: Job | undefined
  let isKept = false
  let over = false
  const end = (ended: ProcessEnd) => {
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
    end(KILLED)
  })
  hold(child, false)
  const isBusy = () => isKept || job !== undefined
  const write = writer(folder)
  const start = (pipes: Pipes, { words, options }: Served, filter: string | undefined): Wrapper => {
    isKept = false
    write('words', words)
    write('options', options)
    let own: Job | undefined
    let ended: Promise<ProcessEnd> | undefined
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
  }
  return {
    group,
    isOver: () => over,
    isBusy,
    close,
    reserve() {
      if (over || isBusy()) return undefined
      try {
        const pipes = openPipes(folder)
        isKept = true
        return (served, filter) => start(pipes, served, filter)
      } catch {
        // A job of our own user can close to us what it writes to; the next one gets another server.
        over = true
        return undefined
      }
    },
  }
}

const KILLED: ProcessEnd = { code: null, signal: 'SIGKILL' }

/** Whether the process has to go on for the sake of what the server will say. */
function hold(child: ChildProcess, isNeeded: boolean): void {
  const streams = [child.stdin, child.stdout] as unknown as readonly Socket[]
  for (const each of [child, ...streams.filter(stream => !stream.destroyed)])
    isNeeded ? each.ref() : each.unref()
}

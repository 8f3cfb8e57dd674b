import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { Job } from '../ports/world.ts'
import type { HiddenPlaces } from './hidden-places.ts'
import { initArguments } from './namespace-init.ts'
import type { Enclosure } from './run-job.ts'

/** Absolute paths of the tools that make a namespace. */
export interface NamespaceTools {
  readonly unshare: string
  readonly nsenter: string
  readonly setpriv: string
  readonly env: string
}

export interface NamespacePlan {
  readonly tools: NamespaceTools
  /** The user that jobs run as; absent keeps our own, in a user namespace without rights. */
  readonly user?: { readonly uid: number; readonly gid: number }
  readonly hidden: HiddenPlaces
  /** An empty folder of ours, to build the empty home in. */
  readonly stage: string
}

/** A PID and mount namespace that jobs enter one after another; made anew whenever a job leaves a process behind. */
export interface Namespace extends Enclosure {
  /** Makes sure that there is a fresh one; throws with the reason when the kernel does not allow it. */
  ready(): Promise<void>
  close(): Promise<void>
}

export function openNamespace(plan: NamespacePlan): Namespace {
  let init: { readonly unshare: ChildProcess; readonly pid: number } | undefined
  const close = async () => {
    const ending = init
    init = undefined
    if (ending) await end(ending.unshare)
  }
  return {
    async ready() {
      if (init && (await childrenOf(init.pid)).length > 0) await close()
      init ??= await startInit(plan)
    },
    wrap: job => enter(plan, init!.unshare.pid!, job),
    async terminate(wrapper) {
      for (const pid of await childrenOf(wrapper.pid!)) signal(pid, 'SIGTERM')
    },
    async destroy(wrapper) {
      const left = init === undefined ? [] : await childrenOf(init.pid)
      if (wrapper.exitCode === null && wrapper.signalCode === null) await close()
      else if (left.length > 0) await close()
    },
    close,
  }
}

async function startInit(plan: NamespacePlan) {
  const own = plan.user ? [] : ['--user', '--map-current-user', '--keep-caps']
  const unshare = spawn(
    plan.tools.setpriv,
    [
      // When this process is killed, the kernel ends unshare, and with it everything in the namespace (prctl(2), PR_SET_PDEATHSIG).
      ...['--pdeathsig', 'KILL', '--', plan.tools.unshare],
      ...own,
      ...[
        '--mount',
        '--propagation',
        'private',
        '--pid',
        '--ipc',
        '--fork',
        '--kill-child=SIGKILL',
        '--mount-proc',
      ],
      ...initArguments(plan.hidden, plan.stage),
    ],
    {
      cwd: '/',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    },
  )
  const said = await firstWords(unshare)
  if (said !== 'ready') {
    await end(unshare)
    throw new Error(said)
  }
  const [pid] = await childrenOf(unshare.pid!)
  return { unshare, pid: pid! }
}

/** `ready`, or why it is not. */
function firstWords(unshare: ChildProcess): Promise<string> {
  return new Promise(resolve => {
    let errors = ''
    unshare.stderr!.on('data', (chunk: Buffer) => {
      errors += chunk.toString()
    })
    unshare.stdout!.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
    unshare.once('error', error => resolve(error.message))
    unshare.once('exit', () => setTimeout(() => resolve(errors.trim().split('\n')[0] || 'unshare ended'), 20))
  })
}

function enter(plan: NamespacePlan, unsharePid: number, job: Job): readonly string[] {
  const { nsenter, setpriv, env } = plan.tools
  const at = (name: string) => `/proc/${unsharePid}/ns/${name}`
  const namespaces = [`--mount=${at('mnt')}`, `--ipc=${at('ipc')}`, `--pid=${at('pid_for_children')}`]
  const user = plan.user
    ? [
        `--reuid=${plan.user.uid}`,
        `--regid=${plan.user.gid}`,
        '--clear-groups',
        '--inh-caps=-all',
        '--bounding-set=-all',
      ]
    : []
  const own = plan.user ? [] : [`--user=${at('user')}`, '--preserve-credentials']
  return [
    nsenter,
    ...own,
    ...namespaces,
    '--',
    setpriv,
    '--no-new-privs',
    ...user,
    '--',
    env,
    '-C',
    job.cwd,
    ...job.argv,
  ]
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text
    .split(' ')
    .filter(word => word !== '')
    .map(Number)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill('SIGKILL')
  await gone
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended by itself.
  }
}

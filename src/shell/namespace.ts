import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { HiddenPlaces } from './hidden-places.ts'
import type { Enclosure } from './run-job.ts'
import type { Job } from './world.ts'

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

// The first process of the namespace. It covers what must not be seen and then only waits: whatever a job leaves behind becomes its
// child, and the kernel ends everything in the namespace with it (pid_namespaces(7)).
const INIT = `
set -eu
# What may only be read is put aside before it is covered. Read-only is set with the flags that are there, because a user namespace
# may not take any of them away; where it cannot be set, the folder is not shown (mount_namespaces(7)).
keep() {
  mkdir "$2"
  mount -n --bind "$1" "$2" || { rmdir "$2"; return 0; }
  flags=
  while read -r id parent device root at options rest; do
    case $at in */stage/kept/"\${2##*/}") flags=$options ;; esac
  done < /proc/self/mountinfo
  mount -n -o "remount,bind,\${flags:+$flags,}ro" "$2" || { umount -n "$2"; rmdir "$2"; }
}
umask 022
stage=$1 home=$2 exposed=$3 folders=$4 kept=$5
shift 5
mount -t tmpfs -o mode=0755 perf-verdict "$stage"
mkdir "$stage/home" "$stage/kept"
for i in $(seq "$kept"); do
  keep "$1" "$stage/kept/$i"
  shift
done
empty=$stage/home
if [ -n "$home" ] && [ -d "$home" ]; then
  for i in $(seq "$exposed"); do
    mkdir -p "$empty/\${1#"$home"/}"
    mount --rbind "$1" "$empty/\${1#"$home"/}"
    shift
  done
  mount --rbind "$empty" "$home"
else
  shift "$exposed"
fi
for i in $(seq "$folders"); do
  if [ -d "$1" ]; then mount -t tmpfs -o mode=0755 perf-verdict "$1"; fi
  shift
done
for i in $(seq "$kept"); do
  if [ -d "$stage/kept/$i" ]; then
    { mkdir -p "$1" && mount -n --move "$stage/kept/$i" "$1"; } || umount -n "$stage/kept/$i"
  fi
  shift
done
for file in "$@"; do
  if [ -e "$file" ]; then mount --bind /dev/null "$file"; fi
done
echo ready
exec sleep 2147483647
`

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
  const { home, exposed, folders, files, readOnly } = plan.hidden
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
      ...[
        '/bin/sh',
        '-c',
        INIT,
        'init',
        plan.stage,
        home ?? '',
        String(exposed.length),
        String(folders.length),
        String(readOnly.length),
      ],
      ...[...readOnly, ...exposed, ...folders, ...readOnly, ...files],
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

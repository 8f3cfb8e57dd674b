import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inSteps, mountTable, readMounts } from '../../core/sandbox/mount-table.ts'
import type { JobUser } from '../jobs/job-user.ts'
import { childrenOf, endChild, signal } from '../jobs/processes.ts'
import type { Enclosure, PlacedJob } from '../jobs/run-job.ts'
import { NO_RIGHTS } from './bubblewrap.ts'
import type { LaidOut } from './lay-out.ts'
import type { OwnNetwork } from './own-network.ts'
import { isFile } from './system.ts'

/** Absolute paths of the tools of util-linux, and of env, that make a namespace. */
export interface NamespaceTools {
  readonly unshare: string
  readonly nsenter: string
  readonly setpriv: string
  readonly env: string
  readonly pivot: string
  /** Of iproute2, to bring the loopback up. */
  readonly ip?: string | undefined
  /** Whether setpriv takes a filter of system calls (util-linux 2.41). */
  readonly filters: boolean
}

export interface NamespacePlan {
  readonly tools: NamespaceTools
  readonly laidOut: LaidOut
  /** As root: whom to become. Otherwise the job runs as ourselves in a namespace of users. */
  readonly user?: JobUser | undefined
  /** As root: whether there is a namespace of users around the job all the same, in which none more may be made. */
  readonly bounded?: boolean
  readonly filter?: string | undefined
  /** Our folder for tables and for the root of jobs. */
  readonly stage: string
  /** A network of the job's own that it is in, and that ends with it. */
  readonly network?: OwnNetwork | undefined
}

/** The namespaces of one job: made before it starts, and ended with everything in them when it is done. */
export interface Namespace extends Enclosure {
  /** Makes them; throws with the reason when the kernel does not allow it. */
  open(): Promise<void>
}

/** The same as bubblewrap does, by util-linux: a root from nothing, and every other namespace around it. */
export function namespaced(plan: NamespacePlan): Namespace {
  let init: { readonly unshare: ChildProcess; readonly pid: number } | undefined
  return {
    from: '/',
    filter: plan.tools.filters ? plan.filter : undefined,
    async open() {
      init = await startInit(plan)
    },
    wrap: job => enter(plan, init!.unshare.pid!, job),
    async terminate(wrapper) {
      for (const pid of await childrenOf(wrapper.pid!)) signal(pid, 'SIGTERM')
    },
    async destroy() {
      const ending = init
      init = undefined
      if (ending) await endChild(ending.unshare)
      await plan.network?.close()
    },
  }
}

/**
 * The first process of the namespaces. It lays the root out, says `ready` and then only waits: whatever a job leaves behind becomes its child, and
 * the kernel ends everything in the namespace with it (pid_namespaces(7)). In a namespace of users no more may be made than `users` says: one,
 * which is the job's, or none.
 */
const SCRIPT = `
set -eu
umask 022
root=$1 layers=$2 lists=$3 pivot=$4 ip=$5 users=$6
[ -z "$layers" ] || mount -n -a -T "$layers"
mount -n -t tmpfs -o mode=0755,size=16m perf-verdict "$root"
# Mount points are inside other mounts: first come the system and empty folders, then what is shown in these.
for step in "$lists"/*; do
  xargs -0 -r mkdir -p -m 0755 -- <"$step/folders"
  xargs -0 -r /bin/sh -c 'for file; do [ -e "$file" ] || touch -- "$file"; done' touch <"$step/files"
  xargs -0 -r -n 2 ln -s -- <"$step/links"
  mount -n -a -T "$step/table"
done
[ -z "$ip" ] || "$ip" link set lo up
[ -z "$users" ] || echo "$users" >/proc/sys/user/max_user_namespaces
cd "$root"
mkdir .before
"$pivot" . .before
umount -l /.before
rmdir /.before
cd /
mount -n -o remount,bind,ro /
echo ready
exec sleep 2147483647
`

/**
 * As root: layers are mounted before there is a namespace of users, because their marks are kept where only root may. It has the same numbers of
 * users, which the gate writes down for it (user_namespaces(7)) before it goes on.
 */
const BOUNDED = `
layers=$1
shift
[ -z "$layers" ] || mount -n -a -T "$layers" || exit
exec "$@"
`
const WAIT_FOR_USERS = 'echo users; read -r go || exit; exec "$@"'

const DEVICES = ['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom', '/dev/tty']
async function startInit(plan: NamespacePlan) {
  const { tools, user, bounded = false, laidOut, stage, network } = plan
  const { root, lists } = writeTables(plan)
  const layers = laidOut.layers ?? ''
  const first = [tools.unshare, '--mount', '--propagation', 'private', '--', '/bin/sh', '-c', BOUNDED]
  const users = [tools.unshare, '--user', '--keep-caps', '--', '/bin/sh', '-c', WAIT_FOR_USERS, 'users']
  const unshare = spawn(
    tools.setpriv,
    [
      // When this process is killed, the kernel ends unshare, and with it everything in the namespace (prctl(2), PR_SET_PDEATHSIG).
      ...['--pdeathsig', 'KILL', '--', ...(network?.enter ?? [])],
      ...(bounded ? [...first, 'bounded', layers, ...users, tools.setpriv, '--pdeathsig', 'KILL', '--'] : []),
      tools.unshare,
      ...(user || network ? [] : ['--user', '--map-root-user']),
      ...['--mount', '--propagation', 'private', '--pid', '--ipc', '--uts', '--fork', '--kill-child=SIGKILL'],
      ...(laidOut.view.network ? [] : ['--net']),
      ...['/bin/sh', '-c', SCRIPT, 'init', root, bounded ? '' : layers, lists, tools.pivot],
      ...[laidOut.view.network ? '' : (tools.ip ?? ''), moreUsers(plan)],
    ],
    {
      cwd: stage,
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    },
  )
  unshare.stdin.on('error', () => {})
  const words = listenTo(unshare)
  let said = await words.next()
  if (said === 'users') {
    try {
      sameUsers(unshare.pid!)
      unshare.stdin.write('go\n')
      said = await words.next()
    } catch (error) {
      said = `its users could not be named: ${error instanceof Error ? error.message : error}`
    }
  }
  unshare.stdin.end()
  if (said !== 'ready') {
    await endChild(unshare)
    throw new Error(said)
  }
  const [pid] = await childrenOf(unshare.pid!)
  return { unshare, pid: pid! }
}

/** How many namespaces of users may be made inside: as an ordinary user one, in which the job is itself again. */
function moreUsers({ user, bounded }: NamespacePlan): string {
  if (user === undefined) return '1'
  return bounded ? '0' : ''
}

/** Gives the namespace of users that a process has just made the numbers of our own, each the same as outside. */
function sameUsers(pid: number): void {
  for (const map of ['uid_map', 'gid_map']) {
    const ranges = readFileSync(`/proc/self/${map}`, 'utf8').trim().split('\n')
    const same = ranges
      .map(range => range.trim().split(/\s+/))
      .map(([first, , count]) => [first, first, count])
    writeFileSync(`/proc/${pid}/${map}`, same.map(range => `${range.join(' ')}\n`).join(''))
  }
}

let tables = 0

/** What the script reads: for each of two steps lists for xargs and a table for mount. */
function writeTables({ laidOut, stage }: NamespacePlan) {
  const root = join(stage, 'root')
  const lists = join(stage, `lists-${++tables}`)
  mkdirSync(root, { recursive: true })
  const devices = DEVICES.filter(device => existsSync(device))
  const mounts = readMounts(readFileSync('/proc/self/mountinfo', 'utf8'))
  const facts = { root, mounts, isFile, devices, isThere: existsSync }
  const list = (names: readonly string[]) => names.map(name => `${name}\0`).join('')
  for (const [index, shown] of inSteps(laidOut.view).entries()) {
    const { folders, files, links, table } = mountTable(shown, facts)
    const folder = join(lists, `${index}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'folders'), list(folders))
    writeFileSync(join(folder, 'files'), list(files))
    writeFileSync(join(folder, 'links'), list(links.flatMap(({ at, target }) => [target, at])))
    writeFileSync(join(folder, 'table'), table)
  }
  return { root, lists }
}

/** What a child says line by line; when it ends, why. */
function listenTo(child: ChildProcess): { next(): Promise<string> } {
  let errors = ''
  child.stderr!.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const gone = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', () => setTimeout(() => resolve(errors.trim().split('\n')[0] || 'unshare ended'), 20))
  })
  return {
    next() {
      const word = once(child.stdout!, 'data').then(([chunk]) => `${chunk}`.trim())
      return Promise.race([word, gone])
    },
  }
}

function enter(
  { tools, user, bounded = false, laidOut, network }: NamespacePlan,
  unsharePid: number,
  job: PlacedJob,
): readonly string[] {
  const at = (name: string) => `/proc/${unsharePid}/ns/${name}`
  const namespaces = [
    ...(user && !bounded ? [] : [`--user=${at('user')}`, '--preserve-credentials']),
    ...[
      `--mount=${at('mnt')}`,
      `--ipc=${at('ipc')}`,
      `--uts=${at('uts')}`,
      `--pid=${at('pid_for_children')}`,
    ],
    ...(laidOut.view.network && !network ? [] : [`--net=${at('net')}`]),
  ]
  const [uid, gid] = [process.getuid!(), process.getgid!()]
  const become = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'] : []
  // In a namespace of users we have been root; the job is to be itself again, in the one more namespace that may be made. The rights are
  // kept up to setpriv, which gives them up: from util-linux 2.41 on it refuses to close the bounding set without them.
  const itself = ['--user', `--map-user=${uid}`, `--map-group=${gid}`, '--keep-caps']
  const again = user ? [] : [tools.unshare, ...itself, '--']
  const filter = tools.filters ? ['--seccomp-filter', '/dev/fd/5'] : []
  return [
    tools.nsenter,
    ...namespaces,
    '--',
    ...again,
    tools.setpriv,
    ...NO_RIGHTS,
    ...become,
    ...filter,
    '--',
    tools.env,
    '-C',
    job.cwd,
    ...job.argv,
  ]
}

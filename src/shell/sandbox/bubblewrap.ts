import { bubblewrapArguments } from '../../core/sandbox/bubblewrap.ts'
import type { JobUser } from './job-user.ts'
import type { LaidOut } from './lay-out.ts'
import type { OwnNetwork } from './own-network.ts'
import { childrenOf, endChild, signal, untilGone } from './processes.ts'
import { type Enclosure, FILTER_DESCRIPTOR } from './run-job.ts'

/** What bubblewrap needs to start a job, as absolute paths. */
export interface BubblewrapTools {
  readonly bwrap: string
  readonly setpriv: string
  readonly unshare: string
}

/** A job's place and user. */
export interface Wrapped {
  readonly laidOut: LaidOut
  /** As root: whom to become. Otherwise the job runs as ourselves in a namespace of users. */
  readonly user?: JobUser | undefined
  /** A file with a filter of system calls. */
  readonly filter?: string | undefined
  /** A network of its own that it is started in, and that ends with it. */
  readonly network?: OwnNetwork | undefined
}

// Layers are mounted in a mount namespace around bubblewrap, which knows none before 0.11.
const WITH_LAYERS = 'table=$1; shift; mount -n -a -T "$table" && exec "$@"'

/** One job in bubblewrap: everything that it sees is made anew for it and is gone with it. */
export function bubblewrapped(
  tools: BubblewrapTools,
  { laidOut, user, filter, network }: Wrapped,
): Enclosure {
  const { view, layers } = laidOut
  const [uid, gid] = [process.getuid!(), process.getgid!()]
  let first: number | undefined
  return {
    from: '/',
    filter,
    tellsSignals: true,
    wrap: job => {
      const become = user
        ? [tools.setpriv, `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', ...NO_RIGHTS, '--']
        : []
      const wrapping = {
        cwd: job.cwd,
        ...(user ? {} : { user: { uid, gid } }),
        ...(filter !== undefined && { filterDescriptor: FILTER_DESCRIPTOR }),
      }
      const bwrap = [tools.bwrap, ...bubblewrapArguments(view, wrapping), '--', ...become, ...job.argv]
      if (layers === undefined) return [...(network?.enter ?? []), ...bwrap]
      const asRoot = user || network ? [] : ['--user', '--map-root-user']
      const around = [...(network?.enter ?? []), tools.unshare, ...asRoot, '--mount', '--']
      return [...around, '/bin/sh', '-c', WITH_LAYERS, 'layers', layers, ...bwrap]
    },
    async placed(wrapper) {
      first = (await childrenOf(wrapper.pid!))[0]
    },
    async terminate() {
      for (const pid of first === undefined ? [] : await childrenOf(first)) signal(pid, 'SIGTERM')
    },
    async destroy(wrapper) {
      await endChild(wrapper)
      if (first !== undefined) await untilGone(first)
      await network?.close()
    },
  }
}

/** For a process that is about to become a job. */
export const NO_RIGHTS = ['--no-new-privs', '--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all']

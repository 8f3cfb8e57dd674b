import { bubblewrapArguments } from '../../core/sandbox/bubblewrap.ts'
import { OPTIONS_DESCRIPTOR } from '../jobs/fork-server.ts'
import type { JobUser } from '../jobs/job-user.ts'
import { childrenOf, signal, untilGone } from '../jobs/processes.ts'
import type { Enclosure, PlacedJob } from '../jobs/run-job.ts'
import { FILTER_DESCRIPTOR } from '../jobs/wrapper.ts'
import type { LaidOut } from './lay-out.ts'
import type { OwnNetwork } from './own-network.ts'

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
  const become = user
    ? [tools.setpriv, `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', ...NO_RIGHTS, '--']
    : []
  const optionsFor = ({ cwd }: PlacedJob) =>
    bubblewrapArguments(view, {
      cwd,
      ...(user ? {} : { user: { uid, gid } }),
      ...(filter !== undefined && { filterDescriptor: FILTER_DESCRIPTOR }),
    })
  const asRoot = user || network ? [] : ['--user', '--map-root-user']
  let first: number | undefined
  return {
    from: '/',
    filter,
    tellsSignals: true,
    around: [
      ...(network?.enter ?? []),
      ...(layers === undefined
        ? []
        : [tools.unshare, ...asRoot, '--mount', '--', '/bin/sh', '-c', WITH_LAYERS, 'layers', layers]),
    ],
    wrap: job => [tools.bwrap, ...optionsFor(job), '--', ...become, ...job.argv],
    // A network ends with its job, and so does whatever has entered it.
    ...(network === undefined && {
      serve: (job: PlacedJob) => ({
        words: [tools.bwrap, '--args', `${OPTIONS_DESCRIPTOR}`, '--', ...become, ...job.argv],
        // The server's own environment is not the job's, whose values stand in no argument that others could read.
        options: [
          '--clearenv',
          ...Object.entries(job.env).flatMap(([name, value]) => ['--setenv', name, value]),
          ...optionsFor(job),
        ],
      }),
    }),
    async placed(wrapper) {
      first = wrapper.pid === undefined ? undefined : (await childrenOf(wrapper.pid))[0]
    },
    async terminate() {
      for (const pid of first === undefined ? [] : await childrenOf(first)) signal(pid, 'SIGTERM')
    },
    async destroy(wrapper) {
      await wrapper.kill()
      if (first !== undefined) await untilGone(first)
      await network?.close()
    },
  }
}

/** For a process that is about to become a job. */
export const NO_RIGHTS = ['--no-new-privs', '--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all']

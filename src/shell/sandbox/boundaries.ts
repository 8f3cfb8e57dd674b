import { spawnSync } from 'node:child_process'
import type { JobUser } from '../jobs/job-user.ts'
import type { Enclosure } from '../jobs/run-job.ts'
import type { Wrapper } from '../jobs/wrapper.ts'

/** Another user without namespaces: everything that this user runs is a job's, whatever group or session it went to. */
export function anotherUser(setpriv: string, user: JobUser): Enclosure {
  const become = [
    ...[setpriv, '--no-new-privs', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'],
    ...['--inh-caps=-all', '--bounding-set=-all', '--'],
  ]
  return {
    wrap: job => [...become, ...job.argv],
    terminate: processGroup.terminate,
    async destroy(wrapper) {
      signalGroup(wrapper, 'SIGKILL')
      // To -1 means everything that this user may signal (kill(2)); the shell that asks ends with them.
      const [file, ...args] = [...become, '/bin/sh', '-c', 'kill -KILL -1']
      spawnSync(file!, args, { stdio: 'ignore' })
    },
  }
}

/** The weakest enclosure: a process group, which a job can leave if it wants to. */
export const processGroup: Enclosure = {
  wrap: job => job.argv,
  terminate: async wrapper => signalGroup(wrapper, 'SIGTERM'),
  destroy: async wrapper => signalGroup(wrapper, 'SIGKILL'),
}

function signalGroup({ pid }: Wrapper, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal)
  } catch {
    // The group is gone already, which is what we want.
  }
}

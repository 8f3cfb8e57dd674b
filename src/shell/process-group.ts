import type { ChildProcess } from 'node:child_process'
import type { Enclosure } from './sandbox/run-job.ts'

/** The weakest enclosure: a process group, which a job can leave if it wants to. */
export const processGroup: Enclosure = {
  wrap: job => job.argv,
  terminate: async child => signalGroup(child, 'SIGTERM'),
  destroy: async child => signalGroup(child, 'SIGKILL'),
}

export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal)
  } catch {
    // The group is gone already, which is what we want.
  }
}

import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** The processes that a process has started and that are still its own. */
export async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text
    .split(' ')
    .filter(word => word !== '')
    .map(Number)
}

/** Sends a signal; what has ended by itself is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended by itself.
  }
}

/** Ends a child of this process and waits until it is gone; one that could not be started is. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill('SIGKILL')
  await gone
}

const PATIENCE_MILLISECONDS = 2000

/** Waits until a process that the kernel is ending is gone, and with it everything in its PID namespace (pid_namespaces(7)). */
export async function untilGone(pid: number): Promise<void> {
  for (let waited = 0, pause = 1; waited < PATIENCE_MILLISECONDS; waited += pause, pause *= 2) {
    if (!(await lives(pid))) return
    await sleep(pause)
  }
}

/** Whether it still runs; one that only waits for its parent to take notice has ended. */
async function lives(pid: number): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return text !== '' && !/^\) [ZX]/.test(text.slice(text.lastIndexOf(')')))
}

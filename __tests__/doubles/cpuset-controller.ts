import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { readText } from './proc.ts'
import { soaking } from './soak.ts'

/** Whether groups of this machine can have CPUs to themselves while the tests run, and the way back to how it was. */
export interface CpusetController {
  /** Why not. */
  readonly why?: string
  giveBack(): void
}

const V1 = '/sys/fs/cgroup/cpuset'

/**
 * The cpuset controller for cgroup v2. Where v1 has it and nobody uses it there, the long tests unmount it for the time; the short
 * ones leave the mounts of a developer's machine alone.
 */
export function takeCpuset(): CpusetController {
  const none = (why: string) => ({ why, giveBack: () => {} })
  if (process.geteuid?.() !== 0) return none('groups with CPUs to themselves take root')
  if (isOffered()) return { giveBack: () => {} }
  if (!soaking)
    return none('cgroup v2 does not offer cpuset here; the soak takes it from v1 where nobody uses it')
  if (foldersIn(V1).length > 0) return none('groups of cgroup v1 use cpuset')
  if (spawnSync('umount', [V1]).status !== 0) return none('cgroup v1 has cpuset and cannot be unmounted')
  const giveBack = () => {
    const mounted = () => spawnSync('mount', ['-t', 'cgroup', '-o', 'cpuset', 'cpuset', V1]).status === 0
    if (!succeedsInTime(mounted)) throw new Error(`${V1} could not be mounted again`)
  }
  if (succeedsInTime(isOffered)) return { giveBack }
  giveBack()
  return none('no cgroup v2 takes cpuset over')
}

/** The kernel takes a moment to let go of a controller, longer after groups have used it. */
function succeedsInTime(done: () => boolean): boolean {
  for (let tries = 0; tries < 100; tries++) {
    if (done()) return true
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  }
  return false
}

function isOffered(): boolean {
  return ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].some(root =>
    /\bcpuset\b/.test(readText(`${root}/cgroup.controllers`)),
  )
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
      entry.isDirectory() ? [entry.name] : [],
    )
  } catch {
    return []
  }
}

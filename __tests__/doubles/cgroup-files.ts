import * as nodeFs from 'node:fs'
import { join } from 'node:path'
import type { FileSystem } from '../../src/shell/host/ports.ts'

const CGROUPS = /\/sys\/fs\/cgroup\//

/** The files that the kernel makes in a new group where cpuset is enabled. */
const MADE = {
  'cgroup.controllers': 'cpuset',
  'cgroup.kill': '',
  'cgroup.procs': '',
  'cpuset.cpus': '',
  'cpuset.cpus.partition': 'member',
}

/** Real files, but that folders below /sys/fs/cgroup come with their files and go with them, as in cgroup v2. */
export const cgroupFiles: FileSystem = {
  ...nodeFs,
  mkdirSync: ((path: string, options?: nodeFs.MakeDirectoryOptions) => {
    const made = nodeFs.mkdirSync(path, options)
    if (CGROUPS.test(path))
      for (const [name, text] of Object.entries(MADE)) nodeFs.writeFileSync(join(path, name), `${text}\n`)
    return made
  }) as typeof nodeFs.mkdirSync,
  rmdirSync: path => {
    if (!CGROUPS.test(String(path))) return nodeFs.rmdirSync(path)
    const groups = nodeFs.readdirSync(path, { withFileTypes: true }).filter(entry => entry.isDirectory())
    if (groups.length > 0) throw Object.assign(new Error('EBUSY: groups within'), { code: 'EBUSY' })
    return nodeFs.rmSync(path, { recursive: true })
  },
}

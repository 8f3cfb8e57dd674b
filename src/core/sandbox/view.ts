/** One thing that a job sees; paths are absolute, `at` is the job's own. */
export type Shown =
  /** A file or folder of the machine, to be read or to be written as well. */
  | { readonly how: 'read' | 'write' | 'device'; readonly from: string; readonly at: string }
  /** A folder of the machine whose changes go into a layer that is thrown away. */
  | {
      readonly how: 'layered'
      readonly from: string
      readonly at: string
      readonly upper: string
      readonly work: string
      readonly merged: string
    }
  /** An empty folder in memory, gone with the job. */
  | { readonly how: 'memory'; readonly at: string; readonly megabytes: number }
  /** A folder on the way to others, which jobs cannot write to. */
  | { readonly how: 'folder'; readonly at: string }
  | { readonly how: 'link'; readonly at: string; readonly target: string }
  /** The kernel's own: the processes of the job, and the harmless devices. */
  | { readonly how: 'proc' | 'dev'; readonly at: string }

/** Everything that a job sees, in the order in which it is laid out: what comes later covers what came before. */
export interface View {
  readonly shown: readonly Shown[]
  /** Whether the job has the machine's network; a loopback of its own otherwise. */
  readonly network: boolean
}

/** The top of a system, as it is found: links stay links (`/bin` to `usr/bin`). */
export interface SystemFolder {
  readonly path: string
  readonly link?: string
}

/** What the folders of one place hold for its jobs, in addition to what every job sees. */
export interface ViewRequest {
  readonly system: readonly SystemFolder[]
  /** Parts of the toolchains in use, and other things to be read at their own path. */
  readonly readable: readonly string[]
  /** What is shown at the end, over everything else. */
  readonly own: readonly Shown[]
  readonly network: boolean
  /** Half of the machine's memory at most goes into files of a job. */
  readonly memoryMegabytes: number
}

/** Folders that are each job's own and empty. */
const PRIVATE = ['/tmp', '/var/tmp', '/run', '/dev/shm']
const CLOSED = ['/home', '/root', '/mnt', '/media', '/srv', '/opt', '/var']

/** What a job sees, from nothing: a system to be read, empty folders, its toolchains, and what is its own. */
export function viewOf(request: ViewRequest): View {
  const { system, readable, own, network, memoryMegabytes } = request
  const shown: Shown[] = [
    ...system.map(
      ({ path, link }): Shown =>
        link === undefined ? { how: 'read', from: path, at: path } : { how: 'link', at: path, target: link },
    ),
    { how: 'proc', at: '/proc' },
    { how: 'dev', at: '/dev' },
    ...CLOSED.map((at): Shown => ({ how: 'folder', at })),
    ...PRIVATE.map((at): Shown => ({ how: 'memory', at, megabytes: memoryMegabytes })),
    { how: 'folder', at: '/run/lock' },
    ...readable.map((at): Shown => ({ how: 'read', from: at, at })),
    ...own,
  ]
  return { shown, network }
}

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * A cage: a mount namespace in which a fake machine lies over the real one, so that the unchanged host process, whose root folder
 * nobody can choose, works on the fake one. In a user namespace of its own it needs no root, and is root only in there.
 */
export interface Cage {
  /** The command line that runs a command in the cage. */
  argv(command: readonly string[]): readonly string[]
}

const LAID_OVER = ['/sys', '/proc/sys', '/proc/irq', '/run', '/dev/cpu_dma_latency']

/** The cage of a fake machine, or why this system does not let us build one. */
export function buildCage(root: string): Cage | { readonly why: string } {
  const mounts = LAID_OVER.filter(path => existsSync(path) && existsSync(`${root}${path}`))
  const script = `${mounts.map(path => `mount --bind "$0${path}" ${path}`).join(' && ')} && exec "$@"`
  const argv = (command: readonly string[]) => [
    'unshare',
    '--user',
    '--map-root-user',
    '--mount',
    '/bin/sh',
    '-c',
    script,
    root,
    ...command,
  ]
  const [file, ...args] = argv(['/bin/true'])
  const { status, stderr, error } = spawnSync(file!, args, { encoding: 'utf8' })
  return status === 0 ? { argv } : { why: error?.message ?? stderr.trim().split('\n')[0] ?? 'unshare failed' }
}

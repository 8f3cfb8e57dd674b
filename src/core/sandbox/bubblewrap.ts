import { isWithin } from './toolchains.ts'
import type { Shown, View } from './view.ts'

/** How bubblewrap is to start a job. */
export interface Wrapping {
  /** The user in a namespace of users; absent where we are root and change the user ourselves. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  /** A descriptor with a filter of system calls. */
  readonly filterDescriptor?: number | undefined
  /** Where the job begins, by its own name. */
  readonly cwd: string
}

/** The arguments of bubblewrap (bwrap(1), 0.5 and later) before the command. */
export function bubblewrapArguments(
  { shown, network }: View,
  { user, filterDescriptor, cwd }: Wrapping,
): readonly string[] {
  return [
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--die-with-parent'],
    ...(network ? [] : ['--unshare-net']),
    // Around layers we start it as root of a namespace of users, whose rights it would leave in the bounding set (capabilities(7)).
    ...(user ? ['--unshare-user', '--uid', `${user.uid}`, '--gid', `${user.gid}`, '--cap-drop', 'ALL'] : []),
    ...withWays(shown).flatMap(argumentsFor),
    // In a namespace of users the job owns what bubblewrap makes.
    ...(shown.some(({ how }) => how === 'dev') ? ['--remount-ro', '/dev'] : []),
    ...['--remount-ro', '/'],
    ...(filterDescriptor === undefined ? [] : ['--seccomp', `${filterDescriptor}`]),
    ...['--chdir', cwd],
  ]
}

/** With every folder on the way to something made by name: what bubblewrap makes unasked is closed to other users. */
function withWays(shown: readonly Shown[]): readonly Shown[] {
  const made = new Set<string>()
  const covered: string[] = []
  return shown.flatMap(each => {
    const parts = each.at.split('/').slice(1, -1)
    const ways = parts
      .map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)
      .filter(way => !made.has(way) && !covered.some(folder => isWithin(way, folder)))
    for (const way of [...ways, each.at]) made.add(way)
    if (each.how === 'memory') for (const way of made) if (isWithin(way, each.at)) made.delete(way)
    if (each.how !== 'memory' && each.how !== 'folder') covered.push(each.at)
    made.add(each.at)
    return [...ways.map((at): Shown => ({ how: 'folder', at })), each]
  })
}

function argumentsFor(shown: Shown): readonly string[] {
  const { at } = shown
  switch (shown.how) {
    case 'read':
      return ['--ro-bind', shown.from, at]
    case 'write':
      return ['--bind', shown.from, at]
    case 'device':
      return ['--dev-bind', shown.from, at]
    case 'layered':
      return ['--bind', shown.merged, at]
    case 'memory':
      return ['--perms', '1777', '--size', `${shown.megabytes * 2 ** 20}`, '--tmpfs', at]
    case 'folder':
      return ['--perms', '0755', '--dir', at]
    case 'link':
      return ['--symlink', shown.target, at]
    case 'proc':
      return ['--proc', at]
    case 'dev':
      return ['--dev', at]
  }
}

/** The tables of sockets under `/proc/net`; one that a kernel lacks is empty text. */
export interface SocketTables {
  /** `tcp` and `tcp6` (proc_pid_net(5)). */
  readonly tcp: readonly string[]
  /** `udp` and `udp6`. */
  readonly udp: readonly string[]
  readonly unix: string
}

/** Places of a network at which a process of some users waits for others: the inode of each socket with what it is called. */
export function listenersIn(tables: SocketTables, uids: ReadonlySet<number>): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [protocol, state] of [
    ['tcp', LISTENS],
    ['udp', UNCONNECTED],
  ] as const)
    for (const line of tables[protocol].flatMap(table => table.split('\n').slice(1))) {
      const [, local, , at, , , , uid, , inode] = line.trim().split(/\s+/)
      if (at !== state || !uids.has(Number(uid))) continue
      found.set(`${protocol} ${inode}`, `${protocol} port ${Number.parseInt(local!.split(':')[1]!, 16)}`)
    }
  // Unix sockets show no owner, and only those with an abstract name belong to a network (unix(7)).
  for (const line of tables.unix.split('\n').slice(1)) {
    const [, , , flags, type, , inode, path] = line.trim().split(/\s+/)
    const waits = (Number.parseInt(flags!, 16) & ACCEPTS) !== 0 || type === DATAGRAMS
    if (path?.startsWith('@') && waits && !NAMED_BY_KERNEL.test(path))
      found.set(`unix ${inode}`, `the socket ${path.replace(/@+$/, '')}`)
  }
  return found
}

/** States of sockets (include/net/tcp_states.h): TCP_LISTEN, and TCP_CLOSE, which a bound UDP socket is in until it is connected. */
const LISTENS = '0A'
const UNCONNECTED = '07'
/** `__SO_ACCEPTCON` (include/uapi/linux/net.h). */
const ACCEPTS = 1 << 16
/** SOCK_DGRAM: such a socket takes what it is sent as soon as it has a name. */
const DATAGRAMS = '0002'
/** The kernel names a socket so that wants no name of its own (unix(7), "Autobind feature"). */
const NAMED_BY_KERNEL = /^@[0-9a-f]{5}@*$/

import { CLOSED_RANGES } from './cloud-addresses.ts'

/** What slirp4netns(1) is to a network that it gives a way out: the name server and nothing else answers at this address. */
const NAME_SERVER = '10.0.2.3'

/** What jobs find in their /etc/resolv.conf. */
export const OWN_RESOLV_CONF = `nameserver ${NAME_SERVER}\n`

/**
 * The words of ip(8) that close addresses in a network of jobs' own, a command each. They need no interface, so that they hold before there is a way
 * out. The name server's address leads to the machine's own name server at every port, which may be a cloud's address or a loopback.
 */
export function closingCommands(): readonly (readonly string[])[] {
  return [
    ['link', 'set', 'lo', 'up'],
    ...CLOSED_RANGES.map(({ family, range }) => [`-${family}`, 'route', 'add', 'prohibit', range]),
    ['rule', 'add', 'to', NAME_SERVER, 'dport', '53', 'lookup', 'main', 'priority', '1'],
    ['rule', 'add', 'to', NAME_SERVER, 'prohibit', 'priority', '2'],
  ]
}

/** Why a network of jobs' own would not lead where the machine's does. */
export function noOwnNetwork(
  env: Readonly<Record<string, string | undefined>>,
  routes: string,
): string | undefined {
  const local = Object.keys(env).find(
    name => /^(?:https?|all|ftp)_proxy$/i.test(name) && LOOPBACK.test(env[name] ?? ''),
  )
  if (local !== undefined) return `${local} names a proxy at the machine's own loopback`
  // The third column of proc_pid_net(5)'s table of routes is a gateway, the second the destination: all zero for everything else.
  const leadsOut = routes.split('\n').some(line => line.split(/\s+/)[1] === '00000000')
  return leadsOut ? undefined : 'the machine has no way out by IPv4'
}

const LOOPBACK = /^(?:\w+:\/\/)?(?:[^@/]*@)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)/i

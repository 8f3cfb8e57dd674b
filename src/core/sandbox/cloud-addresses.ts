/** A range of addresses that no build has business with: where clouds tell a machine its own credentials. */
export interface ClosedRange {
  readonly family: 4 | 6
  readonly range: string
  /** One address in it, to ask the kernel about. */
  readonly probe: string
}

/** Link-local addresses (RFC 3927, RFC 4291), and those of the clouds that tell credentials at another one: AWS by IPv6, Alibaba. */
export const CLOSED_RANGES: readonly ClosedRange[] = [
  { family: 4, range: '169.254.0.0/16', probe: '169.254.169.254' },
  { family: 4, range: '100.100.100.200/32', probe: '100.100.100.200' },
  { family: 6, range: 'fe80::/10', probe: 'fe80::a9fe:a9fe' },
  { family: 6, range: 'fd00:ec2::254/128', probe: 'fd00:ec2::254' },
]

/** The range's words for a rule of the kernel's routing (ip-rule(8)) that refuses it to some users. */
export function ruleAgainst({ range }: ClosedRange, users: UserRange): readonly string[] {
  return ['priority', '2', 'uidrange', spanOf(users), 'to', range, 'prohibit']
}

/** Users from the first to the last. */
export interface UserRange {
  readonly first: number
  readonly last: number
}

/** The name of our table of nft(8) for some users. */
export const tableFor = ({ first, last }: UserRange): string => `perf-verdict-${first}-${last}`

/** The users that our tables in the output of `nft list tables` are for. */
export function tablesIn(text: string): readonly UserRange[] {
  return [...text.matchAll(/^table inet perf-verdict-(\d+)-(\d+)$/gm)].map(([, first, last]) => ({
    first: Number(first),
    last: Number(last),
  }))
}

/** A table of nft(8) that refuses these addresses to some users on whatever device they ask, but for names at the name servers among them. */
export function tableAgainst(users: UserRange, servers: readonly NameServer[]): string {
  const whose = `meta skuid ${spanOf(users)}`
  const family = (of: 4 | 6) => (of === 4 ? 'ip' : 'ip6')
  const ranges = (of: 4 | 6) => CLOSED_RANGES.filter(each => each.family === of).map(({ range }) => range)
  return [
    `table inet ${tableFor(users)} {`,
    'chain output { type filter hook output priority 0; policy accept;',
    ...servers.map(
      each =>
        `${whose} ${family(each.family)} daddr ${each.address} meta l4proto { tcp, udp } th dport 53 accept`,
    ),
    ...([4, 6] as const).map(of => `${whose} ${family(of)} daddr { ${ranges(of).join(', ')} } reject`),
    '}',
    '}',
    '',
  ].join('\n')
}

const spanOf = ({ first, last }: UserRange): string => `${first}-${last}`

interface NameServer {
  readonly family: 4 | 6
  readonly address: string
}

/** Name servers in the text of resolv.conf(5) that a range holds: on some clouds the same address answers for names and for credentials. */
export function nameServersIn(resolv: string): readonly NameServer[] {
  return [...resolv.matchAll(/^\s*nameserver\s+(\S+)/gm)].flatMap(
    ([, server = '']): readonly NameServer[] => {
      const address = server.replace(/%.*$/, '').toLowerCase()
      if (/^169\.254\.\d+\.\d+$/.test(address)) return [{ family: 4, address }]
      return /^fe[89ab][0-9a-f]:[0-9a-f:]+$/.test(address) ? [{ family: 6, address }] : []
    },
  )
}

/** The words for a rule that lets some users ask a name server in spite of the rule against its range. */
export function ruleForNames(address: string, users: UserRange): readonly string[] {
  return ['priority', '1', 'uidrange', spanOf(users), 'to', address, 'dport', '53', 'lookup', 'main']
}

/** The rules in the output of `ip rule` that are for users between two, each with its users and with the words that delete it. */
export function rulesFor(
  text: string,
  { first, last }: UserRange,
): readonly { readonly users: UserRange; readonly words: readonly string[] }[] {
  return text.split('\n').flatMap(line => {
    const [, priority, from, to] = /^([12]):\s.*\buidrange (\d+)-(\d+)\b/.exec(line) ?? []
    const users = { first: Number(from), last: Number(to) }
    if (priority === undefined || users.first < first || users.last > last) return []
    const target = /\bto (\S+)/.exec(line)?.[1]
    return [
      {
        users,
        words: ['priority', priority, 'uidrange', spanOf(users), ...(target ? ['to', target] : [])],
      },
    ]
  })
}

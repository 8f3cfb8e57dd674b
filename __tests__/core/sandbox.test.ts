import { describe, expect, test } from '@jest/globals'
import { bubblewrapArguments } from '../../src/core/sandbox/bubblewrap.ts'
import { insideVariables, lentFolders, sharedFaults } from '../../src/core/sandbox/caches.ts'
import {
  CLOSED_RANGES,
  nameServersIn,
  ruleAgainst,
  ruleForNames,
  rulesFor,
  tableAgainst,
  tablesIn,
} from '../../src/core/sandbox/cloud-addresses.ts'
import { keptOfDisk, limitsOf, readHardLimits } from '../../src/core/sandbox/limits.ts'
import { inSteps, mountTable, overlayTable, readMounts } from '../../src/core/sandbox/mount-table.ts'
import { noOwnNetwork } from '../../src/core/sandbox/own-network.ts'
import { inOwnTree, insideOf, outsideOf, type Place } from '../../src/core/sandbox/place.ts'
import { systemCallFilter } from '../../src/core/sandbox/system-calls.ts'
import { toolchainFolders } from '../../src/core/sandbox/toolchains.ts'
import { viewOf } from '../../src/core/sandbox/view.ts'
import { exitedWith, foundNoNetwork, killedBy } from '../../src/core/text/how-it-ended.ts'
import { faultClause } from '../../src/report/reasons/faults.ts'

const PLACE: Place = {
  ...{ tree: '/w/base', home: '/w/base.home', scratch: '/w/base.scratch' },
  inside: { tree: '/home/u/repo', home: '/home/perf-verdict', scratch: '/run/perf-verdict/scratch' },
}

test.each([
  ['/home/u/repo', '/w/base'],
  ['/home/u/repo/lib:/home/u/repo/src', '/w/base/lib:/w/base/src'],
  ['-I/home/u/repo/include -L"/home/u/repo/lib"', '-I/w/base/include -L"/w/base/lib"'],
  ['file:///home/u/repo/x', 'file:///w/base/x'],
  ['cd /home/u/repo; ./bench', 'cd /w/base; ./bench'],
  ...['/home/u/repository', '/home/u/repo.git', '/home/u/repo-2/x', '/mnt/home/u/repo', '/home/u'].map(
    text => [text, text] as const,
  ),
])('%s is named in a tree of its own as %s', (text, own) => {
  expect(inOwnTree(text, '/home/u/repo', '/w/base')).toBe(own)
})

test('paths go in and out of a place, by whole steps only', () => {
  expect(outsideOf(PLACE, '/home/u/repo/a/b')).toBe('/w/base/a/b')
  expect(insideOf(PLACE, '/w/base.scratch/x')).toBe('/run/perf-verdict/scratch/x')
  for (const path of ['/home/u/repository', '/usr/lib/x.so', '[vdso]'])
    expect(outsideOf(PLACE, path)).toBe(path)
})

describe('of toolchains in use only their own parts are shown', () => {
  const home = '/home/u'
  const names: Record<string, readonly string[]> = {
    [`${home}/actions-runner/_work/_tool/node/24/x64`]: ['bin', 'lib', 'include', '.npmrc', 'secret'],
    [`${home}/.cargo`]: ['bin', 'registry', 'credentials.toml'],
    [`${home}/.local`]: ['bin', 'lib', 'share'],
    [`${home}/go`]: ['bin', 'pkg', 'src'],
    '/': ['bin', 'lib', 'usr', 'src', 'shared', 'test', 'home'],
    '/opt/go': ['bin', 'pkg', 'src', 'VERSION', 'go.env'],
    [`${home}/.pyenv`]: ['bin', 'shims', 'libexec', 'versions', 'version', 'cache'],
    [`${home}/.rustup`]: ['toolchains', 'settings.toml', 'downloads'],
  }
  const shown = (env: Record<string, string>) =>
    toolchainFolders({
      env,
      namesIn: folder => names[folder] ?? [],
      realPath: path => path,
      closed: [home, `${home}/actions-runner/_work/_temp`, `${home}/actions-runner/_work/r/r`],
      system: ['/usr', '/bin', '/sbin'],
    })

  test.each([
    [
      `${home}/actions-runner/_work/_tool/node/24/x64/bin`,
      ['bin', 'lib', 'include'].map(part => `${home}/actions-runner/_work/_tool/node/24/x64/${part}`),
    ],
    [`${home}/.cargo/bin`, [`${home}/.cargo/bin`]],
    [`${home}/.local/bin`, [`${home}/.local/bin`, `${home}/.local/lib`]],
    [`${home}/go/bin`, [`${home}/go/bin`]],
    ['/opt/go/bin', ['bin', 'pkg', 'src', 'VERSION', 'go.env'].map(part => `/opt/go/${part}`)],
    [
      `${home}/.pyenv/shims`,
      ['shims', 'bin', 'libexec', 'versions', 'version'].map(part => `${home}/.pyenv/${part}`),
    ],
    [`${home}/bin`, [`${home}/bin`]],
    ['/usr/bin:/:relative::.', []],
    // What is next to /bin is the machine's: nothing of it is shown for that.
    ['/usr//bin:/bin:/sbin/://bin//', []],
    [`${home}:${home}/actions-runner:${home}/actions-runner/_work/_temp`, []],
  ])('PATH=%s', (PATH, expected) => {
    expect([...shown({ PATH })].sort()).toEqual([...expected].sort())
  })

  test('and of what variables name', () => {
    expect([...shown({ RUSTUP_HOME: `${home}/.rustup`, CC: '/opt/cc/bin/gcc -m64' })].sort()).toEqual(
      [`${home}/.rustup/settings.toml`, `${home}/.rustup/toolchains`, '/opt/cc/bin'].sort(),
    )
  })
})

const VIEW = viewOf({
  system: [{ path: '/usr' }, { path: '/bin', link: 'usr/bin' }],
  readable: ['/opt/go/bin'],
  own: [
    { how: 'write', from: '/w/base', at: '/home/u/my repo' },
    { how: 'layered', from: '/root/a,b', at: '/home/u/c', upper: '/l/u', work: '/l/w', merged: '/l/m' },
  ],
  network: false,
  memoryMegabytes: 64,
})

test('one view says the same to bubblewrap and to mount', () => {
  const words = bubblewrapArguments(VIEW, { cwd: '/', user: { uid: 5, gid: 6 }, filterDescriptor: 5 }).join(
    ' ',
  )
  expect(words).toContain('--unshare-net')
  expect(words).toContain('--ro-bind /opt/go/bin /opt/go/bin')
  expect(words).toContain('--bind /w/base /home/u/my repo')
  expect(words).toContain('--perms 0755 --dir /opt/go')
  expect(words.indexOf('--dir /home/u ')).toBeLessThan(words.indexOf('/home/u/my repo'))
  const facts = {
    root: '/r',
    mounts: [{ at: '/', flags: ['relatime'] }],
    isFile: () => false,
    devices: ['/dev/null'],
    isThere: () => true,
  }
  const [first, then] = inSteps(VIEW).map(step => mountTable(step, facts))
  expect(first!.table).toContain('/usr /r/usr none rbind,relatime,ro 0 0\n')
  expect(first!.links).toContainEqual({ at: '/r/bin', target: 'usr/bin' })
  expect(then!.table).toContain('/w/base /r/home/u/my\\040repo none rbind,relatime 0 0\n')
  expect(overlayTable(VIEW, true)).toBe(
    'perf-verdict /l/m overlay lowerdir=/root/a\\134,b,upperdir=/l/u,workdir=/l/w,userxattr 0 0\n',
  )
})

test('flags of mounts are those of the innermost', () => {
  const text = '1 0 8:1 / / rw,relatime - ext4 x rw\n2 1 0:5 / /tmp\\040x rw,nosuid,nodev - tmpfs t rw\n'
  const facts = {
    root: '/r',
    mounts: readMounts(text),
    isFile: () => false,
    devices: [],
    isThere: () => true,
  }
  const shown = ['/tmp x/y', '/tmpx'].map(path => ({ how: 'read', from: path, at: path }) as const)
  expect(mountTable(shown, facts).table).toBe(
    '/tmp\\040x/y /r/tmp\\040x/y none rbind,nosuid,nodev,ro 0 0\n/tmpx /r/tmpx none rbind,relatime,ro 0 0\n',
  )
})

test('what is mounted below a folder that is to be read is bound to be read too', () => {
  const text = [
    '1 0 8:1 / / rw,relatime - ext4 x rw',
    '2 1 0:5 / /usr/local\\040x rw,nosuid - tmpfs t rw',
    '3 2 0:6 / /usr/local\\040x/deep rw - tmpfs t rw',
    '4 1 0:7 / /usr/hidden rw - fuse t rw',
    '5 1 0:8 / /usr2 rw - tmpfs t rw',
  ].join('\n')
  const isThere = (path: string) => path !== '/usr/hidden'
  const facts = { root: '/r', mounts: readMounts(text), isFile: () => false, devices: [], isThere }
  const table = (how: 'read' | 'write') => mountTable([{ how, from: '/usr', at: '/system' }], facts).table
  expect(table('read').split('\n')).toEqual([
    '/usr /r/system none rbind,relatime,ro 0 0',
    '/usr/local\\040x /r/system/local\\040x none rbind,nosuid,ro 0 0',
    '/usr/local\\040x/deep /r/system/local\\040x/deep none rbind,ro 0 0',
    '',
  ])
  expect(table('write')).toBe('/usr /r/system none rbind,relatime 0 0\n')
})

describe('caches', () => {
  test('are found where variables or the home have them, and shared folders beside them', () => {
    const lent = lentFolders({ HOME: '/home/u', CARGO_HOME: '/c' }, ['~/.conan2', '/data'])
    expect(lent).toContainEqual({ from: '/c/registry', at: { home: '.cargo/registry' } })
    expect(lent).toContainEqual({ from: '/home/u/.cache/go-build', at: { home: '.cache/go-build' } })
    expect(lent).toContainEqual({ from: '/home/u/.conan2', at: { home: '.conan2' } })
    expect(lent).toContainEqual({ from: '/data', at: { path: '/data' } })
    expect(JSON.stringify(lent)).not.toContain('credentials')
  })

  test.each([
    ['/home/u/repo', 'is in the repository'],
    ['/home/u/repo/data', 'is in the repository'],
    ['/home/u', 'holds the repository'],
    ['/', 'holds the repository'],
    ['/tmp', "holds the gate's own work folder"],
    ['/tmp/work/base', "holds the gate's own work folder"],
    ['/home/u/repository', undefined],
    ['/opt/data', undefined],
  ])('a shared %s %s', (path, fault) => {
    const apart = { workTree: '/home/u/repo', folder: '/tmp/work' }
    for (const [name, real] of [
      [path, path],
      ['/a/link', path],
      [path, '/elsewhere'],
    ] as const) {
      const said = sharedFaults([[name, real]], apart)
      if (fault !== undefined && name === real) expect(said[0]).toContain(fault)
      expect(said).toHaveLength(fault === undefined ? 0 : 1)
    }
  })

  test('are named by variables as they are inside', () => {
    expect(insideVariables({ GOCACHE: '/x', PATH: '/bin' }, '/home/p')).toEqual({
      GOCACHE: '/home/p/.cache/go-build',
    })
  })
})

/** Runs a filter as the kernel does (McCanne and Jacobson 1993): what it says of one call. */
function verdict(program: Uint8Array, data: { nr: number; arch: number; args: readonly number[] }): string {
  const view = new DataView(program.buffer)
  const load = (offset: number) =>
    offset === 0 ? data.nr : offset === 4 ? data.arch : (data.args[(offset - 16) / 8] ?? 0)
  let value = 0
  for (let at = 0; ; at++) {
    const [code, yes, no, k] = [
      view.getUint16(at * 8, true),
      view.getUint8(at * 8 + 2),
      view.getUint8(at * 8 + 3),
      view.getUint32(at * 8 + 4, true),
    ]
    if (code === 0x20) value = load(k) >>> 0
    else if (code === 0x05) at += k
    else if (code === 0x15) at += value === k ? yes : no
    else if (code === 0x35) at += value >= k ? yes : no
    else if (code === 0x45) at += (value & k) !== 0 ? yes : no
    else if (code === 0x06) return k === 0x7fff0000 ? 'allow' : `errno ${k & 0xffff}`
    else throw new Error(`unknown instruction ${code}`)
  }
}

describe('the filter of system calls', () => {
  const x64 = 0xc000003e
  test.each([
    ['keyctl', { nr: 250, arch: x64, args: [] }, 'errno 1'],
    ['mount', { nr: 165, arch: x64, args: [] }, 'errno 1'],
    ['bpf', { nr: 321, arch: x64, args: [] }, 'errno 1'],
    ['clone3', { nr: 435, arch: x64, args: [] }, 'errno 38'],
    ['clone for a thread', { nr: 56, arch: x64, args: [0x3d0f00] }, 'allow'],
    ['clone for a user namespace', { nr: 56, arch: x64, args: [0x10000011] }, 'errno 1'],
    ['unshare of files', { nr: 272, arch: x64, args: [0x400] }, 'allow'],
    ['unshare of the network', { nr: 272, arch: x64, args: [0x40000000] }, 'errno 1'],
    ['an internet socket', { nr: 41, arch: x64, args: [2] }, 'allow'],
    ['a VM socket', { nr: 41, arch: x64, args: [40] }, 'errno 1'],
    ['typing into a terminal', { nr: 16, arch: x64, args: [0, 0x5412] }, 'errno 1'],
    ['asking a terminal for its size', { nr: 16, arch: x64, args: [0, 0x5413] }, 'allow'],
    ['binding a socket to a device', { nr: 54, arch: x64, args: [3, 1, 25] }, 'errno 1'],
    ['binding a socket to a device by number', { nr: 54, arch: x64, args: [3, 1, 62] }, 'errno 1'],
    ['letting others use an address', { nr: 54, arch: x64, args: [3, 1, 2] }, 'allow'],
    ['an option of TCP', { nr: 54, arch: x64, args: [3, 6, 25] }, 'allow'],
    ['read', { nr: 0, arch: x64, args: [] }, 'allow'],
    ['perf_event_open', { nr: 298, arch: x64, args: [] }, 'allow'],
    ['a call of x32', { nr: 0x40000000, arch: x64, args: [] }, 'errno 38'],
    ['mount from a 32-bit program', { nr: 21, arch: 0x40000003, args: [] }, 'errno 1'],
    ['exit from a 32-bit program', { nr: 1, arch: 0x40000003, args: [] }, 'allow'],
    ['anything of another machine', { nr: 1, arch: 0x28, args: [] }, 'errno 38'],
  ])('%s', (_, call, expected) => {
    expect(verdict(systemCallFilter('x64')!, call)).toBe(expected)
  })

  test('knows aarch64, and says that it knows no other', () => {
    expect(verdict(systemCallFilter('arm64')!, { nr: 40, arch: 0xc00000b7, args: [] })).toBe('errno 1')
    expect(verdict(systemCallFilter('arm64')!, { nr: 208, arch: 0xc00000b7, args: [3, 1, 25] })).toBe(
      'errno 1',
    )
    expect(verdict(systemCallFilter('arm64')!, { nr: 63, arch: 0xc00000b7, args: [] })).toBe('allow')
    expect(systemCallFilter('riscv64')).toBeUndefined()
  })
})

describe('limits', () => {
  const room = { cpus: 2, memoryBytes: 16 * 2 ** 30, diskBytes: 40 * 2 ** 30 }

  test('leave the machine enough to live on', () => {
    expect(limitsOf(room)).toEqual({
      memoryBytes: 14 * 2 ** 30,
      processes: 4096,
      fileBytes: 20 * 2 ** 30,
      diskBytes: 20 * 2 ** 30,
      coreBytes: 1,
      keptMemoryBytes: 512 * 2 ** 20,
    })
    expect(limitsOf({ ...room, cpus: 64 }).processes).toBe(8192)
    expect(limitsOf({ ...room, memoryBytes: 2 ** 30, diskBytes: 2 ** 20 })).toMatchObject({
      memoryBytes: 0.875 * 2 ** 30,
      fileBytes: 2 ** 30,
      keptMemoryBytes: 64 * 2 ** 20,
    })
    expect(keptOfDisk({ bytes: 10 ** 9, files: 1000 })).toEqual({ bytes: 10 ** 8, files: 100 })
  })

  test('are never above our own, which we could not set', () => {
    const text = [
      'Limit                     Soft Limit           Hard Limit           Units     ',
      'Max file size             unlimited            unlimited            bytes     ',
      'Max core file size        0                    0                    bytes     ',
      'Max processes             100                  1000                 processes ',
    ].join('\n')
    const hard = readHardLimits(text)
    expect(hard).toEqual({ 'core file size': 0, processes: 1000 })
    expect(limitsOf({ ...room, hard })).toMatchObject({ processes: 1000, coreBytes: 0 })
  })

  test.each([
    [{ of: 'memory', limit: 14 * 2 ** 30 }, 'because memory ran out (a job gets 14.0 GiB)'],
    [{ of: 'memory' }, 'because memory ran out'],
    [{ of: 'machine memory', limit: 2 ** 29 }, "because less than 512 MiB of the machine's memory was free"],
    [{ of: 'disk', limit: 2 ** 31 }, 'because less than 2.0 GiB of the disk was free'],
    [
      { of: 'disk use', limit: 2 ** 31 },
      'because its tree and home had grown to 2.0 GiB, the most that one side gets of the disk',
    ],
    [{ of: 'disk files' }, 'because the disk had hardly room for another file'],
    [{ of: 'processes', limit: 4080 }, 'because it reached the limit of 4080 processes and threads'],
    [{ of: 'file size', limit: 2 ** 30 }, 'because a file reached the limit of 1.0 GiB'],
  ] as const)('%j is said of what it ended', (ranOut, clause) => {
    expect(killedBy('SIGKILL', ranOut)).toBe(`was killed by SIGKILL, ${clause}`)
    expect(exitedWith(2, ranOut)).toBe(`exited with code 2 ${clause.replace('because', 'after')}`)
  })
})

test.each([
  [
    "warning: spurious network error: [6] Couldn't resolve host name (Could not resolve host: index.example.org)",
  ],
  [
    'go: example.com/x@v1: dial tcp: lookup proxy.example.org on 192.0.2.1:53: connect: network is unreachable',
  ],
  ['socket.gaierror: [Errno -3] Temporary failure in name resolution'],
  ['npm error code EAI_AGAIN'],
])('a benchmark without a network learns what to do: %s', printed => {
  const clauseOf = (text: string) => faultClause({ rule: 'exit', code: 1, offline: foundNoNetwork(text) })
  expect(clauseOf(printed)).toContain('let the build command fetch')
  expect(clauseOf('assertion failed')).toBe('exited with code 1')
})

describe('addresses of the cloud', () => {
  const users = { first: 60_706, last: 60_709 }

  test('are closed by rules that the kernel lists again', () => {
    const rules = CLOSED_RANGES.map(closed => ruleAgainst(closed, users).join(' '))
    expect(rules[0]).toBe('priority 2 uidrange 60706-60709 to 169.254.0.0/16 prohibit')
    const listed = [
      '0:\tfrom all lookup local',
      '1:\tfrom all to 169.254.169.254 dport 53 uidrange 60706-60709 lookup main',
      '2:\tfrom all to 169.254.0.0/16 uidrange 60706-60709 prohibit',
      '2:\tfrom all to 169.254.0.0/16 uidrange 60710-60713 prohibit',
      '2:\tfrom all uidrange 1000-1000 lookup vpn',
      '32766:\tfrom all lookup main',
    ].join('\n')
    expect(rulesFor(listed, users).map(({ words }) => words.join(' '))).toEqual([
      'priority 1 uidrange 60706-60709 to 169.254.169.254',
      'priority 2 uidrange 60706-60709 to 169.254.0.0/16',
    ])
    expect(rulesFor(listed, { first: 60_706, last: 61_165 })).toHaveLength(3)
  })

  test('are closed by a table of the firewall too, which is found again by its users', () => {
    const text = tableAgainst(users, [{ family: 4, address: '169.254.169.254' }])
    const lines = text.split('\n')
    expect(lines[0]).toBe('table inet perf-verdict-60706-60709 {')
    expect(lines[2]).toBe(
      'meta skuid 60706-60709 ip daddr 169.254.169.254 meta l4proto { tcp, udp } th dport 53 accept',
    )
    expect(lines[3]).toContain('ip daddr { 169.254.0.0/16, 100.100.100.200/32 } reject')
    expect(lines[4]).toContain('ip6 daddr { fe80::/10, fd00:ec2::254/128 } reject')
    const listed = 'table inet perf-verdict-60706-60709\ntable ip nat\ntable inet perf-verdict-x\n'
    expect(tablesIn(listed)).toEqual([users])
  })

  test.each([
    [{ HTTPS_PROXY: 'http://127.0.0.1:3128' }, 'HTTPS_PROXY names a proxy'],
    [{ http_proxy: 'localhost:3128' }, 'http_proxy names a proxy'],
    [{ all_proxy: 'socks5://u:p@[::1]:1080/' }, 'all_proxy names a proxy'],
    [{ HTTPS_PROXY: 'http://127.0.0.1.example.org:1' }, undefined],
    [{ http_proxy: 'http://proxy.example.org:3128', PATH: '127.0.0.1' }, undefined],
  ])('a network of jobs’ own would not reach the proxy of %j', (env, why) => {
    const routes = 'Iface\tDestination\tGateway\neth0\t00000000\t0100000A\n'
    if (why === undefined) expect(noOwnNetwork(env, routes)).toBeUndefined()
    else expect(noOwnNetwork(env, routes)).toContain(why)
    expect(noOwnNetwork({}, 'Iface\tDestination\neth0\t0000000A\n')).toMatch(/IPv4/)
  })

  test('may tell names, and nothing else', () => {
    const text = 'search x\nnameserver 169.254.169.254\n nameserver fe80::1%eth0\nnameserver 10.0.0.2\n'
    const found = nameServersIn(text)
    expect(found).toEqual([
      { family: 4, address: '169.254.169.254' },
      { family: 6, address: 'fe80::1' },
    ])
    expect(ruleForNames(found[0]!.address, users).join(' ')).toBe(
      'priority 1 uidrange 60706-60709 to 169.254.169.254 dport 53 lookup main',
    )
  })
})

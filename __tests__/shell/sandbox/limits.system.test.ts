import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { bundleDriver, isRoot, type SandboxDriver, users } from '../../doubles/drive-sandbox.ts'

let driver: SandboxDriver
beforeAll(() => {
  driver = bundleDriver()
})
afterAll(() => driver.end())

const LESS = { memoryBytes: 200e6, processes: 150, fileBytes: 20e6 }
const EATS_MEMORY = `20 python3 -c 'x = b"a" * 400000000'; exit 1`
const FORKS = `20 python3 -c '
import os, sys, time
for i in range(300):
    try:
        if os.fork() == 0: time.sleep(9); os._exit(0)
    except OSError: sys.exit(3)
'`
const WRITES_MUCH = '20 exec dd if=/dev/zero of=big bs=1M count=40'

describe.each(users)('a job of %s', user => {
  test('ends at a limit, and its outcome names the limit', () => {
    const lines = [EATS_MEMORY, FORKS, WRITES_MUCH, '9 ulimit -c; cat /proc/self/oom_score_adj']
    const { isolation, outcomes } = driver.drive(user, 'auto', lines, {
      env: { LIMITS: JSON.stringify(LESS) },
    })
    const [memory, processes, file, sizes] = outcomes
    if (isolation.includes('cgroup')) {
      expect(memory!.ranOut).toEqual({ of: 'memory', limit: LESS.memoryBytes })
      expect(processes!.ranOut).toMatchObject({ of: 'processes' })
    } else process.stdout.write(`skipped: jobs of ${user} have no cgroup here to be limited in\n`)
    expect(processes).toMatchObject({ code: 3 })
    expect(file).toMatchObject({ signal: 'SIGXFSZ', ranOut: { of: 'file size', limit: LESS.fileBytes } })
    expect(sizes!.stdout).toMatch(/^\d+\n1000\n$/)
  })

  test('ends where too little of the machine is left, if no group holds it', () => {
    const keptMemoryBytes = 2 ** 50
    const { isolation, outcomes } = driver.drive(user, 'auto', ['20 sleep 2', '9 true'], {
      env: { LIMITS: JSON.stringify({ keptMemoryBytes }) },
    })
    if (isolation.includes('cgroup')) expect(outcomes[1]!.ranOut).toBeUndefined()
    else expect(outcomes[0]).toMatchObject({ ranOut: { of: 'machine memory', limit: keptMemoryBytes } })
    expect(outcomes[1]).toMatchObject({ code: 0 })
  })

  test('ends when its tree and home hold more than one side gets of the disk, and not before', () => {
    const less = { ...LESS, diskBytes: 60e6 }
    const write = 'for i in $(seq 60); do head -c 15000000 /dev/urandom >$i; sleep 0.1; done'
    const lines = ['9 head -c 15000000 /dev/urandom >~/kept; sleep 1', `20 ${write}`, '9 true']
    const { outcomes } = driver.drive(user, 'auto', lines, { env: { LIMITS: JSON.stringify(less) } })
    expect(outcomes.map(({ ranOut }) => ranOut)).toEqual([
      undefined,
      { of: 'disk use', limit: less.diskBytes },
      undefined,
    ])
  })

  test('ends before the disk is full', () => {
    if (!isRoot) {
      process.stdout.write('skipped: a small disk takes root to be mounted\n')
      return
    }
    const small = join(driver.folder, `small-${user}`)
    mkdirSync(small)
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=100m,mode=777', 'none', small]).status).toBe(0)
    try {
      const fill = 'for i in $(seq 19); do head -c 5000000 /dev/zero >$i; done; sleep 9'
      const { outcomes } = driver.drive(user, 'auto', [`20 ${fill}`, '9 true'], { env: { TMPDIR: small } })
      expect(outcomes[0]!.ranOut).toMatchObject({ of: 'disk' })
      expect(outcomes[0]!.seconds).toBeLessThan(8)
      expect(readdirSync(small)).not.toContain('1')
    } finally {
      spawnSync('umount', ['-l', small])
    }
  })
})

test('groups that hold jobs to limits go with the gate', () => {
  const left = ['memory', 'pids', 'unified', '.'].flatMap(name => {
    const folder = join('/sys/fs/cgroup', name)
    const names = existsSync(folder) ? readdirSync(folder) : []
    return names.filter(each => {
      const pid = /^perf-verdict-(\d+)\./.exec(each)?.[1]
      return pid !== undefined && !existsSync(`/proc/${pid}`)
    })
  })
  expect(left).toEqual([])
})

/** Asks at each address in several ways, and prints what answers. */
const ASK = `python3 -c "
import socket
for at in ['169.254.169.254', '::ffff:169.254.169.254', 'fd00:ec2::254', 'fe80::a9fe:a9fe%here', '10.0.2.3', '10.9.9.1']:
    for way in ['plain', 'device', 'tunnel', 'neighbour']:
        try:
            info = socket.getaddrinfo(at, 80, type=socket.SOCK_STREAM)[0]
            s = socket.socket(info[0])
            s.settimeout(1)
            if way == 'device': s.setsockopt(socket.SOL_SOCKET, 25, b'here')
            if way == 'tunnel': s.setsockopt(socket.SOL_SOCKET, 25, b'tap0')
            if way == 'neighbour': s.setsockopt(socket.SOL_SOCKET, socket.SO_DONTROUTE, 1)
            s.connect(info[4])
            print(at, way, s.recv(99).decode())
        except OSError: pass
"`

/** Levels with builds that have a network, as the machine offers them to one who lacks some tools. */
const LEVELS = [
  { user: 'root', without: [] },
  { user: 'root', without: ['bwrap'] },
  { user: 'root', without: ['bwrap', 'unshare'] },
  { user: 'ordinary', without: [] },
  { user: 'ordinary', without: ['bwrap'] },
  { user: 'ordinary', without: ['slirp4netns'] },
] as const

const isInstalled = (tool: string) => ['/usr/bin', '/usr/sbin'].some(at => existsSync(join(at, tool)))

function pathWithout(names: readonly string[]): string {
  const bin = mkdtempSync(join(driver.folder, 'bin-'))
  chmodSync(bin, 0o755)
  for (const at of ['/usr/bin', '/usr/sbin'])
    for (const name of readdirSync(at))
      if (!names.includes(name) && !existsSync(join(bin, name))) symlinkSync(join(at, name), join(bin, name))
  return bin
}

test('what answers at addresses of the cloud is closed to builds with a network, or the report says that it is not', () => {
  const cloud = fileURLToPath(new URL('../../doubles/cloud.sh', import.meta.url))
  const before = ['/usr/bin/unshare', '--net', '--mount', cloud]
  const [file, ...args] = [...before, 'true']
  const canMake = isRoot && spawnSync(file!, args, { timeout: 20_000, stdio: 'ignore' }).status === 0
  if (!canMake) {
    process.stdout.write('skipped: a network with a cloud takes root, unshare, ip and veth devices\n')
    return
  }
  for (const tool of ['nft', 'slirp4netns'])
    if (!isInstalled(tool)) process.stdout.write(`skipped: levels that need ${tool}\n`)
  for (const { user, without } of LEVELS) {
    const env = { BUILDS: '1', PATH: pathWithout(without) }
    const { isolation, limitations, outcomes } = driver.drive(user, 'auto', [`20 ${ASK}`], { env, before })
    const answered = outcomes[0]!.stdout.trim().split('\n')
    const open = answered.filter(line => !line.startsWith('10.9.9.1'))
    const said = JSON.stringify(limitations).includes('169.254.169.254')
    const level = { isolation, user, without, open, said, limitations }
    expect({ ...level, network: answered.includes('10.9.9.1 plain canary-cloud') }).toMatchObject({
      network: true,
    })
    const has = (tool: string) => isInstalled(tool) && !(without as readonly string[]).includes(tool)
    const isFiltered = isolation.includes('seccomp')
    const isClosed = isolation.startsWith('uid') ? isFiltered || has('nft') : isFiltered && has('slirp4netns')
    if (isClosed) expect(level).toMatchObject({ open: [], said: false })
    else expect(level).toMatchObject({ said: true })
  }
  if (isInstalled('nft'))
    expect(spawnSync('nft', ['list', 'tables'], { encoding: 'utf8' }).stdout).not.toMatch(/perf-verdict/)
})

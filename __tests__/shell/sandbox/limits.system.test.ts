import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { bundleDriver, isRoot, type SandboxDriver } from '../../doubles/drive-sandbox.ts'
import { soaking } from '../../doubles/soak.ts'

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

/** Every level that there is on a machine that lacks some tools. */
const ALL_LEVELS = [
  { name: 'root, bubblewrap', as: 'root', without: [], level: 'auto', says: /^uid\+.*seccomp/ },
  { name: 'root, util-linux', as: 'root', without: ['bwrap'], level: 'auto', says: /^uid\+.*mountns/ },
  { name: 'uid', as: 'root', without: ['bwrap', 'unshare'], level: 'auto', says: /^uid(\+cgroup)?$/ },
  { name: 'ordinary user, bubblewrap', as: 'ordinary', without: [], level: 'auto', says: /^userns.*seccomp/ },
  { name: 'ordinary user, util-linux', as: 'ordinary', without: ['bwrap'], level: 'auto', says: /^userns/ },
  { name: 'none', as: 'ordinary', without: ['bwrap', 'unshare'], level: 'off', says: /^none$/ },
] as const
const HERE = ALL_LEVELS.filter(({ as }) => isRoot || as === 'ordinary')

const WRITES_ON = 'for i in $(seq 60); do head -c 15000000 /dev/urandom >$i; sleep 0.1; done'

describe.each(HERE)('a job at the level of $name', ({ name, as, without, level, says }) => {
  const drive = (lines: readonly string[], limits: object, more: Readonly<Record<string, string>> = {}) => {
    const env = { PATH: pathWithout(without), LIMITS: JSON.stringify(limits), ...more }
    const answer = driver.drive(as, level, lines, { env })
    expect(answer.isolation).toMatch(says)
    return answer
  }

  test('ends at a limit, and its outcome names the limit', () => {
    const oom =
      '9 ulimit -c; cat /proc/self/oom_score_adj; echo 0 >/proc/self/oom_score_adj; cat /proc/self/oom_score_adj'
    const { isolation, outcomes } = drive([EATS_MEMORY, FORKS, WRITES_MUCH, oom], LESS)
    const [memory, processes, file, sizes] = outcomes
    const isHeld = isolation.includes('cgroup')
    if (isHeld) {
      expect(memory!.ranOut).toEqual({ of: 'memory', limit: LESS.memoryBytes })
      expect(processes!.ranOut).toMatchObject({ of: 'processes' })
    } else process.stdout.write(`skipped: jobs have no cgroup at the level of ${name} to be limited in\n`)
    // Processes of our own user cannot be counted apart from ours.
    if (name !== 'none') expect(processes).toMatchObject({ code: 3 })
    expect(file).toMatchObject({ signal: 'SIGXFSZ', ranOut: { of: 'file size', limit: LESS.fileBytes } })
    const [core, first, lowered] = sizes!.stdout.split('\n')
    expect([Number(core) <= 1, first]).toEqual([true, '1000'])
    // Only root can make it impossible to lower again, and in a container without that right not even root.
    if (as === 'root' && mayHoldFirst()) expect(lowered).toBe('1000')
  })

  // The rest is tried every day where jobs are usually run, and at each level in the soak.
  const each = soaking || without.length === 0 ? test : test.skip

  each('ends where too little of the machine is left, if no group holds it', () => {
    const keptMemoryBytes = 2 ** 50
    const { isolation, outcomes } = drive(['20 sleep 2', '9 true'], { keptMemoryBytes })
    if (isolation.includes('cgroup')) expect(outcomes[1]!.ranOut).toBeUndefined()
    else expect(outcomes[0]).toMatchObject({ ranOut: { of: 'machine memory', limit: keptMemoryBytes } })
    expect(outcomes[1]).toMatchObject({ code: 0 })
  })

  test('ends when its tree and home hold more than one side gets of the disk, and not before', () => {
    const less = { ...LESS, diskBytes: 60e6 }
    const { outcomes } = drive(['9 head -c 15000000 /dev/urandom >~/kept; sleep 1', `20 ${WRITES_ON}`], less)
    const ranOut = outcomes.map(outcome => outcome.ranOut)
    expect(ranOut).toEqual([undefined, { of: 'disk use', limit: less.diskBytes }])
  })

  each('ends before the disk is full, of bytes or of files', () => {
    if (!isRoot) {
      process.stdout.write('skipped: a small disk takes root to be mounted\n')
      return
    }
    for (const [size, fill, of] of [
      ['size=100m', 'for i in $(seq 19); do head -c 5000000 /dev/zero >$i; done; sleep 9', 'disk'],
      ['size=100m,nr_inodes=3000', 'seq 2900 | xargs touch; sleep 9', 'disk files'],
    ] as const) {
      const small = mkdtempSync(join(driver.folder, 'small-'))
      const mount = ['-t', 'tmpfs', '-o', `${size},mode=777`, 'none', small]
      expect(spawnSync('mount', mount).status).toBe(0)
      try {
        const { outcomes } = drive([`20 ${fill}`, '9 true'], {}, { TMPDIR: small })
        expect(outcomes[0]!.ranOut).toMatchObject({ of })
        expect(outcomes[0]!.seconds).toBeLessThan(8)
        expect(readdirSync(small)).not.toContain('1')
      } finally {
        spawnSync('umount', ['-l', small])
      }
    }
  })

  if (!['uid', 'none'].includes(name))
    each('has folders in memory that hold half of the machine at most', () => {
      const own = ['/tmp', '/var/tmp', '/run', '/dev/shm']
      const { outcomes } = drive([`9 df -B1 --output=fstype,size ${own.join(' ')} | tail -n +2`], {})
      const lines = outcomes[0]!.stdout.trim().split('\n')
      expect(lines).toHaveLength(own.length)
      for (const line of lines) {
        const [kind, bytes] = line.trim().split(/\s+/)
        expect(kind).toBe('tmpfs')
        expect(Number(bytes)).toBeLessThanOrEqual(totalmem() / 2 + 4096)
      }
    })
})

/** Whether root has the right here that it takes to lower this again (CAP_SYS_RESOURCE, bit 24 of capabilities(7)). */
function mayHoldFirst(): boolean {
  const rights = /^CapEff:\t([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  return ((BigInt(`0x${rights}`) >> 24n) & 1n) === 1n
}

/** A hundred processes that are each smaller than what stands by, and together too much; they try to be like everybody else where that is refused. */
const MANY_SMALL = `20 python3 -c '
import os, time
for i in range(100):
    if os.fork() == 0:
        try: ${mayHoldFirst() ? 'open("/proc/self/oom_score_adj", "w").write("0")' : 'pass'}
        except OSError: pass
        kept = b"a" * 8000000
        time.sleep(5); os._exit(0)
time.sleep(5)
'`

test('where memory runs out for all, the kernel ends a job of root, and not what is larger next to it', async () => {
  const group = `/sys/fs/cgroup/memory/pv-bystander-${process.pid}`
  if (!isRoot || !existsSync('/sys/fs/cgroup/memory/cgroup.procs')) {
    process.stdout.write('skipped: it takes root and a memory group (v1) to run out of memory alone\n')
    return
  }
  mkdirSync(group)
  const inGroup = ['/bin/sh', '-c', `echo 0 >${group}/cgroup.procs; exec "$@"`, 'group']
  const [shell, ...words] = [...inGroup, 'python3', '-c', 'import time; x = b"a" * 150000000; time.sleep(60)']
  writeFileSync(join(group, 'memory.limit_in_bytes'), `${600e6}`)
  const bystander = spawn(shell!, words, { stdio: 'ignore' })
  const gone = new Promise(done => bystander.once('exit', done))
  try {
    while (!/^VmRSS:\s+1[4-9]\d{4} kB$/m.test(readFileSync(`/proc/${bystander.pid}/status`, 'utf8')))
      await new Promise(done => setTimeout(done, 20))
    const { outcomes } = driver.drive('root', 'auto', [MANY_SMALL], { before: inGroup })
    const counted = readFileSync(join(group, 'memory.oom_control'), 'utf8')
    expect({ counted, ranOut: outcomes[0]?.ranOut }).toMatchObject({ ranOut: { of: 'memory' } })
    expect([bystander.exitCode, bystander.signalCode]).toEqual([null, null])
  } finally {
    bystander.kill('SIGKILL')
    await gone
    await removeGroup(group)
  }
})

/** Removes a group with those in it, as soon as the kernel has let go of what ran in them. */
async function removeGroup(group: string): Promise<void> {
  for (let patience = 0; existsSync(group) && patience < 100; patience++) {
    const inside = readdirSync(group, { withFileTypes: true }).filter(entry => entry.isDirectory())
    try {
      for (const folder of [...inside.map(({ name }) => join(group, name)), group]) rmdirSync(folder)
    } catch {
      await new Promise(done => setTimeout(done, 50))
    }
  }
}

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

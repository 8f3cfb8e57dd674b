import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { limitsOf } from '../../../src/core/sandbox/limits.ts'
import { openJobGroups, sweepJobGroups } from '../../../src/shell/jobs/cgroups.ts'
import { started } from '../../../src/shell/jobs/scheduled-command.ts'
import { bundleDriver, isRoot, type SandboxDriver, users } from '../../doubles/drive-sandbox.ts'
import { readText } from '../../doubles/proc.ts'

let driver: SandboxDriver
beforeAll(() => {
  driver = bundleDriver()
})
afterAll(() => driver.end())

const LIMITS = limitsOf({ cpus: 2, memoryBytes: 2 ** 33, diskBytes: 2 ** 36 })
const root = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].find(folder =>
  existsSync(join(folder, 'cgroup.controllers')),
)
const groups = isRoot ? await openJobGroups(LIMITS) : undefined
await groups?.close()
if (groups === undefined)
  process.stdout.write('skipped: groups of jobs need root and a cgroup v2 to write to\n')

describe('a command to be started', () => {
  const tools = { taskset: '/t/taskset', nice: '/t/nice', chrt: '/t/chrt', prlimit: '/t/prlimit' }
  const job = ['enter', 'job']
  const group = {
    folder: '/cg/1',
    cpuSeconds: () => undefined,
    extraThreads: () => 0,
    kill() {},
    async remove() {},
  }

  const most = [`--fsize=${LIMITS.fileBytes}`, '--core=1']

  test('is left as it is where nothing is asked, but for the size of files', () => {
    expect(started(job, { tools, counted: false, endsFirst: false, limits: LIMITS })).toEqual([
      '/t/prlimit',
      ...most,
      ...job,
    ])
  })

  test('is pinned, and its processes are limited where they can be counted', () => {
    const argv = started(job, { tools, counted: true, endsFirst: false, limits: LIMITS }, { cpus: '2-3' })
    expect(argv.slice(0, 4)).toEqual(['/t/taskset', '-c', '2-3', '/t/prlimit'])
    expect(Number(/^--nproc=(\d+)$/.exec(argv[4]!)?.[1])).toBeGreaterThanOrEqual(4096)
    expect(argv.slice(5)).toEqual([...most, ...job])
  })

  test('joins its group, then is given its priority and CPUs, and loses the right to the priority', () => {
    const argv = started(
      job,
      { tools, group, counted: false, endsFirst: false, limits: LIMITS },
      { cpus: '3', nice: -20, realTime: 1 },
    )
    expect(argv.slice(0, 2)).toEqual(['/bin/sh', '-c'])
    expect(argv.slice(3)).toEqual([
      ...[
        'enter',
        '/cg/1/cgroup.procs',
        '-20',
        '/t/chrt',
        '-r',
        '1',
        '/t/nice',
        '-n',
        `${-20 - getPriority()}`,
        '/t/taskset',
        '-c',
        '3',
      ],
      ...['/t/prlimit', ...most, '--nice=0', '--rtprio=0', 'enter', 'job'],
    ])
  })

  test.each([
    ['taskset', { cpus: '3' }],
    ['nice', { nice: -20 }],
    ['chrt', { realTime: 1 }],
  ])('without %s is an error that names it', (name, scheduling) => {
    const { [name as 'nice']: _, ...fewer } = tools
    expect(() =>
      started(job, { tools: fewer, counted: true, endsFirst: false, limits: LIMITS }, scheduling),
    ).toThrow(`${name} is not installed`)
  })
})

/** Whether root may lend rights here: in some containers and virtual machines it may not raise limits. */
const lends = isRoot && spawnSync('prlimit', ['--nice=40', '--rtprio=1', 'true']).status === 0
if (!lends)
  process.stdout.write('skipped: lending a priority to an ordinary user needs root with CAP_SYS_RESOURCE\n')

describe.each(users)('a job as %s', user => {
  const ask = [
    '60 grep Cpus_allowed_list /proc/self/status; nice; ulimit -u; ulimit -r; chrt -p $$; [ ! -e /proc/self/autogroup ] || cat /proc/self/autogroup',
  ]
  const last = `${Number(/(\d+)$/.exec(/^Cpus_allowed_list:\t(.*)$/m.exec(readText('/proc/self/status'))![1]!)![1])}`

  test('runs on its CPUs, and with no more processes than a build needs', () => {
    const { isolation, outcomes } = driver.drive(user, 'auto', ask, { scheduling: { cpus: last } })
    const [cpus, nice, most] = outcomes[0]!.stdout.split('\n')
    expect(outcomes[0]).toMatchObject({ code: 0 })
    expect([cpus, nice]).toEqual([`Cpus_allowed_list:\t${last}`, `${getPriority()}`])
    if (isolation !== 'none') expect(Number(most)).toBeLessThan(200_000)
  })

  test('has the priority that it is given, in its session too, and cannot take it further', () => {
    if (user === 'ordinary' && !lends) return
    const before = user === 'ordinary' ? ['/usr/bin/prlimit', '--nice=40', '--rtprio=1'] : []
    const { isolation, outcomes } = driver.drive(user, 'auto', [...ask, '60 nice -n 5 nice -n -15 nice'], {
      scheduling: { nice: -20 },
      before,
    })
    const [, nice, , mostRealTime, policy] = outcomes[0]!.stdout.split('\n')
    expect([nice, policy]).toEqual(['-20', expect.stringMatching(/policy: SCHED_OTHER$/)])
    if (existsSync('/proc/self/autogroup')) expect(outcomes[0]!.stdout).toMatch(/nice -20\n/)
    if (isolation === 'none') return
    expect(mostRealTime).toBe('0')
    // The tool warns and goes on without.
    expect(outcomes[1]).toMatchObject({
      stdout: '-15\n',
      stderr: expect.stringMatching(/cannot set niceness/),
    })
  })

  test('has that priority also where we have a lower one ourselves', () => {
    if (user === 'ordinary' && !lends) return
    const rights = user === 'ordinary' ? ['/usr/bin/prlimit', '--nice=40'] : []
    const { outcomes } = driver.drive(user, 'auto', ['60 nice'], {
      scheduling: { nice: -20 },
      before: [...rights, '/usr/bin/nice', '-n', '5'],
    })
    expect(outcomes[0]!.stdout).toBe('-20\n')
  })

  test('runs in real time, by turns, where that is asked', () => {
    if (user === 'ordinary' && !lends) return
    if (spawnSync('chrt', ['-r', '1', 'true']).status !== 0) return console.warn('skipped: no real time here')
    const before = user === 'ordinary' ? ['/usr/bin/prlimit', '--rtprio=1'] : []
    const { outcomes } = driver.drive(user, 'auto', ask, { scheduling: { realTime: 1 }, before })
    expect(outcomes[0]!.stdout).toMatch(/policy: SCHED_RR\n/)
  })
})

describe('groups of jobs', () => {
  test('are none where version 2 is not mounted, or is not ours to write to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pv-groups-'))
    expect(await openJobGroups(LIMITS, [join(folder, 'nothing'), folder])).toBeUndefined()
    // Plain files: what is made there has no way to end a process.
    writeFileSync(join(folder, 'cgroup.controllers'), '')
    expect(await openJobGroups(LIMITS, [folder])).toBeUndefined()
    expect(readdirSync(folder)).toEqual(['cgroup.controllers'])
    rmSync(folder, { recursive: true })
  })

  test('end everything that is in them, whatever it did to escape, and go', async () => {
    if (!groups) return
    const own = (await openJobGroups(LIMITS))!
    const group = own.make()
    const enter = `echo 0 >${group.folder}/cgroup.procs; trap "" TERM; (setsid sleep 1000 &) ; kill -STOP $$`
    const escapee = spawn('/bin/sh', ['-c', enter], { detached: true, stdio: 'ignore' })
    const ended = new Promise(resolve => escapee.once('exit', (_, signal) => resolve(signal)))
    while (readText(join(group.folder, 'cgroup.procs')).split('\n').length < 3) await tick()
    group.kill()
    expect(await ended).toBe('SIGKILL')
    await group.remove()
    await own.close()
    expect(existsSync(group.folder)).toBe(false)
  })

  test('of a run that was killed are ended by the next, and those of a living one are not', async () => {
    if (!groups) return
    // No process has this number: the kernel gives smaller ones only (PID_MAX_LIMIT).
    const died = 2 ** 22
    const [left, living] = [`perf-verdict-${died}.1`, `perf-verdict-${process.pid}.999`].map(name =>
      join(root!, name),
    )
    for (const folder of [left!, living!]) mkdirSync(folder)
    try {
      const orphan = spawn('/bin/sh', ['-c', `echo 0 >${left}/cgroup.procs; exec sleep 1000`], {
        stdio: 'ignore',
      })
      const ended = new Promise(resolve => orphan.once('exit', (_, signal) => resolve(signal)))
      while (readText(join(left!, 'cgroup.procs')) === '') await tick()
      await sweepJobGroups()
      expect(await ended).toBe('SIGKILL')
      expect([existsSync(left!), existsSync(living!)]).toEqual([false, true])
    } finally {
      rmdirSync(living!)
    }
  })

  test('are told in the level, and none is left behind', () => {
    if (!groups) return
    const { isolation, outcomes } = driver.drive('root', 'auto', ['60 cat /proc/self/cgroup'])
    expect(isolation).toMatch(/^uid\+cgroup/)
    // Other gates of this machine have groups of their own.
    const [, own] = /^0::.*\/(perf-verdict-\d+\.\d+)\/\d+$/m.exec(outcomes[0]!.stdout) ?? []
    expect(own).toBeDefined()
    expect(existsSync(join(root!, own!))).toBe(false)
  })
})

const tick = () => new Promise(resolve => setTimeout(resolve, 5))

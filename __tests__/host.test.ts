import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Bundle, bundle } from './doubles/bundle.ts'
import { buildCage, type Cage } from './doubles/cage.ts'
import { buildMachine, type FakeMachine } from './doubles/machine.ts'
import { PATIENCE, soaking } from './doubles/soak.ts'

/**
 * The host process as it is built, unchanged, with its fixed root folder: in a mount namespace where a fake machine lies over the
 * real one.
 */
let built: Bundle
let machine: FakeMachine
let original: Readonly<Record<string, string>>
let cage: Cage | { readonly why: string }
beforeAll(() => {
  built = bundle(['src/host.ts'])
})
afterAll(() => built.end())
beforeEach(() => {
  machine = buildMachine('vm')
  machine.remove('/run/systemd')
  original = machine.snapshot()
  cage = buildCage(machine.root)
})
afterEach(() => machine.end())

interface Ran {
  readonly status: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the host process in the cage with standard input closed, behind another command such as strace if there is one. */
function run(args: readonly string[], before: readonly string[] = []): Ran {
  if ('why' in cage) throw new Error(cage.why)
  const [file, ...rest] = cage.argv([...before, process.execPath, built.path('host'), ...args])
  const { status, signal, stdout, stderr } = spawnSync(file!, rest, {
    encoding: 'utf8',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { status, signal, stdout, stderr }
}

function caged(): boolean {
  if ('why' in cage) console.info(`skipped: this system allows no mount namespace (${cage.why})`)
  return !('why' in cage)
}

const journal = () => join(machine.root, 'run/perf-verdict/journal')

describe('the host process as built', () => {
  test('tunes the machine that it is on, and puts it back', () => {
    if (!caged()) return
    const { status, stdout } = run(['hold', 'thp,swappiness,perf-paranoid'])
    const [ready, released] = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(ready.knobs).toEqual([
      { name: 'thp', found: 'always', set: 'madvise' },
      { name: 'swappiness', found: '60', set: '1' },
      { name: 'perf-paranoid', found: '4', set: '2' },
    ])
    expect(released.leftovers).toEqual([])
    expect(status).toBe(0)
    expect(machine.snapshot()).toEqual(original)
    // The same bytes were written through: it was this machine, and not the real one.
    expect(readFileSync(join(machine.root, 'proc/sys/vm/swappiness'), 'utf8')).toBe('60\n')
    expect(existsSync(journal())).toBe(false)
  })

  test('says what it sees to whoever asks', () => {
    if (!caged()) return
    const { status, stdout } = run(['status'])
    expect(stdout).toMatch(/^Nobody holds the machine\.\nNo settings wait to be put back\.\n/)
    expect(stdout).toMatch(/^swappiness +60, would be 1$/m)
    expect(stdout).toMatch(/^governor +not here$/m)
    expect(status).toBe(0)
  })

  test.each<[readonly string[], number, RegExp]>([
    [['hold', 'warp'], 2, /tune does not know "warp"; write auto, off, required, or any of c-states/],
    [['hold'], 2, /hold takes exactly one PROFILE/],
    [['dance'], 2, /"dance" is not a verb/],
    [['recover'], 0, /^$/],
  ])('answers %j with code %d', (args, code, complaint) => {
    if (!caged()) return
    const { status, stderr } = run(args)
    expect(status).toBe(code)
    expect(stderr).toMatch(complaint)
    expect(machine.snapshot()).toEqual(original)
  })

  test('does nothing for an ordinary user but look', () => {
    const ordinary =
      process.geteuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []
    const [file, ...rest] = [...ordinary, process.execPath, built.path('host'), 'hold', 'auto']
    const { status, stdout, stderr } = spawnSync(file!, rest, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    expect(status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      event: 'refused',
      faults: ['host hold must run as root; put sudo before it.'],
    })
    expect(stderr).toMatch(/must run as root/)
  })
})

/** Calls on files that the process may die at, by the names of the kernel. */
const SYSCALLS = [
  'openat',
  'read',
  'write',
  'close',
  'fsync',
  'rename',
  'unlink',
  'mkdir',
  'fstat',
  'statx',
  'lstat',
  'getdents64',
  'newfstatat',
]

interface Point {
  readonly name: string
  readonly when: number
}

/** Where in its life the process touches its folder or a setting: for each call, the first and last count of it. */
function findPoints(log: string): readonly Point[] {
  const counts = new Map<string, number>()
  const points: Point[] = []
  let begun = false
  const main = /^(\d+)/.exec(log)?.[1]
  for (const line of log.split('\n')) {
    // Each thread is counted by itself; all our calls are on the first.
    const [, pid, name] = /^(\d+) +(\w+)\(/.exec(line) ?? []
    if (pid !== main || name === undefined || !SYSCALLS.includes(name)) continue
    const when = (counts.get(name) ?? 0) + 1
    counts.set(name, when)
    begun ||= line.includes('/run/perf-verdict')
    if (begun) points.push({ name, when })
  }
  return points
}

/** Runs the process behind strace, and yields what it noted. */
function trace(args: readonly string[], what: readonly string[]): Ran & { readonly log: string } {
  const log = join(machine.root, 'strace.log')
  const ran = run(args, ['strace', '-f', '-qq', '-o', log, ...what])
  return { ...ran, log: readFileSync(log, 'utf8') }
}

function pointsOf(args: readonly string[]): readonly Point[] {
  return findPoints(trace(args, ['-e', `trace=${SYSCALLS.map(name => `?${name}`).join(',')}`]).log)
}

function inject(args: readonly string[], { name, when }: Point, what: string): Ran {
  return trace(args, ['-e', `trace=${name}`, '-e', `inject=${name}:${what}:when=${when}`])
}

function traced(): boolean {
  if (!caged()) return false
  if (!existsSync('/usr/bin/strace')) console.info('skipped: strace is not installed')
  return existsSync('/usr/bin/strace')
}

/** Everyday some, evenly spread; in the soak every one. */
function some<T>(all: readonly T[], everyday: number): readonly T[] {
  const step = Math.ceil(all.length / everyday)
  return all.filter((_, at) => soaking || at % step === Math.floor(step / 2))
}

function isOriginal(): boolean {
  return JSON.stringify(machine.snapshot()) === JSON.stringify(original)
}

describe('the host process as built, under strace', () => {
  test(
    'killed at any system call on files leaves what the next start puts back',
    () => {
      if (!traced()) return
      const points = pointsOf(['hold', 'auto'])
      const tried = some(points, 8)
      let [left, died] = [0, 0]
      for (const point of tried) {
        if (inject(['hold', 'auto'], point, 'signal=KILL').status !== 0) died++
        if (!isOriginal()) left++
        const recovery = run(['recover'])
        expect({ point, status: recovery.status, ...machine.snapshot() }).toEqual({
          point,
          status: 0,
          ...original,
        })
      }
      console.info(
        `strace, hold: ${tried.length} of ${points.length} calls, ${died} deaths, ${left} left the machine tuned, all put back`,
      )
      expect(points.length).toBeGreaterThan(200)
      expect(died).toBeGreaterThan(tried.length * 0.8)
      expect(left).toBeGreaterThan(0)
    },
    PATIENCE,
  )

  test(
    'killed at any system call on files of a recovery leaves what the next start puts back',
    () => {
      if (!traced()) return
      const middle = middleWrite(pointsOf(['hold', 'auto']))
      const leave = () => inject(['hold', 'auto'], middle, 'signal=KILL')
      leave()
      const points = pointsOf(['recover'])
      const tried = some(points, 4)
      let died = 0
      for (const point of tried) {
        leave()
        expect(isOriginal()).toBe(false)
        if (inject(['recover'], point, 'signal=KILL').status !== 0) died++
        run(['recover'])
        expect({ point, ...machine.snapshot() }).toEqual({ point, ...original })
      }
      console.info(
        `strace, recovery: ${tried.length} of ${points.length} calls, ${died} deaths, all put back`,
      )
      expect(points.length).toBeGreaterThan(90)
      expect(died).toBeGreaterThan(tried.length * 0.8)
    },
    PATIENCE,
  )

  test(
    'refused any system call that writes, ends in order and is put right by the next start at the latest',
    () => {
      if (!traced()) return
      const writing = ['openat', 'write', 'fsync', 'rename', 'unlink', 'mkdir']
      const points = pointsOf(['hold', 'auto']).filter(({ name }) => writing.includes(name))
      const codes = soaking ? ['ENOSPC', 'EIO', 'EACCES', 'EMFILE'] : ['ENOSPC']
      let [tried, left] = [0, 0]
      for (const code of codes) {
        for (const point of some(points, 6)) {
          const ran = inject(['hold', 'auto'], point, `error=${code}`)
          tried++
          // A crash would be a signal, or the stack of a bug.
          expect({ point, code, signal: ran.signal, stderr: ran.stderr }).toEqual({
            point,
            code,
            signal: null,
            stderr: '',
          })
          if (!isOriginal()) left++
          if (!isOriginal()) expect(ran.status).toBe(1)
          run(['recover'])
          expect({ point, code, ...machine.snapshot() }).toEqual({ point, code, ...original })
        }
      }
      console.info(
        `strace, refusals: ${tried} (${codes.join(', ')}), ${left} not put back at once, all by the next start`,
      )
    },
    PATIENCE,
  )
})

describe('the host process as built, on a full disk', () => {
  test('changes nothing, because its journal would not be safe, and says so', () => {
    if (!caged()) return
    const fill =
      'mount -t tmpfs -o size=8k tmpfs /run && mkdir -m 755 /run/perf-verdict && head -c 9000 /dev/zero >/run/full 2>/dev/null; exec "$@"'
    const { status, stdout } = run(['hold', 'auto'], ['/bin/sh', '-c', fill, 'fill'])
    const [ready] = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(ready.limitations[0].what).toMatch(
      /^The system could not be tuned: the journal \S+ could not be written \(ENOSPC\)/,
    )
    expect(
      ready.knobs.every(
        ({ found, set }: { found?: string; set?: string }) => set === undefined || set === found,
      ),
    ).toBe(true)
    expect(status).toBe(0)
    expect(machine.snapshot()).toEqual(original)
  })
})

/** A write in the middle, when nearly everything is set and nothing is put back. */
function middleWrite(points: readonly Point[]): Point {
  const writes = points.filter(({ name }) => name === 'write')
  return writes[Math.floor(writes.length / 2)]!
}

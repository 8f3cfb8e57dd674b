import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Bundle } from './doubles/bundle.ts'
import { bundleHost, type CagedHost, cageHost, isTraceable } from './doubles/caged-host.ts'
import { PATIENCE, soaking } from './doubles/soak.ts'

let built: Bundle
let host: CagedHost
beforeAll(() => {
  built = bundleHost()
})
afterAll(() => built.end())
beforeEach(() => {
  host = cageHost(built)
})
afterEach(() => host.machine.end())

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
  /** Whether it is on a file, and not on one of the pipes and events by which node talks to itself. */
  readonly onFile: boolean
}

/** A call on one of the pipes and events by which node talks to itself. */
const NODES_OWN = /^\d+ +\w+\(\d+<(pipe|anon_inode|socket):/m

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
    if (begun) points.push({ name, when, onFile: !NODES_OWN.test(line) })
  }
  return points
}

function pointsOf(args: readonly string[]): readonly Point[] {
  return findPoints(host.trace(args, ['-y', '-e', `trace=${SYSCALLS.map(name => `?${name}`).join(',')}`]).log)
}

function inject(args: readonly string[], { name, when }: Point, what: string) {
  return host.trace(args, ['-y', '-e', `trace=${name}`, '-e', `inject=${name}:${what}:when=${when}`])
}

/** Everyday some, evenly spread; in the soak every one. */
function some<T>(all: readonly T[], everyday: number): readonly T[] {
  const step = Math.ceil(all.length / everyday)
  return all.filter((_, at) => soaking || at % step === Math.floor(step / 2))
}

/** A write in the middle, when nearly everything is set and nothing is put back. */
function middleWrite(points: readonly Point[]): Point {
  const writes = points.filter(({ name }) => name === 'write')
  return writes[Math.floor(writes.length / 2)]!
}

describe('the host process as built, under strace', () => {
  test(
    'killed at any system call on files leaves what the next start puts back',
    () => {
      if (!isTraceable(host)) return
      const points = pointsOf(['hold', 'auto'])
      const tried = some(points, 8)
      let [left, died] = [0, 0]
      for (const point of tried) {
        if (inject(['hold', 'auto'], point, 'signal=KILL').status !== 0) died++
        if (!host.isOriginal()) left++
        const recovery = host.run(['recover'])
        expect({ point, status: recovery.status, ...host.machine.snapshot() }).toEqual({
          point,
          status: 0,
          ...host.original,
        })
      }
      console.info(
        `strace, hold: ${tried.length} of ${points.length} calls, ${died} deaths, ${left} left the machine tuned, all put back`,
      )
      expect(points.length).toBeGreaterThan(200)
      expect(died).toBeGreaterThan(tried.length / 2)
      expect(left).toBeGreaterThan(0)
    },
    PATIENCE,
  )

  test(
    'killed at any system call on files of a recovery leaves what the next start puts back',
    () => {
      if (!isTraceable(host)) return
      const middle = middleWrite(pointsOf(['hold', 'auto']))
      const leave = () => inject(['hold', 'auto'], middle, 'signal=KILL')
      leave()
      const points = pointsOf(['recover'])
      const tried = some(points, 4)
      let died = 0
      for (const point of tried) {
        leave()
        expect(host.isOriginal()).toBe(false)
        if (inject(['recover'], point, 'signal=KILL').status !== 0) died++
        host.run(['recover'])
        expect({ point, ...host.machine.snapshot() }).toEqual({ point, ...host.original })
      }
      console.info(
        `strace, recovery: ${tried.length} of ${points.length} calls, ${died} deaths, all put back`,
      )
      expect(points.length).toBeGreaterThan(90)
      expect(died).toBeGreaterThan(tried.length / 2)
    },
    PATIENCE,
  )

  test(
    'refused any system call that writes, ends in order and is put right by the next start at the latest',
    () => {
      if (!isTraceable(host)) return
      const writing = ['openat', 'write', 'fsync', 'rename', 'unlink', 'mkdir']
      const points = pointsOf(['hold', 'auto']).filter(({ name, onFile }) => onFile && writing.includes(name))
      const codes = soaking ? ['ENOSPC', 'EIO', 'EACCES', 'EMFILE'] : ['ENOSPC']
      let [asked, tried, left] = [0, 0, 0]
      for (const code of codes) {
        for (const point of some(points, 6)) {
          asked++
          const { log, ...ran } = inject(['hold', 'auto'], point, `error=${code}`)
          const refused = log.split('\n').filter(line => line.endsWith('(INJECTED)'))
          // Node itself aborts or hangs when its own pipes refuse a write, and how often it writes to them hangs on signals.
          const isOurs = refused.length > 0 && !refused.some(line => NODES_OWN.test(line))
          if (isOurs) tried++
          // A crash would be a signal, or the stack of a bug.
          if (isOurs) expect({ point, code, ...ran }).toMatchObject({ point, code, signal: null, stderr: '' })
          if (!host.isOriginal()) left++
          if (isOurs && !host.isOriginal()) expect(ran.status).toBe(1)
          host.run(['recover'])
          expect({ point, code, ...host.machine.snapshot() }).toEqual({ point, code, ...host.original })
        }
      }
      console.info(
        `strace, refusals: ${tried} of ${asked} (${codes.join(', ')}), ${left} not put back at once, all by the next start`,
      )
      expect(tried).toBeGreaterThan(asked / 2)
    },
    PATIENCE,
  )
})

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Bundle } from './doubles/bundle.ts'
import { bundleHost, type CagedHost, cageHost, isCaged } from './doubles/caged-host.ts'

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

describe('the host process as built', () => {
  test('tunes the machine that it is on, and puts it back', () => {
    if (!isCaged(host)) return
    const { status, stdout } = host.run(['hold', 'thp,swappiness,perf-paranoid'])
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
    expect(host.machine.snapshot()).toEqual(host.original)
    // The same bytes were written through: it was this machine, and not the real one.
    expect(readFileSync(join(host.machine.root, 'proc/sys/vm/swappiness'), 'utf8')).toBe('60\n')
    expect(existsSync(join(host.machine.root, 'run/perf-verdict/journal'))).toBe(false)
  })

  test('says what it sees to whoever asks', () => {
    if (!isCaged(host)) return
    const { status, stdout } = host.run(['status'])
    expect(stdout).toMatch(/^Nobody holds the machine\.\nNo settings wait to be restored\.\n/)
    expect(stdout).toMatch(/^swappiness +60, would be 1$/m)
    expect(stdout).toMatch(/^governor +not here$/m)
    expect(status).toBe(0)
  })

  test.each<[readonly string[], number, RegExp]>([
    [['hold', 'warp'], 2, /tune does not know "warp"; write auto, off, required, or any of c-states/],
    [['hold'], 2, /hold takes a PROFILE and a number of CPUS/],
    [['hold', 'auto', 'many'], 2, /CPUS must be a number or all/],
    [['dance'], 2, /host does not know "dance"/],
    [['recover'], 0, /^$/],
  ])('answers %j with code %d', (args, code, complaint) => {
    if (!isCaged(host)) return
    const { status, stderr } = host.run(args)
    expect(status).toBe(code)
    expect(stderr).toMatch(complaint)
    expect(host.machine.snapshot()).toEqual(host.original)
  })

  test('does nothing for an ordinary user but look', () => {
    const ordinary =
      process.geteuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []
    const run = (...words: readonly string[]) => {
      const [file, ...rest] = [...ordinary, process.execPath, ...words]
      return spawnSync(file!, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' })
    }
    const isReadable = `require('node:fs').readFileSync(${JSON.stringify(built.path('host'))})`
    if (run('--eval', isReadable).status !== 0)
      return console.info(
        'skipped: ordinary users cannot run this node, or cannot read the folder for temporary files',
      )
    const { status, stdout, stderr } = run(built.path('host'), 'hold', 'auto')
    expect(status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      event: 'refused',
      faults: ['host hold must run as root; put sudo before it.'],
    })
    expect(stderr).toMatch(/must run as root/)
  })
})

describe('the host process as built, on a full disk', () => {
  test('changes nothing, because its journal would not be safe, and says so', () => {
    if (!isCaged(host)) return
    const fill =
      'mount -t tmpfs -o size=8k tmpfs /run && mkdir -m 755 /run/perf-verdict && head -c 9000 /dev/zero >/run/full 2>/dev/null; exec "$@"'
    const { status, stdout } = host.run(['hold', 'auto'], ['/bin/sh', '-c', fill, 'fill'])
    const [ready] = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(ready.limitations[0].what).toMatch(/^The journal \S+ could not be written \(ENOSPC\)\.$/)
    expect(
      ready.knobs.every(
        ({ found, set }: { found?: string; set?: string }) => set === undefined || set === found,
      ),
    ).toBe(true)
    expect(status).toBe(0)
    expect(host.machine.snapshot()).toEqual(host.original)
  })
})

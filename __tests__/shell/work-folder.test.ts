import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import {
  removeAtExit,
  removeWorkFolder,
  sweepWorkFolders,
  takeWorkFolder,
} from '../../src/shell/work-folder.ts'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'pv-slots-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

/** The number of a process that there never is: the kernel gives smaller ones only (PID_MAX_LIMIT), and gives those of the dead again. */
const DEAD_PID = 2 ** 22

function leave(name: string, owner?: number): string {
  const folder = join(parent, name)
  mkdirSync(join(folder, 'deep'), { recursive: true })
  if (owner !== undefined) writeFileSync(join(folder, 'owner'), `${owner}`)
  return folder
}

test('the first folder that nobody holds is taken, and its name repeats', async () => {
  const first = await takeWorkFolder(parent)
  const second = await takeWorkFolder(parent)
  expect([first, second]).toEqual([join(parent, 'perf-verdict-00'), join(parent, 'perf-verdict-01')])
  expect(readFileSync(join(first, 'owner'), 'utf8')).toMatch(new RegExp(`^${process.pid} \\d+$`))
  await removeWorkFolder(first)
  expect(await takeWorkFolder(parent)).toBe(first)
})

test('what a killed run left in a folder is removed when it is taken again', async () => {
  const folder = leave('perf-verdict-00', DEAD_PID)
  expect(await takeWorkFolder(parent)).toBe(folder)
  expect(existsSync(join(folder, 'deep'))).toBe(false)
})

test('of many that find the same dead owner at once, each takes a folder of its own', async () => {
  for (let round = 0; round < 4; round++) {
    leave('perf-verdict-00', DEAD_PID)
    leave('perf-verdict-01', DEAD_PID)
    const taking = async (_: unknown, at: number) => {
      await setTimeout(at / 4)
      return takeWorkFolder(parent)
    }
    const taken = await Promise.all(Array.from({ length: 24 }, taking))
    expect(new Set(taken).size).toBe(24)
    for (const folder of taken) expect(existsSync(join(folder, 'owner'))).toBe(true)
    for (const folder of taken) await removeWorkFolder(folder)
    rmSync(parent, { recursive: true })
    mkdirSync(parent)
  }
})

test('a sweep removes what the dead left, whole or half removed, and nothing else', async () => {
  leave('perf-verdict-00', DEAD_PID)
  leave('perf-verdict-01', process.pid)
  leave('perf-verdict-02')
  leave('perf-verdict-03.half-removed')
  leave('perf-verdict-other')
  await sweepWorkFolders(parent)
  expect(new Set(readdirSync(parent))).toEqual(new Set(['perf-verdict-01', 'perf-verdict-other']))
})

test('a folder that somebody claims before it has an owner is not taken', async () => {
  const taking = takeWorkFolder(parent)
  const folder = join(parent, 'perf-verdict-00')
  // This thread stands still until the folder is there, so that it has no owner yet: who sweeps may claim what it is about to move away.
  for (const until = Date.now() + 20_000; !existsSync(folder) && Date.now() < until; );
  expect(readdirSync(folder)).toEqual([])
  writeFileSync(join(folder, 'claimed'), '')
  expect(await taking).toBe(join(parent, 'perf-verdict-01'))
})

test('at the end of a process its own folder goes, and what was written under its name again', async () => {
  const own = await takeWorkFolder(parent)
  removeAtExit(own)
  expect(existsSync(own)).toBe(false)
  mkdirSync(join(own, 'written again'), { recursive: true })
  removeAtExit(own)
  expect(existsSync(own)).toBe(false)
  removeAtExit(own)
  expect(readdirSync(parent)).toEqual([])
})

test('at the end of a process a folder that another one has taken since stays', async () => {
  const before = await takeWorkFolder(parent)
  await removeWorkFolder(before)
  const since = leave('perf-verdict-00', process.ppid)
  expect(since).toBe(before)
  removeAtExit(before)
  expect(readdirSync(since).sort()).toEqual(['deep', 'owner'])
})

test('at the end of a process a link under the name of its folder is not followed', async () => {
  const before = await takeWorkFolder(parent)
  await removeWorkFolder(before)
  const victim = leave('victim')
  symlinkSync(victim, before)
  removeAtExit(before)
  expect(readdirSync(victim)).toEqual(['deep'])
})

test('removing a folder that is gone is no fault', async () => {
  await expect(removeWorkFolder(join(parent, 'perf-verdict-09'))).resolves.toBeUndefined()
})

test('a number that another process has now is not its owner', async () => {
  const folder = leave('perf-verdict-00')
  writeFileSync(join(folder, 'owner'), `${process.pid} 1`)
  expect(await takeWorkFolder(parent)).toBe(folder)
  expect(existsSync(join(folder, 'deep'))).toBe(false)
})

/** Everything that somebody may put where we look, with how to make it; nothing of it may block us or be taken for ours. */
const TRAPS: Readonly<Record<string, (at: string) => void>> = {
  'a pipe': at => void spawnSync('mkfifo', [at]),
  'a link to a pipe': at => {
    spawnSync('mkfifo', [join(parent, 'pipe')])
    symlinkSync(join(parent, 'pipe'), at)
  },
  'a dangling link': at => symlinkSync('/nonexistent/x', at),
  'a link to itself': at => symlinkSync(at, at),
  'a link to a device that never ends': at => symlinkSync('/dev/zero', at),
  'a link to a terminal': at => symlinkSync('/dev/ptmx', at),
  'a file of 100 GB': at => {
    writeFileSync(at, '')
    truncateSync(at, 1e11)
  },
  'a file without rights': at => writeFileSync(at, '', { mode: 0 }),
  'a folder': at => mkdirSync(at),
  nonsense: at => writeFileSync(at, '-1'),
}

describe('what lies under our names', () => {
  test('none of it as owner blocks a gate or a sweep', async () => {
    const traps = Object.values(TRAPS)
    for (const [slot, trap] of traps.entries()) trap(join(leave(`perf-verdict-0${slot}`), 'owner'))
    expect(traps).toHaveLength(10)
    expect(await takeWorkFolder(parent)).toBe(join(parent, 'perf-verdict-10'))
    await sweepWorkFolders(parent)
    expect(readdirSync(parent).filter(name => name.startsWith('perf-verdict'))).toEqual(['perf-verdict-10'])
  })

  test.each(Object.keys(TRAPS).filter(trap => trap !== 'a folder'))(
    '%s in the place of a folder is left alone',
    async trap => {
      TRAPS[trap]!(join(parent, 'perf-verdict-00'))
      TRAPS[trap]!(join(parent, 'perf-verdict-01.half-removed'))
      const before = readdirSync(parent).sort()
      expect(await takeWorkFolder(parent)).toBe(join(parent, 'perf-verdict-01'))
      await removeWorkFolder(join(parent, 'perf-verdict-01'))
      await sweepWorkFolders(parent)
      expect(readdirSync(parent).sort()).toEqual(before)
    },
  )

  test('sockets block nobody', async () => {
    const folder = leave('perf-verdict-00')
    const server = createServer().listen(join(folder, 'owner'))
    await new Promise(resolve => server.once('listening', resolve))
    expect(await takeWorkFolder(parent)).toBe(join(parent, 'perf-verdict-01'))
    await sweepWorkFolders(parent)
    expect(existsSync(folder)).toBe(false)
    await new Promise(resolve => server.close(resolve))
  })

  test('a link to a folder of somebody is neither taken nor emptied', async () => {
    const victim = leave('victim', DEAD_PID)
    symlinkSync(victim, join(parent, 'perf-verdict-00'))
    symlinkSync(victim, join(parent, 'perf-verdict-03.half-removed'))
    expect(await takeWorkFolder(parent)).toBe(join(parent, 'perf-verdict-01'))
    await sweepWorkFolders(parent)
    expect(readdirSync(victim).sort()).toEqual(['deep', 'owner'])
  })

  const root = process.geteuid?.() === 0 ? test : test.skip
  root('a folder of another user is left alone, whoever it says holds it', async () => {
    const folder = leave('perf-verdict-00', DEAD_PID)
    const half = leave('perf-verdict-04.half-removed')
    for (const path of [folder, join(folder, 'owner'), half]) chownSync(path, 65534, 65534)
    expect(await takeWorkFolder(parent)).toBe(join(parent, 'perf-verdict-01'))
    await sweepWorkFolders(parent)
    expect([folder, half].map(path => existsSync(join(path, 'deep')))).toEqual([true, true])
  })

  test('when every name is taken, the error says by whom and what to do', async () => {
    for (let slot = 0; slot < 100; slot++)
      writeFileSync(join(parent, `perf-verdict-${String(slot).padStart(2, '0')}`), '')
    rmSync(join(parent, 'perf-verdict-07'))
    leave('perf-verdict-07', process.pid)
    await expect(takeWorkFolder(parent)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(
        'running gates hold 1 of 100, and something else takes the other 99. Remove',
      ),
    })
    await expect(takeWorkFolder(join(parent, 'gone'))).rejects.toThrow('No working folder can be made in')
  })

  test('many folders without an owner make a sweep wait once', async () => {
    for (let slot = 0; slot < 20; slot++) leave(`perf-verdict-${String(slot).padStart(2, '0')}`)
    // Each wait goes on until there are twenty of them: one after another they would never end.
    const waiting: (() => void)[] = []
    let waits = 0
    const real = globalThis.setTimeout
    const wait = (end: () => void, milliseconds: number) => {
      // Tools that remove a folder have a time limit of their own, which is none of the waits.
      if (milliseconds !== 500) return real(end, milliseconds)
      waiting.push(end)
      waits++
      if (waits >= 20) for (const one of waiting.splice(0)) one()
      return undefined
    }
    const timer = jest
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(wait as unknown as typeof globalThis.setTimeout)
    try {
      await sweepWorkFolders(parent)
    } finally {
      timer.mockRestore()
    }
    expect(readdirSync(parent)).toEqual([])
    expect(waits).toBeGreaterThanOrEqual(20)
  })
})

test('a tree of folders without rights, deeper than any path may be long, is removed', async () => {
  const folder = leave('perf-verdict-00', DEAD_PID)
  const script = 'cd "$1"; for i in $(seq 60); do mkdir "$2"; cd "$2" || exit 1; done; touch end'
  expect(spawnSync('bash', ['-c', script, 'dig', folder, 'n'.repeat(200)]).status).toBe(0)
  mkdirSync(join(folder, 'closed', 'inner'), { recursive: true })
  chmodSync(join(folder, 'closed'), 0)
  expect(await takeWorkFolder(parent)).toBe(folder)
  expect(readdirSync(parent)).toEqual(['perf-verdict-00'])
  expect(readdirSync(folder)).toEqual(['owner'])
})

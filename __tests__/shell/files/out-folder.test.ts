import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openOutFolder } from '../../../src/shell/files/out-folder.ts'

let top: string
let root: string
/** Lies outside of the workspace, and must never change. */
let victim: string
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'pv-out-'))
  root = join(top, 'workspace')
  victim = join(top, 'victim')
  mkdirSync(root)
  mkdirSync(victim)
  writeFileSync(join(victim, 'report.json'), 'precious')
})
afterEach(() => {
  expect(readFileSync(join(victim, 'report.json'), 'utf8')).toBe('precious')
  expect(readdirSync(victim)).toEqual(['report.json'])
  rmSync(top, { recursive: true, force: true })
})

const FILES = ['report.json', 'report.md']
const openOut = (path = 'out') => openOutFolder({ path, root, files: FILES })
const read = (path: string) => readFileSync(path, 'utf8')
const asRoot = process.geteuid?.() === 0

test('the folder is made with all above it, holds the reports, and git does not list it', async () => {
  const out = await openOut('a/b')
  await out.write({ 'report.json': 'one', 'report.md': 'two' })
  expect(out.path).toBe(join(root, 'a/b'))
  expect(FILES.map(name => read(join(out.path, name)))).toEqual(['one', 'two'])
  expect(readdirSync(out.path).sort()).toEqual(['.gitignore', ...FILES])
  spawnSync('git', ['init', '-q', root])
  expect(spawnSync('git', ['-C', root, 'status', '--porcelain'], { encoding: 'utf8' }).stdout).toBe('')
})

test('a folder of the user gets no ignore file, and loses the reports of the run before and nothing else', async () => {
  mkdirSync(join(root, 'out'))
  for (const name of ['report.json', 'kept.txt', '.perf-verdict-draft-0', 'report.md'])
    writeFileSync(join(root, 'out', name), 'old')
  await openOut()
  expect(readdirSync(join(root, 'out')).sort()).toEqual(['.perf-verdict-draft-0', 'kept.txt'])
})

describe('something lies in the place of the folder', () => {
  const TRAPS: Readonly<Record<string, (at: string) => void>> = {
    'a link to a folder': at => symlinkSync(victim, at),
    'a dangling link': at => symlinkSync(join(victim, 'new'), at),
    'a link to itself': at => symlinkSync(at, at),
    'a relative link': at => symlinkSync('../victim', at),
    'a file': at => writeFileSync(at, ''),
    'a pipe': at => void spawnSync('mkfifo', [at]),
  }
  const PATHS = { last: ['out', 'out'], above: ['out', 'out/deep/er'], middle: ['a/out', 'a/out/b'] } as const
  const cases = Object.keys(TRAPS).flatMap(trap => Object.keys(PATHS).map(where => [trap, where] as const))

  test.each(cases)('%s (%s step) is named before anything is built', async (trap, where) => {
    const [at, path] = PATHS[where as keyof typeof PATHS]
    mkdirSync(join(root, 'a'))
    TRAPS[trap]!(join(root, at))
    const says = trap.includes('link') ? 'is a symbolic link' : 'is not a folder'
    await expect(openOut(path)).rejects.toMatchObject({
      name: 'InputError',
      faults: [expect.stringContaining(`${join(root, at)} ${says}`)],
    })
  })

  test('a socket is no folder', async () => {
    const server = createServer().listen(join(root, 'out'))
    await new Promise(resolve => server.once('listening', resolve))
    await expect(openOut()).rejects.toThrow('is not a folder')
    await new Promise(resolve => server.close(resolve))
  })

  test('outside of the workspace a link is followed only where others cannot have put it', async () => {
    symlinkSync(victim, join(top, 'mine'))
    const out = await openOutFolder({ path: join(top, 'mine', 'sub'), root, files: FILES })
    await out.write({ 'report.md': 'fine' })
    expect(read(join(victim, 'sub', 'report.md'))).toBe('fine')
    rmSync(join(victim, 'sub'), { recursive: true })
    const open = join(top, 'open')
    mkdirSync(open)
    chmodSync(open, 0o1777)
    symlinkSync(victim, join(open, 'theirs'))
    await expect(openOutFolder({ path: join(open, 'theirs', 'sub'), root, files: FILES })).rejects.toThrow(
      'is a symbolic link',
    )
    await expect(openOutFolder({ path: join(top, 'mine'), root, files: FILES })).rejects.toThrow(
      'is a symbolic link',
    )
  })
})

describe('something lies in the place of a report', () => {
  const TRAPS: Readonly<Record<string, (at: string) => void>> = {
    'a link to a file': at => symlinkSync(join(victim, 'report.json'), at),
    'a dangling link': at => symlinkSync(join(victim, 'new'), at),
    'a pipe': at => void spawnSync('mkfifo', [at]),
    'a hard link': at => void spawnSync('ln', [join(victim, 'report.json'), at]),
    'a file without rights': at => writeFileSync(at, '', { mode: 0 }),
  }
  test.each(Object.keys(TRAPS))('%s is replaced, and nothing is written through it', async trap => {
    mkdirSync(join(root, 'out'))
    const at = join(root, 'out', 'report.json')
    TRAPS[trap]!(at)
    const out = await openOut()
    // And again after the check, as a job might.
    TRAPS[trap]!(at)
    await out.write({ 'report.json': 'ours', 'report.md': 'ours' })
    expect([lstatSync(at).isFile(), read(at)]).toEqual([true, 'ours'])
  })

  test('a folder is named before anything is built; one that comes later leaves no report half written', async () => {
    mkdirSync(join(root, 'out', 'report.json'), { recursive: true })
    await expect(openOut()).rejects.toThrow(`${join(root, 'out/report.json')} is a folder`)
    rmSync(join(root, 'out'), { recursive: true })
    const out = await openOut()
    mkdirSync(join(out.path, 'report.json'))
    await expect(out.write({ 'report.json': 'x', 'report.md': 'y' })).rejects.toMatchObject({
      name: 'InputError',
    })
    expect(readdirSync(out.path).sort()).toEqual(['.gitignore', 'report.json'])
  })

  test('links under the names that drafts once had are not written through', async () => {
    mkdirSync(join(root, 'out'))
    for (const name of [
      `report.json.${process.pid}`,
      'report.json.next',
      '.gitignore',
      '.perf-verdict-draft-0',
    ])
      symlinkSync(join(victim, 'report.json'), join(root, 'out', name))
    const out = await openOut()
    await out.write({ 'report.json': 'ours' })
    expect(read(join(out.path, 'report.json'))).toBe('ours')
  })
})

describe('what cannot be written', () => {
  const ordinary = asRoot ? test.skip : test
  ordinary.each([
    [0o000, 'out'],
    [0o555, 'out'],
    [0o555, 'out/new/deep'],
    [0o000, 'out/new'],
  ])('a folder of mode %o, for %s, is told with its reason', async (mode, path) => {
    mkdirSync(join(root, 'out'))
    chmodSync(join(root, 'out'), mode)
    await expect(openOut(path)).rejects.toThrow(/cannot be written to .*: permission denied\. Name another/)
    chmodSync(join(root, 'out'), 0o755)
  })

  test('a name that is too long, and a path below a device', async () => {
    await expect(openOut('x'.repeat(300))).rejects.toThrow('the path is too long')
    await expect(openOutFolder({ path: '/dev/null/x', root, files: FILES })).rejects.toThrow(
      'is not a folder',
    )
  })
})

test('a reader finds one whole state at any moment', async () => {
  const out = await openOut()
  const path = join(out.path, 'report.json')
  await out.write({ 'report.json': '[]' })
  const end = new AbortController()
  const seen = new Set<number>()
  const reader = (async () => {
    while (!end.signal.aborted) {
      const state = JSON.parse(read(path)) as readonly number[]
      expect(state).toHaveLength(1000 * (state[0] ?? 0))
      seen.add(state.length)
      await new Promise(resolve => setImmediate(resolve))
    }
  })()
  for (let state = 1; state <= 20; state++)
    await out.write({ 'report.json': JSON.stringify(Array(state * 1000).fill(state)) })
  end.abort()
  await reader
  expect(seen.size).toBeGreaterThan(1)
  expect(readdirSync(out.path).sort()).toEqual(['.gitignore', 'report.json'])
})

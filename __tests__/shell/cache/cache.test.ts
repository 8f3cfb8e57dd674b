import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type CacheOptions, openCache } from '../../../src/shell/cache/cache.ts'
import type { CachePort } from '../../../src/shell/ports/ports.ts'
import { type CacheDouble, startCache } from '../../doubles/cache/server.ts'
import { mintToken, pullToken } from '../../doubles/cache/token.ts'

const KEY = `perf-verdict-base-${'a'.repeat(64)}`
const MAIN = mintToken([{ Scope: 'refs/heads/main', Permission: 3 }])
const PULL_REF = 'refs/pull/7/merge'

let double: CacheDouble
let root: string
let lines: string[]
const before = { ...process.env }

beforeAll(async () => {
  double = await startCache()
})
afterAll(async () => await double.close())
beforeEach(async () => {
  double.forget()
  double.entries.length = 0
  lines = []
  root = await mkdtemp(join(tmpdir(), 'pv-cache-'))
  await mkdir(join(root, 'temp'))
  Object.assign(process.env, {
    RUNNER_TEMP: join(root, 'temp'),
    GITHUB_WORKSPACE: root,
    GITHUB_SERVER_URL: 'https://github.com',
    ACTIONS_CACHE_SERVICE_V2: 'True',
    ACTIONS_RESULTS_URL: double.url,
    ACTIONS_RUNTIME_TOKEN: MAIN,
  })
})
afterEach(async () => {
  await rm(root, { recursive: true, force: true })
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
})

function open(options: Partial<CacheOptions> = {}): CachePort {
  const log = {
    line: (text: string) => void lines.push(text),
    warn: (text: string) => void lines.push(`warning: ${text}`),
    group: async <T>(_: string, work: () => Promise<T>) => await work(),
  }
  return openCache({ folder: join(root, 'temp'), log, mayKeep: true, ...options })
}

/** A cache as a run of pull request 7 has it, and what GitHub says holds the key. */
function openForPull(refs: readonly string[]): CachePort {
  process.env.ACTIONS_RUNTIME_TOKEN = pullToken(PULL_REF)
  return open({
    mayKeep: false,
    suspicious: { ref: PULL_REF, refsOf: async () => ({ ok: true, value: refs }) },
  })
}

async function build(name: string): Promise<string> {
  const tree = join(root, name)
  await mkdir(join(tree, 'out', 'deep'), { recursive: true })
  await writeFile(join(tree, '.git'), 'gitdir: /of/this/run\n')
  await writeFile(join(tree, 'out', 'program'), Buffer.alloc(200_000, name))
  await chmod(join(tree, 'out', 'program'), 0o755)
  await link(join(tree, 'out', 'program'), join(tree, 'out', 'deep', 'same'))
  await symlink('../program', join(tree, 'out', 'deep', 'link'))
  await utimes(join(tree, 'out', 'program'), 1_700_000_000, 1_700_000_000)
  return tree
}

describe('the cache of base builds', () => {
  test('gives back what was kept, with modes, times and links, and leaves the work tree’s own link alone', async () => {
    const kept = await build('kept')
    expect(await open().save([kept], KEY)).toBe(true)
    const tree = join(root, 'restored')
    await mkdir(join(tree, 'stale'), { recursive: true })
    await writeFile(join(tree, '.git'), 'gitdir: /of/another/run\n')
    expect(await openForPull(['refs/heads/main']).restore([tree], KEY)).toBe(true)
    expect((await readdir(tree)).sort()).toEqual(['.git', 'out'])
    expect(await readFile(join(tree, '.git'), 'utf8')).toContain('another')
    expect((await readFile(join(tree, 'out', 'deep', 'link'))).length).toBe(200_000)
    const { stat } = await import('node:fs/promises')
    const program = await stat(join(tree, 'out', 'program'))
    expect([program.mode & 0o777, program.mtimeMs]).toEqual([0o755, 1_700_000_000_000])
    expect(lines.filter(line => line.startsWith('warning'))).toEqual([])
    expect(await readdir(join(root, 'temp'))).not.toContain('perf-verdict-cache')
  })

  test('is a miss under any other key, also one that begins the same', async () => {
    await open().save([await build('kept')], `${KEY}-longer`)
    expect(await open().restore([join(root, 'tree')], KEY)).toBe(false)
    expect(lines.at(-1)).toContain('longer')
  })

  test('is not kept by a run of a pull request', async () => {
    expect(await openForPull([]).save([await build('kept')], KEY)).toBe(false)
    expect(double.calls).toEqual([])
  })

  test('does not use what a run of the pull request itself planted', async () => {
    process.env.ACTIONS_RUNTIME_TOKEN = pullToken(PULL_REF)
    await open().save([await build('planted')], KEY)
    expect(double.entries[0]?.scope).toBe(PULL_REF)
    double.forget()
    const refs = ['refs/heads/main', PULL_REF]
    expect(await openForPull(refs).restore([join(root, 'tree')], KEY)).toBe(false)
    expect(double.calls).toEqual([])
    expect(lines.at(-1)).toMatch(/^warning: .*refs\/pull\/7\/merge/)
  })

  test('is not used by a run of a pull request that cannot tell who wrote the entry', async () => {
    await open().save([await build('kept')], KEY)
    const sentence = 'Could not list the caches (403); give the job `permissions: actions: read`.'
    const refused = openCacheFor({ ok: false, fault: { kind: 'permission', sentence } })
    expect(await refused.restore([join(root, 'tree')], KEY)).toBe(false)
    expect(lines.at(-1)).toContain('actions: read')
    expect(await open({ mayKeep: false }).restore([join(root, 'tree')], KEY)).toBe(false)
  })

  function openCacheFor(
    answer: Awaited<ReturnType<NonNullable<CacheOptions['suspicious']>['refsOf']>>,
  ): CachePort {
    return open({ mayKeep: false, suspicious: { ref: PULL_REF, refsOf: async () => answer } })
  }

  test.each([
    ['a changed file', async (tree: string) => await writeFile(join(tree, 'out', 'program'), 'slow')],
    ['a new file', async (tree: string) => await writeFile(join(tree, 'out', 'extra'), 'x')],
    ['a missing file', async (tree: string) => await rm(join(tree, 'out', 'deep', 'link'))],
    [
      'a file that runs as its owner',
      async (tree: string) => await chmod(join(tree, 'out', 'program'), 0o4755),
    ],
    [
      'a link that leads out',
      async (tree: string) => await symlink('/etc/passwd', join(tree, 'out', 'way-out')),
    ],
  ])('does not use %s', async (_, spoil) => {
    const { pack, unpack } = await import('../../../src/shell/cache/cache-folder.ts')
    const kept = await build('kept')
    const folder = join(root, 'packed')
    await pack([kept], folder)
    await spoil(join(folder, 'content', '0'))
    const tree = join(root, 'tree')
    await mkdir(tree)
    await writeFile(join(tree, 'mine'), 'x')
    expect(await unpack(folder, [tree])).toMatch(/differs|missing|not something/)
    expect(await readdir(tree)).toEqual(['mine'])
  })

  test.each([
    ['out of its folder', '../../../etc/passwd'],
    ['to an absolute place', '/etc/passwd'],
  ])('keeps no build with a link %s', async (_, target) => {
    const tree = await build('tree')
    await symlink(target, join(tree, 'out', 'way-out'))
    expect(await open().save([tree], KEY)).toBe(false)
    expect(lines.at(-1)).toMatch(/^warning: .*way-out/)
  })

  test.each([
    ['a conflict', 409, { code: 'already_exists', msg: 'cache entry exists' }],
    ['no right', 403, { code: 'permission_denied', msg: 'cache read denied: no scopes' }],
    ['too many calls', 429, { code: 'resource_exhausted', msg: 'slow down' }],
    ['an unknown method', 404, { code: 'bad_route', msg: 'no' }],
  ])('under %s (%i) is a miss, and nothing is thrown or annotated', async (_, status, body) => {
    double.fail({ path: /CacheService/, times: 9, goes: { wrong: 'status', status, body } })
    expect(await open().restore([join(root, 'tree')], KEY)).toBe(false)
    expect(await open().save([await build('kept')], KEY)).toBe(false)
    expect(lines.filter(line => line.includes('::'))).toEqual([])
  })

  test('with a token that may only read is not kept, and that is said', async () => {
    process.env.ACTIONS_RUNTIME_TOKEN = mintToken([{ Scope: 'refs/heads/main', Permission: 1 }])
    expect(await open().save([await build('kept')], KEY)).toBe(false)
    expect(lines.join('\n')).toContain('cache write denied')
  })

  test('that was kept twice stays as it was', async () => {
    const tree = await build('kept')
    expect([await open().save([tree], KEY), await open().save([tree], KEY)]).toEqual([true, false])
  })

  test('that comes half is a miss', async () => {
    await open().save([await build('kept')], KEY)
    const [name, blob] = [...double.blobs][0]!
    double.blobs.set(name, blob.subarray(0, blob.length / 2))
    expect(await open().restore([join(root, 'tree')], KEY)).toBe(false)
  })

  test('is left alone once it took longer than its limit', async () => {
    const cache = open({ limitSeconds: 0.3 })
    double.fail({ path: /CacheService/, goes: { wrong: 'late', milliseconds: 1500 } })
    const before = double.calls.length
    expect(await cache.restore([join(root, 'tree')], KEY)).toBe(false)
    expect(lines.at(-1)).toContain('longer than 0.3 s')
    // The call that is late has arrived by now, or is still on its way.
    while (double.calls.length === before) await new Promise(resolve => setTimeout(resolve, 5))
    const calls = double.calls.length
    expect(await cache.save([await build('kept')], KEY)).toBe(false)
    expect(double.calls).toHaveLength(calls)
    await new Promise(resolve => setTimeout(resolve, 1500))
  })

  test('that the runner does not offer is a plain line', async () => {
    delete process.env.ACTIONS_RESULTS_URL
    delete process.env.ACTIONS_CACHE_URL
    expect(await open().restore([join(root, 'tree')], KEY)).toBe(false)
    expect(lines).toEqual([expect.stringContaining('offers none')])
  })
})

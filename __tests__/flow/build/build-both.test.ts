import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { buildBoth } from '../../../src/flow/build/build-both.ts'
import { readHistory } from '../../../src/flow/history/history.ts'
import type { GateContext } from '../../../src/flow/run/gate-context.ts'
import { checkOut } from '../../../src/flow/trees/checkout.ts'
import { noCache } from '../../../src/shell/open-ports.ts'
import type { Job, JobOutcome } from '../../../src/shell/ports/ports.ts'
import { tools } from '../../../src/shell/tools/tools.ts'
import { makeRepository, type TestRepository } from '../../doubles/repository.ts'

const FINE: JobOutcome = {
  ...{ code: 0, signal: null, timedOut: false, stdout: '', stderr: '', truncated: false, seconds: 1 },
}
// With one CPU the sides are built one after the other, which the last tests show.
const withCpus = availableParallelism() < 2 ? test.skip : test
if (withCpus === test.skip) process.stdout.write('skipped: with one CPU no two sides are built at once\n')

let repository: TestRepository
let folder: string
let events: string[]
let lines: string[]
const servers: ChildProcess[] = []
beforeEach(() => {
  repository = makeRepository()
  repository.commit('base', { 'main.c': 'base' })
  repository.git('switch', '--quiet', '--create', 'topic')
  repository.commit('head', { 'main.c': 'head' })
  folder = mkdtempSync(join(tmpdir(), 'pv-both-'))
  events = []
  lines = []
})
afterEach(() => {
  for (const server of servers.splice(0)) server.kill('SIGKILL')
  repository.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** A gate whose jobs do what a function says; by default their root is their own, as with namespaces. */
async function contextWith(
  build: (side: string, job: Job) => Promise<Partial<JobOutcome>>,
  more: { readonly ownPaths?: true; readonly keepsNextBase?: boolean; readonly cached?: boolean } = {},
): Promise<GateContext> {
  const request = { repository: repository.folder, base: ['main'], head: 'topic' }
  const history = await readHistory(request, tools)
  const checkout = await checkOut(history, folder, tools)
  const run = async (job: Job) => {
    if (job.builds !== true) return FINE
    const side = basename(job.tree)
    events.push(`begin ${side}`)
    const outcome = { ...FINE, ...(await build(side, job)) }
    events.push(`end ${side}`)
    return outcome
  }
  const sandbox = {
    ...{ isolation: 'none', network: 'builds', spare: folder, weaknesses: [], run, end: async () => {} },
    placeOf: (tree: string) => {
      const own = { tree, home: `${tree}.home`, scratch: folder }
      return { ...own, inside: more.ownPaths ? own : { ...own, tree: '/inside' } }
    },
    adopt: async (tree: string) => void mkdirSync(tree, { recursive: true }),
    seal: async (tree: string) => void events.push(`seal ${basename(tree)}`),
  }
  const cache = { ...noCache, restore: async () => more.cached === true }
  const log = {
    line: (text: string) => void lines.push(text),
    quote: (text: string) => void lines.push(text),
    warn: () => {},
    group: <T>(_: string, work: () => Promise<T>) => work(),
  }
  return {
    request: {
      ...request,
      ...{ usesCache: more.cached === true, keepsNextBase: more.keepsNextBase === true, version: '1' },
    },
    plan: { settings: { build: 'make', buildTimeoutSeconds: 60, bring: [] } },
    ...{ history, checkout, machine: {}, env: { base: {}, head: {} } },
    ports: { tools, sandbox, cache, log, folder },
  } as unknown as GateContext
}

/** A build that ends when both have begun; without the other it would wait until the test's time is over. */
function meeting() {
  let arrived = 0
  let open = () => {}
  const both = new Promise<void>(resolve => {
    open = resolve
  })
  return async () => {
    if (++arrived === 2) open()
    await both
  }
}

withCpus('both sides are built at once, and each is sealed', async () => {
  const meet = meeting()
  const { failures } = await buildBoth(
    await contextWith(async (side, job) => {
      // The head's output comes first, and is shown last.
      if (side === 'head') job.onOutput?.(Buffer.from('compiling head\n'))
      await meet()
      if (side === 'base') job.onOutput?.(Buffer.from('compiling base\n'))
      return {}
    }),
  )
  expect(failures).toEqual([])
  expect(events.filter(event => event.startsWith('seal')).sort()).toEqual(['seal base', 'seal head'])
  expect(lines.indexOf('base | compiling base')).toBeLessThan(lines.indexOf('head | compiling head'))
  expect(lines).toContain('head | compiling head')
})

withCpus('both failures are told', async () => {
  const meet = meeting()
  const { failures } = await buildBoth(
    await contextWith(async side => {
      await meet()
      return { code: side === 'base' ? 1 : 2, stdout: `${side} is broken\n` }
    }),
  )
  expect(failures.map(({ failure }) => [failure.side, failure.ended, failure.lastLines])).toEqual([
    ['base', 'exited with code 1', ['base is broken']],
    ['head', 'exited with code 2', ['head is broken']],
  ])
  expect(events.filter(event => event.startsWith('begin'))).toHaveLength(2)
})

withCpus.each([
  ['memory', { code: 2, ranOut: { of: 'memory', limit: 1 } } as const],
  ['time', { code: null, signal: 'SIGTERM', timedOut: true } as const],
  ['a signal', { code: null, signal: 'SIGKILL' } as const],
])('a side that lacked room (%s) is built again alone, from a new checkout', async (_, outcome) => {
  let tried = 0
  const { failures } = await buildBoth(
    await contextWith(async (side, { tree }) => {
      if (side !== 'head') return {}
      if (++tried === 1) {
        writeFileSync(join(tree, 'half-made.o'), '')
        writeFileSync(join(tree, 'main.c'), 'changed by the build')
        return outcome
      }
      expect(readFileSync(join(tree, 'main.c'), 'utf8')).toBe('head')
      expect(() => readFileSync(join(tree, 'half-made.o'))).toThrow()
      return {}
    }),
  )
  expect([failures, tried]).toEqual([[], 2])
  expect(lines).toContain('head: its build is tried again alone')
})

withCpus('builds that could reach each other are done again, one after the other', async () => {
  let builds = 0
  await buildBoth(
    await contextWith(async side => {
      if (++builds > 2 || side === 'head') return {}
      const listen = "require('net').createServer().listen(0, '127.0.0.1', () => console.log('there'))"
      const server = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] })
      servers.push(server)
      await once(server.stdout, 'data')
      return {}
    }),
  )
  expect(events.filter(event => !event.startsWith('seal')).slice(-4)).toEqual([
    ...['begin base', 'end base', 'begin head', 'end head'],
  ])
  expect(builds).toBe(4)
  expect(lines.join('\n')).toMatch(/a build listened at tcp port \d+, which both could reach/)
})

test.each([
  ['without roots of their own', { ownPaths: true } as const],
  ['where builds are kept for later runs', { keepsNextBase: true }],
])('%s the base is built and sealed before any code of the head runs', async (_, more) => {
  await buildBoth(await contextWith(async () => ({}), more))
  expect(events).toEqual(['begin base', 'end base', 'seal base', 'begin head', 'end head', 'seal head'])
})

test('with a base from the cache only the head is built', async () => {
  const { notes } = await buildBoth(await contextWith(async () => ({}), { cached: true }))
  expect(events).toEqual(['seal base', 'begin head', 'end head', 'seal head'])
  expect(notes).toEqual(['The base build was taken from the cache.'])
})

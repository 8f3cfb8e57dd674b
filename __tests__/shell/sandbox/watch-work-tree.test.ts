import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from '@jest/globals'
import type { KnownPlace } from '../../../src/shell/sandbox/places.ts'
import { type WorkTreeWatch, watchWorkTree } from '../../../src/shell/sandbox/watch-work-tree.ts'

const root = mkdtempSync(join(tmpdir(), 'pv-watch-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let workTree: string
let ours: string
let watch: WorkTreeWatch | string
beforeEach(async () => {
  workTree = mkdtempSync(join(root, 'repo-'))
  ours = join(workTree, 'tmp/perf-verdict-1')
  const files = ['src/lib.py', 'src/seen.py', '.git/config', 'tmp/perf-verdict-1/head/a']
  for (const file of files) {
    mkdirSync(join(workTree, file, '..'), { recursive: true })
    writeFileSync(join(workTree, file), 'text')
  }
  // As after a step that has used it: with `relatime` a further read would leave no trace.
  readFileSync(join(workTree, 'src/seen.py'))
  watch = await watchWorkTree(workTree, ours)
})

const place = (as: 'base' | 'head') => ({ tree: `/pv/${as}`, as }) as KnownPlace
const job = (command: string, builds = false) => ({
  argv: ['sh', '-c', command],
  tree: '/pv/base',
  env: {},
  timeoutSeconds: 1,
  builds,
})
const reads = (name: string) => async () => readFileSync(join(workTree, name), 'utf8')

/** Where the file system keeps no access times there is no watch, and the reason is said. */
function watched(): WorkTreeWatch | undefined {
  if (typeof watch !== 'string') return watch
  expect(watch).toBe('reading its files leaves no trace')
  console.warn(`skipped: ${watch}`)
  return undefined
}

test.each(['src/lib.py', 'src/seen.py'])('a build that reads %s of the work tree is a fault', async name => {
  await expect(watched()?.over(job('make', true), place('base'), reads(name))).rejects.toThrow(
    new RegExp(`^The build of base read ${name} of the work tree instead of a file of its own side`),
  )
})

test('so is the first run of each command, and the second of one that failed so', async () => {
  const own = watched()
  if (!own) return
  const run = () => own.over(job('./bench'), place('head'), reads('src/lib.py'))
  await expect(run()).rejects.toThrow('A benchmark of head read src/lib.py')
  await expect(run()).rejects.toThrow('A benchmark of head read src/lib.py')
})

test('a job that reads nothing there, or git or its own tree below it, is none', async () => {
  const own = watched()
  if (!own) return
  for (const name of ['.git/config', 'tmp/perf-verdict-1/head/a'])
    expect(await own.over(job(`cat ${name}`), place('base'), reads(name))).toBe('text')
  expect(await own.over(job('true'), place('base'), async () => 'done')).toBe('done')
})

test("the gate's own questions, and later runs of a command, are not watched", async () => {
  const own = watched()
  if (!own) return
  const question = { ...job('cat'), literal: true }
  expect(await own.over(question, place('base'), reads('src/lib.py'))).toBe('text')
  await own.over(job('./bench'), place('base'), async () => 'done')
  expect(await own.over(job('./bench'), place('base'), reads('src/lib.py'))).toBe('text')
  await expect(own.over(job('./bench'), place('head'), reads('src/lib.py'))).rejects.toThrow('lib.py')
})

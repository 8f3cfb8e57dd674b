import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { removeWorkFolder, sweepWorkFolders, takeWorkFolder } from '../../src/shell/work-folder.ts'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'pv-slots-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

/** The id of a process that has ended. */
const deadPid = () => spawnSync('true').pid

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
  expect(readFileSync(join(first, 'owner'), 'utf8')).toBe(`${process.pid}`)
  await removeWorkFolder(first)
  expect(await takeWorkFolder(parent)).toBe(first)
})

test('what a killed run left in a folder is removed when it is taken again', async () => {
  const folder = leave('perf-verdict-00', deadPid())
  expect(await takeWorkFolder(parent)).toBe(folder)
  expect(existsSync(join(folder, 'deep'))).toBe(false)
})

test('a sweep removes what the dead left, whole or half removed, and nothing else', async () => {
  leave('perf-verdict-00', deadPid())
  leave('perf-verdict-01', process.pid)
  leave('perf-verdict-02')
  leave('perf-verdict-03.half-removed')
  leave('perf-verdict-other')
  await sweepWorkFolders(parent)
  expect(new Set(readdirSync(parent))).toEqual(new Set(['perf-verdict-01', 'perf-verdict-other']))
})

test('removing a folder that is gone is no fault', async () => {
  await expect(removeWorkFolder(join(parent, 'perf-verdict-09'))).resolves.toBeUndefined()
})

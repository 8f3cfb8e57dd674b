import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openOutside } from '../../../src/flow/trees/files-outside.ts'
import { mappedFiles } from '../../../src/flow/trees/files-used.ts'
import { listFiles } from '../../../src/flow/trees/tree-listing.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perf-verdict-outside-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, 'x')
  chmodSync(path, mode)
}

/** Whether reading leaves a trace in this folder, as the search itself finds. */
async function keepsTraces(): Promise<boolean> {
  const tree = mkdtempSync(join(folder, 'probe-'))
  write(join(tree, 'read'))
  const found = await mappedFiles(tree, async () => void readFileSync(join(tree, 'read')))
  return found.exact && found.files.length === 1
}

test('a listing has what was added and taken away since, at once and in new folders, whatever times a folder shows', async () => {
  const tree = join(folder, 'listed')
  write(join(tree, 'a/one'))
  write(join(tree, '.git/config'))
  const files = async () => (await listFiles(tree)).files
  expect(await files()).toEqual(['a/one'])
  for (let each = 0; each < 5; each++) {
    write(join(tree, `a/b${each}/deep`))
    utimesSync(join(tree, 'a'), 0, 0)
    expect(await files()).toContain(`a/b${each}/deep`)
    rmSync(join(tree, `a/b${each}`), { recursive: true })
    expect(await files()).toEqual(['a/one'])
  }
  rmSync(tree, { recursive: true })
  expect(await listFiles(tree)).toEqual({ files: [], whole: false })
  write(join(tree, 'again'))
  expect(await files()).toEqual(['again'])
})

test('code next to a tree is found when it is run, what is only mounted there is not looked at, and data is not told', async () => {
  if (!(await keepsTraces())) return console.warn('skipped: reading leaves no trace in this folder')
  const tree = join(folder, 'tree')
  mkdirSync(tree)
  const tool = `${tree}.home/bin/tool`
  write(tool, 0o755)
  write(`${tree}.home/data`)
  write(`${tree}.layers/0/merged/program`, 0o755)
  write(`${tree}.layers/0/upper/program`, 0o755)
  const outside = await openOutside(tree)
  expect(outside.known).toBe(true)
  expect(await outside.used()).toEqual([])
  for (const path of [tool, `${tree}.home/data`, `${tree}.layers/0/merged/program`])
    execFileSync('cat', [path])
  expect(await outside.used()).toEqual(['.home/bin/tool'])
  // It was marked again.
  expect(await outside.used()).toEqual([])
  execFileSync('cat', [`${tree}.layers/0/upper/program`])
  expect(await outside.used()).toEqual(['.layers/0/upper/program'])
})

test('what a run makes next to its tree is its own, and what an earlier one made there is not', async () => {
  if (!(await keepsTraces())) return console.warn('skipped: reading leaves no trace in this folder')
  const tree = join(folder, 'making')
  mkdirSync(tree)
  const outside = await openOutside(tree)
  write(`${tree}.home/bin/made`, 0o755)
  execFileSync('cat', [`${tree}.home/bin/made`])
  expect(await outside.used()).toEqual([])
  write(`${tree}.home/bin/earlier`, 0o755)
  outside.passed()
  execFileSync('cat', [`${tree}.home/bin/earlier`])
  expect(await outside.used()).toContain('.home/bin/earlier')
  expect(await outside.used()).toEqual([])
})

import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { isElf, mappedFiles, type UnreadFiles } from '../../../src/flow/trees/files-used.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perf-verdict-mapped-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A tree with a program, a data file, a twin of the program that nobody runs, and things to keep away from. */
function makeTree(name: string): string {
  const tree = join(folder, name)
  mkdirSync(join(tree, 'bin'), { recursive: true })
  mkdirSync(join(tree, '.git'))
  for (const file of ['bin/cat', 'bin/unused', '.git/cat']) copyFileSync('/bin/cat', join(tree, file))
  writeFileSync(join(tree, 'data.txt'), 'some data')
  writeFileSync(join(tree, 'notes.txt'), 'never read')
  symlinkSync('bin/cat', join(tree, 'link'))
  symlinkSync('/', join(tree, 'root'))
  return tree
}

describe('the files that a run uses', () => {
  test('are what it executes and reads in the tree, through links too, and nothing else', async () => {
    const tree = makeTree('plain')
    const found = await mappedFiles(tree, async () => execFileSync('./link', ['data.txt'], { cwd: tree }))
    expect(found.files).toContain('bin/cat')
    if (found.exact) expect(found).toMatchObject({ files: ['bin/cat', 'data.txt'], exact: true })
    else expect(found.files).toEqual(['bin/cat', 'bin/unused'])
  })

  test('are found again in a second search', async () => {
    const tree = makeTree('twice')
    const run = async () => execFileSync('./bin/cat', ['notes.txt'], { cwd: tree })
    const first = await mappedFiles(tree, run)
    expect(await mappedFiles(tree, run)).toEqual(first)
  })

  test('are those of each run alone where many runs share what is known to be unread', async () => {
    const tree = makeTree('shared')
    const unread: UnreadFiles = new Map()
    const reading = (file: string) =>
      mappedFiles(tree, async () => execFileSync('./bin/cat', [file], { cwd: tree }), unread)
    const found = [await reading('data.txt'), await reading('notes.txt')]
    // What a run makes is there for the next one.
    writeFileSync(join(tree, 'made.txt'), 'by a run')
    found.push(await reading('notes.txt'), await reading('made.txt'))
    if (!found.every(({ exact }) => exact)) return
    expect(found.map(({ files }) => files)).toEqual([
      ['bin/cat', 'data.txt'],
      ['bin/cat', 'notes.txt'],
      ['bin/cat', 'notes.txt'],
      ['bin/cat', 'made.txt'],
    ])
  })

  test('are too many rather than too few when something else touches the tree between the runs', async () => {
    const tree = makeTree('touched')
    const unread: UnreadFiles = new Map()
    const run = async () => execFileSync('./bin/cat', ['data.txt'], { cwd: tree })
    await mappedFiles(tree, run, unread)
    readFileSync(join(tree, 'notes.txt'))
    const { files, exact } = await mappedFiles(tree, run, unread)
    if (exact) expect(files).toEqual(['bin/cat', 'data.txt', 'notes.txt'])
  })

  test('are every ELF file where no trace of reading can be found', async () => {
    // At this depth the path of our own probe is longer than the kernel takes, and that of the files is not.
    let tree = folder
    while (tree.length < 4080) tree = join(tree, 'd'.repeat(Math.max(1, Math.min(200, 4079 - tree.length))))
    mkdirSync(join(tree, '.git'), { recursive: true })
    for (const file of ['cat', '.git/cat']) copyFileSync('/bin/cat', join(tree, file))
    writeFileSync(join(tree, 'text'), 'x')
    const found = await mappedFiles(tree, async () => copyFileSync('/bin/cat', join(tree, 'late')))
    expect(found).toMatchObject({ files: ['cat', 'late'], exact: false })
  })

  test('are unknown in a tree that cannot be listed', async () => {
    const nothing = await mappedFiles(join(folder, 'does-not-exist'), async () => undefined)
    expect(nothing).toEqual({ files: [], exact: false })
  })

  test('the search leaves contents, modes and times of change of the contents as they were', async () => {
    const tree = makeTree('untouched')
    chmodSync(join(tree, 'bin/unused'), 0o751)
    const names = readdirSync(tree)
    const before = lstatSync(join(tree, 'bin/unused'))
    await mappedFiles(tree, async () => undefined)
    const after = lstatSync(join(tree, 'bin/unused'))
    expect([after.mode, Math.floor(after.mtimeMs)]).toEqual([before.mode, Math.floor(before.mtimeMs)])
    expect(readdirSync(tree)).toEqual(names)
    expect(readFileSync(join(tree, 'data.txt'), 'utf8')).toBe('some data')
  })

  test('a run that rejects is not swallowed', async () => {
    const tree = makeTree('rejecting')
    await expect(mappedFiles(tree, () => Promise.reject(new Error('no sandbox')))).rejects.toThrow(
      'no sandbox',
    )
  })
})

test.each([
  { what: 'a program', path: '/bin/cat', elf: true },
  { what: 'a folder', path: '/', elf: false },
  { what: 'a device', path: '/dev/zero', elf: false },
  { what: 'nothing', path: '/does/not/exist', elf: false },
])('$what is an ELF file: $elf', ({ path, elf }) => {
  expect(isElf(path)).toBe(elf)
})

test('a short file and a symbolic link to a program are no ELF files', () => {
  writeFileSync(join(folder, 'short'), '\x7fEL')
  symlinkSync('/bin/cat', join(folder, 'alias'))
  expect([isElf(join(folder, 'short')), isElf(join(folder, 'alias'))]).toEqual([false, false])
})

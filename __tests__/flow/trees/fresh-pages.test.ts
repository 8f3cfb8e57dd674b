import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { freshenPages, withinBytes } from '../../../src/flow/trees/fresh-pages.ts'

let tree: string
beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'perf-verdict-fresh-'))
  mkdirSync(join(tree, 'bin'))
  writeFileSync(join(tree, 'bin/program'), 'contents')
})
afterEach(() => rmSync(tree, { recursive: true, force: true }))

const stat = (file: string) => lstatSync(join(tree, file), { bigint: true })

describe('rewriting files for fresh pages', () => {
  test('makes a new file of the same contents, mode and time under the same name', async () => {
    chmodSync(join(tree, 'bin/program'), 0o4751)
    utimesSync(join(tree, 'bin/program'), 1000.5, 1_700_000_000.123_456)
    const before = stat('bin/program')
    expect(await freshenPages(tree, ['bin/program'])).toEqual([])
    const after = stat('bin/program')
    expect(after.ino).not.toBe(before.ino)
    expect(after.mode).toBe(before.mode)
    expect(after.mtimeNs).toBe(before.mtimeNs)
    expect(readFileSync(join(tree, 'bin/program'), 'utf8')).toBe('contents')
    expect(readdirSync(join(tree, 'bin'))).toEqual(['program'])
  })

  test('does not let the time of change creep, however often it is done', async () => {
    const files = Array.from({ length: 60 }, (_, at) => `bin/file${at}`)
    for (const [at, file] of files.entries()) {
      writeFileSync(join(tree, file), '')
      utimesSync(join(tree, file), 0, (1_700_000_000_000_000 + at * 1_234_567 + 0.5) / 1e6)
    }
    await freshenPages(tree, files)
    await freshenPages(tree, files)
    for (const [at, file] of files.entries())
      expect(stat(file).mtimeNs / 1000n).toBe(1_700_000_000_000_000n + BigInt(at * 1_234_567))
  })

  const root = process.getuid?.() === 0
  ;(root ? test : test.skip)('keeps the owner (needs root)', async () => {
    chownSync(join(tree, 'bin/program'), 12_345, 23_456)
    await freshenPages(tree, ['bin/program'])
    expect([stat('bin/program').uid, stat('bin/program').gid]).toEqual([12_345n, 23_456n])
  })

  test('leaves the other name of a hard link as it is', async () => {
    linkSync(join(tree, 'bin/program'), join(tree, 'twin'))
    const twin = stat('twin').ino
    await freshenPages(tree, ['bin/program'])
    expect(stat('twin').ino).toBe(twin)
    expect(stat('bin/program').ino).not.toBe(twin)
  })

  test('names what it could not rewrite: gone, a link, a folder, or out of the tree', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'perf-verdict-outside-'))
    writeFileSync(join(outside, 'secret'), 'secret')
    symlinkSync(join(outside, 'secret'), join(tree, 'link'))
    symlinkSync(outside, join(tree, 'folder'))
    const before = lstatSync(join(outside, 'secret')).ino
    const asked = ['missing', 'link', 'bin', 'folder/secret', '../x', 'bin/program']
    expect(await freshenPages(tree, asked)).toEqual(['missing', 'link', 'bin', 'folder/secret', '../x'])
    expect(lstatSync(join(outside, 'secret')).ino).toBe(before)
    expect(readdirSync(outside)).toEqual(['secret'])
    expect(lstatSync(join(tree, 'link')).isSymbolicLink()).toBe(true)
    rmSync(outside, { recursive: true })
  })
})

describe('choosing what is worth rewriting', () => {
  test('takes ELF files first, then the small before the large, and says what is left', async () => {
    writeFileSync(
      join(tree, 'large.so'),
      Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(600)]),
    )
    writeFileSync(join(tree, 'small.txt'), Buffer.alloc(100))
    writeFileSync(join(tree, 'large.txt'), Buffer.alloc(500))
    const all = ['large.txt', 'small.txt', 'large.so']
    expect(await withinBytes(tree, all, 10_000)).toEqual({
      files: ['large.so', 'small.txt', 'large.txt'],
      left: [],
    })
    expect(await withinBytes(tree, all, 800)).toEqual({
      files: ['large.so', 'small.txt'],
      left: ['large.txt'],
    })
    expect(await withinBytes(tree, all, 550)).toEqual({
      files: ['small.txt'],
      left: ['large.so', 'large.txt'],
    })
  })
})

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { copyControlTree } from '../../../src/flow/trees/tree-copies.ts'
import type { ToolPort } from '../../../src/shell/ports/ports.ts'

const tools: ToolPort = {
  run: async ({ file, args }) => {
    const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' })
    return { code: status, stdout, stderr }
  },
  find: async name => name,
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perf-verdict-control-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the copy is the tree of base with its modes, links and times', async () => {
  const [base, control] = [join(folder, 'base'), join(folder, 'ctrl')]
  mkdirSync(base)
  writeFileSync(join(base, 'program'), 'x')
  chmodSync(join(base, 'program'), 0o750)
  symlinkSync('program', join(base, 'link'))
  expect(await copyControlTree(base, control, { tools })).toBe(true)
  const [from, to] = [base, control].map(tree => lstatSync(join(tree, 'program')))
  expect([to?.mode, to?.mtimeMs]).toEqual([from?.mode, from?.mtimeMs])
  expect(to?.ino).not.toBe(from?.ino)
  expect(readlinkSync(join(control, 'link'))).toBe('program')
})

test.each<[string, (at: string) => void]>([
  [
    'a folder with files of its own',
    at => {
      mkdirSync(join(at, 'program.d'), { recursive: true })
      writeFileSync(join(at, 'planted.py'), 'forged')
    },
  ],
  ['a folder where the copy has a file', at => mkdirSync(join(at, 'program', 'inner'), { recursive: true })],
  [
    'a folder without rights',
    at => {
      mkdirSync(join(at, 'closed', 'inner'), { recursive: true })
      chmodSync(join(at, 'closed'), 0)
    },
  ],
  ['a link to a folder', at => symlinkSync(join(folder, 'elsewhere'), at)],
  ['a link to nothing', at => symlinkSync(join(folder, 'nowhere'), at)],
  ['a file', at => writeFileSync(at, 'forged')],
  ['a pipe', at => void spawnSync('mkfifo', [at])],
])('%s in its place is not part of it', async (_, place) => {
  const own = mkdtempSync(join(folder, 'own-'))
  const [base, control, elsewhere] = [join(own, 'base'), join(own, 'ctrl'), join(folder, 'elsewhere')]
  mkdirSync(elsewhere, { recursive: true })
  mkdirSync(base)
  writeFileSync(join(base, 'program'), 'x')
  place(control)
  expect(await copyControlTree(base, control, { tools })).toBe(true)
  expect(lstatSync(control).isDirectory()).toBe(true)
  expect(readdirSync(control)).toEqual(['program'])
  expect(readFileSync(join(control, 'program'), 'utf8')).toBe('x')
  expect(readdirSync(elsewhere)).toEqual([])
})

test('a copy that fails is said', async () => {
  expect(await copyControlTree(join(folder, 'missing'), join(folder, 'x'), { tools })).toBe(false)
})

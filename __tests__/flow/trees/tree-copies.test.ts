import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
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

test('a copy that fails is said', async () => {
  expect(await copyControlTree(join(folder, 'missing'), join(folder, 'x'), { tools })).toBe(false)
})

import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { bringInto } from '../../../src/flow/trees/bring.ts'
import { tools } from '../../../src/shell/tools/tools.ts'

let folder: string
let workTree: string
let tree: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pv-bring-'))
  ;[workTree, tree] = [join(folder, 'work'), join(folder, 'tree')]
  mkdirSync(join(workTree, 'node_modules/a'), { recursive: true })
  mkdirSync(tree)
  writeFileSync(join(workTree, 'node_modules/a/index.js'), 'made before')
  writeFileSync(join(workTree, 'data.bin'), 'data')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const bring = (...paths: string[]) => bringInto(tree, { workTree, paths }, tools)

test('files and folders of earlier steps are there as copies, which change nothing of the originals', async () => {
  expect(await bring('node_modules', 'data.bin')).toBeUndefined()
  const copy = join(tree, 'node_modules/a/index.js')
  expect(readFileSync(copy, 'utf8')).toBe('made before')
  writeFileSync(copy, 'changed')
  expect(readFileSync(join(workTree, 'node_modules/a/index.js'), 'utf8')).toBe('made before')
})

describe('is refused with a sentence', () => {
  test('when it is not there', async () => {
    expect(await bring('missing')).toMatch(/does not have.*step before the gate/)
  })

  test('when it leads out of the work tree', async () => {
    writeFileSync(join(folder, 'secret'), 'secret')
    symlinkSync('..', join(workTree, 'out'))
    symlinkSync('../secret', join(workTree, 'link'))
    for (const path of ['out/secret', 'link']) expect(await bring(path)).toMatch(/leads out/)
    expect(existsSync(join(tree, 'out'))).toBe(false)
  })

  test('when it is a link that leads nowhere, or to itself', async () => {
    symlinkSync('missing', join(workTree, 'dangling'))
    symlinkSync('loop', join(workTree, 'loop'))
    for (const path of ['dangling', 'loop']) expect(await bring(path)).toMatch(/a link that leads nowhere/)
  })

  test('when the commit has it, or something in its way', async () => {
    symlinkSync('/etc', join(tree, 'data.bin'))
    expect(await bring('data.bin')).toMatch(/the commit has itself/)
    expect(lstatSync(join(tree, 'data.bin')).isSymbolicLink()).toBe(true)
    symlinkSync(folder, join(tree, 'node_modules'))
    expect(await bring('node_modules/a')).toMatch(/the commit has/)
    expect(existsSync(join(folder, 'a'))).toBe(false)
  })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import type { Profile } from '../../../src/core/counters/profile.ts'
import { openObjects } from '../../../src/flow/diagnose/objects.ts'
import { craftElf } from '../../core/elf/crafted-elf.ts'

const root = mkdtempSync(join(tmpdir(), 'perf-verdict-objects-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const trees = { base: join(root, 'base'), head: join(root, 'head') }
const program = craftElf({ type: 3, sections: [], symbols: [] })
for (const tree of Object.values(trees)) {
  mkdirSync(tree)
  writeFileSync(join(tree, 'bench'), program)
}
writeFileSync(join(trees.base, 'helper'), program)

const profile = (...files: readonly string[]): Profile => ({
  source: 'callgrind',
  total: 100,
  objects: files.map(object => ({ object, addresses: [0x1000], counts: [100 / files.length] })),
})

test('a program that a profiler knows on one side only is compared with the same file of the other tree', () => {
  const profiles = {
    base: profile(join(trees.base, 'bench'), join(trees.base, 'helper')),
    head: profile('???'),
  }
  const opened = openObjects(profiles, trees)
  const sides = opened.objects.map(({ name, base, head }) => [name, Boolean(base), Boolean(head)])
  opened.close()
  expect(sides).toEqual([
    ['bench', true, true],
    ['helper', true, false],
  ])
})

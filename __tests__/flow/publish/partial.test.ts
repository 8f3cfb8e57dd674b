import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { atomicJson } from '../../../src/flow/publish/deliver.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'perf-verdict-partial-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a reader finds one whole state at any moment', async () => {
  const path = join(folder, 'partial.json')
  const save = atomicJson(path)
  await save({ state: 0, filler: [] })
  const end = new AbortController()
  const seen = new Set<number>()
  const reader = (async () => {
    while (!end.signal.aborted) {
      const { state, filler } = JSON.parse(readFileSync(path, 'utf8'))
      expect(filler).toHaveLength(state * 1000)
      seen.add(state)
      await new Promise(resolve => setImmediate(resolve))
    }
  })()
  for (let state = 1; state <= 20; state++) await save({ state, filler: Array(state * 1000).fill(state) })
  end.abort()
  await reader
  expect(JSON.parse(readFileSync(path, 'utf8')).state).toBe(20)
  expect(seen.size).toBeGreaterThan(1)
  expect(readdirSync(folder)).toEqual(['partial.json'])
})

test('a folder that is gone is an error and not a silence', async () => {
  await expect(atomicJson(join(folder, 'gone', 'x.json'))({})).rejects.toThrow('ENOENT')
})

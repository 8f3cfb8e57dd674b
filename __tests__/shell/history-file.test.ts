import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { appendHistoryFile, readHistoryFile } from '../../src/shell/files/history-file.ts'
import { historyRecord, historyRow } from '../doubles/histories.ts'

const folder = mkdtempSync(join(tmpdir(), 'perf-verdict-history-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const record = (number: number) => historyRecord(number, [historyRow('parse', 1.01)])

test('a file that is not there yet is an empty history', async () => {
  expect(await readHistoryFile(join(folder, 'none'))).toEqual({ records: [], unreadable: [] })
})

test('a thousand appends at once lose nothing', async () => {
  const path = join(folder, 'raced.jsonl')
  await Promise.all(
    Array.from({ length: 1000 }, async (_, index) => appendHistoryFile(path, record(index + 1))),
  )
  const { records, unreadable } = await readHistoryFile(path)
  expect(new Set(records.map(({ commit }) => commit)).size).toBe(1000)
  expect(unreadable).toEqual([])
})

test('a line that was torn costs itself and not the next one', async () => {
  const path = join(folder, 'torn.jsonl')
  writeFileSync(path, '{"v":1,"comm')
  await appendHistoryFile(path, record(1))
  expect(await readHistoryFile(path)).toMatchObject({
    records: [{ commit: record(1).commit }],
    unreadable: [1],
  })
})

test('a link and a folder in its place are refused with what to do', async () => {
  const link = join(folder, 'link')
  symlinkSync(join(folder, 'elsewhere'), link)
  mkdirSync(join(folder, 'folder'))
  await expect(appendHistoryFile(link, record(1))).rejects.toThrow(/cannot be used .*; name a file/)
  await expect(appendHistoryFile(join(folder, 'folder'), record(1))).rejects.toThrow(/name a file|plain file/)
})

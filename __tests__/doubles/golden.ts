import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from '@jest/globals'

const FOLDER = '__tests__/fixtures/report'

/** Compares with a kept text; UPDATE_GOLDEN=1 writes what is there now, to be read before it is committed. */
export function expectGolden(name: string, text: string): void {
  const path = `${FOLDER}/${name}`
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(path, text)
  }
  expect(existsSync(path)).toBe(true)
  expect(text).toBe(readFileSync(path, 'utf8'))
}

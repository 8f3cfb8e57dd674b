import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'

const LONGEST_FILE = 300
const LARGEST_FOLDER = 27
/** One file for each harness. */
const MANY_OF_A_KIND = ['core/harness']

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))

test('no source file is longer than a reader keeps in mind', () => {
  const lines = (file: string) => readFileSync(join('src', file), 'utf8').split('\n').length - 1
  expect(files.length).toBeGreaterThan(100)
  expect(files.filter(file => lines(file) > LONGEST_FILE)).toEqual([])
})

test('no folder holds more files than a reader finds one in', () => {
  const sizes = new Map<string, number>()
  for (const folder of files.map(dirname)) sizes.set(folder, (sizes.get(folder) ?? 0) + 1)
  const large = [...sizes].filter(
    ([folder, count]) => count > LARGEST_FOLDER && !MANY_OF_A_KIND.includes(folder),
  )
  expect(large).toEqual([])
})

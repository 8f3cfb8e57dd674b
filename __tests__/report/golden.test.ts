import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { commentText } from '../../src/report/comment.ts'
import { logText } from '../../src/report/log.ts'
import { summaryText } from '../../src/report/summary.ts'
import { SAMPLES } from '../doubles/sample-reports.ts'

const FOLDER = '__tests__/fixtures/report'
const LINK = 'https://github.com/example/interpreter/actions/runs/7'

/** Compares with a kept text; UPDATE_GOLDEN=1 writes what is there now, to be read before it is committed. */
function expectGolden(name: string, text: string): void {
  const path = `${FOLDER}/${name}`
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(path, text)
  }
  expect(existsSync(path)).toBe(true)
  expect(text).toBe(readFileSync(path, 'utf8'))
}

describe('the comment', () => {
  test.each(Object.entries(SAMPLES))('on %s reads as it was approved', (name, report) => {
    expectGolden(`${name}.md`, commentText(report, { key: 'default', link: LINK }))
  })
})

describe('the log', () => {
  test.each(['placement', 'many', 'build-failed', 'well', 'hostile'])(
    'on %s reads as it was approved',
    name => {
      expectGolden(`${name}.log.txt`, logText(SAMPLES[name]!))
    },
  )
})

test('the job summary reads as it was approved', () => {
  expectGolden('many.summary.md', summaryText(SAMPLES.many!))
})

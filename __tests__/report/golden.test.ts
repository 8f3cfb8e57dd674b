import { describe, test } from '@jest/globals'
import { commentText } from '../../src/report/markdown/comment.ts'
import { summaryText } from '../../src/report/markdown/summary.ts'
import { logText } from '../../src/report/terminal/log.ts'
import { expectGolden } from '../doubles/golden.ts'
import { SAMPLES } from '../doubles/sample-reports.ts'

const LINK = 'https://github.com/example/interpreter/actions/runs/7'

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

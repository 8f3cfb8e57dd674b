import { describe, expect, test } from '@jest/globals'
import type { BenchmarkReport } from '../../../src/core/model/report.ts'
import { lastWords } from '../../../src/report/words/last-words.ts'

const row = (name: string, lastLines?: readonly string[]): BenchmarkReport => ({
  ...{ name, unit: 's', threshold: 0.05, better: 'lower', metric: 'time', decision: 'unmeasured', rounds: 0 },
  ...(lastLines && { fault: { side: 'head', kind: 'crash', lastLines } }),
})

describe('what failed runs said at their end', () => {
  test('is told once for rows of one command, each with its side', () => {
    expect(lastWords([row('a', ['boom']), row('b', ['boom']), row('c'), row('d', ['x', 'y'])])).toEqual([
      { what: 'Last lines of `a` and 1 more on head:', detail: 'boom' },
      { what: 'Last lines of `d` on head:', detail: 'x\ny' },
    ])
  })

  test('is told of five commands at most', () => {
    expect(lastWords(Array.from({ length: 9 }, (_, at) => row(`${at}`, [`${at}`])))).toHaveLength(5)
  })
})

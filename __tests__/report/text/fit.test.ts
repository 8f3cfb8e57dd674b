import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseReport } from '../../../src/core/report-file/parse-report.ts'
import { jsonText } from '../../../src/report/json/json.ts'
import { thinned } from '../../../src/report/json/thin.ts'
import { fence, outputLines } from '../../../src/report/text/fence.ts'
import { largestThatFits } from '../../../src/report/text/fit.ts'
import { hostileName } from '../../doubles/hostile.ts'
import { parseMarkdown } from '../../doubles/markdown.ts'
import { aBenchmark, aReport, theStory } from '../../doubles/reports.ts'
import { SAMPLES } from '../../doubles/sample-reports.ts'
import { cases } from '../../doubles/soak.ts'

describe('the largest text that fits', () => {
  test('has as many items as a plain search finds', () => {
    const property = fc.property(
      fc.array(fc.nat(50), { maxLength: 300 }),
      fc.integer({ min: 0, max: 3_000 }),
      (lengths, units) => {
        const render = (shown: number) =>
          lengths
            .slice(0, shown)
            .map(length => 'x'.repeat(length))
            .join('')
        const most = lengths.findIndex((_, index) => render(index + 1).length > units)
        const expected = render(most === -1 ? lengths.length : most)
        expect(largestThatFits(lengths.length, render, { units, bytes: 1e9 })).toBe(expected)
      },
    )
    fc.assert(property, cases(2_000))
  })

  test('counts bytes as well as characters', () => {
    const render = (shown: number) => '漢'.repeat(shown)
    expect(largestThatFits(100, render, { units: 100, bytes: 31 })).toBe('漢'.repeat(10))
  })
})

describe('output of a failed command', () => {
  test('is one code block whatever it holds, and its last lines are in it', () => {
    const property = fc.property(fc.array(hostileName, { maxLength: 30 }), lines => {
      const shown = outputLines(lines.join('\n'), 20)
      expect(shown.length).toBeLessThanOrEqual(20)
      const tree = parseMarkdown(`${fence(shown)}\n\nafter`)
      const children = 'children' in tree ? tree.children : []
      expect(children.map(({ type }) => type)).toEqual(['code', 'paragraph'])
      expect(children[0] && 'value' in children[0] ? children[0].value : '').toBe(shown.join('\n'))
    })
    fc.assert(property, cases(4_000))
  })

  test('loses its colours and its terminal links', () => {
    expect(
      outputLines(
        '\u001b[1;31merror\u001b[0m \u001b]8;;https://x.test\u0007here\u001b]8;;\u0007\r\n\tdone',
        5,
      ),
    ).toEqual(['error here', '    done'])
  })
})

describe('a report larger than its readers take', () => {
  const [, one] = theStory().hot ?? []
  const hot = Array.from({ length: 100 }, (_, index) => ({ ...one!, symbol: `function_${index}` }))
  // Few entries with long names are as large as many, and sooner read.
  const large = hot.map(code => ({ ...code, symbol: `${code.symbol}_${'x'.repeat(1000)}` }))
  const benchmarks = Array.from({ length: 150 }, (_, index) =>
    index < 20
      ? theStory({ name: `slow ${index}`, hot: large })
      : aBenchmark({ name: `quiet ${index}`, hot: large }),
  )
  const back = parseReport(jsonText(aReport({ verdict: 'fail', benchmarks })))

  test('loses what is least missed, and says so', () => {
    expect(back.notes).toEqual([
      'This report was too large and was thinned out in 1 of 8 steps; every decision is in it.',
    ])
    expect(back.benchmarks.map(({ hot: kept = [] }) => kept.length)).toEqual(
      benchmarks.map((_, index) => (index < 20 ? 100 : 0)),
    )
  })

  test('keeps the remedies that were tried as long as there are suspects to advise on', () => {
    const [remedied] = SAMPLES.remedied!.benchmarks
    const report = aReport({ verdict: 'fail', benchmarks: [{ ...remedied!, hot }] })
    const kept = Array.from({ length: 8 }, (_, index) => {
      const [row] = parseReport(thinned(report, index * 10_000, jsonText)).benchmarks
      expect(row?.trials?.remedies).toEqual(row?.suspects && remedied?.trials?.remedies)
      return `${row?.suspects ? 'suspects' : ''} ${row?.trials?.layout ? 'layout' : ''}`
    })
    expect(new Set(kept)).toEqual(new Set([' ', 'suspects ', 'suspects layout']))
  })

  test('keeps every decision and, while it can, the pairs of samples', () => {
    expect(back.benchmarks.map(({ decision }) => decision)).toEqual(
      benchmarks.map(({ decision }) => decision),
    )
    const part = { ...back, benchmarks: back.benchmarks.slice(0, 50) }
    const small = parseReport(thinned(part, 100_000, jsonText))
    expect(small.benchmarks).toHaveLength(50)
    for (const { base, head } of small.benchmarks)
      expect(3 * base!.samples.length).toBe(2 * head!.samples.length)
  })
})

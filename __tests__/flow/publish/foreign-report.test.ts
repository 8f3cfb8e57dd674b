import { describe, expect, test } from '@jest/globals'
import type { BenchmarkReport, Report } from '../../../src/core/model/report.ts'
import { parseReport } from '../../../src/core/report-file/parse-report.ts'
import { foreignReport } from '../../../src/flow/publish/foreign-report.ts'
import { checkText } from '../../../src/report/annotations/check.ts'
import { jsonText } from '../../../src/report/json/json.ts'
import { commentText } from '../../../src/report/markdown/comment.ts'
import { verdictSentence } from '../../../src/report/words/sentence.ts'
import { hostileReports, hugeReport, withTexts } from '../../doubles/hostile-report.ts'
import { aChange, aReport } from '../../doubles/reports.ts'
import { SAMPLES } from '../../doubles/sample-reports.ts'

const RUN = { url: 'https://github.com/octocat/hello-world/actions/runs/4711', number: 41, attempt: 1 }
const CLAIM = 'Approved by the maintainers, safe to merge'

function judged(report: Report): Report {
  const foreign = foreignReport(report, { run: RUN, pull: { number: 12, repository: 'octocat/hello-world' } })
  const whole = { ...foreign, sentence: verdictSentence(foreign) }
  // It is still a report.
  expect(() => parseReport(jsonText(whole))).not.toThrow()
  return whole
}

const said = (report: Report): string =>
  [
    commentText(report, { key: 'default', link: RUN.url }),
    ...Object.values(checkText(report)).map(text => JSON.stringify(text)),
  ].join('\n')

describe('a fork’s report', () => {
  test.each(Object.keys(SAMPLES))('(%s) says nothing in words of its own, wherever it puts them', name => {
    const names = new Set(['name', 'symbol', 'object', 'function', 'file', 'sharedWith', 'section'])
    const claims = JSON.parse(
      JSON.stringify(
        withTexts(
          { ...SAMPLES[name]!, remarks: [''], tool: { name: 'perf-verdict', version: '' } },
          () => CLAIM,
        ),
      ),
      (key, value) => (names.has(key) ? (Array.isArray(value) ? value.map(() => 'f') : 'f') : value),
    ) as Report
    const report = judged({ ...claims, tool: { name: 'perf-verdict', version: CLAIM }, verdict: 'pass' })
    expect(said(report)).not.toContain('maintainers')
    expect(JSON.stringify(report)).not.toContain('maintainers')
    expect(said(report)).toContain('come from the fork')
  })

  test('is judged by its samples, whatever it claims', () => {
    const slow = slower()
    const lies: readonly Partial<BenchmarkReport>[] = [
      { decision: 'unchanged' },
      { decision: 'faster', change: { ratio: 0.5, low: 0.4, high: 0.6, confidence: 0.99 } },
      { decision: 'new' },
      { decision: 'removed', reason: CLAIM },
      { decision: 'unmeasured', fault: { side: 'both', kind: CLAIM } },
      { rounds: 0, decision: 'unchanged' },
      { head: { ...slow.head!, median: slow.base!.median } },
      { cause: { kind: 'placement', confidence: 'shown', because: [CLAIM], against: [] } },
    ]
    for (const lie of lies) {
      const policies = Object.fromEntries(
        ['undecided', 'unmeasured', 'base-broken', 'removed', 'placement', 'codegen'].map(on => [
          `on-${on}`,
          'pass',
        ]),
      ) as unknown as Report['policies']
      const report = judged(
        aReport({ benchmarks: [{ ...slow, ...lie }], verdict: 'pass', policies: policies! }),
      )
      expect([lie, report.verdict, report.benchmarks[0]!.decision]).toEqual([lie, 'fail', 'slower'])
      expect(report.benchmarks[0]!.change?.ratio).toBeCloseTo(1.5, 1)
    }
  })

  test('keeps what its figures show: honest decisions stay as they are', () => {
    for (const [factor, decision] of [
      [2, 'slower'],
      [1.2, 'slower'],
      [1, 'unchanged'],
      [0.6, 'faster'],
    ] as const)
      expect(judged(aReport({ benchmarks: [slower(factor)] })).benchmarks[0]).toMatchObject({ decision })
    expect(judged(aReport({ benchmarks: [slower(1)] }))).toMatchObject({
      verdict: 'pass',
      benchmarks: [{ decision: 'unchanged' }],
    })
  })

  test('without samples is judged by its interval, and without that is not measured', () => {
    const row = (more: Partial<BenchmarkReport>): BenchmarkReport => ({
      ...{
        name: 'a',
        unit: 's',
        threshold: 0.05,
        better: 'lower',
        metric: 'time',
        rounds: 9,
        decision: 'unchanged',
      },
      ...more,
    })
    const change = (low: number, ratio: number, high: number) => ({
      change: { ratio, low, high, confidence: 0.99 },
    })
    const cases: readonly (readonly [BenchmarkReport, string, string])[] = [
      [row(change(1.4, 1.5, 1.6)), 'slower', 'fail'],
      [row(change(0.99, 1, 1.01)), 'unchanged', 'pass'],
      [row(change(0.9, 1, 1.5)), 'undecided', 'undecided'],
      [row(change(1.6, 1, 1.01)), 'unmeasured', 'error'],
      [row({}), 'unmeasured', 'error'],
      [row({ rounds: 0 }), 'unchanged', 'pass'],
      [
        row({
          metric: 'size',
          unit: 'B',
          base: { median: 9, samples: [100] },
          head: { median: 9, samples: [200] },
        }),
        'slower',
        'fail',
      ],
      [
        row({ metric: 'allocations', base: { median: 1, samples: [0] }, head: { median: 1, samples: [5] } }),
        'slower',
        'fail',
      ],
    ]
    for (const [given, decision, verdict] of cases) {
      const report = judged(aReport({ benchmarks: [given], verdict: 'pass' }))
      expect([given, report.benchmarks[0]!.decision, report.verdict]).toEqual([given, decision, verdict])
    }
  })

  test('of any shape is judged without a fault, and soon', () => {
    for (const report of hostileReports(5)) said(judged(report))
    // By the processor's time, which other programs do not lengthen as they do the clock's.
    const started = process.cpuUsage()
    judged(hugeReport(2_000, 200))
    expect(process.cpuUsage(started).user).toBeLessThan(20e6)
  })
})

/** A row whose samples show head at so many times base. */
function slower(factor = 1.5): BenchmarkReport {
  return aChange(factor, factor === 1 ? { decision: 'unchanged' } : {})
}

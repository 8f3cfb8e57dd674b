import { describe, expect, test } from '@jest/globals'
import type { BenchmarkReport, Report } from '../../src/core/model/report.ts'
import { htmlText } from '../../src/report/html/page.ts'
import { jsonText } from '../../src/report/json/json.ts'
import { commentText } from '../../src/report/markdown/comment.ts'
import { logText } from '../../src/report/terminal/log.ts'
import { describeReason } from '../../src/report/words/open-answer.ts'
import { remedyResult } from '../../src/report/words/remedy.ts'
import { verdictSentence } from '../../src/report/words/sentence.ts'
import { aBenchmark, aCause, aChange, aLayoutTrial, aReport, theStory } from '../doubles/reports.ts'

const two = (median: number) => ({ median, samples: [median, median] })
const change = (ratio: number, spread = 0.008) => ({
  ratio,
  low: ratio * (1 - spread),
  high: ratio * (1 + spread),
  confidence: 0.98,
})

/** A row with exactly these medians and this change. */
function row(
  name: string,
  [base, head]: readonly [number, number],
  overrides: Partial<BenchmarkReport> = {},
): BenchmarkReport {
  return aBenchmark({
    name,
    base: two(base),
    head: two(head),
    ...(base > 0 && { change: change(head / base) }),
    ...overrides,
  })
}

const open = change(1.0412, 0.06)

const { change: _none, ...fromZero } = row('allocations', [0, 10], {
  decision: 'slower',
  metric: 'allocations',
  unit: 'allocations',
  reason: describeReason({ rule: 'from-zero', base: 0, head: 10 }),
})

/** A row of every kind that has figures: each unit, each form of a change, each answer. */
const ROWS: readonly BenchmarkReport[] = [
  { ...theStory(), ...row('times', [0.017, 0.0527], { decision: 'slower' }) },
  row('percent', [0.0124, 0.0175], {
    decision: 'slower',
    cause: aCause('work'),
    trials: {
      layout: aLayoutTrial({ ratio: 1.4087, low: 1.391, high: 1.4274, best: 1.402, outcome: 'real' }),
      remedies: [
        remedyResult(
          { kind: 'align', flags: ['-falign-functions=64'] },
          { ratio: 2.347, low: 2.21, high: 2.41 },
          { threshold: 0.05, untreated: 2.613 },
        ),
      ],
    },
  }),
  row('not-slower', [0.0016, 0.0013]),
  row('nanoseconds', [5.04e-9, 5.07e-9]),
  row('microseconds', [0.000_913, 0.001_021], { decision: 'slower' }),
  row('much-faster', [2.04, 0.000_613], { decision: 'faster' }),
  fromZero,
  row('bytes', [4096, 1_310_720], { decision: 'slower', metric: 'memory', unit: 'B' }),
  row('count', [26_048_609, 27_012_345], {
    decision: 'slower',
    metric: 'instructions',
    unit: 'instructions',
  }),
  row('throughput', [1_234_567, 611_000], { decision: 'slower', better: 'higher', unit: 'ops/s' }),
  row('open', [0.0124, 0.0129], {
    decision: 'undecided',
    change: open,
    detectable: 2.138,
    reason: describeReason({
      rule: 'straddles',
      rounds: 41,
      ended: { rule: 'budget-over', budget: { of: 'row', seconds: 60 } },
      change: open,
      detectable: 2.138,
      threshold: 0.0025,
    }),
    threshold: 0.0025,
  }),
  row('masked', [0.0124, 0.01254], {
    decision: 'masked',
    change: change(1.0113, 0.002),
    cause: aCause('work'),
    counters: {
      source: 'simulated',
      base: { instructions: 402_113_020 },
      head: { instructions: 633_000_000 },
      instructionSpread: 0,
      fixedWork: true,
    },
    trials: {
      layout: aLayoutTrial({
        question: 'hidden-work',
        ...{ ratio: 1.2534, low: 1.2371, high: 1.2719, best: 1.2488 },
        ...{ asBuilt: 1.0113, outcome: 'real' },
      }),
    },
  }),
  row('both-ways', [0.0124, 0.0125], {
    change: change(1.0081, 0.002),
    other: { how: 'over-layouts', gateOn: 'as-built', decision: 'slower', change: change(2.213), rounds: 9 },
  }),
]

const report = aReport({ verdict: 'fail', benchmarks: ROWS })
const comment = plain(commentText(report, { key: 'default' }))
const page = htmlText(report)
const log = logText(report, 400)
const json = JSON.parse(jsonText(report)) as Report

/** Text without what only sets it: narrow and fixed blanks, bold, breaks, small print. */
function plain(text: string): string {
  return text
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/<br>|<\/?sub>|<\/?small>|\*\*/g, ' ')
    .replace(/<\/t[dh]>|<\/p>|<\/li>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/ +/g, ' ')
}

interface Shown {
  readonly change: string
  readonly base: string
  readonly head: string
}

function inComment(name: string): Shown {
  const line = comment.split('\n').find(each => each.startsWith(`| \`${name}\` |`)) ?? ''
  const [, , changed = '', , base = '', head = ''] = line.split('|').map(cell => cell.trim())
  return { change: changed, base, head }
}

function inPage(name: string): Shown {
  const line = page.slice(page.indexOf(`<tr data-name="${name}"`)).split('</tr>')[0] ?? ''
  const cells = [...line.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = '']) => plain(cell).trim())
  return { change: cells[0] ?? '', base: cells[2] ?? '', head: cells[3] ?? '' }
}

function inLog(name: string): Shown {
  const lines = log.split('\n')
  const heads = lines.find(line => line.startsWith('benchmark ')) ?? ''
  const line = lines.find(each => each.startsWith(`${name} `) && each.length > name.length + 20) ?? ''
  // Columns of figures end where their heads do; what is in front of a column is blank.
  const end = (head: string) => heads.indexOf(head) + head.length
  const column = (from: string, to: string) => line.slice(end(from), end(to)).trim()
  const finding = line.slice(heads.indexOf('finding'))
  const other = /(?:as built|over layouts) .*/.exec(finding)?.[0]
  const parts = [
    line
      .slice('benchmark'.length, end('change'))
      .replace(/^\S*\s/, '')
      .trim(),
    column('change', 'interval'),
  ]
  return {
    change: [...parts, other ?? ''].filter(part => part !== '').join(' ') || '–',
    base: column('interval', 'base'),
    head: column('base', 'head'),
  }
}

const SCALE: Readonly<Record<string, number>> = {
  ...{ ns: 1e-9, µs: 1e-6, ms: 1e-3, s: 1, min: 60 },
  ...{ k: 1e3, M: 1e6, G: 1e9, B: 1, kB: 1e3, MB: 1e6 },
}

/** The number behind a shown value, whatever its unit. */
function amountOf(text: string): number {
  const [, figure = 'NaN', unit = ''] = /^([\d.,]+)(?: (\S+))?/.exec(text) ?? []
  return Number(figure.replaceAll(',', '')) * (SCALE[unit] ?? 1)
}

/** The ratio behind a shown change. */
function ratioOf(text: string): number {
  const [, sign = '', figure = 'NaN', form = ''] = /^([+−]?)([\d.,]+)( %|× less|×)/.exec(text) ?? []
  const value = Number(figure.replaceAll(',', ''))
  if (form === '×') return value
  return form === '× less' ? 1 / value : 1 + (sign === '−' ? -value : value) / 100
}

/** Digits that mean something: `0.0527` has three, `1,040` three, `100` may have one. */
function digits(figure: string): number {
  const bare = figure.replaceAll(',', '').replace('.', '').replace(/^0+/, '')
  return figure.includes('.') ? bare.length : bare.replace(/0+$/, '').length
}

describe('the figures of a report', () => {
  test.each(ROWS.map(({ name }) => name))('of %s are the same in comment, page and log', name => {
    const shown = inComment(name)
    expect(inPage(name)).toEqual(shown)
    expect(inLog(name)).toEqual(shown)
  })

  test.each(ROWS.map(({ name }, index) => [name, index] as const))(
    'of %s are those of report.json',
    (name, index) => {
      const { change: found, base, head } = json.benchmarks[index]!
      const shown = inComment(name)
      expect(Math.abs(amountOf(shown.base) - base!.median)).toBeLessThanOrEqual(0.0051 * base!.median)
      expect(Math.abs(amountOf(shown.head) - head!.median)).toBeLessThanOrEqual(0.0051 * head!.median)
      if (found === undefined) expect(shown.change).toBe('–')
      else expect(Math.abs(ratioOf(shown.change) / found.ratio - 1)).toBeLessThan(0.0051)
    },
  )

  test('are in percent below twice as much, and in times from there on', () => {
    expect(inComment('times').change).toBe('3.1× 3.08 … 3.12×')
    expect(inComment('not-slower').change).toBe('−18.8 % −19.4 … −18.1 %')
    expect(inComment('bytes').change).toMatch(/^320× /)
    expect(inComment('throughput').change).toMatch(/^2.02× less /)
    expect(inComment('allocations')).toEqual({ change: '–', base: '0 allocations', head: '10 allocations' })
    expect(inComment('both-ways').change).toBe('+0.8 % +0.6 … +1.0 % over layouts 2.21× (2.20 … 2.23×)')
  })

  test('have the unit that fits the row', () => {
    expect(inComment('nanoseconds')).toMatchObject({ base: '5.04 ns', head: '5.07 ns' })
    expect(inComment('microseconds')).toMatchObject({ base: '0.913 ms', head: '1.02 ms' })
    expect(inComment('much-faster')).toMatchObject({ base: '2.04 s', head: '613 µs' })
    expect(inComment('bytes')).toMatchObject({ base: '4,096 B', head: '1.31 MB' })
    expect(inComment('count')).toMatchObject({ base: '26.0 M instructions', head: '27.0 M instructions' })
  })

  test.each([
    ['comment', comment],
    ['page', plain(page.replace(/<(style|script|svg)[\s\S]*?<\/\1>/g, ''))],
    ['log', log],
    [
      'sentences of report.json',
      json.benchmarks
        .map(({ reason, trials }) =>
          [
            reason,
            trials?.layout?.sentence,
            ...(trials?.remedies ?? []).map(({ sentence }) => sentence),
          ].join('\n'),
        )
        .join('\n'),
    ],
  ])('have at most three digits in the %s, and one form for a ratio', (_, text) => {
    const percents = [...text.matchAll(/(?<![\d.,])([\d.,]*\d) %/g)].map(([, figure = '']) => figure)
    const times = [...text.matchAll(/(?<![\d.,])([\d.,]*\d) ?×/g)].map(([, figure = '']) => figure)
    expect(percents.filter(figure => digits(figure) > 3)).toEqual([])
    expect(times.filter(figure => digits(figure) > 3)).toEqual([])
    // Neither a factor with a blank nor one below two, nor a change of more than twice in percent.
    expect(text).not.toMatch(/\d ×/)
    expect(times.filter(figure => Number(figure.replaceAll(',', '')) < 2)).toEqual([])
    expect([...text.matchAll(/\+[\d.,]+ %/g)].filter(([figure]) => ratioOf(figure) > 2)).toEqual([])
  })

  test('of sentences are those of the table', () => {
    const reason = json.benchmarks.find(({ name }) => name === 'open')!.reason!
    expect(reason).toContain(inComment('open').change.replace(/ (?=−)/, ', '))
    // What could have been seen, and the threshold: once in the table, once in the reason, once in the first sentence.
    expect(comment).toContain('would have seen 2.14×')
    expect(reason).toContain('a slowdown of 2.14×')
    expect(reason).toContain('the threshold of 0.25 %')
    expect(page).toContain('threshold 0.25\u202f%')
    const alone = aReport({ benchmarks: ROWS.filter(({ name }) => name === 'open') })
    expect(verdictSentence(alone)).toContain('a slowdown below 2.14×')
    for (const [name, figure] of [
      ['percent', '41.1 %'],
      ['microseconds', '11.8 %'],
      ['count', '3.7 %'],
    ]) {
      const one = ROWS.filter(each => each.name === name)
      expect(inComment(name!).change).toContain(figure)
      expect(verdictSentence(aReport({ benchmarks: one }))).toContain(figure)
    }
  })

  test('of a masked row are as built and over layouts the same in every sentence', () => {
    for (const text of [comment, plain(page), log.replace(/\s+/g, ' ')])
      expect(text.match(/\+1\.1 % as built/g)?.length ?? 0).toBeGreaterThanOrEqual(2)
    expect(comment).toContain('+1.1 % as built, +25.3 % over 12 layouts')
    expect(comment).toContain('the change is +25.3 % (+23.7 … +27.2 %')
  })

  test('of a remedy have the form of the change that it is tried against', () => {
    const [remedy] = json.benchmarks.find(({ name }) => name === 'percent')!.trials!.remedies!
    expect(remedy!.sentence).toContain('the change is 2.35× (2.21 … 2.41×) instead of 2.61×')
  })

  test('of a single row stay in one unit also when they are far apart', () => {
    expect(inComment('times')).toMatchObject({ base: '17.0 ms', head: '52.7 ms' })
    expect(aChange(1.5).unit).toBe('s')
  })
})

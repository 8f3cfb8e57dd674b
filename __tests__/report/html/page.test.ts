import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { htmlText } from '../../../src/report/html/page.ts'
import { SCRIPT, SCRIPT_HASH } from '../../../src/report/html/script.ts'
import { ticks } from '../../../src/report/html/svg.ts'
import { aBenchmark, aPlace, aReport, theStory } from '../../doubles/reports.ts'
import { aSuite, SAMPLES } from '../../doubles/sample-reports.ts'

const STORY = htmlText(SAMPLES.placement!)

function labels(page: string): readonly string[] {
  return [...page.matchAll(/<svg [^>]*role="img" aria-label="([^"]*)"/g)].map(([, label = '']) => label)
}

describe('the page', () => {
  test.each(Object.entries(SAMPLES))(
    'on %s stands alone: it fetches nothing, runs nothing but its own script, and is small',
    (_, report) => {
      const whole = htmlText(report)
      expect(whole.split(SCRIPT)).toHaveLength(2)
      const page = whole.replace(`<script>${SCRIPT}</script>`, '')
      expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none';`)
      expect(page).not.toMatch(
        /<(?:script|link|img|iframe|object|base)\b|url\(|@import|https?:\/\/(?!x\.test|github\.com\/example\/interpreter\/)/,
      )
      expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/)
      expect(page.length).toBeLessThan(400_000)
    },
  )

  test('names its script in its policy', () => {
    const hash = `sha256-${createHash('sha256').update(SCRIPT).digest('base64')}`
    expect(SCRIPT_HASH).toBe(hash)
    expect(STORY).toContain(`script-src '${hash}'`)
  })

  test('draws the threshold and the interval, and marks at its edge the rounds that are far off', () => {
    const base = { median: 1, samples: Array.from({ length: 100 }, () => 1) }
    const samples = Array.from({ length: 150 }, (_, run) => (Math.floor(run / 3) === 25 ? 16 : 1.01))
    const control = { ratio: 1, low: 1, high: 1, fit: true, samples: base.samples.slice(0, 50) }
    const far = aBenchmark({
      base,
      head: { median: 1.01, samples },
      control,
      decision: 'slower',
      change: { ratio: 1.01, low: 1, high: 1.02, confidence: 0.98 },
    })
    const page = htmlText(aReport({ verdict: 'fail', benchmarks: [far] }))
    expect(page.match(/<path class="head"/g)).toHaveLength(1)
    expect(page).toContain('>threshold</text>')
    expect(page).not.toContain('>16×</text>')
  })

  test('a thousand benchmarks are a table of a thousand rows and at most a hundred explanations', () => {
    const page = htmlText(aReport({ verdict: 'fail', benchmarks: aSuite(1000) }))
    expect(page.match(/<tr data-name/g)).toHaveLength(1000)
    expect(page.match(/<article id="benchmark-/g)!.length).toBeLessThanOrEqual(100)
    expect(page.length).toBeLessThan(2_000_000)
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    for (const id of targets) expect(page).toContain(`id="${id}"`)
  })

  test('draws the rounds, the values, the cache sets and the layouts of the story, each with words for those who cannot see it', () => {
    expect(labels(STORY)).toEqual([
      'Change in each round. The median change is +70.2 %, its interval +69.0 … +71.6 %, the threshold 5 %.',
      expect.stringMatching(
        /^Values of both sides\. Base: 1\d\.\d ms to 1\d\.\d ms\. Head: 2\d\.\d ms to (2|3)\d\.\d ms\.$/,
      ),
      'Cache sets of the suspects. 3 suspects over 64 sets; on the head side 4 sets hold more than one of them, on the base side 2.',
      expect.stringMatching(/^Layout trial\. Base: .* base as built: 17\.0 ms\. head as built: 28\.9 ms\.$/),
    ])
  })

  test('draws a point for each round and each of the control', () => {
    expect(STORY.match(/<circle class="head"/g)?.length).toBe(41 + 12)
    expect(STORY.match(/<circle class="control"/g)?.length).toBe(41)
  })

  test('shows the last lines of a failed build as they are', () => {
    expect(htmlText(SAMPLES['build-failed']!)).toContain(
      '<pre>cc -O2 -c parse.c\nparse.c:12:3: error: expected ‘;’ before ‘return’\n```\n&lt;/details&gt; @everyone',
    )
  })

  test('has a tag to close for each one it opens', () => {
    for (const report of Object.values(SAMPLES)) {
      const page = htmlText(report)
      for (const tag of [
        'article',
        'table',
        'tr',
        'td',
        'svg',
        'figure',
        'ul',
        'ol',
        'li',
        'p',
        'div',
        'details',
        'header',
        'small',
        'span',
        'code',
      ]) {
        const open = page.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0
        expect([tag, page.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0]).toEqual([tag, open])
      }
    }
  })

  test('survives values that cannot be drawn', () => {
    const odd = theStory({
      base: { median: 0, samples: [0, 0] },
      head: { median: 1e308, samples: [1e308, 5e-324] },
      suspects: [],
      counters: { source: 'none', base: {}, head: {} },
    })
    const page = htmlText(
      aReport({
        benchmarks: [odd, aBenchmark({ base: { median: 1, samples: [] }, head: { median: 1, samples: [] } })],
      }),
    )
    expect(page).not.toMatch(/NaN|Infinity/)
  })
})

describe('the table of hot code', () => {
  const pageOf = (overrides: Parameters<typeof theStory>[0]) =>
    htmlText(aReport({ verdict: 'fail', benchmarks: [theStory(overrides)] }))
  const tableOf = (page: string) =>
    /<details><summary>Where the hot code is<\/summary>[\s\S]*?<\/details>/.exec(page)?.[0] ?? ''
  const rowsOf = (page: string) =>
    [...tableOf(page).matchAll(/<tr><td>(.*?)<\/tr>/g)].map(([, row = '']) =>
      row
        .split('</td><td')
        .map(cell =>
          [...cell.matchAll(/>?([^<>]+)(?=<|$)/g)]
            .map(([, text = '']) => text)
            .filter(text => text !== ' class="figure"'),
        ),
    )
  const [first] = theStory().hot ?? []
  const sides = ['base', 'head']

  test('is folded and says of both sides where each function and each data object lies, the hottest first', () => {
    const rows = rowsOf(STORY)
    expect(rows.map(([name]) => name?.[0])).toEqual([
      '_PyEval_EvalFrameDefault',
      'PyObject_Call',
      'method_call',
      'method_cache',
      'function_call',
    ])
    expect(rows[1]).toEqual([
      ['PyObject_Call', 'in python'],
      ['moved'],
      sides,
      ['17\u202f%', '17\u202f%'],
      ['0x4c9000', '0x4c9030'],
      ['.text', '.text'],
      ['0', '48'],
      ['13', '14'],
      ['1', '1'],
      ['0–12', '0–13'],
    ])
    expect(rows[3]?.slice(0, 2)).toEqual([['method_cache', 'data in python'], ['moved']])
    expect(rows[4]?.at(-1)).toEqual(['15–22', '15–23'])
  })

  test('counts bytes in lines of the measured size, data in those of the data cache', () => {
    const geometry = { l1i: '32768,8,128', l1d: '32768,8,32', ll: '268435456,16,64', from: 'sysfs' }
    const page = pageOf({ counters: { source: 'none', base: {}, head: {}, geometry } })
    expect(rowsOf(page).map(row => row[6])).toEqual([
      ['0', '112'],
      ['0', '48'],
      ['0', '48'],
      ['0', '0'],
      ['64', '112'],
    ])
    expect(tableOf(page)).toContain('A line has 128\u202fbytes (for data, 32)')
  })

  test('has a function of one side on that side only, and a dash for what older reports do not tell', () => {
    const hot = [
      { symbol: 'f', object: 'bench', head: { share: 0.5, address: 0x1041, size: 9 }, state: 'new' },
    ] as const
    expect(rowsOf(pageOf({ hot }))).toEqual([
      [['f', 'in bench'], ['new'], ['head'], ['50\u202f%'], ['0x1041'], ['–'], ['1'], ['–'], ['–'], ['–']],
    ])
  })

  test('has the names of a hostile program as text', () => {
    const evil = '<script>alert(1)</script>"\u202e'
    const place = { ...aPlace(0.5, 4096, 64), section: evil }
    const table = tableOf(
      pageOf({ hot: [{ symbol: evil, object: evil, head: place, state: 'new', kind: 'data' }] }),
    )
    expect(table).not.toMatch(/<script|"\u202e|\u202e/)
    expect(table.match(/&lt;script&gt;/g)).toHaveLength(3)
  })

  test('has fifty rows at most and counts the others', () => {
    const hot = Array.from({ length: 53 }, (_, index) => ({
      ...first!,
      symbol: `f${index}`,
      base: aPlace(index / 100, 4096, 64),
      head: aPlace(index / 100, 4096, 64),
    }))
    const page = pageOf({ hot })
    expect(rowsOf(page).map(([name]) => name?.[0])).toEqual(
      Array.from({ length: 50 }, (_, index) => `f${52 - index}`),
    )
    expect(tableOf(page)).toContain('<p>3 more rows in report.json only</p>')
  })

  test.each([[{ hot: [] }], [{}]])('is absent where nothing is known to be hot: %j', known => {
    const { hot: _, ...rest } = theStory()
    expect(tableOf(htmlText(aReport({ verdict: 'fail', benchmarks: [{ ...rest, ...known }] })))).toBe('')
  })
})

test.each([
  [0, 10, 6, [0, 2, 4, 6, 8, 10]],
  [17.2, 29.1, 7, [18, 20, 22, 24, 26, 28]],
  [-3, 71, 6, [0, 20, 40, 60]],
  [5, 5, 6, [5]],
])('an axis from %d to %d has round marks', (low, high, most, marks) => {
  expect(ticks(low, high, most)).toEqual(marks)
})

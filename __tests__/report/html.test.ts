import { describe, expect, test } from '@jest/globals'
import { ticks } from '../../src/report/html/svg.ts'
import { htmlText } from '../../src/report/html.ts'
import { aBenchmark, aReport, theStory } from '../doubles/reports.ts'
import { SAMPLES } from '../doubles/sample-reports.ts'

const STORY = htmlText(SAMPLES.placement!)

function labels(page: string): readonly string[] {
  return [...page.matchAll(/aria-label="([^"]*)"/g)].map(([, label = '']) => label)
}

describe('the page', () => {
  test.each(Object.entries(SAMPLES))(
    'on %s stands alone: it fetches nothing, runs nothing, and is small',
    (_, report) => {
      const page = htmlText(report)
      expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none';`)
      expect(page).not.toMatch(
        /<(?:script|link|img|iframe|object|base|form)\b|url\(|@import|https?:\/\/(?!x\.test)/,
      )
      expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/)
      expect(page.length).toBeLessThan(100_000)
    },
  )

  test('draws the rounds, the values, the cache sets and the layouts of the story, each with words for those who cannot see it', () => {
    expect(labels(STORY)).toEqual([
      'Change in each round. The median change is +70.2 %, its interval +69.0 … +71.6 %, the threshold 5 %.',
      expect.stringMatching(
        /^Values of both sides\. Base: 1\d\.\d ms to 1\d\.\d ms\. Head: 2\d\.\d ms to 2\d\.\d ms\.$/,
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

test.each([
  [0, 10, 6, [0, 2, 4, 6, 8, 10]],
  [17.2, 29.1, 7, [18, 20, 22, 24, 26, 28]],
  [-3, 71, 6, [0, 20, 40, 60]],
  [5, 5, 6, [5]],
])('an axis from %d to %d has round marks', (low, high, most, marks) => {
  expect(ticks(low, high, most)).toEqual(marks)
})

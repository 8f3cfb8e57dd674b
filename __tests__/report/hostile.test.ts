import { describe, expect, test } from '@jest/globals'
import rehypeRaw from 'rehype-raw'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { readMarker } from '../../src/core/github/marker.ts'
import type { Report } from '../../src/core/model/report.ts'
import { annotationsOf } from '../../src/report/annotations/annotations.ts'
import { checkText } from '../../src/report/annotations/check.ts'
import { htmlText } from '../../src/report/html/page.ts'
import { SCRIPT } from '../../src/report/html/script.ts'
import { commentText } from '../../src/report/markdown/comment.ts'
import { summaryText } from '../../src/report/markdown/summary.ts'
import { logText } from '../../src/report/terminal/log.ts'
import { hostileReports, hugeReport } from '../doubles/hostile-report.ts'
import { nodesOf, parseMarkdown } from '../doubles/markdown.ts'
import { pageFaults } from '../doubles/page-faults.ts'
import { casesOf, SEED, soaking } from '../doubles/soak.ts'
import { logFaults, markdownFaults } from '../doubles/text-faults.ts'

/** Where a page may lead: to itself, and to the repository of the run. */
const OWN_ADDRESS =
  /^(?:#[\w-]+|https:\/\/github\.com\/example\/interpreter\/(?:commit\/[0-9a-f]+|actions\/runs\/\d+))$/

function faultsOf(report: Report): readonly string[] {
  const comment = commentText(report, { key: 'default' })
  const annotations = annotationsOf(report)
  return [
    ...markdownFaults(comment),
    ...markdownFaults(summaryText(report)),
    ...markdownFaults(checkText(report).summary),
    ...pageFaults(htmlText(report), SCRIPT, OWN_ADDRESS),
    ...logFaults(logText(report)),
    ...annotations.flatMap(({ title, message }) => logFaults(`${title}\n${message}`)),
    ...(readMarker(comment)?.head === report.head.sha ? [] : ['the marker cannot be read']),
    // A line of a program's output may say it in a block of code, where it is neither HTML nor at the first byte.
    ...(markersIn(comment) === 1 ? [] : ['not one marker']),
  ]
}

/** Markers in everything of a comment that is read as HTML, wherever it stands. */
function markersIn(comment: string): number {
  const html = nodesOf(parseMarkdown(comment)).flatMap(node =>
    node.type === 'html' ? [node.value ?? ''] : [],
  )
  return html.join('\n').split('<!-- perf-verdict').length - 1
}

const SEEDS = Array.from({ length: casesOf(20) }, (_, index) => SEED + index)

describe('a report whose every text is hostile', () => {
  test.each(SEEDS)('is shown in all forms as data and nothing else (seed %d)', seed => {
    for (const report of hostileReports(seed)) expect(faultsOf(report)).toEqual([])
  })

  test('loses nothing but comments to the sanitising that GitHub does', async () => {
    for (const report of hostileReports(99)) {
      const comment = commentText(report, { key: 'default' })
      expect(await rendered(comment, true)).toBe((await rendered(comment, false)).replace(/^<!--.*?-->/, ''))
    }
  })
})

/** The comment as GitHub renders it, with or without its sanitising (identifiers of headings aside). */
async function rendered(markdown: string, sanitised: boolean): Promise<string> {
  const steps = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
  const safe = sanitised ? steps.use(rehypeSanitize, defaultSchema) : steps
  return String(await safe.use(rehypeStringify).process(markdown))
}

describe('a huge report', () => {
  const huge = hugeReport(1_000, 10_000)

  test('of 1,000 benchmarks with names of 10,000 characters fits everywhere and is still sound', () => {
    const comment = commentText(huge, { key: 'default' })
    expect(comment.length).toBeLessThanOrEqual(60_000)
    expect(comment.length).toBeGreaterThan(20_000)
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(200_000)
    expect(markdownFaults(comment)).toEqual([])

    const summary = summaryText(huge)
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900 * 1024)
    expect(Buffer.byteLength(summary)).toBeGreaterThan(600 * 1024)

    const check = checkText(huge)
    expect(Buffer.byteLength(check.summary)).toBeLessThanOrEqual(65_535)
    expect(markdownFaults(check.summary)).toEqual([])
    expect(Buffer.byteLength(htmlText(huge))).toBeLessThan(8 * 1024 * 1024)
  })

  test.each(soaking ? [30, 100, 300, 1_000] : [30, 300])(
    'of %d benchmarks says how many rows and explanations it leaves out',
    count => {
      const report = hugeReport(count, 400)
      const comment = commentText(report, { key: 'default' })
      const [, left = '0'] = /For want of room, (\w+) rows?\b/.exec(comment) ?? []
      const tables = nodesOf(parseMarkdown(comment)).flatMap(node => (node.type === 'table' ? [node] : []))
      const shown = tables.flatMap(({ children: [head, ...rows] }) =>
        head?.children.length === 5 ? rows : [],
      )
      expect(shown.length + Number(left)).toBe(count)
      expect(comment.length).toBeLessThanOrEqual(60_000)
    },
  )

  test('shows the worst breach whatever else there is no room for', () => {
    const worst = {
      ...huge.benchmarks[0]!,
      name: 'the worst',
      decision: 'slower' as const,
      change: { ratio: 50, low: 49, high: 51, confidence: 0.98 },
    }
    const comment = commentText(
      { ...huge, benchmarks: [...huge.benchmarks.slice(1), worst] },
      { key: 'default' },
    )
    expect(comment).toMatch(/\n\| `the worst` \|/)
    expect(comment).toContain('<summary><b>Why <code>the worst</code> is slower</b>')
  })

  test('has at most eight annotations of a level and the count of the rest', () => {
    const annotations = annotationsOf(huge)
    for (const level of ['error', 'warning', 'notice'] as const) {
      const own = annotations.filter(annotation => annotation.level === level)
      expect(own.length).toBeLessThanOrEqual(9)
      if (own.length === 9) expect(own[8]?.title).toMatch(/^and \d+ more$/)
    }
    for (const { title, message } of annotations) {
      expect(title.length).toBeLessThanOrEqual(200)
      expect(message.length).toBeLessThanOrEqual(4_000)
      expect(`${title}${message}`).not.toMatch(/\p{Cs}/u)
    }
  })
})

import type { Report } from '../core/model.ts'
import { documentMarkdown, type Layout } from './document.ts'
import type { Advice } from './evidence.ts'
import { largestThatFits, SUMMARY_LIMIT } from './fit.ts'
import { itemsOf } from './items.ts'

/** The job summary: everything that is known, as far as GitHub takes it. */
export function summaryText(report: Report, advice: Advice = () => []): string {
  const layout: Layout = {
    depth: { items: 50, rows: 40 },
    advice,
    rest: 'are only in report.json and report.html',
    foldFrom: 60,
  }
  const items = itemsOf(report)
  const render = (shown: number) =>
    `## Perf Verdict\n\n${documentMarkdown(report, items.slice(0, shown), layout)}`
  return largestThatFits(items.length, render, SUMMARY_LIMIT)
}

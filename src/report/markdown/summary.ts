import type { Report } from '../../core/model/report.ts'
import { itemsOf } from '../evidence/items.ts'
import { largestThatFits, SUMMARY_LIMIT } from '../text/fit.ts'
import { type DocumentLayout, documentWriter } from './document.ts'

/** The job summary: everything that is known, as far as GitHub takes it. */
export function summaryText(report: Report, link?: string): string {
  const layout: DocumentLayout = {
    depth: { items: 50, rows: 40 },
    rest: 'are only in report.json and report.html',
    foldFrom: 60,
    ...(link === undefined ? {} : { link }),
  }
  const items = itemsOf(report)
  const write = documentWriter(report, layout)
  const render = (shown: number) => `## Perf Verdict\n\n${write(items.slice(0, shown))}`
  return largestThatFits(items.length, render, SUMMARY_LIMIT)
}

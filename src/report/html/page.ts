import type { BenchmarkReport, Report } from '../../core/model/report.ts'
import { isNotable } from '../evidence/items.ts'
import { html } from '../text/encode.ts'
import { outputLines } from '../text/fence.ts'
import { htmlProse } from '../text/prose.ts'
import { measuredFacts } from '../words/measured.ts'
import { worstFirst } from '../words/order.ts'
import { remarksOf, statusParts } from '../words/status.ts'
import { verdictTitle } from '../words/title.ts'
import { benchmarkArticle } from './evidence.ts'
import { STYLE } from './style.ts'
import { benchmarkTable } from './table.ts'

/** Benchmarks that get an article of their own, the most interesting ones. */
const MOST_ARTICLES = 100
const OUTPUT_LINES = 20

/** Nothing is fetched and nothing runs, whatever a name in the page may hold. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** `report.html`: one page that needs nothing else, light or dark as its reader likes it. */
export function htmlText(report: Report): string {
  const ordered = worstFirst(report.benchmarks)
  const articles = ordered.filter(hasArticle)
  const rest = articles.length - MOST_ARTICLES
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>${html(verdictTitle(report))} – Perf Verdict</title><style>${STYLE}</style></head><body>`,
    header(report),
    ...report.errors.map(fault),
    benchmarkTable(ordered),
    ...articles.slice(0, MOST_ARTICLES).map(benchmarkArticle),
    ...(rest > 0 ? [`<p>${rest} more benchmarks are described in report.json only.</p>`] : []),
    '<article><h2>How this was measured</h2>',
    ...measuredFacts(report).map(
      ({ title, sentences }) =>
        `<h3>${html(title)}</h3><ul>${sentences.map(text => `<li>${htmlProse(text)}</li>`).join('')}</ul>`,
    ),
    '</article></body></html>\n',
  ].join('\n')
}

function header(report: Report): string {
  const [word = '', ...parts] = statusParts(report)
  const titles = [
    ['Base', report.base],
    ['Head', report.head],
  ] as const
  return [
    `<header class="${report.verdict}"><h1>${htmlProse(report.sentence)}</h1>`,
    `<p class="status"><span class="word">${html(word)}</span> · ${parts.map(htmlProse).join(' · ')}</p>`,
    ...remarksOf(report).map(text => `<p>${htmlProse(text)}</p>`),
    ...titles.flatMap(([side, { title }]) =>
      title === undefined ? [] : [`<p class="status">${side}: ${html(title)}</p>`],
    ),
    '</header>',
  ].join('\n')
}

function fault({ what, detail = '' }: Report['errors'][number]): string {
  const output =
    detail.trim() === '' ? '' : `<pre>${outputLines(detail, OUTPUT_LINES).map(html).join('\n')}</pre>`
  return `<section><p>${htmlProse(what)}</p>${output}</section>`
}

function hasArticle(benchmark: BenchmarkReport): boolean {
  return (
    (isNotable(benchmark) || benchmark.cause !== undefined) &&
    benchmark.base !== undefined &&
    benchmark.head !== undefined
  )
}

import type { BenchmarkReport, Report } from '../../core/model/report.ts'
import { isNotable } from '../evidence/items.ts'
import { linksOf } from '../markdown/links.ts'
import { html, htmlCode } from '../text/encode.ts'
import { outputLines } from '../text/fence.ts'
import { htmlProse } from '../text/prose.ts'
import { lastWords } from '../words/last-words.ts'
import { measuredFacts } from '../words/measured.ts'
import { worstFirst } from '../words/order.ts'
import { sharedReasons } from '../words/reasons.ts'
import { remarksOf, statusParts } from '../words/status.ts'
import { verdictTitle } from '../words/title.ts'
import { benchmarkArticle } from './evidence.ts'
import { SCRIPT, SCRIPT_HASH } from './script.ts'
import { STYLE } from './style.ts'
import { benchmarkTable } from './table.ts'

/** Benchmarks that get an article of their own: all that changed, and the first without an answer. */
const MOST_ARTICLES = 100
const MOST_UNDECIDED = 20
/** Articles that are open when the page is. */
const OPEN = 3
const OUTPUT_LINES = 20

/** Nothing is fetched, and nothing runs but the page's own script, whatever a name in the page may hold. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`

/** `report.html`: one page that needs nothing else, light or dark as its reader likes it, and readable without its script. */
export function htmlText(report: Report): string {
  const ordered = worstFirst(report.benchmarks)
  const articles = chosen(ordered)
  const anchors = new Map(articles.map((benchmark, index) => [benchmark, `benchmark-${index + 1}`]))
  const rest = ordered.filter(hasArticle).length - articles.length
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>${html(verdictTitle(report))} – Perf Verdict</title><style>${STYLE}</style></head><body>`,
    header(report),
    '<main>',
    ...report.errors.map(fault),
    ...lastWords(ordered).map(fault),
    contents(articles, anchors),
    benchmarkTable(ordered, benchmark => anchors.get(benchmark)),
    reasons(ordered),
    ...articles.map((benchmark, index) =>
      benchmarkArticle(benchmark, `benchmark-${index + 1}`, index < OPEN && isBreach(benchmark)),
    ),
    ...(rest > 0 ? [`<p>${rest} more benchmarks are described in report.json only.</p>`] : []),
    ...measured(report),
    `</main><script>${SCRIPT}</script></body></html>\n`,
  ].join('\n')
}

function chosen(ordered: readonly BenchmarkReport[]): readonly BenchmarkReport[] {
  const some = ordered.filter(hasArticle)
  const open = new Set(some.filter(({ decision }) => decision === 'undecided').slice(0, MOST_UNDECIDED))
  return some.filter(row => row.decision !== 'undecided' || open.has(row)).slice(0, MOST_ARTICLES)
}

function isBreach({ decision }: BenchmarkReport): boolean {
  return decision === 'slower'
}

function header(report: Report): string {
  const [word = '', ...parts] = statusParts(report)
  const links = linksOf(report.run?.url, report)
  const titles = [
    ['Base', report.base],
    ['Head', report.head],
  ] as const
  const commit = (sha: string) => {
    const address = links?.commit(sha)
    const short = htmlCode(sha.slice(0, 10))
    return address === undefined ? short : `<a href="${html(address)}">${short}</a>`
  }
  const run = links ? ` · <a href="${html(links.run)}">run</a>` : ''
  return [
    `<header class="${report.verdict}"><h1>${htmlProse(report.sentence)}</h1>`,
    `<p class="status"><span class="word">${html(word)}</span> · ${parts.map(htmlProse).join(' · ')}${run}</p>`,
    ...remarksOf(report).map(text => `<p>${htmlProse(text)}</p>`),
    ...titles.flatMap(([side, { sha, title }]) =>
      sha === '' ? [] : [`<p class="status">${side}: ${commit(sha)} ${html(title ?? '')}</p>`],
    ),
    '</header>',
  ].join('\n')
}

function contents(
  articles: readonly BenchmarkReport[],
  anchors: ReadonlyMap<BenchmarkReport, string>,
): string {
  if (articles.length < 2) return ''
  const items = articles.map(
    benchmark => `<li><a href="#${anchors.get(benchmark)}">${htmlCode(benchmark.name)}</a></li>`,
  )
  const measuredItem = '<li><a href="#measured">How this was measured</a></li>'
  return `<nav aria-label="Contents"><details><summary>Contents: ${articles.length} explanations</summary><ul>${items.join('')}${measuredItem}</ul></details></nav>`
}

function reasons(ordered: readonly BenchmarkReport[]): string {
  const sentences = sharedReasons(ordered.filter(({ decision }) => decision === 'undecided'))
  if (sentences.length === 0) return ''
  return `<section><h2>Not settled</h2><ul>${sentences.map(text => `<li>${htmlProse(text)}</li>`).join('')}</ul></section>`
}

/** Facts that few readers ask for are folded. */
const FOLDED = new Set(['How it was measured', 'Machine'])

function measured(report: Report): readonly string[] {
  const list = (sentences: readonly string[]) =>
    `<ul>${sentences.map(text => `<li>${htmlProse(text)}</li>`).join('')}</ul>`
  return [
    '<article id="measured"><h2>How this was measured</h2>',
    ...measuredFacts(report).map(({ title, sentences }) =>
      FOLDED.has(title)
        ? `<details><summary>${html(title)}</summary>${list(sentences)}</details>`
        : `<h3>${html(title)}</h3>${list(sentences)}`,
    ),
    '</article>',
  ]
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

import { exitCode } from '../../core/decision/verdict.ts'
import { writeMarker } from '../../core/github/marker.ts'
import type { Speaker } from '../../core/github/speaker.ts'
import type { Report } from '../../core/model/report.ts'
import { isQuiet, itemsOf } from '../evidence/items.ts'
import { COMMENT_LIMIT, largestThatFits } from '../text/fit.ts'
import { type DocumentLayout, documentWriter, heading } from './document.ts'

/** What a comment needs in addition to the report. */
export interface CommentOptions extends Speaker {
  /** Address of the run, from the runner and not from the report. */
  readonly link?: string
  /** It only says that a run left no report; see `Marker`. */
  readonly standIn?: true
}

/** The sticky comment: the marker at byte 0, the sentence, the table, the evidence folded; two lines when all is well. */
export function commentText(report: Report, options: CommentOptions): string {
  const { link, key, ...who } = options
  const { number: run = 0, attempt = 0 } = report.run ?? {}
  const good = exitCode(report) === 0
  const marker = writeMarker({
    key,
    head: report.head.sha,
    run,
    attempt,
    ...who,
    ...(who.gate !== undefined && { good }),
  })
  const layout: DocumentLayout = {
    depth: { items: 6, rows: 12 },
    rest: 'are only in the job summary and in report.json',
    foldFrom: 6,
    ...(key === 'default' ? {} : { key }),
    ...(link === undefined ? {} : { link }),
  }
  if (isQuiet(report)) return `${marker}\n${heading(report, layout).join('\n\n')}\n`
  const items = itemsOf(report)
  const write = documentWriter(report, layout)
  const render = (shown: number) => `${marker}\n${write(items.slice(0, shown))}`
  return largestThatFits(items.length, render, COMMENT_LIMIT)
}

import type { Report } from '../../core/model/report.ts'
import { itemsOf } from '../evidence/items.ts'
import { type DocumentLayout, documentWriter } from '../markdown/document.ts'
import { CHECK_LIMIT, largestThatFits } from '../text/fit.ts'
import { verdictTitle } from '../words/title.ts'
import type { Annotation } from './annotation.ts'
import { annotationsOf } from './annotations.ts'

/** The output of a check run; whoever sends it does so in batches of 50 annotations. */
export interface CheckText {
  readonly title: string
  readonly summary: string
  readonly annotations: readonly {
    readonly path: string
    readonly startLine: number
    readonly endLine: number
    readonly level: 'notice' | 'warning' | 'failure'
    readonly title: string
    readonly message: string
  }[]
}

/** The report as a check run shows it, with annotations on the lines of changed hot code and of displacers. */
export function checkText(report: Report): CheckText {
  const layout: DocumentLayout = {
    depth: { items: 10, rows: 20 },
    rest: 'are only in the job summary and in report.json',
    foldFrom: 6,
  }
  const items = itemsOf(report)
  const write = documentWriter(report, layout)
  const render = (shown: number) => write(items.slice(0, shown))
  return {
    title: verdictTitle(report),
    summary: largestThatFits(items.length, render, CHECK_LIMIT),
    annotations: annotationsOf(report).flatMap(onLine),
  }
}

function onLine({ file, line, level, title, message }: Annotation): CheckText['annotations'] {
  if (file === undefined || line === undefined) return []
  return [
    {
      path: file,
      startLine: line,
      endLine: line,
      level: level === 'error' ? 'failure' : level,
      title,
      message,
    },
  ]
}

import { plainLine } from '../text/encode.ts'

/** A message on a line of a file of the pull request, or on the run as a whole; plain text, safe for a log. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly file?: string
  readonly line?: number
}

/** A step has ten annotations of each level; one is kept for the count of the rest and one for whoever else speaks. */
const MOST_PER_LEVEL = 8
/** The runner cuts messages at 4,096 characters (actions/runner, ExecutionContext.cs). */
const MESSAGE_LIMIT = 4_000
const TITLE_LIMIT = 200

/** The first eight annotations of each level as they may be shown, and behind them the count of the rest. */
export function shownAnnotations(all: readonly Annotation[]): readonly Annotation[] {
  return (['error', 'warning', 'notice'] as const).flatMap(level => capped(all, level))
}

function capped(all: readonly Annotation[], level: Annotation['level']): readonly Annotation[] {
  const own = all.filter(annotation => annotation.level === level).map(safe)
  const rest = own.length - MOST_PER_LEVEL
  if (rest <= 0) return own
  const more = {
    level,
    title: `and ${rest} more`,
    message: 'The job summary and report.json have all of them.',
  }
  return [...own.slice(0, MOST_PER_LEVEL), more]
}

function safe(annotation: Annotation): Annotation {
  const { title, message } = annotation
  const lines = message.split('\n').map(plainLine).join('\n')
  return {
    ...annotation,
    title: cut(plainLine(title), TITLE_LIMIT),
    message: cut(lines, MESSAGE_LIMIT),
  }
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

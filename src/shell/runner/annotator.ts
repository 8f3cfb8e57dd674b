import { error, info, notice, warning } from '@actions/core'
import { harmless } from '../../core/github/workflow-command.ts'

/** A message on a line of a file, or on the run as a whole. */
export interface RunnerAnnotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
}

/** What shows as annotations, within what the runner keeps of one step. */
export interface Annotator {
  annotate(annotations: readonly RunnerAnnotation[]): void
  /** A warning of the log; after a few of them they are plain lines. */
  warn(text: string): void
}

type Level = RunnerAnnotation['level']

const LEVELS: readonly Level[] = ['error', 'warning', 'notice']
const SAY = { error, warning, notice } as const
/** The runner keeps ten annotations of a level for a step; one is left for what comes last. */
const MOST_PER_LEVEL = 9
/** Warnings of the log get at most this many of them, so that the report's own have room. */
const MOST_LOG_WARNINGS = 3
const TITLE = 'Perf Verdict'

/** Opens the account of one step. */
export function openAnnotator(): Annotator {
  const left: Record<Level, number> = {
    error: MOST_PER_LEVEL,
    warning: MOST_PER_LEVEL,
    notice: MOST_PER_LEVEL,
  }
  let logWarnings = 0
  const say = (annotation: RunnerAnnotation): void => {
    left[annotation.level] -= 1
    SAY[annotation.level](annotation.message, placeOf(annotation))
  }
  return {
    warn: text => {
      if (logWarnings++ >= MOST_LOG_WARNINGS || left.warning <= 0) info(harmless(`Warning: ${text}`))
      else say({ level: 'warning', title: TITLE, message: text })
    },
    annotate: annotations => {
      for (const level of LEVELS) {
        const own = annotations.filter(annotation => annotation.level === level)
        const room = Math.max(0, own.length > left[level] ? left[level] - 1 : left[level])
        for (const annotation of own.slice(0, room)) say(annotation)
        const rest = own.length - room
        if (rest > 0 && left[level] > 0) {
          say({ level, title: TITLE, message: `And ${rest} more in the job summary.` })
        }
      }
    },
  }
}

function placeOf({ title, file, line, endLine }: RunnerAnnotation) {
  return {
    title,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { startLine: line }),
    ...(endLine === undefined ? {} : { endLine }),
  }
}

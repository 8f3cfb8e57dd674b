import { randomUUID } from 'node:crypto'
import { error, group, info, notice, setOutput, setSecret, summary, warning } from '@actions/core'
import { harmless } from '../core/command-text.ts'
import { runnerFiles } from './runner-files.ts'
import type { LogPort } from './world.ts'

/** A message on a line of a file, or on the run as a whole. */
export interface RunnerAnnotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
}

/** The runner that runs this step. */
export interface Runner {
  readonly log: LogPort
  output(name: string, value: string): void
  summary(markdown: string): Promise<void>
  /** Shows as many as the runner keeps of one step, and says how many there are beyond. */
  annotate(annotations: readonly RunnerAnnotation[]): void
  /** Prints text that is not ours; nothing in it can be a command. */
  quote(lines: readonly string[]): void
  /** Keeps a secret out of the log. */
  mask(secret: string): void
  /** Says what others wrote to the runner's files; anything said means that the run has failed. */
  verify(): readonly string[]
}

type Level = RunnerAnnotation['level']

const SAY = { error, warning, notice } as const

/** The runner keeps ten annotations of a level for a step; one is left for what comes last. */
const MOST_PER_LEVEL = 9
/** Warnings of the log get at most this many of them, so that the report's own have room. */
const MOST_LOG_WARNINGS = 3

/** Opens the runner; nothing is read from the environment later than now. */
export function openRunner(env: Readonly<Record<string, string | undefined>>): Runner {
  const files = runnerFiles(env)
  const left: Record<Level, number> = {
    error: MOST_PER_LEVEL,
    warning: MOST_PER_LEVEL,
    notice: MOST_PER_LEVEL,
  }
  let logWarnings = 0
  const say = ({ level, message, title, file, line, endLine }: RunnerAnnotation): void => {
    const place = {
      title,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { startLine: line }),
      ...(endLine === undefined ? {} : { endLine }),
    }
    left[level] -= 1
    SAY[level](message, place)
  }
  const warn = (text: string): void => {
    if (logWarnings++ >= MOST_LOG_WARNINGS || left.warning <= 0) info(harmless(`Warning: ${text}`))
    else say({ level: 'warning', title: 'Perf Verdict', message: text })
  }
  return {
    log: {
      line: text => {
        for (const line of text.split('\n')) info(harmless(line))
      },
      warn,
      group: async (title, work) => await group(title, work),
    },
    output: (name, value) => files.write('GITHUB_OUTPUT', name, value, () => setOutput(name, value)),
    summary: async markdown => {
      if (!env.GITHUB_STEP_SUMMARY) return
      await summary.addRaw(markdown, true).write()
    },
    annotate: annotations => {
      for (const level of ['error', 'warning', 'notice'] as const) {
        const own = annotations.filter(annotation => annotation.level === level)
        const room = Math.max(0, own.length > left[level] ? left[level] - 1 : left[level])
        for (const annotation of own.slice(0, room)) say(annotation)
        const rest = own.length - room
        if (rest > 0 && left[level] > 0) {
          say({ level, title: 'Perf Verdict', message: `And ${rest} more in the job summary.` })
        }
      }
    },
    quote,
    mask: secret => {
      if (secret.trim() !== '') setSecret(secret)
    },
    verify: files.verify,
  }
}

/** The token is new for every quotation, and nobody who could print it knows it before it has served. */
function quote(lines: readonly string[]): void {
  const token = randomUUID()
  const text = lines.map(line => line.replaceAll(/[\r\n]+/g, ' ')).join('\n')
  process.stdout.write(`::stop-commands::${token}\n${text}\n::${token}::\n`)
}

import { randomUUID } from 'node:crypto'
import { debug, endGroup, info, setOutput, setSecret, startGroup, summary } from '@actions/core'
import { harmless } from '../../core/github/workflow-command.ts'
import { openMasks } from '../../core/text/secrets.ts'
import type { LogPort } from '../ports/ports.ts'
import { openAnnotator, type RunnerAnnotation } from './annotator.ts'
import { openPhases } from './phases.ts'
import { runnerFiles } from './runner-files.ts'

/** The runner that runs this step. */
export interface Runner {
  readonly log: LogPort
  output(name: string, value: string): void
  summary(markdown: string): Promise<void>
  /** Shows as many as the runner keeps of one step, and says how many there are beyond. */
  annotate(annotations: readonly RunnerAnnotation[]): void
  /** Prints untrusted text; nothing in it can be a command. */
  quote(lines: readonly string[]): void
  /** Keeps a secret out of the log, and out of whatever is passed through `masked`. */
  mask(secret: string): void
  /** A value, such as a report, without the secrets that are known by now. */
  masked<T>(value: T): T
  /** Says what others wrote to the runner's files; anything said means that the run has failed. */
  verify(): readonly string[]
}

/** Opens the runner; nothing is read from the environment later than now. */
export function openRunner(env: Readonly<Record<string, string | undefined>>): Runner {
  const files = runnerFiles(env)
  const { annotate, warn } = openAnnotator()
  const line = (text: string) => {
    for (const one of text.split('\n')) info(harmless(one))
  }
  const phases = openPhases({ open: title => startGroup(harmless(title)), close: endGroup, line })
  const say = (text: string) => {
    phases.spoke()
    line(text)
  }
  // The runner's own log does not show what variables of this kind hold, and a comment must not either.
  const masks = openMasks(env)
  return {
    log: {
      ...phases,
      line: say,
      warn: text => {
        phases.spoke()
        warn(text)
      },
      debug: text => debug(harmless(text)),
      quote: say,
    },
    output: (name, value) => files.write('GITHUB_OUTPUT', name, value, () => setOutput(name, value)),
    summary: async markdown => {
      if (!env.GITHUB_STEP_SUMMARY) return
      await summary.addRaw(markdown, true).write()
    },
    annotate,
    quote,
    mask: secret => {
      if (secret.trim() === '') return
      setSecret(secret)
      masks.add(secret)
    },
    masked: masks.masked,
    verify: files.verify,
  }
}

/** The token is new for every quotation, and nobody who could print it knows it before it has served. */
function quote(lines: readonly string[]): void {
  const token = randomUUID()
  const text = lines.map(line => line.replaceAll(/[\r\n]+/g, ' ')).join('\n')
  process.stdout.write(`::stop-commands::${token}\n${text}\n::${token}::\n`)
}

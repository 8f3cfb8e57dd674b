import { type CommentMode, commentWanted } from '../../core/config/comment-mode.ts'
import { readMarker } from '../../core/github/marker.ts'
import type { Report } from '../../core/model/report.ts'
import type { CheckRun, GitHub } from '../../shell/github/ports.ts'
import type { LogPort } from '../../shell/ports/ports.ts'
import { type OpenCheck, publishCheck } from './check.ts'
import { publishComment } from './comment.ts'

/** The finished texts to publish on GitHub. */
export interface Publication {
  readonly report: Pick<Report, 'verdict' | 'benchmarks' | 'remarks'>
  /** The comment, with its marker at byte 0. */
  readonly comment: string
  readonly mode: CommentMode
  readonly pull?: { readonly number: number; readonly fork: boolean }
  /** Absent unless a check was asked for. */
  readonly check?: CheckRun
  /** The check as it was started; without it one is created. */
  readonly open?: OpenCheck
}

/**
 * Tells pull request and commit what the report says, as far as the token lets us. What it does not let us is reported in the
 * log and changes nothing else; returns the address of the comment when there is one.
 */
export async function publishReport(
  github: GitHub,
  publication: Publication,
  log: LogPort,
): Promise<string | undefined> {
  if (publication.check) await tellCheck(github, publication.check, publication, log)
  return publication.pull ? await tellPull(github, publication.pull.number, publication, log) : undefined
}

async function tellPull(
  github: GitHub,
  pull: number,
  { report, comment, mode, ...rest }: Publication,
  log: LogPort,
): Promise<string | undefined> {
  const wanted = commentWanted(report, mode)
  const marker = readMarker(comment)
  if (wanted === 'none' || !marker) return undefined
  const outcome = await publishComment(github, { pull, marker, body: comment, create: wanted === 'create' })
  switch (outcome.kind) {
    case 'written':
    case 'unchanged':
      log.line(`comment: ${outcome.kind} at ${outcome.url}`)
      if (outcome.clash !== undefined) log.warn(outcome.clash)
      return outcome.url
    case 'left':
      log.line(`comment: ${outcome.sentence}`)
      return undefined
    case 'clash':
      log.warn(outcome.sentence)
      return undefined
    case 'failed':
      complain(outcome.sentence, rest, log)
      return undefined
  }
}

async function tellCheck(
  github: GitHub,
  check: CheckRun,
  publication: Publication,
  log: LogPort,
): Promise<void> {
  const outcome = await publishCheck(github, check, publication.open)
  if (outcome.kind === 'written') log.line(`check: written at ${outcome.url}`)
  if (outcome.sentence !== undefined) complain(outcome.sentence, publication, log)
}

/** A run of a fork has a read-only token by design; that is no reason for a warning on every pull request. */
function complain(sentence: string, { pull }: Pick<Publication, 'pull'>, log: LogPort): void {
  if (pull?.fork) log.line(sentence)
  else log.warn(sentence)
}

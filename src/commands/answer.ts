import { resolve } from 'node:path'
import type { ActionInputs } from '../core/config/action-inputs.ts'
import { type CommentMode, isCommentMode } from '../core/config/comment-mode.ts'
import { type Acceptance, accept, idleAcceptances } from '../core/decision/acceptance.ts'
import type { Trigger } from '../core/github/event.ts'
import { isCommentKey } from '../core/github/marker.ts'
import { type Speaker, speakerOf } from '../core/github/speaker.ts'
import { environmentFault } from '../core/model/environment-fault.ts'
import { CommandError, InputError } from '../core/model/errors.ts'
import type { Report } from '../core/model/report.ts'
import { emptyReport } from '../core/report-file/empty-report.ts'
import type { Acceptances } from '../flow/publish/acceptances.ts'
import { announce, checkName } from '../flow/publish/announce.ts'
import { cancelCheck, type OpenCheck, startCheck } from '../flow/publish/check.ts'
import { deliver, openReports } from '../flow/publish/deliver.ts'
import { markStale } from '../flow/publish/mark-stale.ts'
import { commentText } from '../report/markdown/comment.ts'
import { verdictSentence } from '../report/words/sentence.ts'
import { openGitHub } from '../shell/github/open.ts'
import type { GitHub } from '../shell/github/ports.ts'
import type { Runner } from '../shell/runner/runner.ts'

type Env = Readonly<Record<string, string | undefined>>

/** What is known before anything can go wrong: for which commit and pull request this job runs, and how to reach them. */
export interface Asked {
  readonly inputs: ActionInputs
  readonly trigger: Trigger
  readonly origin: Pick<Report, 'pull' | 'run' | 'key'>
  readonly speaker: Speaker
  readonly github: GitHub | undefined
  readonly check: OpenCheck | undefined
  /** Whether the pull request's comment says that this commit is measured, so that it must be written again whatever the mode. */
  readonly marked: boolean
  readonly runner: Runner
  /** The runner's workspace. */
  readonly workspace: string
}

/** Finds out who asks, starts the check that the commit shows until there is an answer, and says so in the comment of an earlier commit. */
export async function openAsked(
  of: Pick<Asked, 'inputs' | 'trigger' | 'runner'> & { readonly env: Env },
): Promise<Asked> {
  const { inputs, trigger, runner, env } = of
  // A key that is none is reported like any other fault, in the comment of a gate without one.
  const key = inputs.key !== undefined && isCommentKey(inputs.key) ? inputs.key : undefined
  const speaker = speakerOf(key, inputs.job, env)
  const { token } = inputs
  const github = token === '' ? undefined : await openGitHub({ token, repository: trigger.repository, env })
  const asked = {
    ...{ inputs, trigger, speaker, github, runner },
    origin: { ...originOf(trigger, env), key: speaker.key },
    workspace: resolve(env.GITHUB_WORKSPACE ?? '.'),
  }
  return { ...asked, check: await checkFor(asked), marked: await markFor(asked) }
}

type Opened = Omit<Asked, 'check' | 'marked'>

/** A shard speaks for nobody, a fork's token may not, and who wants no comment has none. */
async function markFor({ inputs, trigger, speaker, github, origin }: Opened): Promise<boolean> {
  const { pull, head } = trigger
  if (!github || !pull || pull.fork || 'shard' in inputs.invocation) return false
  if (inputs.command !== 'gate' || inputs.comment === 'never') return false
  const { number: run = 0, attempt = 0, url: link } = origin.run ?? {}
  const marker = { ...speaker, head, run, attempt }
  return await markStale(github, { pull: pull.number, marker, ...(link !== undefined && { link }) })
}

/** When to comment: one that says that this commit is measured is brought up to date in any case. */
export function modeOf({ marked }: Asked, { shard }: Report, asked: CommentMode): CommentMode {
  if (shard) return 'never'
  return marked && asked === 'never' ? 'on-breach' : asked
}

async function checkFor({ inputs, trigger, speaker, github, runner }: Opened) {
  if (!inputs.check || !github || 'shard' in inputs.invocation) return undefined
  const started = await startCheck(github, { name: checkName(speaker), headSha: trigger.head })
  if ('id' in started) return started
  if (trigger.pull?.fork) runner.log.line(started.sentence)
  else runner.log.warn(started.sentence)
  return undefined
}

function originOf(trigger: Trigger, env: Env): Pick<Report, 'pull' | 'run'> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env
  const number = Number(env.GITHUB_RUN_NUMBER)
  const attempt = Number(env.GITHUB_RUN_ATTEMPT)
  return {
    ...(trigger.pull && { pull: { number: trigger.pull.number, repository: trigger.repository } }),
    run: {
      ...(server && repository && id ? { url: `${server}/${repository}/actions/runs/${id}` } : {}),
      ...(Number.isSafeInteger(number) ? { number } : {}),
      ...(Number.isSafeInteger(attempt) ? { attempt } : {}),
    },
  }
}

/**
 * Does the work, and whatever it comes to leaves an answer: a pull request must never show the comment of an earlier commit as if it
 * were this one's, and a later step must never find `verdict` empty. Returns the exit code.
 */
export async function answered(asked: Asked, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    const report = asked.runner.masked(failedReport(asked, faultsOf(error)))
    await tell(asked, report).catch((trouble: unknown) => {
      // The first fault is the one to be known.
      asked.runner.log.warn(`The failure could not be reported in full: ${String(trouble)}`)
      asked.runner.output('verdict', 'error')
      throw error
    })
    return error instanceof InputError ? 2 : 3
  }
}

async function tell(asked: Asked, report: Report): Promise<void> {
  const { inputs, trigger, speaker, github, check, runner, workspace } = asked
  const comment = commentText(report, {
    ...speaker,
    ...(report.run?.url !== undefined && { link: report.run.url }),
  })
  // A shard's report without a base belongs to no other shard's; the job that merges them finds it missing.
  const delivered = report.shard
    ? undefined
    : await openReports(inputs.out, workspace)
        .then(out => deliver(report, out, speaker))
        .catch(() => undefined)
  const given = inputs.comment
  const mode = given !== undefined && isCommentMode(given) ? given : 'always'
  await announce({
    report,
    delivered: delivered ?? { comment },
    speaker,
    mode: modeOf(asked, report, mode),
    pull: trigger.pull,
    github,
    check,
    runner,
  })
}

/**
 * What a job leaves that a signal ends: outputs, reports, summary and comment say so, in place of those of an earlier commit. It is the
 * last that the process does, and a newer commit's comment is left to its own run.
 */
export async function tellStopped(asked: Asked, soFar: Report | undefined): Promise<void> {
  const report = soFar ?? failedReport(asked, [{ what: ENDED }])
  const { github, check } = asked
  // The first thing, because the runner does not wait long.
  asked.runner.output('verdict', report.verdict)
  if (github && check) await cancelCheck(github, check)
  await tell({ ...asked, check: undefined }, asked.runner.masked(report))
}

const ENDED = 'The run was ended before it was finished, and had measured nothing by then.'

/** The report of a job that did not get as far as one. */
function failedReport({ trigger, origin, inputs }: Asked, errors: Report['errors']): Report {
  const shard = /^(\d+)\/(\d+)$/.exec((inputs.invocation as { readonly shard?: string }).shard ?? '')
  const report = emptyReport({
    head: trigger.head,
    ...origin,
    ...(shard && { shard: { index: Number(shard[1]), of: Number(shard[2]) } }),
    errors,
    startedAt: new Date().toISOString(),
    seconds: process.uptime(),
  })
  return { ...report, sentence: verdictSentence(report) }
}

function faultsOf(error: unknown): Report['errors'] {
  if (error instanceof InputError) return error.faults.map(what => ({ what }))
  if (error instanceof CommandError) {
    return [{ what: `${error.message}.`, detail: error.failure.lastLines.join('\n') }]
  }
  const environment = environmentFault(error)
  if (environment !== undefined) return [{ what: environment }]
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return [
    { what: 'This is a bug in Perf Verdict; please report it with the lines in the log.', detail: stack },
  ]
}

/** The report with the slowdowns that the configuration and people with write access accept. */
export function withAcceptances(
  report: Report,
  found: Acceptances,
  configured: readonly Acceptance[],
): Report {
  const today = new Date().toISOString().slice(0, 10)
  const all = [...found.accepted, ...configured]
  const judged = accept(report, all, today)
  const remarks = [...(report.remarks ?? []), ...found.remarks, ...idleAcceptances(judged, all, today)]
  return {
    ...judged,
    ...(remarks.length > 0 && { remarks }),
    sentence: judged.verdict === 'error' ? report.sentence : verdictSentence(judged),
  }
}

import type { ActionInputs } from '../core/config/action-inputs.ts'
import type { CommentMode } from '../core/config/comment-mode.ts'
import { parseOptions } from '../core/config/settings.ts'
import type { MeasuredRun } from '../core/github/workflow-run.ts'
import { InputError } from '../core/model/errors.ts'
import type { Report } from '../core/model/report.ts'
import { publishCheck } from '../flow/publish/check.ts'
import { publishReport } from '../flow/publish/publish.ts'
import { publishStandIn } from '../flow/publish/stand-in.ts'
import { fetchReport, type Publishable } from '../publish.ts'
import { checkText } from '../report/annotations/check.ts'
import { commentText } from '../report/markdown/comment.ts'
import { prose } from '../report/text/prose.ts'
import { openGitHub } from '../shell/github/open.ts'
import type { CheckRun, GitHub } from '../shell/github/ports.ts'
import type { Runner } from '../shell/runner/runner.ts'
import { readEventFile } from './event-file.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * `command: publish`: tells a fork's pull request what its measuring run found. It exits with 0 also when there is nothing to tell: the
 * measuring job's own status is the check, and nothing read from an artifact replaces it.
 */
export async function publishFromAction(inputs: ActionInputs, runner: Runner, env: Env): Promise<number> {
  const invocation = parseOptions(inputs.invocation, name => `The input ${name}`)
  const repository = env.GITHUB_REPOSITORY ?? ''
  if (inputs.token === '') {
    throw new InputError([
      'github-token is empty; publishing needs a token with pull-requests: write and actions: read.',
    ])
  }
  const github = await openGitHub({ token: inputs.token, repository, env })
  const payload: unknown = readEventFile(env)
  const eventName = env.GITHUB_EVENT_NAME ?? ''
  const found = await fetchReport({ eventName, payload, repository, artifact: inputs.artifact }, github)
  if (found.kind === 'nothing' || found.kind === 'refused') {
    if (found.kind === 'refused') runner.log.warn(found.sentence)
    else runner.log.line(found.sentence)
    await runner.summary(`**Perf Verdict published nothing.** ${prose(found.sentence)}\n`)
    return 0
  }
  const { report, run, pull } = found
  const mode = invocation.comment ?? 'always'
  const own = { inputs, github, runner, mode }
  const url = found.kind === 'report' ? await tellReport(found, own) : await tellAbsence(found, own)
  runner.output('comment-url', url ?? '')
  const what = found.kind === 'report' ? '' : ` ${prose(report.sentence)}`
  await runner.summary(
    `**Perf Verdict** told pull request ${pull} what [its measuring run](${run.url}) found.${what}\n`,
  )
  return 0
}

interface Own {
  readonly inputs: ActionInputs
  readonly github: GitHub
  readonly runner: Runner
  readonly mode: CommentMode
}

async function tellReport(
  { report, pull, run }: Extract<Publishable, { kind: 'report' }>,
  { inputs, github, runner, mode }: Own,
): Promise<string | undefined> {
  const comment = commentText(report, { key: inputs.key ?? report.key ?? 'default', link: run.url })
  // What an artifact says is no pass.
  const check = inputs.check ? { check: checkOf(report, run, 'neutral') } : {}
  const publication = { report, comment, mode, pull: { number: pull, fork: false }, ...check }
  return await publishReport(github, publication, runner.log)
}

/** Says that nothing is known; our required check must not look passed then. */
async function tellAbsence(
  { report, pull, run, expected }: Extract<Publishable, { kind: 'absent' }>,
  { inputs, github, runner, mode }: Own,
): Promise<string | undefined> {
  runner.log.warn(report.sentence)
  if (inputs.check) {
    const written = await publishCheck(github, checkOf(report, run, expected ? 'failure' : 'neutral'))
    if (written.sentence !== undefined) runner.log.warn(written.sentence)
  }
  if (mode === 'never') return undefined
  const { headSha: head, number, attempt } = run
  const told = await publishStandIn(github, {
    ...{ pull, key: inputs.key, run: { head, run: number, attempt } },
    create: expected && mode === 'always',
    textFor: key => commentText(report, { key, link: run.url, standIn: true }),
  })
  for (const outcome of told) {
    if ('sentence' in outcome) runner.log.line(`comment: ${outcome.sentence}`)
    else runner.log.line(`comment: ${outcome.kind} at ${outcome.url}`)
  }
  return told.flatMap(outcome => ('url' in outcome ? [outcome.url] : []))[0]
}

function checkOf(report: Report, { headSha }: MeasuredRun, conclusion: CheckRun['conclusion']): CheckRun {
  return { name: 'Perf Verdict', headSha, conclusion, ...checkText(report) }
}

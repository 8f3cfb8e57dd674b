import { readFileSync } from 'node:fs'
import type { ActionInputs } from '../core/action-inputs.ts'
import { type CommentMode, isCommentMode } from '../core/comment-mode.ts'
import { InputError } from '../core/errors.ts'
import { fetchReport, type Publishable } from '../publish.ts'
import { commentText } from '../report/comment.ts'
import { summaryText } from '../report/summary.ts'
import { openGitHub } from '../shell/github.ts'
import type { GitHub } from '../shell/github-ports.ts'
import type { Runner } from '../shell/runner.ts'
import { checkOf } from './announce.ts'
import { publishReport } from './publish-report.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * `command: publish` in a workflow_run job: tells the pull request what a fork's run measured. Always 0 for what a fork can cause:
 * the measuring job's own status is the gate, and this job's is not.
 */
export async function publishFromAction(inputs: ActionInputs, runner: Runner, env: Env): Promise<number> {
  const { token, artifact, comment: mode } = inputs
  if (!isCommentMode(mode)) {
    throw new InputError([
      `comment must be always, on-change, on-breach or never, not ${JSON.stringify(mode)}.`,
    ])
  }
  if (token === '')
    throw new InputError([
      'github-token is empty, and publishing needs one; leave it out to use the job’s own.',
    ])
  const repository = env.GITHUB_REPOSITORY ?? ''
  const payload: unknown = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8'))
  const github = await openGitHub({ token, repository, env })
  const request = { eventName: env.GITHUB_EVENT_NAME ?? '', payload, repository, artifact }
  const found = await fetchReport(request, github)
  if (found.kind === 'nothing') runner.log.line(found.sentence)
  if (found.kind === 'refused') runner.log.warn(found.sentence)
  if (found.kind === 'report') await tell(found, { inputs, mode, github, runner })
  return 0
}

async function tell(
  { report, pull, run }: Extract<Publishable, { kind: 'report' }>,
  {
    inputs,
    mode,
    github,
    runner,
  }: {
    readonly inputs: ActionInputs
    readonly mode: CommentMode
    readonly github: GitHub
    readonly runner: Runner
  },
): Promise<void> {
  await runner.summary(summaryText(report))
  const url = await publishReport(
    github,
    {
      report,
      comment: commentText(report, { key: inputs.key, link: run.url }),
      mode,
      pull: { number: pull, fork: false },
      // Whatever the artifact says, it comes from a fork: it may inform, and never pass or fail a commit.
      ...(inputs.check ? { check: checkOf(report, inputs.key, 'neutral') } : {}),
    },
    runner.log,
  )
  runner.output('verdict', report.verdict)
  runner.output('comment-url', url ?? '')
}

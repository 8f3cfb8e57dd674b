import type { ActionInputs } from '../core/config/action-inputs.ts'
import { parseOptions } from '../core/config/settings.ts'
import { InputError } from '../core/model/errors.ts'
import { publishReport } from '../flow/publish/publish.ts'
import { fetchReport } from '../publish.ts'
import { checkText } from '../report/annotations/check.ts'
import { commentText } from '../report/markdown/comment.ts'
import { prose } from '../report/text/prose.ts'
import { openGitHub } from '../shell/github/open.ts'
import type { Runner } from '../shell/runner/runner.ts'
import { readEventFile } from './event-file.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * `command: publish`: tells a fork's pull request what its measuring run found. It exits with 0 also when there is nothing to tell: the
 * measuring job's own status is the check, and nothing read from an artifact may stand in for it.
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
  if (found.kind !== 'report') {
    if (found.kind === 'refused') runner.log.warn(found.sentence)
    else runner.log.line(found.sentence)
    await runner.summary(`**Perf Verdict published nothing.** ${prose(found.sentence)}\n`)
    return 0
  }
  const { report, pull, run } = found
  const url = await publishReport(
    github,
    {
      report,
      comment: commentText(report, { key: inputs.key ?? report.key ?? 'default', link: run.url }),
      mode: invocation.comment ?? 'always',
      pull: { number: pull, fork: false },
      ...(inputs.check && {
        check: {
          name: 'Perf Verdict',
          headSha: run.headSha,
          conclusion: 'neutral' as const,
          ...checkText(report),
        },
      }),
    },
    runner.log,
  )
  runner.output('comment-url', url ?? '')
  await runner.summary(
    `**Perf Verdict** told pull request ${pull} what [its measuring run](${run.url}) found.\n`,
  )
  return 0
}

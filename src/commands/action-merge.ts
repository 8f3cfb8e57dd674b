import { resolve } from 'node:path'
import type { ActionInputs } from '../core/config/action-inputs.ts'
import { parseOptions } from '../core/config/settings.ts'
import { exitCode } from '../core/decision/verdict.ts'
import { readEvent } from '../core/github/event.ts'
import { InputError } from '../core/model/errors.ts'
import { announce } from '../flow/publish/announce.ts'
import { deliver, openReports } from '../flow/publish/deliver.ts'
import { withPast } from '../flow/timeline/past.ts'
import { merge } from '../merge.ts'
import type { Runner } from '../shell/runner/runner.ts'
import { acceptancesFor, pastOf } from './action-history.ts'
import { type Asked, answered, openAsked, withAcceptances } from './answer.ts'
import { readEventFile } from './event-file.ts'

type Env = Readonly<Record<string, string | undefined>>

/** `command: merge` from the shards' reports to an exit code: 0 pass, 1 breach, 2 usage error, 3 no answer. */
export async function mergeFromAction(inputs: ActionInputs, runner: Runner, env: Env): Promise<number> {
  const reading = readEvent({ name: env.GITHUB_EVENT_NAME ?? '', payload: readEventFile(env), env })
  if (reading.kind !== 'measure') {
    throw new InputError([`${reading.sentence} The job that merges belongs in the workflow of the shards.`])
  }
  const asked = await openAsked({ inputs, trigger: reading.trigger, runner, env })
  return await answered(asked, () => mergeOf(asked, env))
}

async function mergeOf(asked: Asked, env: Env): Promise<number> {
  const { inputs, trigger, origin, speaker, github, check, runner, workspace } = asked
  const invocation = parseOptions(inputs.invocation, name => `The input ${name}`)
  const merged = await merge(resolve(workspace, inputs.reports), invocation, {
    ...origin.run,
    ended: inputs.needs,
  })
  // The comment is this job's, and the reports' own word on the run is not taken.
  const run = { asked, invocation, env }
  const past = await pastOf(run)
  const whole = withPast({ ...merged, ...origin }, past)
  const found = await acceptancesFor(run, whole, past)
  const report = runner.masked(withAcceptances(whole, found, invocation.accept ?? []))
  // Only now: it may be the folder that the shards' reports are in.
  const out = await openReports(inputs.out, workspace)
  if (trigger.head !== report.head.sha) {
    throw new InputError([
      `The shards' reports are of ${report.head.sha.slice(0, 12)}, and this job is for ${trigger.head.slice(0, 12)}; download the artifacts of this run.`,
    ])
  }
  const delivered = await deliver(report, out, speaker)
  const mode = invocation.comment ?? 'always'
  await announce({ report, delivered, speaker, mode, pull: trigger.pull, github, check, runner })
  return exitCode(report)
}

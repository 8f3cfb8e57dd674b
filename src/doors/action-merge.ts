import { resolve } from 'node:path'
import type { ActionInputs } from '../core/config/action-inputs.ts'
import { readDoor } from '../core/config/settings.ts'
import { exitCode } from '../core/decision/verdict.ts'
import { readEvent, type Trigger } from '../core/github/event.ts'
import { InputError } from '../core/model/errors.ts'
import { announce } from '../flow/publish/announce.ts'
import { deliver, openReports } from '../flow/publish/deliver.ts'
import { merge } from '../merge.ts'
import { openGitHub } from '../shell/github/open.ts'
import type { Runner } from '../shell/runner/runner.ts'
import { readEventFile } from './event-file.ts'

type Env = Readonly<Record<string, string | undefined>>

/** `command: merge` from the shards' reports to an exit code: 0 pass, 1 breach, 3 no answer. */
export async function mergeFromAction(inputs: ActionInputs, runner: Runner, env: Env): Promise<number> {
  const door = readDoor(inputs.door, name => `The input ${name}`)
  const workspace = env.GITHUB_WORKSPACE ?? '.'
  const report = await merge(resolve(workspace, inputs.reports), door)
  // Only now: it may be the folder that the shards' reports lie in.
  const out = await openReports(inputs.out, resolve(workspace))
  const trigger = triggerOf(env)
  if (trigger && trigger.head !== report.head.sha) {
    throw new InputError([
      `The shards' reports are of ${report.head.sha.slice(0, 12)}, and this job is for ${trigger.head.slice(0, 12)}; download the artifacts of this run.`,
    ])
  }
  const delivered = await deliver(report, out, inputs.key)
  const repository = env.GITHUB_REPOSITORY ?? ''
  const github = inputs.token === '' ? undefined : await openGitHub({ token: inputs.token, repository, env })
  await announce({
    report,
    delivered,
    inputs,
    mode: door.comment ?? 'always',
    pull: trigger?.pull,
    github,
    runner,
  })
  return exitCode(report)
}

/** What this job runs for; the reports' own word is not taken. */
function triggerOf(env: Env): Trigger | undefined {
  const reading = readEvent({ name: env.GITHUB_EVENT_NAME ?? '', payload: readEventFile(env), env })
  return reading.kind === 'measure' ? reading.trigger : undefined
}

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ActionInputs } from '../core/action-inputs.ts'
import { readEvent } from '../core/event.ts'
import { readDoor } from '../core/settings.ts'
import { exitCode } from '../core/verdict.ts'
import { merge } from '../merge.ts'
import { openGitHub } from '../shell/github.ts'
import type { Runner } from '../shell/runner.ts'
import { announce } from './announce.ts'
import { deliver } from './deliver.ts'

type Env = Readonly<Record<string, string | undefined>>

/** `command: merge` from the shards' reports to an exit code: 0 pass, 1 breach, 2 not measured. */
export async function mergeFromAction(inputs: ActionInputs, runner: Runner, env: Env): Promise<number> {
  const door = readDoor(inputs.door, name => `The input ${name}`)
  const workspace = env.GITHUB_WORKSPACE ?? '.'
  const policy = {
    onPlacement: door['on-placement'] ?? 'fail',
    onRemoved: door['on-removed'] ?? 'warn',
  } as const
  const report = await merge(resolve(workspace, inputs.reports), policy)
  const delivered = await deliver(report, resolve(workspace, inputs.out), inputs.key)
  const repository = env.GITHUB_REPOSITORY ?? ''
  const github = inputs.token === '' ? undefined : await openGitHub({ token: inputs.token, repository, env })
  await announce({
    report,
    delivered,
    inputs,
    mode: door.comment ?? 'always',
    pull: pullOf(env),
    github,
    runner,
  })
  return exitCode(report.verdict)
}

/** The pull request of the event that this job runs for; the reports' own word is not taken. */
function pullOf(env: Env) {
  const payload: unknown = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8'))
  const reading = readEvent({ name: env.GITHUB_EVENT_NAME ?? '', payload, env })
  return reading.kind === 'measure' ? reading.trigger.pull : undefined
}

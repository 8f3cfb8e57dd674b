import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ActionInputs } from '../core/action-inputs.ts'
import { isCommentMode } from '../core/comment-mode.ts'
import { InputError } from '../core/errors.ts'
import { readEvent } from '../core/event.ts'
import { readDoor } from '../core/settings.ts'
import { exitCode } from '../core/verdict.ts'
import { merge } from '../merge.ts'
import { openGitHub } from '../shell/github.ts'
import type { Runner } from '../shell/runner.ts'
import { announce } from './announce.ts'
import { deliver } from './deliver.ts'

type Env = Readonly<Record<string, string | undefined>>

/** `command: merge`: joins the shards' reports of this run to one verdict; 0 pass, 1 breach, 2 not measured. */
export async function mergeFromAction(inputs: ActionInputs, runner: Runner, env: Env): Promise<number> {
  const door = readDoor(inputs.door, name => `The input ${name}`)
  const { comment: mode, token } = inputs
  if (!isCommentMode(mode)) {
    throw new InputError([
      `comment must be always, on-change, on-breach or never, not ${JSON.stringify(mode)}.`,
    ])
  }
  const payload: unknown = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8'))
  const reading = readEvent({ name: env.GITHUB_EVENT_NAME ?? '', payload, env })
  if (reading.kind === 'refuse') throw new InputError([reading.sentence])
  if (reading.kind === 'skip') {
    runner.log.line(reading.sentence)
    return 0
  }
  const { trigger } = reading
  const folder = resolve(env.GITHUB_WORKSPACE ?? '.', inputs.reports)
  const policy = {
    onPlacement: door['on-placement'] ?? 'fail',
    onRemoved: door['on-removed'] ?? 'warn',
  } as const
  const report = await merge(folder, policy)
  if (report.head.sha !== (door.head ?? trigger.head)) {
    throw new InputError([
      `The shards measured ${report.head.sha.slice(0, 12)}, and this run is for ${trigger.head.slice(0, 12)}; download the artifacts of this run.`,
    ])
  }
  const delivered = await deliver(report, resolve(env.GITHUB_WORKSPACE ?? '.', inputs.out), inputs.key)
  const github = token === '' ? undefined : await openGitHub({ token, repository: trigger.repository, env })
  await announce({ report, delivered, inputs, mode, pull: trigger.pull, github, runner })
  return exitCode(report.verdict)
}

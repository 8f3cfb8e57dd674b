import { resolve } from 'node:path'
import type { ActionInputs } from '../core/config/action-inputs.ts'
import type { Door } from '../core/config/schema.ts'
import { readDoor } from '../core/config/settings.ts'
import { exitCode } from '../core/decision/verdict.ts'
import { readEvent, type Trigger } from '../core/github/event.ts'
import { InputError } from '../core/model/errors.ts'
import type { Report } from '../core/model/report.ts'
import { VERSION } from '../core/version.ts'
import { hasBase } from '../flow/history/history.ts'
import { announce } from '../flow/publish/announce.ts'
import { deliver, keepPartial, openReports } from '../flow/publish/deliver.ts'
import { type Gated, gate } from '../gate.ts'
import { openCache } from '../shell/cache/cache.ts'
import type { OutFolder } from '../shell/files/out-folder.ts'
import { openGitHub } from '../shell/github/open.ts'
import type { GitHub } from '../shell/github/ports.ts'
import { openWorld } from '../shell/open-world.ts'
import type { CachePort } from '../shell/ports/world.ts'
import { callerEnvironment } from '../shell/runner/caller-environment.ts'
import type { Runner } from '../shell/runner/runner.ts'
import { tools } from '../shell/tools/tools.ts'
import { readEventFile } from './event-file.ts'

type Env = Readonly<Record<string, string | undefined>>

/** `command: gate` from inputs and event to an exit code: 0 pass or nothing to compare, 1 breach, 3 no answer. */
export async function gateFromAction(inputs: ActionInputs, runner: Runner, env: Env): Promise<number> {
  const door = readDoor(inputs.door, name => `The input ${name}`)
  const trigger = await whatToCompare(door, runner, env)
  if (!trigger) return 0
  const out = await openReports(inputs.out, resolve(env.GITHUB_WORKSPACE ?? '.'))
  const github = await openGitHubFor(inputs, trigger, env)
  const { outside, close } = await openWorld(runner.log, cacheFor({ door, trigger, github, runner, env }))
  try {
    const gated = await gate(
      {
        door,
        repository: env.GITHUB_WORKSPACE ?? '.',
        base: trigger.bases,
        head: door.head ?? trigger.head,
        origin: originOf(trigger, env),
        version: VERSION,
        environment: callerEnvironment(env),
        usesCache: door.cache ?? true,
        keepsNextBase: trigger.trusted && (door.cache ?? true),
        keep: partial => keepPartial(partial, out),
      },
      outside,
    )
    await close()
    return await finish({ gated, inputs, trigger, github, runner, out })
  } finally {
    await close()
  }
}

/** What the event asks to compare; undefined when there is nothing to, which has been said then. */
async function whatToCompare(door: Door, runner: Runner, env: Env): Promise<Trigger | undefined> {
  const payload: unknown = readEventFile(env)
  const asked = door.base === undefined ? {} : { askedBase: door.base }
  const reading = readEvent({ name: env.GITHUB_EVENT_NAME ?? '', payload, env, ...asked })
  if (reading.kind === 'refuse') throw new InputError([reading.sentence])
  if (reading.kind === 'skip') return skip(reading.sentence, runner)
  const { trigger } = reading
  runner.log.line(trigger.sentence)
  const repository = env.GITHUB_WORKSPACE ?? '.'
  if (trigger.withoutBase === 'skip' && !(await hasBase({ repository, base: trigger.bases }, tools))) {
    return skip(
      'There is no earlier commit in this clone, so there is nothing to compare; check out with fetch-depth: 0 if there should be one.',
      runner,
    )
  }
  return trigger
}

async function skip(sentence: string, runner: Runner): Promise<undefined> {
  runner.log.line(sentence)
  runner.output('verdict', 'skipped')
  await runner.summary(`**Perf Verdict measured nothing.** ${sentence}\n`)
  return undefined
}

async function openGitHubFor(inputs: ActionInputs, trigger: Trigger, env: Env): Promise<GitHub | undefined> {
  if (inputs.token === '') return undefined
  return openGitHub({ token: inputs.token, repository: trigger.repository, env })
}

function cacheFor(of: {
  readonly door: Door
  readonly trigger: Trigger
  readonly github: GitHub | undefined
  readonly runner: Runner
  readonly env: Env
}): CachePort {
  const { trigger, github, runner, env } = of
  const suspicious =
    trigger.pull && github ? { ref: env.GITHUB_REF ?? '', refsOf: github.runs.cacheRefs } : undefined
  return openCache({
    folder: env.RUNNER_TEMP ?? '/tmp',
    log: runner.log,
    mayKeep: trigger.trusted,
    ...(suspicious && { suspicious }),
  })
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

async function finish(of: {
  readonly gated: Gated
  readonly inputs: ActionInputs
  readonly trigger: Trigger
  readonly github: GitHub | undefined
  readonly runner: Runner
  readonly out: OutFolder
}): Promise<number> {
  const { inputs, trigger, github, runner, out } = of
  const tampered = runner.verify()
  const { settings } = of.gated
  const report = tampered.length === 0 ? of.gated.report : distrusted(of.gated.report, tampered)
  const delivered = await deliver(report, out, inputs.key)
  await announce({ report, delivered, inputs, mode: settings.comment, pull: trigger.pull, github, runner })
  return exitCode(report)
}

/** Something that ran in this job wrote where only the runner's own may: whatever was measured cannot be trusted. */
function distrusted(report: Report, faults: readonly string[]): Report {
  const errors = [...report.errors, ...faults.map(what => ({ what }))]
  return { ...report, verdict: 'error', sentence: faults[0]!, errors }
}

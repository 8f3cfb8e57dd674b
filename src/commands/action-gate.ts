import { resolve } from 'node:path'
import { z } from 'zod'
import type { ActionInputs } from '../core/config/action-inputs.ts'
import { withRepeats } from '../core/config/repeat-command.ts'
import type { InvocationOptions } from '../core/config/schema.ts'
import { parseOptions } from '../core/config/settings.ts'
import { exitCode } from '../core/decision/verdict.ts'
import { readEvent, type Trigger } from '../core/github/event.ts'
import { InputError } from '../core/model/errors.ts'
import type { Report } from '../core/model/report.ts'
import type { Result } from '../core/model/result.ts'
import { VERSION } from '../core/version.ts'
import { hasNoBase } from '../flow/history/history.ts'
import { type Announcement, announce, announceDecided } from '../flow/publish/announce.ts'
import { deliver, keepPartial, openReports } from '../flow/publish/deliver.ts'
import { type Anchor, findAnchor } from '../flow/timeline/anchor.ts'
import { keepHistory } from '../flow/timeline/keep.ts'
import { withTrends } from '../flow/timeline/trends.ts'
import { type Gated, gate } from '../gate.ts'
import { openCache } from '../shell/cache/cache.ts'
import type { OutFolder } from '../shell/files/out-folder.ts'
import { openPorts } from '../shell/open-ports.ts'
import type { CachePort } from '../shell/ports/ports.ts'
import { callerEnvironment } from '../shell/runner/caller-environment.ts'
import type { Runner } from '../shell/runner/runner.ts'
import { tools } from '../shell/tools/tools.ts'
import { type Asked, answered, openAsked, tellStopped, withAcceptances } from './answer.ts'
import { readEventFile } from './event-file.ts'

type Env = Readonly<Record<string, string | undefined>>

/** `command: gate` from inputs and event to an exit code: 0 pass or nothing to compare, 1 breach, 2 called wrongly, 3 no answer. */
export async function gateFromAction(inputs: ActionInputs, runner: Runner, env: Env): Promise<number> {
  const trigger = await whatToCompare(inputs, runner, env)
  if (!trigger) return 0
  const asked = await openAsked({ inputs, trigger, runner, env })
  return await answered(asked, () => gateOf(asked, env))
}

async function gateOf(asked: Asked, env: Env): Promise<number> {
  const { inputs, trigger, runner, workspace } = asked
  const invocation = parseOptions(inputs.invocation, name => `The input ${name}`)
  const repository = resolve(workspace, invocation['working-directory'] ?? '.')
  if (trigger.withoutBase === 'skip' && (await hasNoBase({ repository, base: trigger.bases }, tools))) {
    await skip('There is no earlier commit, so there is nothing to compare.', runner)
    return 0
  }
  const found = await anchorOf(asked, invocation)
  if (found && !found.ok) {
    await skip(found.fault, runner)
    return 0
  }
  const anchor = found?.value
  const out = await openReports(inputs.out, workspace)
  let soFar: Report | undefined
  const stopped = async () => await tellStopped(asked, soFar)
  const { outside, close } = await openPorts(runner.log, cacheFor(asked, invocation, env), stopped)
  try {
    const gated = await gate(
      {
        invocation,
        repository,
        base: anchor ? [anchor.base] : trigger.bases,
        head: invocation.head ?? trigger.head,
        origin: asked.origin,
        version: VERSION,
        environment: callerEnvironment(env),
        usesCache: invocation.cache ?? true,
        keepsNextBase: trigger.trusted && (invocation.cache ?? true),
        gateFiles: workflowFile(env),
        mask: runner.mask,
        keep: async partial => {
          soFar = partial
          await keepPartial(runner.masked(partial), out)
        },
        decided: async (report, settings) => announceDecided(await judged(asked, { report, settings }, out)),
      },
      outside,
    )
    await close()
    const report = await finish(asked, gated, out)
    await keep({ asked, report, invocation, anchor, env })
    return exitCode(report)
  } finally {
    await close()
  }
}

/** What the event asks to compare; undefined when there is nothing to, which has been said then. */
async function whatToCompare(inputs: ActionInputs, runner: Runner, env: Env): Promise<Trigger | undefined> {
  const payload: unknown = readEventFile(env)
  const { base } = inputs.invocation as { readonly base?: string }
  const reading = readEvent({
    name: env.GITHUB_EVENT_NAME ?? '',
    payload,
    env,
    ...(base === undefined ? {} : { askedBase: base }),
  })
  if (reading.kind === 'refuse') throw new InputError([reading.sentence])
  if (reading.kind === 'skip') return skip(reading.sentence, runner)
  runner.log.line(reading.trigger.sentence)
  return reading.trigger
}

async function skip(sentence: string, runner: Runner): Promise<undefined> {
  runner.log.line(sentence)
  runner.output('verdict', 'skipped')
  await runner.summary(`**Perf Verdict measured nothing.** ${sentence}\n`)
  return undefined
}

function cacheFor({ trigger, github, runner }: Asked, invocation: InvocationOptions, env: Env): CachePort {
  const suspicious =
    trigger.pull && github ? { ref: env.GITHUB_REF ?? '', refsOf: github.runs.cacheRefs } : undefined
  return openCache({
    folder: env.RUNNER_TEMP ?? '/tmp',
    log: runner.log,
    mayKeep: trigger.trusted && (invocation.cache ?? true),
    ...(suspicious && { suspicious }),
  })
}

/** `owner/name/.github/workflows/gate.yml@ref` names the file of the workflow; of another repository's reusable one nothing is known here. */
function workflowFile({
  GITHUB_WORKFLOW_REF: ref = '',
  GITHUB_REPOSITORY: repository = '',
}: Env): readonly string[] {
  const own = ref.startsWith(`${repository}/`) ? ref.slice(repository.length + 1) : ''
  const path = /^(\.github\/workflows\/[^/]+?\.ya?ml)@/.exec(own)?.[1]
  return path === undefined ? [] : [path]
}

/** Judges what the gate came to by what else this job knows, and writes the reports. */
async function judged(asked: Asked, { report, settings }: Gated, out: OutFolder): Promise<Announcement> {
  const { trigger, github, runner, speaker, check } = asked
  const tampered = runner.verify()
  const own = tampered.length === 0 ? report : distrusted(report, tampered)
  const { invocation } = asked.inputs
  const repeatable = withRepeats(own, settings, invocation)
  const accepted = await withAcceptances(repeatable, asked, settings.accept)
  const branch = (invocation as Partial<Record<string, string>>).history
  const traced =
    trigger.pull && github && branch !== undefined
      ? await withTrends(accepted, { branch, key: speaker.key }, github, runner.log)
      : accepted
  const masked = runner.masked(traced)
  const delivered = await deliver(masked, out, speaker)
  const mode = masked.shard ? 'never' : settings.comment
  return { report: masked, delivered, speaker, mode, pull: trigger.pull, github, check, runner }
}

async function finish(asked: Asked, gated: Gated, out: OutFolder): Promise<Report> {
  const announcement = await judged(asked, gated, out)
  await announce(announcement)
  return announcement.report
}

/** The commit that `against` asks for; undefined where the event says what to compare with. */
async function anchorOf(
  { trigger, workspace }: Asked,
  invocation: InvocationOptions,
): Promise<Result<Anchor, string> | undefined> {
  if (invocation.against === undefined) return undefined
  if (trigger.pull) {
    throw new InputError([
      'The input against is for the default branch; leave it out for pull requests, whose base is their merge base.',
    ])
  }
  return await findAnchor(
    invocation.against,
    {
      repository: resolve(workspace, invocation['working-directory'] ?? '.'),
      head: invocation.head ?? trigger.head,
    },
    tools,
  )
}

const homePayload = z.object({ repository: z.object({ default_branch: z.string() }) })

/** Whether this run is about the default branch as the runner says, whatever the repository holds. */
function onDefaultBranch(env: Env): boolean {
  const payload = homePayload.safeParse(readEventFile(env))
  return payload.success && env.GITHUB_REF === `refs/heads/${payload.data.repository.default_branch}`
}

/** Keeps the comparison where a history is asked for; code of a pull request never writes one. */
async function keep(of: {
  readonly asked: Asked
  readonly report: Report
  readonly invocation: InvocationOptions
  readonly anchor: Anchor | undefined
  readonly env: Env
}): Promise<void> {
  const { asked, report, invocation, anchor, env } = of
  const { trigger, github, runner, speaker, inputs } = asked
  if (invocation.history === undefined) return
  const why =
    trigger.trusted && onDefaultBranch(env)
      ? report.shard
        ? 'a shard has a part of the table only; measure a history in one job'
        : github
          ? undefined
          : 'no token was given; give github-token one with contents: write'
      : 'this is not the default branch, so nothing is kept'
  if (why !== undefined || !github) return runner.log.line(`history: ${why}`)
  const previous = trigger.event === 'push' && !('base' in inputs.invocation)
  const repository = env.GITHUB_SERVER_URL && `${env.GITHUB_SERVER_URL}/${trigger.repository}`
  await keepHistory({
    report,
    comparison: anchor?.comparison ?? { relation: previous ? 'previous' : 'chosen' },
    branch: invocation.history,
    key: speaker.key,
    ...(repository ? { repository } : {}),
    github,
    log: runner.log,
  })
}

/** Something that ran in this job wrote where only the runner's own may: whatever was measured cannot be trusted. */
function distrusted(report: Report, faults: readonly string[]): Report {
  const errors = [...report.errors, ...faults.map(what => ({ what }))]
  return { ...report, verdict: 'error', sentence: faults[0]!, errors }
}

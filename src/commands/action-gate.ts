import { resolve } from 'node:path'
import type { ActionInputs } from '../core/config/action-inputs.ts'
import { withRepeats } from '../core/config/repeat-command.ts'
import type { InvocationOptions } from '../core/config/schema.ts'
import { parseOptions } from '../core/config/settings.ts'
import { exitCode } from '../core/decision/verdict.ts'
import { readEvent, type Trigger } from '../core/github/event.ts'
import { InputError } from '../core/model/errors.ts'
import type { Report } from '../core/model/report.ts'
import { VERSION } from '../core/version.ts'
import { hasNoBase } from '../flow/history/history.ts'
import { type Announcement, announce, announceDecided } from '../flow/publish/announce.ts'
import { deliver, keepPartial, openReports } from '../flow/publish/deliver.ts'
import { type Past, withPast } from '../flow/timeline/past.ts'
import { type Gated, gate } from '../gate.ts'
import { openCache } from '../shell/cache/cache.ts'
import type { OutFolder } from '../shell/files/out-folder.ts'
import { openPorts } from '../shell/open-ports.ts'
import type { CachePort } from '../shell/ports/ports.ts'
import { callerEnvironment } from '../shell/runner/caller-environment.ts'
import type { Runner } from '../shell/runner/runner.ts'
import { tools } from '../shell/tools/tools.ts'
import { acceptancesFor, anchorOf, type HistoryRun, keep, keepsHistory, pastOf } from './action-history.ts'
import { type Asked, answered, modeOf, openAsked, tellStopped, withAcceptances } from './answer.ts'
import { readEventFile } from './event-file.ts'

type Env = Readonly<Record<string, string | undefined>>

/** `command: gate` from inputs and event to an exit code: 0 pass or nothing to compare, 1 breach, 2 usage error, 3 no answer. */
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
  const run = { asked, invocation, env }
  const past = await pastOf(run)
  const found = await anchorOf(run, past)
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
        keepsHistory: keepsHistory(run),
        gateFiles: workflowFile(env),
        mask: runner.mask,
        keep: async partial => {
          soFar = partial
          await keepPartial(runner.masked(partial), out)
        },
        decided: async (report, settings) =>
          announceDecided(await judged({ ...run, past }, { report, settings }, out)),
      },
      outside,
    )
    await close()
    const report = await finish({ ...run, past }, gated, out)
    await keep(run, report, anchor)
    return exitCode(report)
  } finally {
    await close()
  }
}

/** What the event asks to compare; undefined when there is nothing, after the log has said so. */
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

/** Where a gate runs, and what is known of the time before it. */
type Judging = HistoryRun & { readonly past: Past }

/** Judges what the gate came to by what else this job knows, and writes the reports. */
async function judged(run: Judging, { report, settings }: Gated, out: OutFolder): Promise<Announcement> {
  const { asked, past } = run
  const { trigger, github, runner, speaker, check } = asked
  const tampered = runner.verify()
  const own = tampered.length === 0 ? report : distrusted(report, tampered)
  const { invocation } = asked.inputs
  const repeatable = withPast(withRepeats(own, settings, invocation), past)
  const found = await acceptancesFor(run, repeatable, past)
  const accepted = withAcceptances(repeatable, found, settings.accept)
  const masked = runner.masked(accepted)
  const delivered = await deliver(masked, out, speaker)
  const mode = modeOf(asked, masked, settings.comment)
  return { report: masked, delivered, speaker, mode, pull: trigger.pull, github, check, runner }
}

async function finish(run: Judging, gated: Gated, out: OutFolder): Promise<Report> {
  const announcement = await judged(run, gated, out)
  await announce(announcement)
  return announcement.report
}

/** Something that ran in this job wrote where only the runner's own may: whatever was measured cannot be trusted. */
function distrusted(report: Report, faults: readonly string[]): Report {
  const errors = [...report.errors, ...faults.map(what => ({ what }))]
  return { ...report, verdict: 'error', sentence: faults[0]!, errors }
}

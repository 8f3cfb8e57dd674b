import { resolve } from 'node:path'
import { z } from 'zod'
import { bisect } from '../bisect/bisect.ts'
import type { InvocationOptions } from '../core/config/schema.ts'
import type { Creep } from '../core/history/creep.ts'
import { inheritedAcceptances } from '../core/history/inherited.ts'
import { CommandError, InputError } from '../core/model/errors.ts'
import type { Report } from '../core/model/report.ts'
import { type Result, success } from '../core/model/result.ts'
import { VERSION } from '../core/version.ts'
import { type Acceptances, findAcceptances } from '../flow/publish/acceptances.ts'
import { findMergedAcceptances } from '../flow/publish/merged-acceptances.ts'
import {
  type Anchor,
  commitsBetween,
  findAnchor,
  type HeadAt,
  newestMeasured,
} from '../flow/timeline/anchor.ts'
import { keepHistory } from '../flow/timeline/keep.ts'
import { type Past, readPast } from '../flow/timeline/past.ts'
import { openPorts } from '../shell/open-ports.ts'
import { callerEnvironment } from '../shell/runner/caller-environment.ts'
import { tools } from '../shell/tools/tools.ts'
import type { Asked } from './answer.ts'
import { readEventFile } from './event-file.ts'

type Env = Readonly<Record<string, string | undefined>>

/** A gate of the action, as far as its history asks. */
export interface HistoryRun {
  readonly asked: Asked
  readonly invocation: InvocationOptions
  readonly env: Env
}

/** What the history holds before this gate; nothing where none is asked for. */
export async function pastOf({ asked, invocation, env }: HistoryRun): Promise<Past> {
  const { github, runner, speaker } = asked
  const { history: branch } = invocation
  if (branch === undefined || !github) return { records: [] }
  const records = await readPast({ branch, key: speaker.key }, github, runner.log)
  const home = homeOf(asked, env)
  // A repository's pages are not known to be there; the branch's own page on GitHub is.
  const link = home && records.length > 0 ? `${home}/tree/${encodeURIComponent(branch)}` : undefined
  return { records, ...(link !== undefined && { link }) }
}

function homeOf({ trigger }: Asked, env: Env): string | undefined {
  return env.GITHUB_SERVER_URL ? `${env.GITHUB_SERVER_URL}/${trigger.repository}` : undefined
}

function headAt({ asked: { trigger, workspace }, invocation }: HistoryRun): HeadAt {
  return {
    repository: resolve(workspace, invocation['working-directory'] ?? '.'),
    head: invocation.head ?? trigger.head,
  }
}

/** The commit that `against` asks for, or the newest that a push's history has; undefined where the event says what to compare with. */
export async function anchorOf(
  run: HistoryRun,
  { records }: Past,
): Promise<Result<Anchor, string> | undefined> {
  const { asked, invocation } = run
  const { trigger, runner } = asked
  const at = headAt(run)
  if (invocation.against === undefined) {
    if (!isStep(run)) return undefined
    const measured = await newestMeasured(records, at, tools)
    if (measured === undefined || trigger.bases[0] === measured) return undefined
    runner.log.line(
      `history: compares with ${measured.slice(0, 12)}, the newest commit that was measured, so that no step is missing.`,
    )
    return success({ base: measured, comparison: { relation: 'previous' } })
  }
  if (trigger.pull) {
    throw new InputError([
      'The input against is for the default branch; leave it out for pull requests, whose base is their merge base.',
    ])
  }
  return await findAnchor(invocation.against, at, tools)
}

/** Whether this gate is a step of the history: a push to the default branch that says itself what came before. */
function isStep({ asked: { trigger, inputs }, invocation, env }: HistoryRun): boolean {
  return (
    invocation.history !== undefined &&
    trigger.event === 'push' &&
    !('base' in inputs.invocation) &&
    invocation.against === undefined &&
    onDefaultBranch(env)
  )
}

const homePayload = z.object({ repository: z.object({ default_branch: z.string() }) })

function defaultBranch(env: Env): string | undefined {
  const payload = homePayload.safeParse(readEventFile(env))
  return payload.success ? payload.data.repository.default_branch : undefined
}

/** Whether this run is about the default branch as the runner says, whatever the repository holds. */
function onDefaultBranch(env: Env): boolean {
  const branch = defaultBranch(env)
  return branch !== undefined && env.GITHUB_REF === `refs/heads/${branch}`
}

/** What people accept who may: in the pull request itself, in those that a push merges, or in those that the history has between. */
export async function acceptancesFor(
  run: HistoryRun,
  report: Report,
  { records }: Past,
): Promise<Acceptances> {
  const { asked, invocation, env } = run
  const { trigger, github } = asked
  const label = invocation['accept-label'] ?? 'perf: accept'
  if (report.shard || !github || !report.benchmarks.some(({ decision }) => decision === 'slower'))
    return { accepted: [], remarks: [] }
  if (trigger.pull) return await findAcceptances(report, { pull: trigger.pull.number, label }, github)
  const branch = defaultBranch(env)
  if (!trigger.trusted || branch === undefined || !onDefaultBranch(env)) return { accepted: [], remarks: [] }
  const at = { ...headAt(run), head: report.head.sha }
  if (invocation.against !== undefined || trigger.event !== 'push') {
    const between = new Set(await commitsBetween(report.base.sha, at, tools))
    const names = new Set(report.benchmarks.map(({ name }) => name))
    const accepted = inheritedAcceptances(records, between).filter(({ benchmark }) => names.has(benchmark))
    return { accepted, remarks: [] }
  }
  const commits = await commitsBetween(report.base.sha, at, tools, ['--first-parent'])
  return await findMergedAcceptances(report, { commits, branch, label }, github)
}

/** Why a gate that is asked for a history keeps none, in a clause; undefined where it keeps one. */
function notKept({ asked: { trigger, github, inputs }, env }: HistoryRun): string | undefined {
  if (!trigger.trusted || !onDefaultBranch(env)) return 'this is not the default branch, so nothing is kept'
  if ('shard' in inputs.invocation)
    return 'a shard has a part of the table only; measure a history in one job'
  return github ? undefined : 'no token was given; give github-token one with contents: write'
}

/** Whether a history keeps what this gate finds. */
export function keepsHistory(run: HistoryRun): boolean {
  return run.invocation.history !== undefined && notKept(run) === undefined
}

/** Keeps the comparison where a history is asked for; code of a pull request never writes one. */
export async function keep(run: HistoryRun, report: Report, anchor: Anchor | undefined): Promise<void> {
  const { asked, invocation, env } = run
  const { github, runner, speaker } = asked
  if (invocation.history === undefined) return
  const why = notKept(run)
  if (why !== undefined || !github) return runner.log.line(`history: ${why}`)
  const repository = homeOf(asked, env)
  await keepHistory({
    report,
    comparison: anchor?.comparison ?? { relation: isStep(run) ? 'previous' : 'chosen' },
    branch: invocation.history,
    key: speaker.key,
    ...(repository ? { repository } : {}),
    github,
    log: runner.log,
    ...(invocation.bisect && { bisect: async (creep: Creep) => await bisectCreep(run, creep) }),
  })
}

/** Searches the commits between an anchor and the tip; the log says what keeps it from that, and no verdict changes. */
async function bisectCreep(
  { asked, invocation, env }: HistoryRun,
  creep: Creep,
): Promise<string | undefined> {
  const { runner, workspace } = asked
  const { outside, close } = await openPorts(runner.log)
  try {
    const { bisection } = await bisect(
      {
        invocation,
        repository: resolve(workspace, invocation['working-directory'] ?? '.'),
        good: creep.against,
        bad: creep.commit,
        version: VERSION,
        environment: callerEnvironment(env),
        save: async () => {},
        keep: async () => {},
        mask: runner.mask,
      },
      outside,
    )
    return runner.masked(bisection).sentence
  } catch (error) {
    if (!(error instanceof InputError) && !(error instanceof CommandError)) throw error
    runner.log.warn(`history: no bisection: ${error.message}`)
    return undefined
  } finally {
    await close()
  }
}

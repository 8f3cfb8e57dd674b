import type { z } from 'zod'
import {
  mergeGroupPayload,
  plainPayload,
  pullRequestPayload,
  pushPayload,
  repositoryNameSchema,
  shaSchema,
} from './event-payload.ts'

export type MeasuredEvent = 'pull_request' | 'push' | 'merge_group' | 'workflow_dispatch' | 'schedule'

export interface Pull {
  readonly number: number
  /** The head lives in another repository, or in one that is gone: the token is read-only then. */
  readonly fork: boolean
}

/** What an event asks to have compared. */
export interface Trigger {
  readonly event: MeasuredEvent
  /** `owner/name` of the repository that the workflow runs in. */
  readonly repository: string
  /** The full SHA of the commit to judge: a pull request's own head, never the test merge. */
  readonly head: string
  /** Revisions to look for the base in, best first; the baseline is the merge base with the first that exists. */
  readonly bases: readonly string[]
  /** What it means when none of the bases exists: a mistake, or that there is nothing to compare with. */
  readonly withoutBase: 'error' | 'skip'
  readonly pull?: Pull
  /** Whether a build of this run may be kept for later runs: true where only merged code runs. */
  readonly trusted: boolean
  readonly sentence: string
}

export type EventReading =
  | { readonly kind: 'measure'; readonly trigger: Trigger }
  | { readonly kind: 'skip'; readonly sentence: string }
  | { readonly kind: 'refuse'; readonly sentence: string }

/** One event as the runner hands it over. */
export interface RunnerEvent {
  readonly name: string
  readonly payload: unknown
  readonly env: Readonly<Record<string, string | undefined>>
  /** The base that the user asked for by input; it goes before the event's own. */
  readonly askedBase?: string
}

const ZEROS = /^0+$/

const REFUSED: Readonly<Record<string, string>> = {
  pull_request_target:
    'pull_request_target runs code of the pull request where secrets and a token that may write are in reach; use on: pull_request, and the publish workflow for forks.',
  issue_comment:
    'issue_comment runs with a token that may write, and its payload names no commit that can be trusted; use on: pull_request or workflow_dispatch.',
  workflow_run:
    'workflow_run runs with secrets in reach and must not run code of a pull request; measure on: pull_request, and give this workflow command: publish.',
}

/** Reads what to compare from an event; never throws, whatever the payload holds. */
export function readEvent(event: RunnerEvent): EventReading {
  const repository = repositoryNameSchema.safeParse(event.env.GITHUB_REPOSITORY)
  if (!repository.success) return refuse('GITHUB_REPOSITORY is not an owner/name; run this on a runner.')
  const reading = readKind(event, repository.data)
  if (reading.kind !== 'measure' || event.askedBase === undefined) return reading
  const bases = [event.askedBase, `refs/remotes/origin/${event.askedBase}`]
  const sentence = `${reading.trigger.sentence} The base was given by input.`
  return { kind: 'measure', trigger: { ...reading.trigger, bases, withoutBase: 'error', sentence } }
}

function readKind(event: RunnerEvent, repository: string): EventReading {
  switch (event.name) {
    case 'pull_request':
      return read(pullRequestPayload, event, payload => pullRequest(payload, repository))
    case 'push':
      return read(pushPayload, event, payload => push(payload, repository))
    case 'merge_group':
      return read(mergeGroupPayload, event, payload => mergeGroup(payload, repository))
    case 'workflow_dispatch':
    case 'schedule':
      return read(plainPayload, event, payload => plain(payload, event, repository))
    default: {
      const why = Object.hasOwn(REFUSED, event.name) ? REFUSED[event.name] : undefined
      if (why !== undefined) return refuse(why)
      return refuse(
        `The event ${JSON.stringify(event.name.slice(0, 60))} has no defined base; use on: pull_request, push, merge_group, workflow_dispatch or schedule.`,
      )
    }
  }
}

function pullRequest(payload: z.infer<typeof pullRequestPayload>, repository: string): EventReading {
  const { number, state, draft, head, base } = payload.pull_request
  if (payload.action === 'closed' || state === 'closed') {
    return skip(`Pull request ${number} is closed, so there is nothing to gate.`)
  }
  if (head.sha === base.sha) {
    return skip(`Pull request ${number} adds no commit, so there is nothing to compare.`)
  }
  const fork = !head.repo || head.repo.id !== base.repo.id
  const from = !head.repo ? ' from a deleted fork' : fork ? ' from a fork' : ''
  return measure({
    event: 'pull_request',
    repository,
    head: head.sha,
    // Never base.sha: it goes stale when the base branch moves, and then others' commits are blamed on this pull request.
    bases: [`refs/remotes/origin/${base.ref}`],
    withoutBase: 'error',
    pull: { number, fork },
    trusted: false,
    sentence: `Pull request ${number}${draft ? ' (a draft)' : ''}${from}: its head against the merge base with ${base.ref}.`,
  })
}

function push(payload: z.infer<typeof pushPayload>, repository: string): EventReading {
  const { ref, before, after, deleted, head_commit: tip, repository: home } = payload
  if (deleted || ZEROS.test(after)) return skip(`${ref} was deleted, so there is nothing to measure.`)
  if (before === after) return skip(`The push to ${ref} brought no commit, so there is nothing to compare.`)
  const tag = ref.startsWith('refs/tags/')
  // The object of an annotated tag is not a commit; the payload names the commit that it points to.
  const head = tag ? (tip?.id ?? after) : after
  const shared = { event: 'push', repository, head, trusted: true } as const
  const parent = { bases: [`${head}^1`], withoutBase: 'skip' } as const
  if (tag) {
    return measure({ ...shared, ...parent, sentence: `Tag ${ref}: its commit against the one before.` })
  }
  if (!ZEROS.test(before)) {
    const sentence = `Push to ${ref}: the new tip against the one before${payload.forced ? ' (forced)' : ''}.`
    return measure({ ...shared, bases: [before, `${head}^1`], withoutBase: 'skip', sentence })
  }
  if (ref === `refs/heads/${home.default_branch}`) {
    return measure({ ...shared, ...parent, sentence: `First push to ${ref}: its tip against its parent.` })
  }
  return measure({
    ...shared,
    bases: [`refs/remotes/origin/${home.default_branch}`],
    withoutBase: 'skip',
    sentence: `New branch ${ref}: its tip against the merge base with ${home.default_branch}.`,
  })
}

function mergeGroup(payload: z.infer<typeof mergeGroupPayload>, repository: string): EventReading {
  const { head_sha: head, base_sha: base, base_ref: ref } = payload.merge_group
  if (payload.action !== 'checks_requested') {
    return skip(`The merge group was ${payload.action.replaceAll(/\W/g, ' ')}, so there is nothing to gate.`)
  }
  if (head === base) return skip('The merge group brings no commit, so there is nothing to compare.')
  return measure({
    event: 'merge_group',
    repository,
    head,
    bases: [base],
    withoutBase: 'error',
    trusted: false,
    sentence: `Merge group for ${ref}: its head against its base.`,
  })
}

function plain(payload: z.infer<typeof plainPayload>, event: RunnerEvent, repository: string): EventReading {
  const head = shaSchema.safeParse(event.env.GITHUB_SHA)
  if (!head.success) return refuse('GITHUB_SHA is not a full commit hash; run this on a runner.')
  const name = event.name === 'schedule' ? 'schedule' : 'workflow_dispatch'
  const shared = { event: name, repository, head: head.data, withoutBase: 'skip', trusted: true } as const
  const branch = payload.repository?.default_branch
  const home = branch === undefined || event.env.GITHUB_REF === `refs/heads/${branch}`
  if (name === 'schedule' || home) {
    const sentence = `${name}: the tip against its parent; give base to compare with something older.`
    return measure({ ...shared, bases: [`${head.data}^1`], sentence })
  }
  const sentence = `${name}: the tip against the merge base with ${branch}.`
  return measure({ ...shared, bases: [`refs/remotes/origin/${branch}`], sentence })
}

function read<T extends z.ZodType>(
  schema: T,
  event: RunnerEvent,
  then: (payload: z.infer<T>) => EventReading,
): EventReading {
  const parsed = schema.safeParse(event.payload)
  if (parsed.success) return then(parsed.data)
  const where = parsed.error.issues.map(issue => issue.path.join('.') || 'the whole').slice(0, 5)
  return refuse(
    `The payload of ${event.name} is not what GitHub documents (${where.join(', ')}); see the file that GITHUB_EVENT_PATH names.`,
  )
}

const measure = (trigger: Trigger): EventReading => ({ kind: 'measure', trigger })
const skip = (sentence: string): EventReading => ({ kind: 'skip', sentence })
const refuse = (sentence: string): EventReading => ({ kind: 'refuse', sentence })

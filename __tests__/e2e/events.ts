import { readFileSync } from 'node:fs'

type Json = Readonly<Record<string, unknown>>

/** The number of the pull request in every event of ours. */
export const PULL = 7
const REPOSITORY = 'octocat/hello-world'

/** GitHub's own example of a pull request, with our commits in it. */
export function pullEvent(head: string, base: string): Json {
  const event = example('pull_request')
  const given = event.pull_request as Readonly<Record<string, Json>>
  const home = { ...(given.base!.repo as Json), full_name: REPOSITORY }
  return {
    ...event,
    number: PULL,
    pull_request: {
      ...given,
      number: PULL,
      head: { ...given.head, sha: head, ref: 'feature', repo: home },
      base: { ...given.base, sha: base, ref: 'main', repo: home },
    },
  }
}

/** A push that took main from one commit to another. */
export function pushEvent(before: string, after: string): Json {
  const push = example('push')
  const repository = { ...(push.repository as Json), default_branch: 'main' }
  return { ...push, repository, ref: 'refs/heads/main', before, after, deleted: false, forced: false }
}

/** The end of the measuring run of a fork's pull request. */
export function runEvent(change: Json, repositoryId: number): Json {
  const event = example('workflow_run')
  const given = event.workflow_run as Readonly<Record<string, Json>>
  return {
    ...event,
    action: 'completed',
    workflow_run: {
      ...given,
      event: 'pull_request',
      run_number: 5,
      run_attempt: 1,
      run_started_at: '2026-11-22T10:00:00Z',
      head_branch: 'feature',
      repository: { ...given.repository, id: repositoryId, full_name: REPOSITORY },
      head_repository: { ...given.head_repository, id: 99, owner: { login: 'someone' } },
      ...change,
    },
  }
}

function example(name: string): Json {
  return JSON.parse(readFileSync(new URL(`../fixtures/events/${name}.json`, import.meta.url), 'utf8')) as Json
}

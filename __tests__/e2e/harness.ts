import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report } from '../../src/core/model/report.ts'
import { parseReport } from '../../src/core/report-file/parse-report.ts'
import { type CacheDouble, startCache } from '../doubles/cache/server.ts'
import { mintToken, pullToken } from '../doubles/cache/token.ts'
import { type GitHubDouble, startGitHub } from '../doubles/github/server.ts'
import { ACTIONS_BOT, addComment, addPull, newState, type PullRow } from '../doubles/github/state.ts'
import { type ActionResult, type ActionRun, runAction } from '../doubles/runner/run-action.ts'
import { PULL, pullEvent, pushEvent, runEvent } from './events.ts'
import { makeSample, type Sample } from './repository.ts'

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const REF = `refs/pull/${PULL}/merge`
type Json = Readonly<Record<string, unknown>>

/** A pull request in a repository of its own, with GitHub and the cache service around it. */
export interface Stage {
  readonly sample: Sample
  readonly github: GitHubDouble
  readonly cache: CacheDouble
  readonly pull: PullRow
  /** Runs the action for the pull request at this head. */
  gate(head: string, more?: Partial<GateRun>): Promise<Gated>
  /** Runs the action for a push that took main to its tip. */
  push(before: string, more?: Partial<GateRun>): Promise<Gated>
  /** Runs the action in the workflow that follows the measuring run of this head. */
  publish(head: string, run: Json, more?: Partial<GateRun>): Promise<Gated>
  /** The same pull request on another GitHub, for runs at the same time. */
  beside(head: string): Promise<Beside>
  close(): Promise<void>
}

export interface Beside {
  readonly github: GitHubDouble
  /** Adds a comment of the token's own. */
  comment(body: string): void
  gate(more: Partial<GateRun>): Promise<Gated>
}

export interface GateRun {
  readonly inputs: Readonly<Record<string, string>>
  readonly token: string
  readonly event: (event: Json) => Json
  readonly runner: Partial<ActionRun>
  readonly github: Json
}

export interface Gated extends ActionResult {
  /** What report.json says; undefined when none was written. */
  readonly report: Report | undefined
  /** Bodies of the pull request's comments. */
  readonly comments: readonly string[]
}

/** Inputs that make a case take seconds: a program that prints its value, a small budget, and nothing beside it. */
const QUICK: Readonly<Record<string, string>> = {
  build: 'cc -O1 -o program program.c',
  bench: 'parse=./program',
  format: 'seconds',
  budget: '30s',
  timeout: '20s',
  'build-timeout': '60s',
  warmup: '0',
  counters: 'off',
  layouts: 'off',
  tune: 'off',
  seed: '1',
  key: 'default',
}

/** The change of an event that makes its pull request come from a fork. */
export function FORK(event: Json): Json {
  const pull = event.pull_request as { readonly head: { readonly repo: object } }
  return { ...event, pull_request: { ...pull, head: { ...pull.head, repo: { ...pull.head.repo, id: 99 } } } }
}

/** Sets the stage; the bundle must have been built (npm run build). */
export async function setStage(files: Readonly<Record<string, string>>): Promise<Stage> {
  if (!existsSync(join(ROOT, 'dist', 'main.js')))
    throw new Error('There is no dist/main.js; run npm run build first.')
  const sample = makeSample(files)
  const github = await startGitHub(newState())
  const cache = await startCache()
  const pull = addPull(github.state, { number: PULL })
  const run = runner(sample, cache)
  const gate = async (head: string, more: Partial<GateRun>, at: GitHubDouble, home: string) => {
    const event = pullEvent(head, sample.base)
    const named = { ref: REF, base_ref: 'main', head_ref: 'feature', event_name: 'pull_request' }
    const context = { sha: '0123456789'.repeat(4), event: more.event ? more.event(event) : event, ...named }
    return await run({ context, token: pullToken(REF), github: at, home }, more)
  }
  return {
    sample,
    github,
    cache,
    pull,
    gate: async (head, more = {}) => {
      pull.headSha = head
      return await gate(head, more, github, 'runner')
    },
    push: async (before, more = {}) => {
      const ref = 'refs/heads/main'
      const event = pushEvent(before, sample.base)
      const context = { sha: sample.base, ref, event_name: 'push', event }
      const token = mintToken([{ Scope: ref, Permission: 3 }])
      return await run({ context, token, github, home: 'runner' }, more)
    },
    publish: async (head, of, more = {}) => {
      const event = runEvent({ head_sha: head, ...of }, github.state.repositoryId)
      const context = { sha: sample.base, ref: 'refs/heads/main', event_name: 'workflow_run', event }
      const inputs = { command: 'publish', ...more.inputs }
      return await run({ context, token: mintToken([]), github, home: 'runner' }, { ...more, inputs })
    },
    beside: async head => {
      const other = await startGitHub(newState())
      addPull(other.state, { number: PULL, headSha: head })
      return {
        github: other,
        comment: body => addComment(other.state, { pull: PULL, body, author: ACTIONS_BOT }),
        gate: async more => await gate(head, more, other, `runner-${other.url.split(':').at(-1)}`),
      }
    },
    close: async () => {
      await Promise.all([github.close(), cache.close()])
      sample.remove()
    },
  }
}

interface How {
  readonly context: Pick<ActionRun['github'], 'sha' | 'ref' | 'event_name' | 'event'>
  readonly token: string
  readonly github: GitHubDouble
  readonly home: string
}

/** Runs the action in this sample, and gathers what it left. */
function runner(sample: Sample, cache: CacheDouble) {
  const temporary = join(sample.root, 'tmp')
  mkdirSync(temporary, { mode: 0o711 })
  return async ({ context, token, github, home }: How, more: Partial<GateRun>): Promise<Gated> => {
    // Both doubles speak of the same caches.
    const known = cache.entries.map(({ key, scope }) => ({ key, ref: scope }))
    github.state.caches.splice(0, Number.POSITIVE_INFINITY, ...known)
    const out = join(sample.workspace, more.inputs?.out ?? 'perf-verdict')
    rmSync(out, { recursive: true, force: true })
    const result = await runAction({
      actionFolder: ROOT,
      workspace: sample.workspace,
      inputs: { ...QUICK, ...more.inputs },
      home: join(sample.root, home),
      github: {
        repository: 'octocat/hello-world',
        token: more.token ?? 'ghs_writer',
        api_url: github.url,
        ...context,
        ...more.github,
      },
      services: { url: cache.url, token },
      ...more.runner,
      // A place of our own for the work folders, whose names must not depend on who else runs gates here.
      env: { TMPDIR: temporary, ...more.runner?.env },
    })
    const path = join(out, 'report.json')
    return {
      ...result,
      report: existsSync(path) ? parseReport(readFileSync(path, 'utf8')) : undefined,
      comments: github.state.comments.map(comment => comment.body),
    }
  }
}

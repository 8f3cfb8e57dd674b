import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Report } from '../../src/core/model.ts'
import { parseReport } from '../../src/core/parse-report.ts'
import { type CacheDouble, startCache } from '../doubles/cache/server.ts'
import { mintToken, pullToken } from '../doubles/cache/token.ts'
import { type GitHubDouble, startGitHub } from '../doubles/github/server.ts'
import { addPull, newState, type PullRow } from '../doubles/github/state.ts'
import { type ActionResult, type ActionRun, runAction } from '../doubles/runner/run-action.ts'
import { makeSample, type Sample } from './repository.ts'

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const PULL = 7
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
  close(): Promise<void>
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
}

/** Sets the stage; the bundle must have been built (npm run build). */
export async function setStage(files: Readonly<Record<string, string>>): Promise<Stage> {
  if (!existsSync(join(ROOT, 'dist', 'main.js')))
    throw new Error('There is no dist/main.js; run npm run build first.')
  const sample = makeSample(files)
  const github = await startGitHub(newState())
  const cache = await startCache()
  const pull = addPull(github.state, { number: PULL })
  const home = join(sample.root, 'runner')
  const temporary = join(sample.root, 'tmp')
  mkdirSync(temporary, { mode: 0o711 })
  const run = async (how: Pick<ActionRun, 'github' | 'services'>, more: Partial<GateRun>): Promise<Gated> => {
    // Both doubles speak of the same caches.
    const known = cache.entries.map(({ key, scope }) => ({ key, ref: scope }))
    github.state.caches.splice(0, Number.POSITIVE_INFINITY, ...known)
    const out = join(sample.workspace, more.inputs?.out ?? 'perf-verdict')
    rmSync(out, { recursive: true, force: true })
    const result = await runAction({
      actionFolder: ROOT,
      workspace: sample.workspace,
      inputs: { ...QUICK, ...more.inputs },
      home,
      ...how,
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
  const shared = (more: Partial<GateRun>) => ({
    repository: 'octocat/hello-world',
    token: more.token ?? 'ghs_writer',
    api_url: github.url,
  })
  return {
    sample,
    github,
    cache,
    pull,
    gate: async (head, more = {}) => {
      pull.headSha = head
      const event = pullEvent(head, sample.base)
      const ref = `refs/pull/${PULL}/merge`
      return await run(
        {
          github: {
            ...shared(more),
            sha: '0123456789'.repeat(4),
            ref,
            base_ref: 'main',
            head_ref: 'feature',
            event_name: 'pull_request',
            event: more.event ? more.event(event) : event,
            ...more.github,
          },
          services: { url: cache.url, token: pullToken(ref) },
        },
        more,
      )
    },
    push: async (before, more = {}) => {
      const after = sample.base
      const event = {
        ...example('push'),
        ref: 'refs/heads/main',
        before,
        after,
        deleted: false,
        forced: false,
      }
      return await run(
        {
          github: {
            ...shared(more),
            sha: after,
            ref: 'refs/heads/main',
            event_name: 'push',
            event,
            ...more.github,
          },
          services: { url: cache.url, token: mintToken([{ Scope: 'refs/heads/main', Permission: 3 }]) },
        },
        more,
      )
    },
    close: async () => {
      await Promise.all([github.close(), cache.close()])
      sample.remove()
    },
  }
}

/** GitHub's own example of a pull request, with our commits in it. */
function pullEvent(head: string, base: string): Json {
  const event = example('pull_request')
  const given = event.pull_request as Readonly<Record<string, Json>>
  const home = { ...(given.base!.repo as Json), full_name: 'octocat/hello-world' }
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

function example(name: string): Json {
  return JSON.parse(readFileSync(new URL(`../fixtures/events/${name}.json`, import.meta.url), 'utf8')) as Json
}

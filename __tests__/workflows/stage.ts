import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type CacheDouble, startCache } from '../doubles/cache/server.ts'
import { mintToken, pullToken } from '../doubles/cache/token.ts'
import { type GitHubDouble, startGitHub } from '../doubles/github/server.ts'
import { addArtifact, addPull, newState, type PullRow } from '../doubles/github/state.ts'
import { zip } from '../doubles/zip.ts'
import { PULL, pullEvent, pushEvent, runEvent } from '../e2e/events.ts'
import { makeSample, PRINT, type Sample, value } from '../e2e/repository.ts'
import type { Block } from './blocks.ts'
import { type Forge, startForge } from './forge.ts'
import { openRunner, type WorkflowEnd } from './runner.ts'

type Json = Readonly<Record<string, unknown>>

/** A repository with a pull request, on a forge, with GitHub's API and the cache service, and a runner for its workflows. */
export interface Stage {
  readonly sample: Sample
  readonly github: GitHubDouble
  readonly cache: CacheDouble
  readonly pull: PullRow
  /** Runs a workflow for the pull request at this head. */
  pullRequest(workflow: Block, head: string, more?: { readonly fork?: boolean }): Promise<WorkflowEnd>
  push(workflow: Block, before: string): Promise<WorkflowEnd>
  mergeGroup(workflow: Block, head: string): Promise<WorkflowEnd>
  schedule(workflow: Block): Promise<WorkflowEnd>
  /** Runs a workflow that follows the last run. */
  workflowRun(workflow: Block, head: string): Promise<WorkflowEnd>
  /** Names of the artifacts of the last run. */
  artifacts(): readonly string[]
  close(): Promise<void>
}

const CONFIG = `build: make bench
format: seconds
budget: 60s
warmup: 0
counters: off
layouts: off
tune: off
benchmarks:
  - { name: parse, command: ./bench parse }
  - { name: render, command: ./bench render }
`
/** A project in a folder of its own. */
function project(name: string): Readonly<Record<string, string>> {
  return {
    [`${name}/program.c`]: PRINT,
    [`${name}/value.h`]: value('0.100')['value.h'],
    [`${name}/Makefile`]: 'bench: program.c value.h\n\tcc -o bench program.c\n',
  }
}

const FILES = {
  // It may print another value for each benchmark.
  'program.c': PRINT.replace('main(void)', 'main(int argc, char **argv)'),
  Makefile: 'bench: program.c value.h\n\tcc $(CFLAGS) -o bench program.c\n',
  '.github/perf-verdict.yml': CONFIG,
  ...project('parser'),
  ...project('renderer'),
  ...value('0.100'),
}

/** Sets everything up; `program` is act. */
export async function setStage(program: string): Promise<Stage> {
  const sample = makeSample(FILES)
  const origin = join(sample.root, 'origin')
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', origin, ...args], { stdio: 'ignore' })
  const sites = join(sample.root, 'sites')
  mkdirSync(join(sites, 'octocat'), { recursive: true })
  symlinkSync(join(origin, '.git'), join(sites, 'octocat', 'hello-world.git'))
  release(sites)
  const forge: Forge = await startForge(sites)
  const github = await startGitHub(newState())
  const cache = await startCache()
  const pull = addPull(github.state, { number: PULL })
  const run = openRunner(program, sample.root, forge)
  const store = join(sample.root, 'artifacts')
  let number = 0
  const start = async (
    workflow: Block,
    of: { readonly event: string; readonly payload: Json; readonly ref: string; readonly sha: string },
    { token, cacheToken }: { readonly token: string; readonly cacheToken: string },
  ) => {
    number += 1
    github.state.caches.splice(
      0,
      Number.POSITIVE_INFINITY,
      ...cache.entries.map(({ key, scope }) => ({ key, ref: scope })),
    )
    const env = {
      GITHUB_API_URL: github.url,
      GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RESULTS_URL: cache.url,
      ACTIONS_RUNTIME_TOKEN: cacheToken,
      TEST_ARTIFACTS: store,
      PERF_VERDICT_LOCK: process.env.PERF_VERDICT_LOCK ?? '',
      TMPDIR: process.env.TMPDIR ?? '/tmp',
    }
    return await run({ ...of, ...workflow, token, number, env })
  }
  const main = 'refs/heads/main'
  const trusted = { token: 'ghs_writer', cacheToken: mintToken([{ Scope: main, Permission: 3 }]) }
  return {
    sample,
    github,
    cache,
    pull,
    pullRequest: async (workflow, head, { fork = false } = {}) => {
      pull.headSha = head
      if (fork) Object.assign(pull, { headRepository: { id: 99, fullName: 'someone/hello-world' } })
      git('update-ref', `refs/pull/${PULL}/merge`, 'test-merge')
      const ref = `refs/pull/${PULL}/merge`
      const own = pullEvent(head, sample.base)
      const payload = fork ? forked(own) : own
      const tokens = { token: fork ? 'ghs_reader' : 'ghs_writer', cacheToken: pullToken(ref) }
      return await start(
        workflow,
        { event: 'pull_request', payload, ref, sha: revision(origin, 'test-merge') },
        tokens,
      )
    },
    push: async (workflow, before) => {
      const payload = pushEvent(before, sample.base)
      return await start(workflow, { event: 'push', payload, ref: main, sha: sample.base }, trusted)
    },
    mergeGroup: async (workflow, head) => {
      const ref = `refs/heads/gh-readonly-queue/main/pr-${PULL}-${head}`
      git('update-ref', ref, head)
      const given = example('merge_group')
      const group = {
        ...(given.merge_group as Json),
        head_sha: head,
        base_sha: sample.base,
        head_ref: ref,
        base_ref: main,
      }
      return await start(
        workflow,
        { event: 'merge_group', payload: { ...given, merge_group: group }, ref, sha: head },
        trusted,
      )
    },
    schedule: async workflow =>
      await start(
        workflow,
        {
          event: 'schedule',
          payload: { schedule: '17 3 * * *', repository: { default_branch: 'main' } },
          ref: main,
          sha: sample.base,
        },
        trusted,
      ),
    workflowRun: async (workflow, head) => {
      const runId = 1000 + number
      for (const name of artifactsOf(store, runId)) {
        const folder = join(store, String(runId), name)
        const parts = readdirSync(folder)
          .filter(file => file.startsWith('report.'))
          .map(file => ({ name: file, content: readFileSync(join(folder, file)) }))
        addArtifact(github.state, {
          name,
          runId,
          createdAt: '2099-01-01T00:00:00Z',
          expired: false,
          bytes: zip(parts),
        })
      }
      const change = { id: runId, run_number: number, run_attempt: 1, head_sha: head }
      const payload = runEvent(change, github.state.repositoryId)
      return await start(workflow, { event: 'workflow_run', payload, ref: main, sha: sample.base }, trusted)
    },
    artifacts: () => artifactsOf(store, 1000 + number),
    close: async () => {
      await Promise.all([github.close(), cache.close(), forge.close()])
      sample.remove()
    },
  }
}

/** A repository of our own with the release that workflows check out. */
function release(sites: string): void {
  const home = join(sites, 'perf-verdict', 'perf-verdict.git')
  mkdirSync(home, { recursive: true })
  const person = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
  const git = (...args: readonly string[]) =>
    execFileSync('git', [`--git-dir=${home}`, '--work-tree=.', ...person, ...args], { stdio: 'ignore' })
  execFileSync('git', ['init', '--quiet', '--bare', home])
  git('add', '--force', 'dist', 'action.yml')
  git('commit', '--quiet', '--message=Release')
  git('tag', 'v0.1.0')
}

function artifactsOf(store: string, runId: number): readonly string[] {
  const folder = join(store, String(runId))
  return existsSync(folder) ? readdirSync(folder).toSorted() : []
}

function revision(folder: string, name: string): string {
  return execFileSync('git', ['-C', folder, 'rev-parse', name], { encoding: 'utf8' }).trim()
}

function forked(event: Json): Json {
  const pull = event.pull_request as { readonly head: { readonly repo: object } }
  return { ...event, pull_request: { ...pull, head: { ...pull.head, repo: { ...pull.head.repo, id: 99 } } } }
}

function example(name: string): Json {
  return JSON.parse(readFileSync(new URL(`../fixtures/events/${name}.json`, import.meta.url), 'utf8')) as Json
}

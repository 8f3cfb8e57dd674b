import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { holds, interpolate } from './expression.ts'
import { openFileCommands } from './file-commands.ts'
import { type RunningStage, runStage, type StageEnd } from './stage.ts'
import { type Annotation, masked, openStepLog } from './step-log.ts'

/** The `github` context, as far as it differs from job to job. */
export interface GitHubContext {
  readonly repository: string
  readonly sha: string
  readonly ref: string
  readonly event_name: string
  readonly event: unknown
  readonly token: string
  readonly api_url: string
  readonly [name: string]: unknown
}

/** One step with `uses:`. */
export interface ActionRun {
  readonly actionFolder: string
  readonly workspace: string
  readonly inputs: Readonly<Record<string, string>>
  readonly github: GitHubContext
  /** The address of the results service (cache and artifacts) and the token for it. */
  readonly services?: { readonly url: string; readonly token: string }
  readonly env?: Readonly<Record<string, string>>
  /** The values of the job's matrix, and the number of its check run. */
  readonly matrix?: Readonly<Record<string, unknown>>
  readonly jobId?: number
  readonly node?: string
  readonly scale?: number
  /** The runner's own folder, which a real runner keeps from job to job; a fresh one unless given. */
  readonly home?: string
  /** Told when a stage starts and of each line, so that a test can cancel at a certain point. */
  readonly onStart?: (stage: RunningStage, name: Stage['name']) => void
  readonly onLine?: (line: string, stage: Stage['name']) => void
}

export interface Stage extends StageEnd {
  readonly name: 'pre' | 'main' | 'post'
}

export interface ActionResult {
  readonly conclusion: 'success' | 'failure'
  readonly stages: readonly Stage[]
  readonly outputs: Readonly<Record<string, string>>
  /** Variables that reached the following steps by GITHUB_ENV. */
  readonly variables: Readonly<Record<string, string>>
  readonly path: readonly string[]
  readonly state: Readonly<Record<string, string>>
  readonly annotations: readonly Annotation[]
  readonly summary: string
  /** The log as a reader sees it. */
  readonly log: string
  /** Names of the commands that the runner carried out. */
  readonly commands: readonly string[]
  /** What the runner warns of: inputs and outputs that action.yml does not name. */
  readonly warnings: readonly string[]
  readonly temp: string
}

/** What is read of action.yml. */
export interface Metadata {
  readonly inputs?: Readonly<Record<string, { readonly default?: unknown } | null>>
  readonly outputs?: Readonly<Record<string, unknown>>
  readonly runs: {
    readonly using: string
    readonly main: string
    readonly post?: string
    readonly 'post-if'?: string
  }
}

/**
 * Runs an action's bundle as actions/runner does (NodeScriptActionHandler.cs, Handler.cs, GitHubContext.cs): a process for each
 * stage with INPUT_*, GITHUB_*, RUNNER_* and ACTIONS_*, fresh file commands, workflow commands, masks, and STATE_* for post.
 */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const temp = run.home ?? mkdtempSync(join(tmpdir(), 'pv-runner-'))
  try {
    return await runStages(run, temp)
  } finally {
    // A runner empties RUNNER_TEMP after each job.
    rmSync(run.home ? join(temp, '_temp') : temp, { recursive: true, force: true })
  }
}

async function runStages(run: ActionRun, temp: string): Promise<ActionResult> {
  const metadata = parse(readFileSync(join(run.actionFolder, 'action.yml'), 'utf8')) as Metadata
  if (!/^node(20|24)$/.test(metadata.runs.using))
    throw new Error(`using: ${metadata.runs.using} is not known`)
  const base = environment(run, metadata, temp)
  const job = newJob(run.github.token)
  const stage = async (name: Stage['name'], script: string) => {
    await oneStage({ name, script: join(run.actionFolder, script) }, { run, base, temp, job })
  }
  await stage('main', metadata.runs.main)
  if (
    metadata.runs.post &&
    holds(metadata.runs['post-if'] ?? 'always()', { github: run.github }, job.status)
  ) {
    await stage('post', metadata.runs.post)
  }
  const undeclared = Object.keys(job.outputs).filter(name => !Object.hasOwn(metadata.outputs ?? {}, name))
  return {
    conclusion: job.status,
    stages: job.stages,
    outputs: job.outputs,
    variables: job.variables,
    path: job.path,
    state: job.state,
    annotations: job.annotations,
    summary: job.summary,
    log: job.shown.join('\n'),
    commands: job.commands,
    warnings: [...base.warnings, ...undeclared.map(name => `Output '${name}' is not declared in action.yml`)],
    temp,
  }
}

interface Job {
  status: 'success' | 'failure'
  readonly masks: Set<string>
  readonly stages: Stage[]
  readonly outputs: Record<string, string>
  readonly variables: Record<string, string>
  readonly path: string[]
  readonly state: Record<string, string>
  readonly annotations: Annotation[]
  readonly shown: string[]
  readonly commands: string[]
  summary: string
}

function newJob(token: string): Job {
  return {
    status: 'success',
    masks: new Set([token]),
    stages: [],
    outputs: {},
    variables: {},
    path: [],
    state: {},
    annotations: [],
    shown: [],
    commands: [],
    summary: '',
  }
}

interface Surroundings {
  readonly run: ActionRun
  readonly base: { readonly env: Readonly<Record<string, string>> }
  readonly temp: string
  readonly job: Job
}

async function oneStage(
  { name, script }: { readonly name: Stage['name']; readonly script: string },
  { run, base, temp, job }: Surroundings,
): Promise<void> {
  const files = openFileCommands(join(temp, '_temp'))
  const log = openStepLog(job.masks, run.env?.RUNNER_DEBUG === '1')
  const states = Object.entries(job.state).map(([key, value]) => [`STATE_${key}`, value])
  const end = await runStage({
    node: run.node ?? process.execPath,
    script,
    cwd: run.workspace,
    env: { ...base.env, ...job.variables, ...files.env, ...Object.fromEntries(states) },
    onLine: line => {
      log.line(line)
      run.onLine?.(line, name)
    },
    ...(run.onStart ? { onStart: (stage: RunningStage) => run.onStart?.(stage, name) } : {}),
    scale: run.scale ?? 1,
  })
  const results = files.read()
  Object.assign(job.variables, results.variables)
  Object.assign(job.outputs, Object.fromEntries(log.outputs), results.outputs)
  Object.assign(job.state, Object.fromEntries(log.state), results.state)
  job.path.push(...results.path)
  job.annotations.push(
    ...log.annotations,
    ...results.faults.map(message => ({ level: 'error', message }) as const),
  )
  job.shown.push(...log.shown)
  job.commands.push(...log.commands.map(command => command.name))
  job.summary += masked(results.summary, job.masks)
  job.stages.push({ name, ...end })
  if (end.code !== 0 || results.faults.some(fault => !fault.includes('SUMMARY'))) job.status = 'failure'
}

/** What every stage gets; the token itself is in no variable, only in the input that asks for it. */
function environment(run: ActionRun, metadata: Metadata, temp: string) {
  const runnerTemp = join(temp, '_temp')
  mkdirSync(runnerTemp, { recursive: true })
  const { event, token, ...context } = run.github
  const eventPath = join(runnerTemp, 'event.json')
  writeFileSync(eventPath, JSON.stringify(event))
  const github: Readonly<Record<string, unknown>> = {
    action: '__perf-verdict',
    actor: 'octocat',
    job: 'perf',
    run_id: '1001',
    run_number: '5',
    run_attempt: '1',
    server_url: 'https://github.com',
    graphql_url: `${context.api_url}/graphql`,
    workflow: 'perf',
    ...context,
    workspace: run.workspace,
    event_path: eventPath,
  }
  const known = Object.keys(metadata.inputs ?? {})
  const unknown = Object.keys(run.inputs).filter(name => !known.includes(name))
  const inputs = known.map(name => {
    const fallback = interpolate(String(metadata.inputs?.[name]?.default ?? ''), {
      github: { ...github, token },
      matrix: run.matrix ?? null,
      job: { check_run_id: run.jobId ?? null },
    })
    return [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, run.inputs[name] ?? fallback]
  })
  const named = Object.entries(github).map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)])
  const { services } = run
  // A home of its own: the caches of this machine's are no part of a case, and to lend them takes seconds.
  const home = join(temp, '_home')
  mkdirSync(home, { recursive: true })
  return {
    warnings: unknown.map(name => `Unexpected input(s) '${name}'`),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      LANG: 'C.UTF-8',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      RUNNER_OS: 'Linux',
      RUNNER_ARCH: 'X64',
      RUNNER_NAME: 'double',
      RUNNER_TEMP: runnerTemp,
      RUNNER_TOOL_CACHE: join(temp, '_tool'),
      RUNNER_TRACKING_ID: 'github_double',
      RUNNER_ENVIRONMENT: 'self-hosted',
      PERF_VERDICT_LOCK: process.env.PERF_VERDICT_LOCK ?? '',
      ...Object.fromEntries(named),
      ...Object.fromEntries(inputs),
      ...(services
        ? {
            ACTIONS_RUNTIME_URL: services.url,
            ACTIONS_RUNTIME_TOKEN: services.token,
            ACTIONS_RESULTS_URL: services.url,
            ACTIONS_CACHE_SERVICE_V2: 'True',
          }
        : {}),
      ...run.env,
    },
  }
}

import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Forge } from './forge.ts'

/** act, or why no workflow can be run here. */
export function findAct(): { readonly program: string } | { readonly why: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/act.mjs'], { encoding: 'utf8' })
  return status === 0 ? { program: stdout.trim() } : { why: stderr.trim() }
}

/** What a run of a workflow is for. */
export interface WorkflowRun {
  /** Of the workflow's file. */
  readonly name: string
  readonly yaml: string
  readonly event: string
  readonly payload: unknown
  readonly ref: string
  readonly sha: string
  readonly token: string
  /** Number of the run; its id is 1000 more. */
  readonly number: number
  readonly env: Readonly<Record<string, string>>
}

export interface WorkflowEnd {
  readonly code: number | null
  readonly log: string
  readonly seconds: number
  /** The outputs of every step, in the order in which they were set. */
  readonly outputs: readonly (readonly [name: string, value: string])[]
  /** How each job ended, by its name with the values of its matrix. */
  readonly jobs: Readonly<Record<string, 'success' | 'failure'>>
}

/** The actions that our workflows use, each of which a folder here stands for. */
const OWN = resolve('__tests__/workflows/actions')
const MINUTE = 60_000

/** A place for workflow runs: the action as it is released, and what stands for the actions of others. */
export function openRunner(program: string, root: string, forge: Forge) {
  const action = join(root, 'action')
  mkdirSync(action)
  for (const name of ['action.yml', 'dist']) cpSync(name, join(action, name), { recursive: true })
  return async (run: WorkflowRun): Promise<WorkflowEnd> => {
    const home = mkdtempSync(join(root, 'run-'))
    const work = join(home, 'repository')
    mkdirSync(work)
    spawnSync('git', ['init', '--quiet', work])
    writeFileSync(join(home, 'workflow.yml'), run.yaml)
    writeFileSync(join(home, 'event.json'), JSON.stringify(run.payload))
    const variables = {
      GITHUB_REPOSITORY: 'octocat/hello-world',
      GITHUB_REPOSITORY_OWNER: 'octocat',
      GITHUB_RUN_ID: String(1000 + run.number),
      GITHUB_RUN_NUMBER: String(run.number),
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_REF: run.ref,
      GITHUB_WORKFLOW_REF: `octocat/hello-world/.github/workflows/${run.name}.yml@${run.ref}`,
      SHA_REF: run.sha,
      GITHUB_SERVER_URL: forge.url,
      RUNNER_TEMP: join(home, 'temp'),
      ...run.env,
    }
    mkdirSync(variables.RUNNER_TEMP)
    const platforms = ['self-hosted', 'bench', 'ubuntu-24.04'].map(
      label => `--platform=${label}=-self-hosted`,
    )
    const args = [
      run.event,
      ...['--workflows', join(home, 'workflow.yml'), '--eventpath', join(home, 'event.json')],
      ...['--directory', work, '--action-cache-path', join(home, 'actions'), '--no-cache-server'],
      ...['--no-skip-checkout', '--action-offline-mode', '--json', '--secret', `GITHUB_TOKEN=${run.token}`],
      ...platforms,
      ...replaced(run.yaml, action),
      ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ]
    const start = performance.now()
    const { code, log } = await end(program, args, home)
    return { code, log: readable(log), seconds: (performance.now() - start) / 1000, ...readLog(log) }
  }
}

/** Every action that the workflow uses by `owner/name@ref`, as the folder that stands for it. */
function replaced(yaml: string, action: string): readonly string[] {
  const used = new Set(
    [...yaml.matchAll(/uses: ([\w.-]+)\/([\w.-]+)@([\w.-]+)/g)].map(found => found.slice(1).join(' ')),
  )
  return [...used].flatMap(text => {
    const [owner, name, ref] = text.split(' ')
    const folder = owner === 'perf-verdict' ? action : join(OWN, name!)
    return ['--local-repository', `${owner}/${name}@${ref}=${folder}`]
  })
}

async function end(program: string, args: readonly string[], home: string) {
  const child = spawn(program, args, {
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 5 * MINUTE,
    env: { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: join(home, 'cache'), LANG: 'C.UTF-8' },
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (log += text))
  const code = await new Promise<number | null>(done => child.on('close', done))
  return { code, log }
}

type Entry = Readonly<Record<string, unknown>>

function entries(log: string): readonly Entry[] {
  return log.split('\n').flatMap(line => {
    try {
      return [JSON.parse(line) as Entry]
    } catch {
      return line.trim() === '' ? [] : [{ msg: line }]
    }
  })
}

function readable(log: string): string {
  return entries(log)
    .map(({ job, msg }) => `${job === undefined ? '' : `[${String(job)}] `}${String(msg).trimEnd()}`)
    .join('\n')
}

function readLog(log: string): Pick<WorkflowEnd, 'outputs' | 'jobs'> {
  const all = entries(log)
  const outputs = all.flatMap(({ command, name, arg }) =>
    command === 'set-output' ? [[String(name), String(arg)] as const] : [],
  )
  const jobs = all.flatMap(({ job, jobResult }) =>
    jobResult === 'success' || jobResult === 'failure'
      ? [[String(job).split('/').at(-1)!.trim(), jobResult] as const]
      : [],
  )
  return { outputs, jobs: Object.fromEntries(jobs) }
}

import { InputError } from '../model/errors.ts'
import { OPTIONS } from './options.ts'

/** What the action's own inputs say; the gate reads the others. */
export interface ActionInputs {
  readonly command: 'gate' | 'publish' | 'merge'
  readonly token: string
  readonly reports: string
  /** How the jobs of the shards ended, as GitHub says; undefined where nobody gave it. */
  readonly needs: JobResult | undefined
  readonly artifact: string
  /** The user's key; undefined where none was given. */
  readonly key: string | undefined
  /** What action.yml fills in of this job; see `speakerOf`. */
  readonly job: string
  readonly out: string
  readonly check: boolean
  readonly comment: string | undefined
  /** Everything for the gate, as text by setting. */
  readonly invocation: Readonly<Record<string, string>>
}

/** `needs.JOB.result` of a workflow. */
export type JobResult = 'success' | 'failure' | 'cancelled' | 'skipped'

const JOB_RESULTS: readonly string[] = [
  'success',
  'failure',
  'cancelled',
  'skipped',
] satisfies readonly JobResult[]

const isJobResult = (text: string): text is JobResult => JOB_RESULTS.includes(text)

const OWN: ReadonlySet<string> = new Set(['command', 'github-token', 'reports', 'needs', 'artifact', 'job'])

/** Reads the inputs by name; `lookup` returns an empty text for what was not given. Throws an InputError for an unknown command. */
export function readActionInputs(lookup: (name: string) => string): ActionInputs {
  const inputs = OPTIONS.filter(option => option.surfaces.includes('action')).map(
    ({ name }) => [name, lookup(name).trim()] as const,
  )
  const given = Object.fromEntries(inputs.filter(([, value]) => value !== ''))
  const command = given.command ?? 'gate'
  if (command !== 'gate' && command !== 'publish' && command !== 'merge') {
    throw new InputError([`command must be one of gate, publish, merge, not ${JSON.stringify(command)}.`])
  }
  const { needs } = given
  if (needs !== undefined && !isJobResult(needs)) {
    throw new InputError([`needs must be one of ${JOB_RESULTS.join(', ')}, not ${JSON.stringify(needs)}.`])
  }
  return {
    command,
    needs,
    token: given['github-token'] ?? '',
    reports: given.reports ?? 'perf-verdict-shards',
    artifact: given.artifact ?? 'perf-verdict',
    key: given.key,
    job: given.job ?? '',
    out: given.out ?? 'perf-verdict',
    check: given.check === 'true',
    comment: given.comment,
    invocation: Object.fromEntries(Object.entries(given).filter(([name]) => !OWN.has(name))),
  }
}

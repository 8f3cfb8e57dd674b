import { fnv1a } from '../text/fnv1a.ts'

/** Which gate speaks in a comment or a check: two gates of one run must not speak over each other. */
export interface Speaker {
  /** Tells the comments and the checks of several gates apart. */
  readonly key: string
  /** A hash of the workflow, job, matrix and step; the same from run to run. Absent where there is no job. */
  readonly gate?: string
  /** A hash of what GitHub numbers this very job by; absent where it does not. */
  readonly job?: string
}

type Env = Readonly<Record<string, string | undefined>>

/** Longest key that a user may give, and so that we make. */
const KEY_LIMIT = 40

/**
 * Who speaks in this job. Without a key of the user's the key is made from workflow, job and matrix, so that the jobs of a matrix, and
 * several jobs of a run, have a comment each. `job` is the input that action.yml fills: the number of the job (empty where GitHub has
 * none), a colon, and its matrix as JSON.
 */
export function speakerOf(given: string | undefined, job: string, env: Env): Speaker {
  const end = job.indexOf(':')
  const [id, matrix] = [job.slice(0, Math.max(0, end)), job.slice(end + 1)]
  const parts = [workflowOf(env), env.GITHUB_JOB ?? '', ...valuesOf(matrix)]
  // A second step of the same action in one job has a name of its own.
  const step = /_(\d+)$/.exec(env.GITHUB_ACTION ?? '')?.[1]
  const named = slug([...parts, ...(step === undefined ? [] : [step])].filter(part => part !== ''))
  const whole = JSON.stringify([...parts, matrix, env.GITHUB_ACTION ?? ''])
  return {
    key: given ?? (named === '' ? 'default' : named),
    ...(env.GITHUB_JOB === undefined ? {} : { gate: hash(whole) }),
    ...(id === '' ? {} : { job: hash(id) }),
  }
}

/** The workflow by its file, because two files may have one name: `perf` of `owner/name/.github/workflows/perf.yml@refs/…`. */
function workflowOf(env: Env): string {
  const file = /\/([^/@]+)\.ya?ml@/.exec(env.GITHUB_WORKFLOW_REF ?? '')?.[1]
  return file ?? env.GITHUB_WORKFLOW ?? ''
}

/** The values of a matrix in order, those of objects too. */
function valuesOf(json: string): readonly string[] {
  try {
    return leaves(JSON.parse(json))
  } catch {
    return []
  }
}

function leaves(value: unknown): readonly string[] {
  if (value === null || value === undefined) return []
  if (typeof value === 'object') return Object.values(value).flatMap(leaves)
  return [String(value)]
}

function slug(parts: readonly string[]): string {
  const text = parts
    .join('-')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  // What was cut, or written otherwise, may have been the difference.
  const lossy = text.length > KEY_LIMIT || text !== parts.join('-')
  return lossy && text !== ''
    ? `${text.slice(0, KEY_LIMIT - 9).replace(/-+$/, '')}-${hash(JSON.stringify(parts))}`
    : text
}

const hash = (text: string) => fnv1a(text).toString(16).padStart(8, '0')

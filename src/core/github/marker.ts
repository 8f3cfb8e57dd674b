/** Which gate and which run a comment speaks for; it stands at byte 0 of the comment, where no name can stand. */
export interface Marker {
  /** Tells the comments of several gates on one pull request apart. */
  readonly key: string
  readonly head: string
  /** The workflow's run number and attempt: the higher one is the newer. */
  readonly run: number
  readonly attempt: number
  /** Which gate of the run wrote it, and which job; see `Speaker`. Absent where that is not known. */
  readonly gate?: string
  readonly job?: string
  /** Whether it tells of a pass. */
  readonly good?: boolean
  /** It tells that a run left no report, and gives way to the comment of whichever gate reports next. */
  readonly standIn?: true
}

const KEY = /^[A-Za-z0-9._-]{1,64}$/
const MARKER = /^<!-- perf-verdict:([A-Za-z0-9._-]{1,64}) v1 (\{[^<>\r\n]{0,400}?\}) -->/

/** What a comment key may look like: 1 to 64 letters, digits, dots, underscores and hyphens. */
export function isCommentKey(key: string): boolean {
  return KEY.test(key)
}

/** The marker as an HTML comment; throws on a key or a commit that could end it early. */
export function writeMarker(marker: Marker): string {
  const { key, head, run, attempt, gate, job, good, standIn } = marker
  if (!isCommentKey(key)) throw new TypeError(`The comment key ${JSON.stringify(key)} is not one.`)
  if (!/^[0-9a-f]{0,64}$/.test(head)) throw new TypeError(`${JSON.stringify(head)} is not a commit.`)
  if (![gate, job].every(isHash)) throw new TypeError('What tells gates apart must be a hash.')
  const content = { head, run: Math.trunc(run), attempt: Math.trunc(attempt), gate, job, good, standIn }
  return `<!-- perf-verdict:${key} v1 ${JSON.stringify(content)} -->`
}

/** Reads the marker at byte 0 of a comment; undefined when there is none or another tool wrote it. */
export function readMarker(body: string): Marker | undefined {
  const [, key, json] = MARKER.exec(body) ?? []
  if (key === undefined || json === undefined) return undefined
  try {
    const { head, run, attempt, gate, job, good, standIn } = JSON.parse(json) as Record<string, unknown>
    if (typeof head !== 'string' || !/^[0-9a-f]{0,64}$/.test(head)) return undefined
    if (!Number.isSafeInteger(run) || !Number.isSafeInteger(attempt)) return undefined
    return {
      ...{ key, head, run: run as number, attempt: attempt as number },
      ...(typeof gate === 'string' && isHash(gate) && { gate }),
      ...(typeof job === 'string' && isHash(job) && { job }),
      ...(typeof good === 'boolean' && { good }),
      ...(standIn === true && { standIn }),
    }
  } catch {
    return undefined
  }
}

/** Whether both markers speak for the same commit, and for two gates that were given one key. */
export function isClash(marker: Marker, other: Marker): boolean {
  if (marker.head !== other.head) return false
  const differ = (name: 'gate' | 'job') =>
    marker[name] !== undefined && other[name] !== undefined && marker[name] !== other[name]
  const sameRun = marker.run === other.run && marker.attempt === other.attempt
  return differ('gate') || (sameRun && differ('job'))
}

function isHash(text: string | undefined): boolean {
  return text === undefined || /^[0-9a-f]{8}$/.test(text)
}

/** Whether `marker` speaks for a later run than `other`, so that it may replace it. */
export function isNewer(
  marker: Pick<Marker, 'run' | 'attempt'>,
  other: Pick<Marker, 'run' | 'attempt'>,
): boolean {
  return marker.run === other.run ? marker.attempt > other.attempt : marker.run > other.run
}

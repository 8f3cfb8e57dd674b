/** Which gate and which run a comment speaks for; it stands at byte 0 of the comment, where no name can stand. */
export interface Marker {
  /** Tells the comments of several gates on one pull request apart. */
  readonly key: string
  readonly head: string
  /** The workflow's run number and attempt: the higher one is the newer. */
  readonly run: number
  readonly attempt: number
}

const KEY = /^[A-Za-z0-9._-]{1,64}$/
const MARKER = /^<!-- perf-verdict:([A-Za-z0-9._-]{1,64}) v1 (\{[^<>\r\n]{0,400}?\}) -->/

/** What a comment key may look like: 1 to 64 letters, digits, dots, underscores and hyphens. */
export function isCommentKey(key: string): boolean {
  return KEY.test(key)
}

/** The marker as an HTML comment; throws on a key or a commit that could end it early. */
export function writeMarker(marker: Marker): string {
  const { key, head, run, attempt } = marker
  if (!isCommentKey(key)) throw new TypeError(`The comment key ${JSON.stringify(key)} is not one.`)
  if (!/^[0-9a-f]{0,64}$/.test(head)) throw new TypeError(`${JSON.stringify(head)} is not a commit.`)
  return `<!-- perf-verdict:${key} v1 ${JSON.stringify({ head, run: Math.trunc(run), attempt: Math.trunc(attempt) })} -->`
}

/** Reads the marker at byte 0 of a comment; undefined when there is none or it is not ours. */
export function readMarker(body: string): Marker | undefined {
  const [, key, json] = MARKER.exec(body) ?? []
  if (key === undefined || json === undefined) return undefined
  try {
    const { head, run, attempt } = JSON.parse(json) as Record<string, unknown>
    if (typeof head !== 'string' || !/^[0-9a-f]{0,64}$/.test(head)) return undefined
    if (!Number.isSafeInteger(run) || !Number.isSafeInteger(attempt)) return undefined
    return { key, head, run: run as number, attempt: attempt as number }
  } catch {
    return undefined
  }
}

/** Whether `marker` speaks for a later run than `other`, so that it may replace it. */
export function isNewer(marker: Marker, other: Marker): boolean {
  return marker.run === other.run ? marker.attempt > other.attempt : marker.run > other.run
}

/** What a call is for and what the token needs for it, so that a refusal can say what to change. */
export interface CallSite {
  /** Follows "could not": `write the comment`. */
  readonly what: string
  /** As it stands under `permissions:` in a workflow. */
  readonly permission: string
}

/** How an attempt ended without an answer that can be used. */
export type BadAnswer =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers: Readonly<Record<string, string | number | undefined>>
      readonly message: string
    }
  /** No answer came: a timeout, a reset connection, a name that does not resolve. */
  | { readonly kind: 'network'; readonly message: string }
  /** An answer came that is not what GitHub documents: cut JSON, a page of HTML, too large, other types. */
  | { readonly kind: 'garbled'; readonly message: string }
  | { readonly kind: 'redirect'; readonly host: string }

export type FailureKind =
  | 'credentials'
  | 'permission'
  | 'locked'
  | 'missing'
  | 'rejected'
  | 'limited'
  | 'unavailable'
  | 'garbled'
  | 'redirected'

/** One failed call of the API. The reader sees it, and it never changes a verdict. */
export interface ApiFailure {
  readonly kind: FailureKind
  readonly status?: number
  readonly sentence: string
  /** Seconds that GitHub asked us to wait; only for `limited`. */
  readonly waitSeconds?: number
}

/** Names the failure; `nowSeconds` is the wall clock in seconds since 1970, for x-ratelimit-reset. */
export function classify(answer: BadAnswer, site: CallSite, nowSeconds: number): ApiFailure {
  const could = `Could not ${site.what}`
  switch (answer.kind) {
    case 'network':
      return { kind: 'unavailable', sentence: `${could}: GitHub did not answer (${tidy(answer.message)}).` }
    case 'garbled':
      return { kind: 'garbled', sentence: `${could}: the answer was not GitHub's (${tidy(answer.message)}).` }
    case 'redirect':
      return {
        kind: 'redirected',
        sentence: `${could}: the API sent us to ${tidy(answer.host)}, where the token must not go; set GITHUB_API_URL to the API itself.`,
      }
    case 'status':
      return { status: answer.status, ...classifyStatus(answer, site, nowSeconds) }
  }
}

type Status = Extract<BadAnswer, { kind: 'status' }>

function classifyStatus(answer: Status, site: CallSite, nowSeconds: number): ApiFailure {
  const { status } = answer
  const message = tidy(answer.message)
  const said = `Could not ${site.what} (${status}${message === '' ? '' : `: ${message}`})`
  if (isLimit(answer)) {
    const wait = waitOf(answer, nowSeconds)
    return {
      kind: 'limited',
      sentence: `${said}; GitHub limits how often it may be asked.`,
      ...(wait === undefined ? {} : { waitSeconds: wait }),
    }
  }
  if (status >= 500 || status === 408) return { kind: 'unavailable', sentence: `${said}.` }
  if (status === 401) {
    const sentence = `${said}; the token is wrong or has run out (after a day on a self-hosted runner).`
    return { kind: 'credentials', sentence }
  }
  if (status === 403 && /locked/i.test(message)) {
    return { kind: 'locked', sentence: `${said}; the report is in the job summary.` }
  }
  if (status === 403 && (/SAML|single sign-on/i.test(message) || answer.headers['x-github-sso'])) {
    return {
      kind: 'permission',
      sentence: `${said}; authorise the token for the organisation's single sign-on.`,
    }
  }
  if (status === 403) {
    const sentence = `${said}; give the job \`permissions: ${site.permission}\`. A pull request from a fork has a read-only token whatever the workflow says: there the publish workflow posts the report.`
    return { kind: 'permission', sentence }
  }
  if (status === 404 || status === 410) {
    const sentence = `${said}; it is gone, or the token may not see it: the job needs \`permissions: ${site.permission}\`.`
    return { kind: 'missing', sentence }
  }
  return { kind: 'rejected', sentence: `${said}.` }
}

/** A primary limit says so by an empty quota, a secondary one by its text or by retry-after. */
function isLimit({ status, headers, message }: Status): boolean {
  if (status === 429) return true
  if (status !== 403) return false
  const used = String(headers['x-ratelimit-remaining'] ?? '') === '0'
  return used || headers['retry-after'] !== undefined || /rate limit|abuse detection/i.test(message)
}

function waitOf({ headers }: Status, nowSeconds: number): number | undefined {
  const after = Number(headers['retry-after'] ?? Number.NaN)
  if (Number.isFinite(after) && after >= 0) return after
  if (String(headers['x-ratelimit-remaining'] ?? '') !== '0') return undefined
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN)
  return Number.isFinite(reset) ? Math.max(1, reset - nowSeconds) : undefined
}

/** A message out of an answer, as a short piece of one of our lines. */
function tidy(message: string): string {
  return message
    .replaceAll(/\s*- https:\/\/\S+$/g, '')
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, 160)
}

/** No waiting beyond this, all calls of a run together. */
const WAIT_BUDGET_SECONDS = 300
const ATTEMPTS = 4
/** GitHub asks for at least a minute after a secondary limit that names no time. */
const SECONDARY_SECONDS = 60

/** Seconds to wait before attempt `attempt` + 1 (the first is 1), or undefined to give up. */
export function waitBefore(failure: ApiFailure, attempt: number, waitedSeconds: number): number | undefined {
  if (attempt >= ATTEMPTS) return undefined
  const wait = waitFor(failure, attempt)
  return wait === undefined || waitedSeconds + wait > WAIT_BUDGET_SECONDS ? undefined : wait
}

function waitFor(failure: ApiFailure, attempt: number): number | undefined {
  switch (failure.kind) {
    case 'limited':
      return failure.waitSeconds ?? SECONDARY_SECONDS * 2 ** (attempt - 1)
    case 'unavailable':
    case 'garbled':
      return 2 ** (attempt - 1)
    case 'credentials':
    case 'permission':
    case 'locked':
    case 'missing':
    case 'rejected':
    case 'redirected':
      return undefined
  }
}

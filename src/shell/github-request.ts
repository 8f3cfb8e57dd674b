import type { z } from 'zod'
import { type ApiFailure, type BadAnswer, type CallSite, classify, waitBefore } from '../core/api-failure.ts'
import { boundedFetch, type Fetch } from './bounded-fetch.ts'

export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly headers: Headers }
  | { readonly ok: false; readonly failure: ApiFailure }
type Headers = Readonly<Record<string, string | number | undefined>>

/** Time as the retries see it; tests pass their own, so that an hour of waiting takes no time. */
export interface Timing {
  /** Wall clock, seconds since 1970. */
  epochSeconds(): number
  sleep(seconds: number): Promise<void>
}

export interface Call<T> {
  readonly site: CallSite
  /** Method and path template, as GitHub's documentation writes them. */
  readonly route: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** What the answer must look like; other fields are dropped. */
  readonly schema: z.ZodType<T>
  /** Whether asking twice is harmless; a write is tried once, and its caller looks again before it repeats. */
  readonly repeat: boolean
}

export interface Requester {
  ask<T>(call: Call<T>): Promise<Answer<T>>
  /** Asks where something is stored: the address that a call redirects to. */
  locate(call: Omit<Call<never>, 'schema' | 'repeat'>): Promise<Answer<string>>
  /** Waits as the failure demands; false when there is no point or no time left. */
  pause(failure: ApiFailure, attempt: number): Promise<boolean>
  /** Fetches from storage, without the token. */
  readonly plainFetch: Fetch
}

export interface RequesterOptions {
  readonly token: string
  /** GITHUB_API_URL, so that GitHub Enterprise Server works. */
  readonly apiUrl: string
  readonly timing: Timing
  readonly timeoutSeconds?: number
}

const API_LARGEST_BYTES = 16 * 1024 * 1024
const TIMEOUT_SECONDS = 20

/** Opens the API with the toolkit's client, which knows the runner's proxies; loaded only when there is something to say. */
export async function createRequester(options: RequesterOptions): Promise<Requester> {
  const { getOctokit } = await import('@actions/github')
  const silent = () => undefined
  const quiet = { debug: silent, info: silent, warn: silent, error: silent }
  const octokit = getOctokit(options.token, { baseUrl: options.apiUrl, log: quiet })
  const proxied = octokit.request.endpoint.DEFAULTS.request?.fetch as Fetch
  const timeoutSeconds = options.timeoutSeconds ?? TIMEOUT_SECONDS
  const sender = (follow: boolean): Sent => {
    const fetch = boundedFetch(proxied, { timeoutSeconds, largestBytes: API_LARGEST_BYTES, follow })
    return async call =>
      await octokit.request(call.route, { ...call.parameters, request: { fetch, log: quiet } })
  }
  const [send, sendOnce] = [sender(true), sender(false)]
  let waited = 0
  const { timing } = options
  const pause = async (failure: ApiFailure, attempt: number): Promise<boolean> => {
    const seconds = waitBefore(failure, attempt, waited)
    if (seconds === undefined) return false
    waited += seconds
    await timing.sleep(seconds)
    return true
  }
  const insist = async <T>(repeat: boolean, attemptOnce: () => Promise<Answer<T>>): Promise<Answer<T>> => {
    for (let attempt = 1; ; attempt++) {
      const answer = await attemptOnce()
      if (answer.ok || !repeat || !(await pause(answer.failure, attempt))) return answer
    }
  }
  return {
    ask: async call =>
      await insist(
        call.repeat,
        async () => await once(call, send, timing, sent => accept(sent, call.schema)),
      ),
    locate: async call =>
      await insist(
        true,
        async () => await once(call, sendOnce, timing, sent => acceptPlace(sent, options.apiUrl)),
      ),
    pause,
    plainFetch: proxied,
  }
}

type Request = Pick<Call<unknown>, 'site' | 'route' | 'parameters'>
interface Response {
  readonly status: number
  readonly headers: Headers
  readonly data: unknown
}
type Sent = (call: Request) => Promise<Response>
type Accepted<T> = { readonly value: T } | { readonly bad: BadAnswer }

async function once<T>(
  call: Request,
  send: Sent,
  timing: Timing,
  accept: (response: Response) => Accepted<T>,
): Promise<Answer<T>> {
  const failed = (bad: BadAnswer): Answer<T> => ({
    ok: false,
    failure: classify(bad, call.site, timing.epochSeconds()),
  })
  try {
    const response = await send(call)
    const accepted = accept(response)
    return 'bad' in accepted
      ? failed(accepted.bad)
      : { ok: true, value: accepted.value, headers: response.headers }
  } catch (error) {
    return failed(badAnswer(error))
  }
}

function accept<T>({ status, headers, data }: Response, schema: z.ZodType<T>): Accepted<T> {
  if (status >= 300) return { bad: redirected(headers) }
  const parsed = schema.safeParse(data)
  return parsed.success ? { value: parsed.data } : { bad: { kind: 'garbled', message: describe(data) } }
}

function acceptPlace({ status, headers }: Response, apiUrl: string): Accepted<string> {
  const location = String(headers.location ?? '')
  if (status < 300 || !URL.canParse(location)) {
    return { bad: { kind: 'garbled', message: 'no address of a storage' } }
  }
  const safe = new URL(location).protocol === 'https:' || new URL(apiUrl).protocol === 'http:'
  return safe ? { value: location } : { bad: redirected(headers) }
}

function redirected(headers: Headers): BadAnswer {
  const location = String(headers.location ?? '')
  return { kind: 'redirect', host: URL.canParse(location) ? new URL(location).host : 'another place' }
}

/** What kind of thing came instead of the documented answer; not its content, which is nobody's business. */
function describe(data: unknown): string {
  if (typeof data !== 'string') return 'other fields than documented'
  if (data.trim() === '') return 'nothing'
  return data.trimStart().startsWith('<') ? 'a page of HTML' : 'text that is not whole JSON'
}

interface Responded {
  readonly status: number
  readonly message: string
  readonly response: { readonly headers: Headers }
}

function badAnswer(error: unknown): BadAnswer {
  if (hasResponse(error)) {
    // A proxy's page of HTML as the message would drown the sentence.
    const message = /^\s*</.test(error.message) ? '' : error.message
    return { kind: 'status', status: error.status, headers: error.response.headers, message }
  }
  const message = error instanceof Error ? error.message : String(error)
  const tooLarge =
    error instanceof Error && (error.cause instanceof RangeError || error instanceof RangeError)
  return { kind: tooLarge ? 'garbled' : 'network', message }
}

function hasResponse(error: unknown): error is Responded {
  return (
    error instanceof Error &&
    'response' in error &&
    typeof error.response === 'object' &&
    error.response !== null
  )
}

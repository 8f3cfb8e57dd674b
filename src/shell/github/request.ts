import type { z } from 'zod'
import { type ApiFailure, type CallSite, classify, waitBefore } from '../../core/github/api-failure.ts'
import { type Failure, failed, type Success, success } from '../../core/model/result.ts'
import {
  type Accepted,
  type AnswerHeaders,
  accept,
  acceptPlace,
  badAnswer,
  type RawAnswer,
} from './answer.ts'
import { boundedFetch, type Fetch } from './bounded-fetch.ts'

export type ApiAnswer<T> = (Success<T> & { readonly headers: AnswerHeaders }) | Failure<ApiFailure>

/** Time as the retries see it; tests pass their own, so that an hour of waiting takes no time. */
export interface Timing {
  /** Wall clock, seconds since 1970. */
  epochSeconds(): number
  sleep(seconds: number): Promise<void>
}

/** A call as GitHub's documentation writes it: method and path template, and what fills it. */
export interface Route {
  readonly site: CallSite
  readonly route: string
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface ApiCall<T> extends Route {
  /** What the answer must look like; other fields are dropped. */
  readonly schema: z.ZodType<T>
  /** Whether asking twice is harmless; a write is tried once, and its caller looks again before it repeats. */
  readonly repeat: boolean
}

export interface Requester {
  ask<T>(call: ApiCall<T>): Promise<ApiAnswer<T>>
  /** Asks where something is stored: the address that a call redirects to. */
  locate(call: Route): Promise<ApiAnswer<string>>
  /** Fetches from a storage without the token; never more than the limit. */
  fetchBytes(site: CallSite, url: string, largestBytes: number): Promise<ApiAnswer<Uint8Array>>
  /** Waits as the failure demands; false when there is no point or no time left. */
  pause(failure: ApiFailure, attempt: number): Promise<boolean>
  /** Waits a moment that no two jobs share, before something is tried again that another job was first with. */
  yieldTo(attempt: number): Promise<void>
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
/** Of many jobs at once one is first each time, so that the others must come back later and later for the API to be asked seldom. */
const LONGEST_YIELD_SECONDS = 600

/** Opens the API with the toolkit's client, which knows the runner's proxies; loaded only when there is something to say. */
export async function createRequester(options: RequesterOptions): Promise<Requester> {
  const { timing, apiUrl, timeoutSeconds = TIMEOUT_SECONDS } = options
  const { proxied, sender } = await openClient(options.token, apiUrl, timeoutSeconds)
  const [send, sendOnce] = [sender(true), sender(false)]
  const { pause, insist } = patience(timing)
  return {
    ask: async call => {
      const take = (answer: RawAnswer) => accept(answer, call.schema)
      const attempt = async () => await once(call.site, timing, async () => await send(call), take)
      return await insist(call.repeat, attempt)
    },
    locate: async call => {
      const take = (answer: RawAnswer) => acceptPlace(answer, apiUrl)
      return await insist(
        true,
        async () => await once(call.site, timing, async () => await sendOnce(call), take),
      )
    },
    fetchBytes: async (site, url, largestBytes) => {
      const fetch = boundedFetch(proxied, { timeoutSeconds: timeoutSeconds * 3, largestBytes, follow: false })
      const attempt = async () =>
        await once(site, timing, async () => await fetchRaw(fetch, url), acceptBytes)
      return await insist(true, attempt)
    },
    pause,
    yieldTo: async attempt => await timing.sleep(yieldSeconds(attempt)),
  }
}

/** A moment that no two jobs share: the more often a job came too late, the longer the others may still need. */
export function yieldSeconds(attempt: number): number {
  return Math.random() * Math.min(LONGEST_YIELD_SECONDS, 0.25 * 2 ** attempt)
}

/** Waiting and trying again, with one account of the time spent for all calls of a run. */
function patience(timing: Timing): {
  readonly pause: Requester['pause']
  insist<T>(repeat: boolean, attempt: () => Promise<ApiAnswer<T>>): Promise<ApiAnswer<T>>
} {
  let waited = 0
  const pause = async (failure: ApiFailure, attempt: number): Promise<boolean> => {
    const seconds = waitBefore(failure, attempt, waited)
    if (seconds === undefined) return false
    waited += seconds
    await timing.sleep(seconds)
    return true
  }
  return {
    pause,
    insist: async (repeat, attempt) => {
      for (let tried = 1; ; tried++) {
        const answer = await attempt()
        if (answer.ok || !repeat || !(await pause(answer.fault, tried))) return answer
      }
    },
  }
}

type Send = (call: Route) => Promise<RawAnswer>

async function openClient(
  token: string,
  apiUrl: string,
  timeoutSeconds: number,
): Promise<{ readonly proxied: Fetch; readonly sender: (follow: boolean) => Send }> {
  const { getOctokit } = await import('@actions/github')
  const silent = () => undefined
  const log = { debug: silent, info: silent, warn: silent, error: silent }
  const octokit = getOctokit(token, { baseUrl: apiUrl, log })
  const proxied = octokit.request.endpoint.DEFAULTS.request?.fetch as Fetch
  const sender = (follow: boolean): Send => {
    const fetch = boundedFetch(proxied, { timeoutSeconds, largestBytes: API_LARGEST_BYTES, follow })
    return async ({ route, parameters }) =>
      await octokit.request(route, { ...parameters, request: { fetch, log } })
  }
  return { proxied, sender }
}

/** One attempt; whatever is thrown becomes a failure. */
async function once<T>(
  site: CallSite,
  timing: Timing,
  send: () => Promise<RawAnswer>,
  take: (answer: RawAnswer) => Accepted<T>,
): Promise<ApiAnswer<T>> {
  const seconds = () => timing.epochSeconds()
  try {
    const answer = await send()
    const taken = take(answer)
    if (taken.ok) return { ...taken, headers: answer.headers }
    return failed(classify(taken.fault, site, seconds()))
  } catch (error) {
    return failed(classify(badAnswer(error), site, seconds()))
  }
}

async function fetchRaw(fetch: Fetch, url: string): Promise<RawAnswer> {
  const response = await fetch(url, { method: 'GET' })
  const data = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, headers: Object.fromEntries(response.headers), data }
}

function acceptBytes({ status, headers, data }: RawAnswer): Accepted<Uint8Array> {
  if (status === 200 && data instanceof Uint8Array) return success(data)
  return failed({ kind: 'status', status, headers, message: 'the storage refused' })
}

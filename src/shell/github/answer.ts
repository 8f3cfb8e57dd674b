import type { z } from 'zod'
import type { BadAnswer } from '../../core/github/api-failure.ts'
import { failed, type Result, success } from '../../core/model/result.ts'

/** Names and values of an answer's headers, the names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | number | undefined>>

/** An answer as the toolkit's client hands it over: JSON where it could be read, text where not. */
export interface RawAnswer {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly data: unknown
}

/** An answer with the documented shape, or what came instead. */
export type Accepted<T> = Result<T, BadAnswer>

/** Takes an answer that has the documented shape. */
export function accept<T>({ status, headers, data }: RawAnswer, schema: z.ZodType<T>): Accepted<T> {
  if (status >= 300) return failed(redirected(headers))
  const parsed = schema.safeParse(data)
  return parsed.success ? success(parsed.data) : failed({ kind: 'garbled', message: describe(data) })
}

/** Takes the address that an answer redirects to; an unencrypted one only from an API that is itself unencrypted. */
export function acceptPlace({ status, headers }: RawAnswer, apiUrl: string): Accepted<string> {
  const location = String(headers.location ?? '')
  if (status < 300 || !URL.canParse(location)) {
    return failed({ kind: 'garbled', message: 'no address of a storage' })
  }
  const safe = new URL(location).protocol === 'https:' || new URL(apiUrl).protocol === 'http:'
  return safe ? success(location) : failed(redirected(headers))
}

/** Why a call threw: what GitHub answered, or that nothing came. */
export function badAnswer(error: unknown): BadAnswer {
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

function redirected(headers: AnswerHeaders): BadAnswer {
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
  readonly response: { readonly headers: AnswerHeaders }
}

function hasResponse(error: unknown): error is Responded {
  return (
    error instanceof Error &&
    'response' in error &&
    typeof error.response === 'object' &&
    error.response !== null
  )
}

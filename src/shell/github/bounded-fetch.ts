/** The part of fetch that we use; the answer's body may be read once. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface Bounds {
  /** For the whole exchange, the body included: a server that drips bytes is cut off too. */
  readonly timeoutSeconds: number
  readonly largestBytes: number
  /** Whether a redirect within the same origin is followed. */
  readonly follow: boolean
}

/** Statuses whose answer may not have a body. */
const BODILESS = new Set([101, 204, 205, 304])
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MOST_REDIRECTS = 3

/**
 * A fetch that reads the whole body under a limit of time and size, counted after decompression, and follows a redirect only
 * to the same origin and without changing the method, so that a token never reaches another host.
 */
export function boundedFetch(fetch: Fetch, bounds: Bounds): Fetch {
  return async (url, init) => {
    const signal = AbortSignal.timeout(bounds.timeoutSeconds * 1000)
    let at = url
    for (let redirects = 0; ; redirects++) {
      const response = await fetch(at, { ...init, redirect: 'manual', signal })
      const next = sameOriginTarget(response, at, init.method ?? 'GET')
      if (next === undefined || !bounds.follow || redirects >= MOST_REDIRECTS)
        return await whole(response, bounds.largestBytes)
      await response.body?.cancel()
      at = next
    }
  }
}

function sameOriginTarget(response: Response, from: string, method: string): string | undefined {
  const location = response.headers.get('location')
  if (!REDIRECTS.has(response.status) || location === null || !URL.canParse(location, from)) return undefined
  const keepsMethod = response.status >= 307 || method === 'GET' || method === 'HEAD'
  const to = new URL(location, from)
  return keepsMethod && to.origin === new URL(from).origin ? to.href : undefined
}

async function whole(response: Response, largestBytes: number): Promise<Response> {
  const { status, statusText, headers } = response
  if (BODILESS.has(status) || response.body === null)
    return new Response(null, { status, statusText, headers })
  const bytes = await readUpTo(response.body, largestBytes)
  return new Response(bytes, { status, statusText, headers: new Headers([...headers]) })
}

/** Reads a stream to its end; throws once it is longer than the limit. */
async function readUpTo(stream: ReadableStream<Uint8Array>, largestBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of stream) {
    length += part.length
    if (length > largestBytes) throw new RangeError(`the answer is larger than ${largestBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

/** Something that goes wrong with a call, once or as often as `times` says. */
export interface Fault {
  readonly method?: string
  /** Matched against the path. */
  readonly path: RegExp
  readonly times?: number
  readonly goes: Goes
}

export type Goes =
  | {
      readonly wrong: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: unknown
    }
  /** The answer is replaced: a page of HTML, cut JSON, nothing, other types. */
  | { readonly wrong: 'body'; readonly text: string; readonly type?: string; readonly status?: number }
  | { readonly wrong: 'drop' }
  /** Headers and half of the body, then the connection ends. */
  | { readonly wrong: 'cut' }
  | { readonly wrong: 'never' }
  /** A byte now and then, without end. */
  | { readonly wrong: 'drip' }
  | { readonly wrong: 'redirect'; readonly to: string; readonly status?: number }
  | { readonly wrong: 'bomb' }
  | { readonly wrong: 'late'; readonly milliseconds: number }

/** Forty mebibytes of blanks in forty kilobytes. */
const BOMB = gzipSync(Buffer.alloc(40 * 1024 * 1024, 32), { level: 1 })

/** Does what is to go wrong; true when that was the answer. */
export async function goWrong(
  goes: Goes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (goes.wrong) {
    case 'status':
      response.writeHead(goes.status, { 'content-type': 'application/json', ...goes.headers })
      response.end(JSON.stringify(goes.body ?? { message: 'injected' }))
      return true
    case 'body':
      response.writeHead(goes.status ?? 200, {
        'content-type': goes.type ?? 'application/json; charset=utf-8',
      })
      response.end(goes.text)
      return true
    case 'drop':
      request.socket.destroy()
      return true
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('[{"id": 1, "body": "ha')
      setTimeout(() => request.socket.destroy(), 5)
      return true
    case 'never':
      return true
    case 'drip': {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
      return true
    }
    case 'redirect':
      response.writeHead(goes.status ?? 302, { location: goes.to })
      response.end()
      return true
    case 'bomb':
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      response.end(BOMB)
      return true
    case 'late':
      await new Promise(resolve => setTimeout(resolve, goes.milliseconds))
      return false
  }
}

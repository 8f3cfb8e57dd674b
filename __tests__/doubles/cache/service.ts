import type { Scope } from './token.ts'

/** One entry of the cache, as the service keeps it. */
export interface CacheEntry {
  readonly key: string
  readonly version: string
  readonly scope: string
  readonly blob: string
  /** Set once the upload was finished. */
  complete: boolean
}

/** An answer of the service: a Twirp error where `code` is set. */
export interface ServiceAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** What the methods of CacheService act on. */
export interface CacheStore {
  readonly entries: CacheEntry[]
  sizeOf(blob: string): number | undefined
  /** An address that may be read (`r`) or written (`w`) without the token. */
  addressOf(blob: string, right: 'r' | 'w'): string
}

type Request = Readonly<Record<string, unknown>>
type Method = (request: Request, scopes: readonly Scope[], store: CacheStore) => ServiceAnswer

/** The cache service, version 2, with the texts of the real one where they are known. */
export const METHODS: Readonly<Record<string, Method>> = {
  CreateCacheEntry: (request, scopes, store) => {
    const { key, version } = readKey(request)
    if (key === '' || key.length > 512 || key.includes(','))
      return failure(400, 'invalid_argument', 'key is invalid')
    if (!/^[0-9a-f]{64}$/.test(version)) return failure(400, 'invalid_argument', 'version is invalid')
    const own = scopes.find(scope => scope.Permission >= 2)
    if (!own) return ok({ ok: false, message: 'cache write denied: token has no writable scopes' })
    const taken = store.entries.some(
      entry => entry.key === key && entry.version === version && entry.scope === own.Scope,
    )
    if (taken) {
      return failure(
        409,
        'already_exists',
        'cache entry with the same key, version, and scope already exists',
      )
    }
    const blob = `cache-${store.entries.length + 1}`
    store.entries.push({ key, version, scope: own.Scope, blob, complete: false })
    return ok({ ok: true, signed_upload_url: store.addressOf(blob, 'w') })
  },
  FinalizeCacheEntryUpload: (request, scopes, store) => {
    const { key, version } = readKey(request)
    const entry = store.entries.find(
      one =>
        one.key === key &&
        one.version === version &&
        scopes.some(scope => scope.Scope === one.scope && scope.Permission >= 2),
    )
    if (!entry) return failure(404, 'not_found', 'cache entry not found')
    if (String(store.sizeOf(entry.blob)) !== String(request.size_bytes ?? 0)) {
      return failure(400, 'invalid_argument', 'size mismatch')
    }
    entry.complete = true
    return ok({ ok: true, entry_id: '1' })
  },
  GetCacheEntryDownloadURL: (request, scopes, store) => {
    const { key, version } = readKey(request)
    const readable = scopes.filter(scope => scope.Permission !== 2)
    if (readable.length === 0) {
      return failure(403, 'permission_denied', 'cache read denied: token has no readable scopes')
    }
    const prefixes = [key, ...((request.restore_keys ?? []) as readonly string[])]
    for (const { Scope } of readable) {
      const pool = store.entries
        .filter(one => one.complete && one.scope === Scope && one.version === version)
        .reverse()
      // The key itself is matched as a prefix too, if nothing has exactly this one.
      const hit =
        pool.find(one => one.key === key) ??
        pool.find(one => prefixes.some(prefix => one.key.startsWith(prefix)))
      if (hit) {
        return ok({ ok: true, signed_download_url: store.addressOf(hit.blob, 'r'), matched_key: hit.key })
      }
    }
    return ok({ ok: false })
  },
}

/** A Twirp error. */
export function failure(status: number, code: string, msg: string): ServiceAnswer {
  return { status, body: { code, msg } }
}

const ok = (body: Readonly<Record<string, unknown>>): ServiceAnswer => ({ status: 200, body })

function readKey(request: Request): { readonly key: string; readonly version: string } {
  return { key: String(request.key ?? ''), version: String(request.version ?? '') }
}

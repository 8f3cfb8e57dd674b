import { createHmac, randomUUID } from 'node:crypto'

/** A ref whose entries a token may read (1), write (2) or both (3), as the claim `ac` holds it. */
export interface Scope {
  readonly Scope: string
  readonly Permission: 1 | 2 | 3
}

const SECRET = 'cache-double'

/** Makes an ACTIONS_RUNTIME_TOKEN for one run: scopes in the order in which they are searched. */
export function mintToken(scopes: readonly Scope[]): string {
  const claims = {
    exp: Math.floor(Date.now() / 1000) + 3600,
    scp: `Actions.Results:${randomUUID()}:x`,
    ac: JSON.stringify(scopes),
  }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${sign(signed)}`
}

/** The token of a run of a pull request: it writes its own scope and reads the base branch too. */
export function pullToken(ref: string, base = 'refs/heads/main'): string {
  return mintToken([
    { Scope: ref, Permission: 3 },
    { Scope: base, Permission: 1 },
  ])
}

/** The scopes of a token, or undefined for one that is not ours. */
export function readToken(header: string | undefined): readonly Scope[] | undefined {
  const [head, body, signature] = (header ?? '').replace(/^Bearer /i, '').split('.')
  if (!body || sign(`${head}.${body}`) !== signature) return undefined
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as { ac: string }
  return JSON.parse(claims.ac) as readonly Scope[]
}

/** Signs a text, for addresses of blobs and for tokens. */
export function sign(text: string): string {
  return createHmac('sha256', SECRET).update(text).digest('base64url')
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The replacement of a secret, as in the runner's own log. */
const MASK = '***'
/** Shorter texts are no secrets, and masking them would spoil figures and words. */
const SHORTEST = 6

type Variables = Readonly<Record<string, string | undefined>>

/** The secrets that a run knows of, and texts without them. */
export interface Masks {
  add(secret: string): void
  /** The value with every known secret in its texts replaced, in whatever of the usual forms it stands there. */
  masked<T>(value: T): T
}

/** Opens an account of secrets, with those in it that variables hold. */
export function openMasks(variables: Variables): Masks {
  const forms = new Set<string>()
  let pattern: RegExp | undefined
  const masks: Masks = {
    add: secret => {
      for (const line of secret.split(/\r?\n/).map(text => text.trim()))
        if (line.length >= SHORTEST) for (const form of formsOf(line)) forms.add(form)
      // Of two that start alike the longer one is tried first.
      const longest = [...forms].sort((one, other) => other.length - one.length)
      pattern = forms.size === 0 ? undefined : new RegExp(longest.map(escaped).join('|'), 'g')
    },
    masked: value => withTexts(value, text => withoutTokens(pattern ? text.replace(pattern, MASK) : text)),
  }
  for (const [name, value = ''] of Object.entries(variables)) if (isSecretName(name)) masks.add(value)
  return masks
}

/** Tokens that tell what they are, whoever left them: GitHub's, npm's, AWS' and GitLab's, and private keys (as GitHub's secret scanning names them). */
const TOKENS =
  /\b(?:gh[oprsu]_\w{20,}|github_pat_\w{20,}|npm_\w{36}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|A(?:KIA|SIA)[A-Z2-7]{16})\b|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g

function withoutTokens(text: string): string {
  return text.replace(TOKENS, MASK)
}

function withTexts<T>(value: T, change: (text: string) => string): T {
  // Our own word, such as a decision, is no secret that somebody printed.
  if (typeof value === 'string') return (/^[a-z-]{0,16}$/.test(value) ? value : change(value)) as T
  if (Array.isArray(value)) {
    // Lists of figures are long, and hold no text.
    return typeof value[0] === 'number' ? value : (value.map(item => withTexts(item, change)) as T)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTexts(inner, change)])) as T
}

/** A secret as it may be written: itself, in base64 wherever it starts in a group of three bytes, in an address and in JSON. */
function formsOf(secret: string): readonly string[] {
  const inBase64 = [0, 1, 2].map(offset => {
    const text = base64(`${'\0'.repeat(offset)}${secret}`)
    // What the bytes before and after have a part in is left out.
    return text.slice(Math.ceil((offset * 4) / 3), (text.replace(/=+$/, '').length >> 2) << 2)
  })
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...inBase64].filter(
    form => form.length >= SHORTEST,
  )
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Names of variables whose values are secrets. */
function isSecretName(name: string): boolean {
  return /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)(?:$|_)/i.test(
    name,
  )
}

/** What a text of git's configuration or of its credential store lets in: headers of authorization, and passwords in addresses. */
export function secretsIn(text: string): readonly string[] {
  const headers = [...text.matchAll(/authorization:\s*(?:basic|bearer|token)\s+([^\s"]+)/gi)].map(
    found => found[1]!,
  )
  // A header that git adds to every request is nearly always a credential.
  const others = [...text.matchAll(/^\s*extraheader\s*=\s*(.+)$/gim)].flatMap(
    found => found[1]!.replaceAll('"', '').trim().split(/\s+/).at(-1) ?? [],
  )
  const passwords = [...text.matchAll(/:\/\/([^\s/@:"]*)(?::([^\s/@"]+))?@/g)].map(
    found => found[2] ?? found[1]!,
  )
  return [
    ...new Set([...headers, ...others, ...headers.flatMap(passwordIn), ...passwords.map(decoded)]),
  ].filter(secret => secret.length >= SHORTEST)
}

/** `user:password` in base64. */
function passwordIn(header: string): readonly string[] {
  try {
    const password = atob(header).replace(/^[^:]*:/, '')
    return /^[ -~]+$/.test(password) ? [password] : []
  } catch {
    return []
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The files that a text of git's configuration includes, under whatever condition. */
export function includesIn(text: string): readonly string[] {
  let within = false
  return text.split('\n').flatMap(line => {
    const section = /^\s*\[\s*([\w.-]+)/.exec(line)
    if (section) within = /^include(?:if)?$/i.test(section[1]!)
    const path = within ? /(?:^|\])\s*path\s*=\s*"?([^"#;\r\n]+?)"?\s*(?:[#;].*)?$/i.exec(line) : null
    return path ? [path[1]!] : []
  })
}

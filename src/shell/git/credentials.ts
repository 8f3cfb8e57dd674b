import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { includesIn, secretsIn } from '../../core/text/secrets.ts'

/** Where a checkout, or whoever set the machine up, may have left a token for git. */
export interface CredentialPlaces {
  readonly gitFolders: readonly string[]
  readonly home: string | undefined
  /** The runner's folder for temporary files, where actions/checkout keeps the token since v6. */
  readonly temporary: string | undefined
}

/** Files with a token in them, and the tokens. */
export interface Credentials {
  readonly files: readonly string[]
  readonly secrets: readonly string[]
}

const LARGEST_BYTES = 1 << 20
const MOST_FILES = 200

/** Looks for tokens in git's configuration and along whatever it includes; reads plain files only, and never blocks. */
export function findCredentials({ gitFolders, home, temporary }: CredentialPlaces): Credentials {
  const waiting = [
    ...gitFolders.flatMap(folder => [join(folder, 'config'), join(folder, 'config.worktree')]),
    ...(home === undefined
      ? []
      : ['.gitconfig', '.config/git/config', '.git-credentials', '.config/git/credentials', '.netrc'].map(
          name => join(home, name),
        )),
    ...(temporary === undefined ? [] : credentialFilesIn(temporary)),
  ]
  const seen = new Set<string>()
  const files: string[] = []
  const secrets = new Set<string>()
  for (let file = waiting.shift(); file !== undefined && seen.size < MOST_FILES; file = waiting.shift()) {
    if (seen.has(file)) continue
    seen.add(file)
    const text = readSmall(file)
    if (text === undefined) continue
    const found = file.endsWith('.netrc') ? passwordsOfNetrc(text) : secretsIn(text)
    if (found.length > 0) files.push(file)
    for (const secret of found) secrets.add(secret)
    for (const path of includesIn(text)) waiting.push(placeOf(path, dirname(file), home))
  }
  return { files, secrets: [...secrets] }
}

function placeOf(path: string, folder: string, home: string | undefined): string {
  return path.startsWith('~/') && home !== undefined ? join(home, path.slice(2)) : resolve(folder, path)
}

function credentialFilesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(name => /^git-credentials-.*\.config$/.test(name))
      .map(name => join(folder, name))
  } catch {
    return []
  }
}

function passwordsOfNetrc(text: string): readonly string[] {
  return [...text.matchAll(/\bpassword\s+(\S{6,})/g)].map(found => found[1]!)
}

function readSmall(path: string): string | undefined {
  let file: number | undefined
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const found = fstatSync(file)
    return found.isFile() && found.size <= LARGEST_BYTES ? readFileSync(file, 'utf8') : undefined
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

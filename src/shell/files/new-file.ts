import { closeSync, constants, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRealFolder } from './real-folder.ts'

/** What came of writing a file that must not be there yet. */
export type Written = 'written' | 'there' | 'linked'

/** Writes a file below a root; one that is there stays as it is, and a folder that is a link is not followed. */
export function writeNewFile(root: string, path: string, text: string): Written {
  const folder = dirname(path)
  let at = ''
  for (const step of folder === '.' ? [] : folder.split('/')) {
    at = at === '' ? step : `${at}/${step}`
    try {
      mkdirSync(join(root, at))
    } catch (error) {
      if (!isThere(error)) throw error
    }
    if (!isRealFolder(root, at)) return 'linked'
  }
  try {
    const { O_CREAT, O_EXCL, O_WRONLY } = constants
    const file = openSync(join(root, path), O_CREAT | O_EXCL | O_WRONLY, 0o644)
    writeSync(file, text)
    closeSync(file)
    return 'written'
  } catch (error) {
    if (isThere(error)) return 'there'
    throw error
  }
}

const isThere = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST'

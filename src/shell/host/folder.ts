import { posix } from 'node:path'
import type { FileSystem } from './ports.ts'
import { errorCode } from './settings.ts'

/** Where the journal, the lock and the name of its holder are: a folder that is empty after a boot. */
export const HOST_FOLDER = '/run/perf-verdict'

/** Makes sure that our folder is a folder, belongs to us, and can be written by nobody else; returns why not. */
export function openHostFolder(root: string, fs: FileSystem): string | undefined {
  const folder = posix.join(root, HOST_FOLDER)
  try {
    fs.mkdirSync(folder, { mode: 0o755 })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') return `${folder} could not be made (${errorCode(error)})`
  }
  try {
    return distrust(folder, fs)
  } catch (error) {
    return `${folder} cannot be looked at (${errorCode(error)})`
  }
}

function distrust(folder: string, fs: FileSystem): string | undefined {
  const stat = fs.lstatSync(folder)
  if (!stat.isDirectory()) return `${folder} is not a folder`
  if (stat.uid !== process.geteuid?.()) return `${folder} belongs to user ${stat.uid}`
  if ((stat.mode & 0o022) !== 0) return `${folder} can be written by others`
  return undefined
}

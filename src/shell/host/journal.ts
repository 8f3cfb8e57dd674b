import { constants } from 'node:fs'
import { posix } from 'node:path'
import { failed, success } from '../../core/model/result.ts'
import { HOST_FOLDER, openHostFolder } from './folder.ts'
import type { FileSystem, JournalPort } from './ports.ts'
import { errorCode } from './settings.ts'

const MOST_BYTES = 4_000_000

/** The journal under a root folder: written aside, synced, renamed into place, and the folder synced too. */
export function journalUnder(root: string, fs: FileSystem): JournalPort {
  const folder = posix.join(root, HOST_FOLDER)
  const path = posix.join(folder, 'journal')
  return {
    path,
    load: () => load(path, fs),
    save: text =>
      openHostFolder(root, fs) ??
      reasonOf(() => {
        const aside = `${path}.new`
        writeDurably(aside, text, fs)
        fs.renameSync(aside, path)
        syncFolder(folder, fs)
      }),
    clear: () =>
      reasonOf(() => {
        fs.unlinkSync(path)
        syncFolder(folder, fs)
      }),
  }
}

function load(path: string, fs: FileSystem): ReturnType<JournalPort['load']> {
  let file: number
  try {
    // Nonblocking, so that a pipe in its place does not hang us.
    file = fs.openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return success(undefined)
    return failed(code === 'ELOOP' ? 'it is a symbolic link' : `it cannot be opened (${code})`)
  }
  try {
    const stat = fs.fstatSync(file)
    if (!stat.isFile()) return failed('it is not a regular file')
    if (stat.uid !== process.geteuid?.()) return failed(`it belongs to user ${stat.uid}`)
    if ((stat.mode & 0o077) !== 0) return failed('others may read or write it')
    if (stat.nlink !== 1) return failed('it has a second name')
    if (stat.size > MOST_BYTES) return failed('it is too long')
    return success(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    return failed(`it cannot be read (${errorCode(error)})`)
  } finally {
    fs.closeSync(file)
  }
}

function writeDurably(path: string, text: string, fs: FileSystem): void {
  removeIfThere(path, fs)
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants
  const file = fs.openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
  try {
    const bytes = Buffer.from(text)
    for (let done = 0; done < bytes.length; ) done += fs.writeSync(file, bytes, done)
    fs.fsyncSync(file)
  } finally {
    fs.closeSync(file)
  }
}

function removeIfThere(path: string, fs: FileSystem): void {
  try {
    fs.unlinkSync(path)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}

function syncFolder(folder: string, fs: FileSystem): void {
  const handle = fs.openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

function reasonOf(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return errorCode(error)
  }
}

import { constants } from 'node:fs'
import { posix } from 'node:path'
import { failed, type Result, success } from '../../core/model/result.ts'
import type { FileSystem, SettingsPort } from './ports.ts'

/** The files of the kernel under a root folder, `/` outside tests. */
export function settingsUnder(root: string, fs: FileSystem): SettingsPort {
  const at = (path: string) => posix.join(root, path)
  return {
    expand: pattern => expand(pattern, path => list(fs, at(path))).filter(path => fs.existsSync(at(path))),
    read: path => attempt(() => fs.readFileSync(at(path), 'utf8')),
    write: (path, value) => codeOf(attempt(() => writeOnce(fs, at(path), value))),
    readDevice: path => attempt(() => `${readNumber(fs, at(path))}`),
    holdDevice: (path, value) => codeOf(attempt(() => holdOpen(fs, at(path), value))),
  }
}

/** The code of an error of node or of the kernel: `ENOENT`; its text where it has none. */
export function errorCode(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error
  return hasCode && typeof error.code === 'string' ? error.code : String(error)
}

function attempt<T>(work: () => T): Result<T, string> {
  try {
    return success(work())
  } catch (error) {
    return failed(errorCode(error))
  }
}

function codeOf(outcome: Result<undefined, string>): string | undefined {
  return outcome.ok ? undefined : outcome.fault
}

/** One open, one write: the kernel takes the value whole or not at all. No truncation, which a plain file would show half done. */
export function writeOnce(fs: FileSystem, path: string, value: string): undefined {
  const file = fs.openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW)
  try {
    fs.writeSync(file, `${value}\n`)
  } finally {
    fs.closeSync(file)
  }
}

function readNumber(fs: FileSystem, path: string): number {
  const number = new Int32Array(1)
  const file = fs.openSync(path, constants.O_RDONLY)
  try {
    fs.readSync(file, number)
  } finally {
    fs.closeSync(file)
  }
  return number[0]!
}

/** Never closed: the kernel takes the request back when the last descriptor goes, with this process. */
function holdOpen(fs: FileSystem, path: string, value: number): undefined {
  const file = fs.openSync(path, constants.O_WRONLY)
  fs.writeSync(file, Int32Array.of(value))
}

function list(fs: FileSystem, folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder)
  } catch {
    return []
  }
}

/** Paths for a pattern whose stars stand for numbers, ordered by those numbers. */
function expand(pattern: string, entries: (folder: string) => readonly string[]): readonly string[] {
  const [first, ...segments] = pattern.split('/')
  return segments.reduce<readonly string[]>(
    (paths, segment) =>
      paths.flatMap(path => {
        const [before, after] = segment.split('*')
        if (after === undefined) return [`${path}/${segment}`]
        return entries(path)
          .flatMap(name => numberIn(name, before!, after) ?? [])
          .sort((a, b) => a - b)
          .map(number => `${path}/${before}${number}${after}`)
      }),
    [first!],
  )
}

function numberIn(name: string, before: string, after: string): number | undefined {
  if (!name.startsWith(before) || !name.endsWith(after)) return undefined
  const digits = name.slice(before.length, name.length - after.length)
  return /^(0|[1-9]\d{0,4})$/.test(digits) ? Number(digits) : undefined
}

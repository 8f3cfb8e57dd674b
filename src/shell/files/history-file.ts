import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { type HistoryFile, type HistoryRecord, historyLine, parseHistory } from '../../core/history/record.ts'
import { InputError } from '../../core/model/errors.ts'

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } = constants
/** More than a project's whole life; what is larger is no history. */
const LARGEST_BYTES = 512 * 1024 * 1024

/** Reads a history; a file that is not there yet is an empty one. Throws an InputError for what is no plain file. */
export async function readHistoryFile(path: string): Promise<HistoryFile> {
  const file = await opened(path, O_RDONLY | O_NONBLOCK).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return undefined
    throw unusable(path, error)
  })
  if (!file) return { records: [], unreadable: [] }
  try {
    return parseHistory(await file.readFile('utf8'))
  } finally {
    await file.close()
  }
}

/**
 * Appends one record. The kernel gives each O_APPEND write the end of the file as it is at that moment (open(2)), so that several gates
 * can append at once; a line that a full disk tore is closed by the next one.
 */
export async function appendHistoryFile(path: string, record: HistoryRecord): Promise<void> {
  const file = await opened(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK).catch(
    (error: unknown) => {
      throw unusable(path, error)
    },
  )
  try {
    const { size } = await file.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await file.read(last, 0, 1, size - 1)
    const torn = size > 0 && last[0] !== 0x0a
    await file.write(`${torn ? '\n' : ''}${historyLine(record)}`)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function opened(path: string, flags: number): Promise<FileHandle> {
  const file = await open(path, flags, 0o644)
  const found = await file.stat()
  if (found.isFile() && found.size <= LARGEST_BYTES) return file
  await file.close()
  throw new InputError([
    found.isFile()
      ? `${path} is larger than a history can be; name the file that --history appends to.`
      : `${path} is not a plain file; name the file that --history appends to.`,
  ])
}

function unusable(path: string, error: unknown): InputError {
  if (error instanceof InputError) return error
  const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
  return new InputError([
    `The history ${path} cannot be used (${why}); name a file that can be read and written.`,
  ])
}

function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === code
}

import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

const LARGEST_BYTES = 8 * 1024 * 1024
const MOST_REPORTS = 256
const NAME = 'report.json'

/** The text of one report, and where it was found. */
export interface ReportFile {
  readonly path: string
  readonly text: string
}

/** Reads the `report.json` of a folder and of each folder right below it, as actions/download-artifact leaves them. */
export async function readReportFiles(folder: string): Promise<readonly ReportFile[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const folders = entries.filter(entry => entry.isDirectory()).map(entry => join(folder, entry.name))
  const places = [folder, ...folders.sort()].slice(0, MOST_REPORTS + 1)
  const read = await Promise.all(places.map(async place => await readOne(join(place, NAME))))
  return read.flatMap(file => (file ? [file] : []))
}

/** A regular file that is not too large, or nothing; a link is not followed. */
async function readOne(path: string): Promise<ReportFile | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => undefined,
  )
  if (!file) return undefined
  try {
    const { size } = await file.stat()
    const regular = (await file.stat()).isFile()
    if (!regular || size > LARGEST_BYTES) return { path, text: '' }
    return { path, text: await file.readFile('utf8') }
  } finally {
    await file.close()
  }
}

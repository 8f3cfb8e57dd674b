import { open, rename } from 'node:fs/promises'

/**
 * A writer that replaces one JSON file as a whole, so that a reader after a kill finds the last state that was written
 * completely and never half of one. Rejects when the folder cannot be written.
 */
export function atomicJson(path: string): (value: unknown) => Promise<void> {
  return async value => {
    const next = `${path}.next`
    const file = await open(next, 'w')
    try {
      await file.writeFile(`${JSON.stringify(value)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(next, path)
  }
}

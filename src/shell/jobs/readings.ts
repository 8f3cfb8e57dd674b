import { readdirSync, readFileSync } from 'node:fs'

/** What a file says, of the kernel or of the machine's settings; nothing where it is not there or closed to us. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** The names in a folder; none where it is not there or closed to us. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

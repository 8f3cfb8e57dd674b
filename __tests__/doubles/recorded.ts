import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../fixtures/counters')

/** The text of a recorded output of a counting tool. */
export const recorded = (name: string): string => readFileSync(join(FOLDER, name), 'utf8')

/** The cases of a file that holds several, each under its `==> name <==`. */
export function recordedCases(name: string): ReadonlyMap<string, string> {
  const pieces = recorded(name)
    .split(/^==> (\S+) <==\n/m)
    .slice(1)
  const cases = new Map<string, string>()
  for (let index = 0; index + 1 < pieces.length; index += 2) cases.set(pieces[index]!, pieces[index + 1]!)
  return cases
}

import { readFileSync } from 'node:fs'
import { PIECES, type PieceName } from './pieces.ts'
import type { PinnedRow } from './pinned.ts'

/** The rows of pinned.md. */
export const ROWS: readonly PinnedRow[] = readFileSync('__tests__/core/cause/pinned.md', 'utf8')
  .split('\n')
  .filter(line => line.startsWith('| ') && !line.startsWith('| observed'))
  .map(rowOf)

function rowOf(line: string): PinnedRow {
  const cells = line.split('|').slice(1, -1)
  const [observed = [], trial = [], cause = [], because = [], against = []] = cells.map(cell =>
    cell.split(';').flatMap(item => item.trim() || []),
  )
  const unknown = observed.filter(name => !(name in PIECES))
  if (unknown.length > 0) throw new Error(`pinned.md: pieces.ts has no ${unknown.join(', ')}`)
  return {
    observed: observed as PieceName[],
    ...(trial[0] === 'real' ? { real: true } : {}),
    cause: cause[0] as PinnedRow['cause'],
    because,
    against,
  }
}

/** A row as pinned.md has it. */
export function lineOf({ observed, real, cause, because, against }: PinnedRow): string {
  const cells = [observed.join('; '), real ? 'real' : '', cause, because.join('; '), against.join('; ')]
  return `| ${cells.join(' | ')} |`
}

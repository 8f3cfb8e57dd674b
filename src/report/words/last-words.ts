import type { BenchmarkReport } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'

/** What one failed run, or several that said the same, printed at the end. */
export interface LastWords {
  readonly what: string
  readonly detail: string
}

const MOST = 5

/** The last lines of runs that failed or gave no value, once for all rows of one command. */
export function lastWords(rows: readonly BenchmarkReport[]): readonly LastWords[] {
  const groups = new Map<string, { readonly side: string; readonly names: string[] }>()
  for (const { name, fault } of rows) {
    if (!fault?.lastLines || fault.lastLines.length === 0) continue
    const detail = fault.lastLines.join('\n')
    const group = groups.get(detail) ?? { side: fault.side, names: [] }
    group.names.push(name)
    groups.set(detail, group)
  }
  return [...groups].slice(0, MOST).map(([detail, { side, names }]) => {
    const more = names.length > 1 ? ` and ${names.length - 1} more` : ''
    return {
      what: `Last lines of ${quoted(names[0]!)}${more} on ${side === 'both' ? 'base' : side}:`,
      detail,
    }
  })
}

import type { BenchmarkReport } from '../../core/model/report.ts'
import { quoted } from '../../core/text/text.ts'

const MOST = 5

/** What a reviewer is asked where head prints something else than base, once for all rows of one command. */
export function otherOutputSentences(rows: readonly BenchmarkReport[]): readonly string[] {
  const groups = new Map<
    string,
    { readonly prints: NonNullable<BenchmarkReport['prints']>; readonly names: string[] }
  >()
  for (const { name, prints } of rows) {
    if (!prints) continue
    const key = JSON.stringify(prints)
    const group = groups.get(key) ?? { prints, names: [] }
    group.names.push(name)
    groups.set(key, group)
  }
  return [...groups.values()].slice(0, MOST).map(({ prints, names }) => {
    const more = names.length > 1 ? ` and ${names.length - 1} more` : ''
    const lines = [
      ...(prints.base === undefined ? [] : [`base prints ${quoted(prints.base)}`]),
      ...(prints.head === undefined ? [] : [`head prints ${quoted(prints.head)}`]),
    ]
    const only = lines.length === 1 ? ', which the other side never does' : ''
    return `${quoted(names[0]!)}${more} prints something else than base: does it still do the work? In every run ${lines.join(', and ')}${only}.`
  })
}

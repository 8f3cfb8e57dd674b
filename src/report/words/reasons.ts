import type { BenchmarkReport } from '../../core/model/report.ts'
import { listed, numbered, quoted } from '../../core/text/text.ts'

/** From so many benchmarks with one reason on, the reason is reported once. */
const TOGETHER = 3
const NAMED = 5

/**
 * Why benchmarks have no answer, a sentence each, in the order given; a reason that many share, but for its figures, is reported once with the
 * figures of the first and the names of all it is true of.
 */
export function sharedReasons(benchmarks: readonly BenchmarkReport[]): readonly string[] {
  const groups = new Map<string, { readonly name: string; readonly reason: string }[]>()
  for (const { name, reason } of benchmarks) {
    if (reason === undefined) continue
    const key = withoutFigures(reason, name)
    groups.set(key, [...(groups.get(key) ?? []), { name, reason }])
  }
  return [...groups.values()].flatMap(group => {
    if (group.length < TOGETHER) return group.map(({ name, reason }) => `${quoted(name)}: ${reason}`)
    const shown = group.slice(0, NAMED).map(({ name }) => quoted(name))
    const rest = group.length - shown.length
    const names = listed(rest > 0 ? [...shown, `${rest} more`] : shown)
    return [`${numbered(group.length, 'benchmark')} (${names}). The first: ${group[0]!.reason}`]
  })
}

/** A reason without what differs from benchmark to benchmark: its name, what is quoted, and figures with their units. */
function withoutFigures(reason: string, name: string): string {
  return reason
    .replaceAll(name, '')
    .replace(/`[^`]*`/g, '`')
    .replace(/[+−-]?\d[\d.,]*(?:e[+−-]?\d+)?(?:×(?: less)?| ?(?:%|[nµm]?s|min|h)\b)?/g, '#')
}

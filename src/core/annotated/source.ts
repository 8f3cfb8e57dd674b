import type { SourceCell, SourceFile } from '../model/annotated-code.ts'
import { type PerSide, SIDES, type Side } from '../model/side.ts'
import type { HotCode } from '../placement/compare-hot.ts'
import type { LinesOf } from '../placement/objects.ts'
import type { ReadSource } from '../source/source-change.ts'
import { type Aligned, align } from './align.ts'
import { keepCostly } from './rows.ts'

/** Files of one function: its own, and those that the costliest inlined code is from. */
const MOST_FILES = 3
const MOST_COSTLY = 60
/** Lines from the first to the last with code, which a generated file may have more of than can be read. */
const MOST_LINES = 4_000
const LONGEST_LINE = 300

type Lines = Map<number, number>

/** The lines of source that a hot function's code is from, on both sides with what was counted on each; empty without debug lines. */
export function compareSource(
  code: HotCode,
  lines: LinesOf,
  read: PerSide<ReadSource>,
): readonly SourceFile[] {
  const counted = { base: countsByFile(code, 'base', lines), head: countsByFile(code, 'head', lines) }
  const names = new Set([...counted.base.keys(), ...counted.head.keys()])
  const sumOf = (name: string): number =>
    SIDES.reduce((sum, side) => sum + [...(counted[side].get(name)?.values() ?? [])].reduce(plus, 0), 0)
  return [...names]
    .toSorted((one, other) => sumOf(other) - sumOf(one))
    .slice(0, MOST_FILES)
    .map(file => {
      const [base, head] = SIDES.map(side =>
        window(counted[side].get(file) ?? new Map(), read[side](file)?.split(/\r?\n/)),
      )
      const pairs = align(
        base!.map(({ line, text }) => text ?? line),
        head!.map(({ line, text }) => text ?? line),
      )
      const rows = editsTogether(pairs).map(pair => ({
        ...(pair.base === undefined ? {} : { base: base![pair.base]! }),
        ...(pair.head === undefined ? {} : { head: head![pair.head]! }),
      }))
      const cost = (row: (typeof rows)[number]) => Math.max(row.base?.count ?? 0, row.head?.count ?? 0)
      return { file, rows: keepCostly(rows, cost, MOST_COSTLY) }
    })
    .filter(({ rows }) => rows.length > 0)
}

/** Lines of the base and the lines of the head that replace them, side by side. */
function editsTogether(pairs: readonly Aligned[]): readonly Aligned[] {
  const rows: Aligned[] = []
  /** Where the rows of the edit begin that still wait for a line of the head. */
  let waiting = 0
  for (const pair of pairs) {
    const { base, head } = pair
    if (base !== undefined && head !== undefined) waiting = rows.push(pair)
    else if (base !== undefined) rows.push(pair)
    else if (waiting < rows.length) rows[waiting] = { ...rows[waiting], ...pair }
    else rows.push(pair)
    if (head !== undefined && base === undefined) waiting++
  }
  return rows
}

const plus = (sum: number, each: number): number => sum + each

/** What was counted on each line of each file that the function's code is from. */
function countsByFile(code: HotCode, side: Side, linesOf: LinesOf): ReadonlyMap<string, Lines> {
  const files = new Map<string, Lines>()
  const body = (side === 'base' ? code.baseCode : code.headCode)?.body
  const table = body && linesOf(code.object, side)
  if (!body || !table) return files
  const { profile } = code.object[side]!
  for (const { address, length } of body.instructions) {
    const { count } = profile.sum(address, address + length)
    const place = count > 0 ? table.lineOf(address) : undefined
    if (!place) continue
    const lines = files.get(place.file) ?? new Map<number, number>()
    files.set(place.file, lines.set(place.line, (lines.get(place.line) ?? 0) + count))
  }
  return files
}

/** All lines from the first with code to the last. */
function window(counts: Lines, text: readonly string[] | undefined): readonly SourceCell[] {
  const numbers = [...counts.keys()]
  if (numbers.length === 0) return []
  const first = numbers.reduce((least, line) => Math.min(least, line), Number.POSITIVE_INFINITY)
  const last = numbers.reduce((most, line) => Math.max(most, line), 0)
  return Array.from({ length: Math.min(MOST_LINES, last - first + 1) }, (_, at) => {
    const line = first + at
    const words = text?.[line - 1]
    return {
      ...{ line, count: counts.get(line) ?? 0 },
      ...(words === undefined ? {} : { text: words.replaceAll('\t', '    ').slice(0, LONGEST_LINE) }),
    }
  })
}

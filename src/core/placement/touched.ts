import type { PerSide, Side, Touched } from '../model.ts'
import type { ExamineRequest } from './examine.ts'
import type { Costs } from './hot.ts'
import { sourceName } from './source-name.ts'

/** Functions of the build that the pull request's lines went into, hottest first, and how each was found. */
export function findTouched(request: ExamineRequest, costs: PerSide<Costs>): Touched[] {
  const shares = readShares(costs)
  const byLines = HEAD_FIRST.flatMap(side => touchedByLines(request, side, shares))
  const found = new Map<string, Touched>()
  for (const each of [...byLines, ...touchedByName(request, shares)]) {
    const key = sourceName(each.function)
    if (!found.has(key) || found.get(key)!.share < each.share)
      found.set(key, { ...each, from: found.get(key)?.from ?? each.from })
  }
  const touched = found.size > 0 ? [...found.values()] : touchedBySize(request, shares)
  return touched.sort((a, b) => b.share - a.share).slice(0, MOST_TOUCHED)
}

const HEAD_FIRST: readonly Side[] = ['head', 'base']
const MOST_TOUCHED = 200

/** By debug lines: every function that holds code of a changed line, also by inlining. */
function touchedByLines(request: ExamineRequest, side: Side, shares: Shares): Touched[] {
  const found: Touched[] = []
  for (const object of request.objects) {
    if (object.shared || !object[side]) continue
    const lines = request.lines(object, side)
    if (!lines || lines.files.length === 0) continue
    for (const [file, changed] of request.change.ranges[side]) {
      const ranges = changed.map(({ start, count }) => ({ first: start, last: start + count - 1 }))
      for (const { name } of lines.functionsTouching(file, ranges)) {
        found.push({ function: name, file, share: shares.bySymbol.get(name) ?? 0, from: 'lines' })
      }
    }
  }
  return found
}

/** By the source text: functions whose lines are in the diff, with the symbols that bear their name. */
function touchedByName(request: ExamineRequest, shares: Shares): Touched[] {
  return request.change.functions
    .filter(({ rewritten }) => rewritten)
    .map(({ name, file }) => ({ function: name, file, share: shares.bySource.get(name) ?? 0, from: 'hunks' }))
}

/** Without text or debug lines: functions of the object files under test whose size changed. */
function touchedBySize({ change, objects }: ExamineRequest, shares: Shares): Touched[] {
  const [file, ...others] = change.outside
  if (file === undefined) return []
  return objects.flatMap(({ shared, base, head, functions }) => {
    if (shared || !base || !head) return []
    return head.view.functions.symbols.flatMap((symbol, index) => {
      const partner = base.view.functions.symbols[functions.baseOf[index] ?? -1]
      if (!partner || partner.size === symbol.size) return []
      const share = shares.bySymbol.get(symbol.name) ?? 0
      return [{ function: symbol.name, file: others.length === 0 ? file : '', share, from: 'sizes' as const }]
    })
  })
}

/** The larger of the two sides' shares of the counts, by symbol and by the name in the source. */
interface Shares {
  readonly bySymbol: ReadonlyMap<string, number>
  readonly bySource: ReadonlyMap<string, number>
}

function readShares(costs: PerSide<Costs>): Shares {
  const bySymbol = new Map<string, number>()
  const bySource = new Map<string, number>()
  for (const side of HEAD_FIRST) {
    const [symbols, sources] = [new Map<string, number>(), new Map<string, number>()]
    for (const [object, functions] of costs[side]) {
      for (const { symbol, share } of functions.values()) {
        symbols.set(symbol.name, (symbols.get(symbol.name) ?? 0) + share)
        const name = sourceName(symbol.name)
        if (!object.shared) sources.set(name, (sources.get(name) ?? 0) + share)
      }
    }
    raise(bySymbol, symbols)
    raise(bySource, sources)
  }
  return { bySymbol, bySource }
}

function raise(greatest: Map<string, number>, shares: ReadonlyMap<string, number>): void {
  for (const [name, share] of shares) greatest.set(name, Math.max(share, greatest.get(name) ?? 0))
}

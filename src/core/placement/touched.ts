import { originOf } from '../code/clone-name.ts'
import { normaliseName } from '../elf/names.ts'
import type { Touched } from '../model/explanation.ts'
import type { PerSide, Side } from '../model/side.ts'
import { reachOf } from '../source/reached.ts'
import type { SourceChange } from '../source/source-change.ts'
import type { Origins } from './built-from.ts'
import type { HotCode } from './compare-hot.ts'
import type { Costs } from './hot.ts'
import type { Inlined } from './inlined.ts'
import type { ExamineRequest } from './objects.ts'
import { sourceName } from './source-name.ts'

/** Functions of the build that the pull request's lines went into, hottest first, and how each was found. */
export function findTouched(request: ExamineRequest, costs: PerSide<Costs>): Touched[] {
  const shares = readShares(costs)
  const byLines = HEAD_FIRST.flatMap(side => touchedByLines(request, side, shares))
  const found = new Map<string, Touched>()
  for (const each of [...byLines, ...touchedByName(request, shares, byLines)]) {
    const key = sourceName(each.function)
    const known = found.get(key)
    found.set(key, known ? joined(known, each) : each)
  }
  const touched = found.size > 0 ? [...found.values()] : touchedBySize(request, shares)
  return touched.sort((a, b) => b.share - a.share).slice(0, MOST_TOUCHED)
}

const HEAD_FIRST: readonly Side[] = ['head', 'base']
const MOST_TOUCHED = 200

/** With the rewritten functions whose code runs inside others: their share is that of their inlined code too. */
export function withInlined(
  touched: readonly Touched[],
  how: { readonly inlined: Inlined; readonly totals: PerSide<number>; readonly change: SourceChange },
): Touched[] {
  const shares = inlinedShares(how.inlined, how.totals)
  const seen = new Set<string>()
  const raised = touched.map(row => {
    const name = sourceName(row.function)
    const found = seen.has(name) ? undefined : shares.get(name)
    seen.add(name)
    if (!found || row.from === 'sizes' || found.share <= 0) return row
    // The host's own row already holds what is inlined into it.
    if (row.from === 'lines' && found.hosts.every(host => host === row.function)) return row
    return { ...row, share: Math.min(1, row.share + found.share), inlinedIn: found.hosts[0]! }
  })
  const added = how.change.functions
    .filter(({ name, rewritten }) => rewritten && !seen.has(name) && (shares.get(name)?.share ?? 0) > 0)
    .map(({ name, file, line }): Touched => {
      const { share, hosts } = shares.get(name)!
      seen.add(name)
      return {
        function: name,
        file,
        share,
        from: 'hunks',
        inlinedIn: hosts[0]!,
        ...(line === undefined ? {} : { line }),
      }
    })
  return [...raised, ...added].sort((a, b) => b.share - a.share)
}

/** The larger of both sides' shares of all inlined code of a name, and the functions it is in, hottest first. */
function inlinedShares(
  inlined: Inlined,
  totals: PerSide<number>,
): ReadonlyMap<string, { readonly share: number; readonly hosts: readonly string[] }> {
  const found = new Map<string, { share: number; hosts: string[] }>()
  for (const side of HEAD_FIRST) {
    const counts = new Map<string, { count: number; hosts: [string, number][] }>()
    for (const [code, costs] of inlined)
      for (const { name, whole } of costs[side]?.values() ?? []) {
        const key = sourceName(name)
        const known = counts.get(key) ?? { count: 0, hosts: [] }
        counts.set(key, { count: known.count + whole, hosts: [...known.hosts, [code.name, whole]] })
      }
    for (const [name, { count, hosts }] of counts) {
      const share = totals[side] > 0 ? count / totals[side] : 0
      if (share <= (found.get(name)?.share ?? 0)) continue
      found.set(name, { share, hosts: hosts.sort((a, b) => b[1] - a[1]).map(([host]) => host) })
    }
  }
  return found
}

/** With the hot functions whose built source differs although the diff does not name it: generated, vendored, of a submodule or a library. */
export function withBuiltSources(
  touched: readonly Touched[],
  hot: readonly HotCode[],
  { origins, change }: { readonly origins: Origins | undefined; readonly change: SourceChange },
): Touched[] {
  if (!origins) return [...touched]
  const known = new Set(touched.map(row => sourceName(row.function)))
  const found = hot.flatMap((code): Touched[] => {
    const origin = origins.of.get(code)
    if (origin?.state !== 'changed' || known.has(sourceName(code.name))) return []
    const share = Math.max(code.base?.share ?? 0, code.head?.share ?? 0)
    return origin.files.slice(0, 1).map(file => {
      const through = reachOf(file, change)
      return { function: code.name, file, share, from: 'sources', ...(through ? { through } : {}) }
    })
  })
  return [...touched, ...found].sort((a, b) => b.share - a.share).slice(0, MOST_TOUCHED)
}

/** Two rows of one function: the greater share, and the line that debug lines give before that of the text. */
function joined(known: Touched, each: Touched): Touched {
  const hotter = known.share < each.share ? each : known
  // A share without a line may belong to another function of that name: no line may be blamed for it.
  if (hotter === each && each.line === undefined) return { ...each, from: known.from }
  const rows = hotter === each && each.from === 'lines' ? [each, known] : [known, each]
  const place = rows.find(({ line }) => line !== undefined)
  if (place?.line === undefined) return { ...hotter, from: known.from }
  return { ...hotter, from: known.from, file: place.file, line: place.line }
}

/** By debug lines: every function that holds code of a changed line, also by inlining. */
function touchedByLines(request: ExamineRequest, side: Side, shares: Shares): Touched[] {
  const found: Touched[] = []
  for (const object of request.objects) {
    if (object.shared || !object[side]) continue
    const lines = request.lines(object, side)
    if (!lines || lines.files.length === 0) continue
    for (const [file, changed] of request.change.ranges[side]) {
      const ranges = changed.map(({ start, count }) => ({ first: start, last: start + count - 1 }))
      for (const { symbol, line } of lines.functionsTouching(file, ranges)) {
        const share = shares.bySymbol.get(symbol.name) ?? 0
        const row = { function: symbol.name, file, share, from: 'lines' as const }
        found.push(side === 'head' ? { ...row, line } : row)
      }
    }
  }
  return found
}

/**
 * By the source text: functions whose lines are in the diff, with the symbols that bear their name. No line is given where
 * the share may be that of other functions of the name, which source texts cannot tell apart (C++ methods, overloads).
 */
function touchedByName(request: ExamineRequest, shares: Shares, byLines: readonly Touched[]): Touched[] {
  const names = new Set(byLines.map(row => sourceName(row.function)))
  const shown = new Set(byLines.map(row => identityOf(row.function)))
  const isSure = (name: string): boolean => {
    const ran = [...(shares.ran.get(name) ?? [])]
    return names.has(name) ? ran.every(each => shown.has(each)) : ran.length <= 1
  }
  return request.change.functions
    .filter(({ rewritten }) => rewritten)
    .map(({ name, file, line }) => ({
      ...{ function: name, file, share: shares.bySource.get(name) ?? 0, from: 'hunks' as const },
      ...(line !== undefined && isSure(name) ? { line } : {}),
    }))
}

const identityOf = (symbol: string): string => originOf(normaliseName(symbol))

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
  /** The functions that ran, clones and parts as one, by the name in the source. */
  readonly ran: ReadonlyMap<string, ReadonlySet<string>>
}

function readShares(costs: PerSide<Costs>): Shares {
  const bySymbol = new Map<string, number>()
  const bySource = new Map<string, number>()
  const ran = new Map<string, Set<string>>()
  for (const side of HEAD_FIRST) {
    const [symbols, sources] = [new Map<string, number>(), new Map<string, number>()]
    for (const [object, functions] of costs[side]) {
      for (const { symbol, share } of functions.values()) {
        symbols.set(symbol.name, (symbols.get(symbol.name) ?? 0) + share)
        const name = sourceName(symbol.name)
        if (object.shared) continue
        sources.set(name, (sources.get(name) ?? 0) + share)
        ran.set(name, (ran.get(name) ?? new Set()).add(identityOf(symbol.name)))
      }
    }
    raise(bySymbol, symbols)
    raise(bySource, sources)
  }
  return { bySymbol, bySource, ran }
}

function raise(greatest: Map<string, number>, shares: ReadonlyMap<string, number>): void {
  for (const [name, share] of shares) greatest.set(name, Math.max(share, greatest.get(name) ?? 0))
}

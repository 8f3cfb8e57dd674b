import type { ObjectProfile } from '../counters/profile.ts'
import type { Touched } from '../model/explanation.ts'
import type { PerSide, Side } from '../model/side.ts'
import { indexedWithinPage } from '../processor/cache-lines.ts'
import type { Geometry } from '../processor/geometry.ts'
import type { Hazard } from '../processor/hazards.ts'
import { compilerOptions, type SourceChange } from '../source/source-change.ts'
import { type BlockCost, compareBlocks } from './block-costs.ts'
import { type Origins, originsOf } from './built-from.ts'
import { visitedCode } from './code-lines.ts'
import type { HotCode } from './compare-hot.ts'
import { type Crowding, crowdingOf } from './crowding.ts'
import { type DataMoves, findHotData, moveData, visitedData } from './data-moves.ts'
import { type Costs, costsOn, findHot, greatestShare } from './hot.ts'
import { type Inlined, inlinedInto } from './inlined.ts'
import { type LoopMove, moveLoops } from './loops.ts'
import { type Move, movesOf } from './moves.ts'
import type { ExamineRequest, LinesOf, ObjectPair } from './objects.ts'
import { compareAll } from './renames.ts'
import { findTouched, withBuiltSources, withInlined } from './touched.ts'

/** Everything that two builds and their profiles say before any time is looked at. */
export interface Examination {
  /** Whether every instruction that ran was counted (simulation), not only sampled. */
  readonly exact: boolean
  readonly totals: PerSide<number>
  readonly hot: readonly HotCode[]
  readonly moves: readonly Move[]
  readonly loops: readonly LoopMove[]
  readonly crowding: PerSide<Crowding>
  readonly data: DataMoves
  readonly dataCrowding: PerSide<Crowding>
  /** What the processor's branch records say of blocks of unchanged code; absent where there are none. */
  readonly blocks?: readonly BlockCost[]
  readonly touched: readonly Touched[]
  readonly change: SourceChange
  /** What the built sources say of hot code that changed; absent where nobody looked at them. */
  readonly origins?: Origins
  /**
   * The share of the program's own functions that changed size, hot or not, if compiler options change (else 0). Counts functions of the tree's
   * files if debug lines name them, and never the start-up code.
   */
  readonly resizedShare: number
  /** What is inlined into hot functions; absent where nobody asked. */
  readonly inlined?: Inlined
  readonly objects: readonly ObjectPair[]
  readonly geometry: Geometry
  readonly hazards: readonly Hazard[]
  readonly gaps: readonly ExaminationGap[]
}

/** What an examination could not see; its sentences are made in the report. */
export type ExaminationGap =
  /** Hot code that changed, whose sources nobody could compare. */
  | { readonly kind: 'unknown-sources'; readonly functions: readonly string[] }
  /** A part of the counts in code that no symbol names. */
  | { readonly kind: 'unnamed-code'; readonly share: number }
  | { readonly kind: 'stripped'; readonly object: string }
  /** The cache chooses its sets by physical addresses. */
  | { readonly kind: 'physical-sets' }

/** Compares two builds where they spend their time. The costly part of a diagnosis, done once. */
export function examine(request: ExamineRequest): Examination {
  const { objects, profiles, geometry, change } = request
  const exact = profiles.base.source === 'callgrind' && profiles.head.source === 'callgrind'
  const totals = { base: profiles.base.total, head: profiles.head.total }
  const costs = { base: costsOn('base', objects, totals.base), head: costsOn('head', objects, totals.head) }
  const { hot: pairs } = findHot(objects, totals, costs)
  const hot = compareAll(pairs, objects, exact)
  const moves = movesOf(hot, geometry)
  const crowdingAt = (side: Side): Crowding =>
    crowdingOf(
      visitedCode(objects, side, { lineBytes: geometry.l1i.lineBytes, source: profiles[side].source }),
      geometry.l1i,
    )
  const data = {
    base: findHotData(hot, 'base', { total: totals.base, exact }),
    head: findHotData(hot, 'head', { total: totals.head, exact }),
  }
  const dataAt = (side: Side): Crowding =>
    crowdingOf(visitedData(data[side], geometry.l1d.lineBytes), geometry.l1d)
  const blocks = compareBlocks(hot, profiles)
  const origins = originsOf(hot, request)
  const inlined = inlinedInto(hot, request.inlines)
  const touched = withInlined(findTouched(request, costs), { inlined, totals, change })
  return {
    ...{ exact, totals, hot, moves, change, objects, geometry, hazards: request.hazards ?? [] },
    ...(origins ? { origins } : {}),
    ...(blocks ? { blocks } : {}),
    resizedShare: compilerOptions(change).length > 0 ? resizedShare(objects, request.lines) : 0,
    ...(inlined.size > 0 ? { inlined } : {}),
    loops: moveLoops(hot, { total: totals.head, lineBytes: geometry.l1i.lineBytes }),
    crowding: { base: crowdingAt('base'), head: crowdingAt('head') },
    data: moveData(data.head, geometry),
    dataCrowding: { base: dataAt('base'), head: dataAt('head') },
    touched: withBuiltSources(touched, hot, { origins, change }),
    gaps: [...gapsIn(request, unnamedOwn(request, costs)), ...unknownSources(hot, origins)],
  }
}

/** From this share of resized functions on, the reason is how everything is compiled and not one source or header. */
export const MOSTLY_RESIZED = 0.3

/** Every program has these, compiled long before it. */
const START_UP =
  /^(?:_start|_init|_fini|frame_dummy|(?:de)?register_tm_clones|__do_global_\w+|_dl_relocate_static_pie|__libc_\w+)$/
/** Rust's own libraries, which come compiled and mostly without debug lines. */
const RUNTIME =
  /^_ZN\d+(?:_\$LT\$(?:[\w&]+\$u20\$as\$u20\$)?)?(?:core|std|alloc|compiler_builtins|gimli|addr2line|object|miniz_oxide|rustc_demangle|hashbrown|panic_unwind|unwind|adler2?|std_detect)(?:\d|\.\.)|^_R.*_(?:4core|3std|5alloc|17compiler_builtins|5gimli|9addr2line|6object|11miniz_oxide|6adler2|9hashbrown|14rustc_demangle)\d?/
const SMALLEST_FUNCTION = 16

function resizedShare(objects: readonly ObjectPair[], lines: LinesOf): number {
  // Without debug lines of the tree, every function counts whose file is unknown.
  const counted = { tree: { all: 0, other: 0 }, unknown: { all: 0, other: 0 } }
  for (const object of objects) {
    const { base, head, shared, functions } = object
    if (shared || !base || !head) continue
    const table = lines(object, 'base')
    for (const [at, symbol] of base.view.functions.symbols.entries()) {
      const partner = head.view.functions.symbols[functions.headOf[at] ?? -1]
      if (
        !partner ||
        symbol.size < SMALLEST_FUNCTION ||
        START_UP.test(symbol.name) ||
        RUNTIME.test(symbol.name)
      )
        continue
      const file = table?.lineOf(symbol.address)?.file
      // Outside of the tree: a library or a language's runtime, which this build may not compile.
      if (file?.startsWith('/')) continue
      const group = counted[file === undefined ? 'unknown' : 'tree']
      group.all++
      if (partner.size !== symbol.size) group.other++
    }
  }
  const { all, other } = counted.tree.all > 0 ? counted.tree : counted.unknown
  return all === 0 ? 0 : other / all
}

/** Below this part of the counts in named functions, the hot ones may be others. */
const ENOUGH_COVERED = 0.9
/** A stripped file is worth a word when this much of the counts is in it. */
const STRIPPED_SHARE = 0.05

/** The larger of both sides' parts of the counts that are in no named function of the program under test. */
function unnamedOwn({ objects, profiles }: ExamineRequest, costs: PerSide<Costs>): number {
  const partOn = (side: Side): number => {
    const own = objects.filter(object => !object.shared && object[side])
    const all = own.reduce((sum, object) => sum + countOf(object[side]!.profile.profile), 0)
    const named = own
      .flatMap(object => [...(costs[side].get(object)?.values() ?? [])])
      .reduce((sum, { count }) => sum + count, 0)
    return profiles[side].total > 0 ? Math.max(0, all - named) / profiles[side].total : 0
  }
  return Math.max(partOn('base'), partOn('head'))
}

const countOf = ({ counts }: ObjectProfile): number => counts.reduce((sum, each) => sum + each, 0)

/** Hot code that changed, whose sources nobody could compare: codegen is not claimed for it. */
function unknownSources(hot: readonly HotCode[], origins: Origins | undefined): readonly ExaminationGap[] {
  if (!origins || origins.complete) return []
  const names = hot
    .filter(code => greatestShare(code) >= UNKNOWN_SHARE && origins.of.get(code)?.state === 'unknown')
    .map(({ name }) => name)
  return names.length === 0 ? [] : [{ kind: 'unknown-sources', functions: names }]
}

const UNKNOWN_SHARE = 0.01

function gapsIn({ objects, geometry, profiles }: ExamineRequest, unnamed: number): readonly ExaminationGap[] {
  const found: ExaminationGap[] = []
  if (unnamed > 1 - ENOUGH_COVERED) found.push({ kind: 'unnamed-code', share: unnamed })
  for (const { name, base, head, shared } of objects) {
    const part = head ?? base
    // A system library was stripped by the distribution, and nothing that the user builds changes that.
    if (!part || shared || part.view.functionsFrom === 'symtab' || part.view.functionsFrom === 'go') continue
    const count = part.profile.profile.counts.reduce((sum, each) => sum + each, 0)
    if (count < STRIPPED_SHARE * (head ? profiles.head : profiles.base).total) continue
    found.push({ kind: 'stripped', object: name })
  }
  if (!indexedWithinPage(geometry.l1i)) found.push({ kind: 'physical-sets' })
  return found
}

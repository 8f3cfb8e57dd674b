import type { Evidence } from '../evidence/evidence.ts'
import type { Suspect } from '../model/explanation.ts'
import type { PerSide } from '../model/side.ts'
import type { HotCode } from '../placement/compare-hot.ts'
import type { Examination } from '../placement/examine.ts'
import { setsTouched } from '../processor/cache-lines.ts'
import { CROWDING_RISE, type SuspectCandidate, type SuspectReason } from './suspect-candidate.ts'

type Mechanism = Suspect['evidence']['mechanism']

const LEAST_SHARE = 0.01
const LEAST_LOOP_SHARE = 0.05
/** Moved functions with lines in sets that are too full on the slower side. */
export function crowdedCode({ to, from }: Evidence, examination: Examination): SuspectCandidate[] {
  const { crowding, geometry, exact } = examination
  if (crowding[to].score - crowding[from].score < CROWDING_RISE) return []
  const crowded = new Map(crowding[to].crowded.map(each => [each.set, each]))
  const hot = new Set(examination.hot.map(({ name }) => name))
  return movedHot(examination).flatMap(code => {
    const shared = setsTouched(code[to]!.symbol, geometry.l1i).flatMap(set => crowded.get(set) ?? [])
    const mine = shared.filter(({ owners }) => owners.includes(code.name))
    if (mine.length === 0) return []
    // A line may hold the start of a cold neighbour too, which has no part in the crowd.
    const others = [...new Set(mine.flatMap(({ owners }) => owners))].filter(
      name => name !== code.name && hot.has(name),
    )
    const more = exact ? code[to]!.icacheMisses - code[from]!.icacheMisses : 0
    // A function that misses no more than before is not where the cost lands, however full its set.
    if (exact && more <= 0 && code.head!.icacheMisses + code.base!.icacheMisses > 0) return []
    const why = {
      rule: 'crowded-set' as const,
      slower: to,
      cache: 'instruction' as const,
      sets: mine.map(({ set }) => set),
      lines: mine[0]!.lines,
      ways: geometry.l1i.ways,
      others,
    }
    return [
      candidateOf(code, examination, {
        mechanism: 'set-conflict',
        why,
        sharedWith: others,
        weight: 2 + share(code) + more / Math.max(1, examination.totals[to]),
      }),
    ]
  })
}

/** Hot loops that start at another offset in their line. */
export function misalignedLoops({ loops }: Evidence, examination: Examination): SuspectCandidate[] {
  return loops
    .filter(loop => loop.share >= LEAST_LOOP_SHARE)
    .flatMap(loop => {
      const code = examination.hot.find(each => each.name === loop.symbol && each.object.name === loop.object)
      if (!code) return []
      const lineOffset = { base: loop.base.offset, head: loop.head.offset }
      const why = {
        rule: 'loop-offset' as const,
        offset: lineOffset,
        lines: { base: loop.base.lines, head: loop.head.lines },
      }
      return [
        candidateOf(code, examination, {
          mechanism: 'alignment',
          why,
          lineOffset,
          weight: 1 + loop.share,
        }),
      ]
    })
}

/** Where no mechanism shows, every unchanged hot function that moved. */
export function movedCode(examination: Examination): SuspectCandidate[] {
  return movedHot(examination).map(code => {
    const [base, head] = [code.base!.symbol, code.head!.symbol]
    const lines = { base: lineCount(base, examination), head: lineCount(head, examination) }
    const straddles = lines.head > lines.base
    const why = { rule: 'moved' as const, bytes: head.address - base.address, lines }
    return candidateOf(code, examination, {
      mechanism: straddles ? 'straddle' : 'moved',
      why,
      weight: share(code),
    })
  })
}

const lineCount = (
  range: { readonly address: number; readonly size: number },
  { geometry }: Examination,
): number =>
  Math.floor((range.address + Math.max(1, range.size) - 1) / geometry.l1i.lineBytes) -
  Math.floor(range.address / geometry.l1i.lineBytes) +
  1

const share = (code: HotCode): number => Math.max(code.base?.share ?? 0, code.head?.share ?? 0)

function movedHot({ hot }: Examination): HotCode[] {
  return hot.filter(
    code => code.moved && code.sameness !== 'changed' && code.base && code.head && share(code) >= LEAST_SHARE,
  )
}

function candidateOf(
  code: HotCode,
  { geometry, exact }: Examination,
  of: {
    readonly mechanism: Mechanism
    readonly why: SuspectReason
    readonly weight: number
    readonly sharedWith?: readonly string[]
    readonly lineOffset?: PerSide<number>
  },
): SuspectCandidate {
  const [base, head] = [code.base!, code.head!]
  const { mechanism, why, weight, sharedWith, lineOffset } = of
  const line = geometry.l1i.lineBytes
  const suspect = {
    symbol: code.name,
    object: code.object.name,
    kind: 'function' as const,
    why,
    evidence: {
      from: base.symbol.address,
      to: head.symbol.address,
      share: share(code),
      mechanism,
      sets: { base: setsTouched(base.symbol, geometry.l1i), head: setsTouched(head.symbol, geometry.l1i) },
      ...(sharedWith ? { sharedWith } : {}),
      ...(exact ? { misses: { base: base.icacheMisses, head: head.icacheMisses } } : {}),
      lineOffset: lineOffset ?? { base: base.symbol.address % line, head: head.symbol.address % line },
    },
  }
  const traced = {
    object: code.object,
    kind: 'functions' as const,
    symbol: code.name,
    base: base.symbol.address,
    head: head.symbol.address,
  }
  return { suspect, weight, traced }
}

import { lstatSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { decideExact } from '../../core/decision/exact.ts'
import { fits } from '../../core/harness/expand.ts'
import { metricPlan, wishesOf } from '../../core/harness/metric-rows.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import type { BenchmarkReport } from '../../core/model/report.ts'
import { type PerSide, SIDES, type Side } from '../../core/model/side.ts'
import { sizeNamesNothing } from '../../report/notes/plan.ts'
import { fileOfOneSide } from '../../report/reasons/rows.ts'
import { describeReason } from '../../report/words/open-answer.ts'
import { listTree } from '../../shell/files/tree.ts'
import { plannedFields, seriesOf } from '../run/report-rows.ts'

/** The rows of an entry's files, with their plans, and what of its settings cannot be used. */
export interface Sizes {
  readonly rows: readonly { readonly plan: BenchmarkPlan; readonly report: BenchmarkReport }[]
  readonly faults: readonly string[]
}

/** Compares the sizes of the files that an entry names, as both sides built them: one row a file. A size is exact, so one look decides. */
export async function sizesOf(entry: BenchmarkPlan, trees: PerSide<string>): Promise<Sizes> {
  const wish = wishesOf(entry).find(({ metric }) => metric === 'size')
  if (!wish || !entry.sizeOf) return { rows: [], faults: [] }
  const found = {
    base: await filesIn(trees.base, entry.sizeOf),
    head: await filesIn(trees.head, entry.sizeOf),
  }
  const faults = entry.sizeOf
    .filter(pattern => SIDES.every(side => ![...found[side].keys()].some(file => fits(file, pattern))))
    .map(pattern => sizeNamesNothing(entry.name, pattern))
  const files = [...new Set([...found.base.keys(), ...found.head.keys()])].sort()
  const plan = metricPlan(entry, wish, { unit: 'B', faults })
  const alone = files.length === 1 && entry.sizeOf.length === 1 && !entry.sizeOf[0]!.includes('*')
  const rows = files.map(file => {
    const own = { ...plan, name: alone ? plan.name : `${entry.name}: ${file} (size)` }
    return { plan: own, report: reportOf(own, found, file) }
  })
  return { rows, faults: [...new Set(faults)] }
}

type Found = PerSide<ReadonlyMap<string, number>>

function reportOf(plan: BenchmarkPlan, found: Found, file: string): BenchmarkReport {
  const of = (side: Side) => found[side].get(file)
  const [base, head] = [of('base'), of('head')]
  const series = {
    ...(base !== undefined && { base: seriesOf([base]) }),
    ...(head !== undefined && { head: seriesOf([head]) }),
  }
  const fields = { ...plannedFields(plan), ...series, rounds: 0 }
  if (base === undefined) return { ...fields, decision: 'new', reason: fileOfOneSide('new', file) }
  if (head === undefined) return { ...fields, decision: 'removed', reason: fileOfOneSide('removed', file) }
  const { change, decision, reason } = decideExact({ base: [base], head: [head] }, plan)
  return {
    ...fields,
    decision,
    ...(reason && { reason: describeReason(reason) }),
    ...(change && { change: { ...change, confidence: 1 } }),
  }
}

/** Bytes by path of the files that fit a pattern; a link counts as the file it leads to, and one that leads out of the tree does not count. */
async function filesIn(tree: string, patterns: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const plain = patterns.filter(pattern => !pattern.includes('*'))
  const wild = patterns.filter(pattern => pattern.includes('*'))
  const listed = wild.length === 0 ? undefined : await listTree(tree)
  const matching = listed?.ok
    ? listed.value
        .filter(({ kind, path }) => kind === 'file' && wild.some(pattern => fits(path, pattern)))
        .map(({ path }) => path)
    : []
  const root = realpathSync(tree)
  return new Map(
    [...plain, ...matching].flatMap((file): [string, number][] => {
      const bytes = bytesOf(root, file)
      return bytes === undefined ? [] : [[file, bytes]]
    }),
  )
}

function bytesOf(root: string, file: string): number | undefined {
  if (lstatSync(join(root, file), { throwIfNoEntry: false }) === undefined) return undefined
  try {
    const real = realpathSync(join(root, file))
    const stat = real.startsWith(root + sep) ? statSync(real) : undefined
    return stat?.isFile() ? stat.size : undefined
  } catch {
    // A link that leads nowhere or in a circle.
    return undefined
  }
}

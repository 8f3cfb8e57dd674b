import { join } from 'node:path'
import { onSide } from '../../core/harness/arrange.ts'
import { readRun } from '../../core/harness/read-run.ts'
import type { LayoutFault } from '../../core/layouts/fault.ts'
import { SECTION_FLAGS } from '../../core/layouts/wrappers.ts'
import type { BenchmarkPlan } from '../../core/model/plan.ts'
import { failed, type Result, success } from '../../core/model/result.ts'
import type { Side } from '../../core/model/side.ts'
import { faultClause } from '../../report/reasons/faults.ts'
import type { JobOutcome, Ports } from '../../shell/ports/ports.ts'
import { isElf, mappedFiles } from '../trees/files-used.ts'
import { buildTrialTree, runIn, type TrialTree } from './build-side.ts'
import { sumsOf } from './files.ts'
import { type Links, linksOf, type ShuffledLink } from './links.ts'
import type { RelinkRequest } from './request.ts'

/** A file that a benchmark maps, below the tree, and the link that it came out of where one is known. */
export interface MappedFile {
  readonly file: string
  readonly link?: ShuffledLink
}

/** What a benchmark does in a side's trial tree before anything is shuffled. */
export interface TrialRun {
  readonly files: readonly MappedFile[]
  readonly outcome: Pick<JobOutcome, 'stdout' | 'seconds'>
}

/** One side, built once with a section for each function and object. */
export interface LayoutSide extends TrialTree, Links {
  /** By the benchmark's name. */
  readonly runs: ReadonlyMap<string, Result<TrialRun, LayoutFault>>
}

/** Builds a side for layouts, runs each benchmark once, and finds the links behind what they map. */
export async function openSide(
  side: Side,
  request: RelinkRequest,
  ports: Ports,
): Promise<Result<LayoutSide, LayoutFault>> {
  const opened = await buildTrialTree(
    side,
    // The measured files are run among the layouts.
    { name: side, flags: SECTION_FLAGS, shows: [{ path: request.trees[side], writable: false }] },
    request,
    ports,
  )
  if (!opened.ok) return opened
  const built = opened.value
  const links = await linksOf(built, ports)
  const runs = new Map<string, Result<TrialRun, LayoutFault>>()
  for (const benchmark of request.benchmarks)
    runs.set(benchmark.name, await firstRun(benchmark, { ...built, ...links }, request, ports))
  return success({ ...built, ...links, runs })
}

async function firstRun(
  benchmark: BenchmarkPlan,
  built: TrialTree & Links,
  request: RelinkRequest,
  ports: Ports,
): Promise<Result<TrialRun, LayoutFault>> {
  const { tree, sums } = built
  const { outcome, files: used } = await mappedFiles(tree, () => runIn(built, { benchmark }, request, ports))
  const reading = readRun(outcome, onSide(benchmark, built.side), request.match)
  if (!reading.ok)
    return failed({ kind: 'run-failed', side: built.side, clause: faultClause(reading.fault.says) })
  const elf = used.filter(file => isElf(join(tree, file)))
  const found = await sumsOf(
    elf.map(file => join(tree, file)),
    { sandbox: ports.sandbox, tree },
  )
  const bySum = new Map([...sums].map(([link, sum]) => [sum, link]))
  const files = elf.map(file => {
    const link = bySum.get(found.get(join(tree, file)) ?? '')
    return { file, ...(link ? { link } : {}) }
  })
  return success({ files, outcome })
}

import { hiddenWork, maskedByLayout } from '../core/decision/masked.ts'
import { collectEvidence } from '../core/evidence/collect.ts'
import { hasCause } from '../core/model/metric.ts'
import type { BenchmarkReport, Limitation } from '../core/model/report.ts'
import type { Result } from '../core/model/result.ts'
import type { CountedTable } from './count/count-all.ts'
import { wholeCounter } from './count/whole-benchmark.ts'
import {
  type Case,
  openCase,
  readPullRequest,
  restsOnBuild,
  settleCase,
  withSecondBuild,
} from './diagnose/case.ts'
import { type Diagnosis, explain, explainCounters, withReadableNames } from './diagnose/diagnose.ts'
import { withInstructionTexts } from './diagnose/instruction-texts.ts'
import { buildBaseAgain, type SecondBuild } from './diagnose/second-build.ts'
import { type Trialled, tryLayouts } from './layouts/try-layouts.ts'
import type { GateContext } from './run/gate-context.ts'

export interface Explained {
  readonly benchmarks: readonly BenchmarkReport[]
  readonly limitations: readonly Limitation[]
}

/** Finds the cause of every breach and of every speed-up, which may be luck too, and tries layouts for what may hide more work. */
export async function explainAll(context: GateContext, table: CountedTable): Promise<Explained> {
  const changed = table.benchmarks.filter(
    row => hasCause(row.metric) && row.change && (isChanged(row) || hiddenWork(row) !== undefined),
  )
  if (changed.length === 0) return { benchmarks: table.benchmarks, limitations: [] }
  const { ports } = context
  const countWhole = wholeCounter(context, table.counting)
  const cases: Case[] = []
  let again: Result<SecondBuild, Limitation> | undefined
  try {
    const file = await ports.log.group('Compare the two builds where they spend their time', async () => {
      const request = await readPullRequest(context)
      const file = { table, request, countWhole }
      for (const row of changed) cases.push(await openCase(row, file))
      return file
    })
    again = cases.some(restsOnBuild) ? await buildBaseAgain(context) : undefined
    if (again?.ok) {
      for (const [at, each] of cases.entries())
        cases[at] = await withSecondBuild(each, file, again.value.tree)
    }
    const trials = await tryLayouts(context, cases)
    const diagnoses = new Map<string, Diagnosis>()
    for (const [at, each] of cases.entries()) {
      const known = await settleCase(each, file, trialOf(each.row, trials))
      const settled = again?.ok ? await withSecondBuild(known, file, again.value.tree) : known
      cases[at] = settled
      const diagnosis = judge(settled, trials)
      if (!diagnosis) continue
      const readable = await withReadableNames(diagnosis, ports.tools)
      diagnoses.set(settled.row.name, at < MOST_DISASSEMBLED ? await withTexts(readable, ports) : readable)
    }
    return {
      benchmarks: table.benchmarks.map(row => {
        const known = cases.find(each => each.row.name === row.name)?.row ?? row
        return withDiagnosis(withTrials(known, trials), diagnoses.get(row.name))
      }),
      limitations: [
        ...cases.flatMap(({ limitations }) => limitations),
        ...[...diagnoses.values()].flatMap(({ limitations }) => limitations),
        ...trials.limitations,
        ...(again && !again.ok ? [again.fault] : []),
      ],
    }
  } finally {
    for (const { examined } of cases) examined?.close()
    if (again?.ok) await again.value.end()
  }
}

/** Diagnoses whose code is disassembled, which takes a moment each. */
const MOST_DISASSEMBLED = 20

async function withTexts(diagnosis: Diagnosis, ports: GateContext['ports']): Promise<Diagnosis> {
  const { annotated } = diagnosis
  return annotated ? { ...diagnosis, annotated: await withInstructionTexts(annotated, ports) } : diagnosis
}

const isChanged = ({ decision }: BenchmarkReport) => decision === 'slower' || decision === 'faster'

/**
 * Why a row changed. One that a layout masks is slower over layouts, and the cause is that of this slowdown; one that did not change has
 * none.
 */
function judge({ row, evidence, examined }: Case, trials: Trialled): Diagnosis | undefined {
  const { decision, trials: { layout } = {} } = withTrials(row, trials)
  if (decision === 'masked' && layout) {
    const { ratio, low, high } = layout
    const measured = {
      change: { ratio, low, high, confidence: 0.95 },
      ...(row.counters && { counters: row.counters }),
    }
    const over = collectEvidence(measured, examined?.examination)
    return examined ? explain(examined, over, layout) : explainCounters(over)
  }
  if (!isChanged(row)) return undefined
  return examined ? explain(examined, evidence, trialOf(row, trials)) : explainCounters(evidence)
}

/** The row with what its layouts showed, which may be that they mask it. */
function withTrials(row: BenchmarkReport, { byName }: Trialled): BenchmarkReport {
  const tried = byName.get(row.name)
  return tried ? maskedByLayout({ ...row, trials: tried }) : row
}

function withDiagnosis(row: BenchmarkReport, diagnosis: Diagnosis | undefined): BenchmarkReport {
  if (!diagnosis) return row
  const { limitations: _, ...rest } = diagnosis
  return { ...row, ...rest }
}

/** The layouts that explain a change; those tried for hidden work say nothing of why a row got faster. */
function trialOf({ name }: BenchmarkReport, { byName }: Trialled) {
  const layout = byName.get(name)?.layout
  return layout?.question === 'hidden-work' ? undefined : layout
}

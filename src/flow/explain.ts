import { maskedByLayout } from '../core/decision/masked.ts'
import type { BenchmarkReport, Limitation } from '../core/model/report.ts'
import type { CountedTable } from './count/count-all.ts'
import { wholeCounter } from './count/whole-benchmark.ts'
import { type Case, openCase, readPullRequest, settleCase } from './diagnose/case.ts'
import { type Diagnosis, explain, explainCounters, withReadableNames } from './diagnose/diagnose.ts'
import { withInstructionTexts } from './diagnose/instruction-texts.ts'
import { type Trialled, tryLayouts } from './layouts/try-layouts.ts'
import type { GateContext } from './run/gate-context.ts'

export interface Explained {
  readonly benchmarks: readonly BenchmarkReport[]
  readonly limitations: readonly Limitation[]
}

/** Finds the cause of every breach and of every speed-up, which may be luck too. */
export async function explainAll(context: GateContext, table: CountedTable): Promise<Explained> {
  const changed = table.benchmarks.filter(
    row => (row.decision === 'slower' || row.decision === 'faster') && row.change,
  )
  if (changed.length === 0) return { benchmarks: table.benchmarks, limitations: [] }
  const { ports } = context
  const countWhole = wholeCounter(context, table.counting)
  const cases: Case[] = []
  try {
    const file = await ports.log.group('Compare the two builds where they spend their time', async () => {
      const request = await readPullRequest(context)
      const file = { table, request, countWhole }
      for (const row of changed) cases.push(await openCase(row, file))
      return file
    })
    const trials = await tryLayouts(context, cases)
    const diagnoses = new Map<string, Diagnosis>()
    for (const [at, each] of cases.entries()) {
      const settled = await settleCase(each, file, trialOfBreach(each.row, trials))
      cases[at] = settled
      const diagnosis = await withReadableNames(judge(settled, trials), ports.tools)
      diagnoses.set(settled.row.name, at < MOST_DISASSEMBLED ? await withTexts(diagnosis, ports) : diagnosis)
    }
    return {
      benchmarks: table.benchmarks.map(row => {
        const known = cases.find(each => each.row.name === row.name)?.row ?? row
        return maskedByLayout(withDiagnosis(known, diagnoses.get(row.name), trials))
      }),
      limitations: [
        ...cases.flatMap(({ limitations }) => limitations),
        ...[...diagnoses.values()].flatMap(({ limitations }) => limitations),
        ...trials.limitations,
      ],
    }
  } finally {
    for (const { examined } of cases) examined?.close()
  }
}

/** Diagnoses whose annotated have texts: disassembling costs a moment each. */
const MOST_DISASSEMBLED = 20

async function withTexts(diagnosis: Diagnosis, ports: GateContext['ports']): Promise<Diagnosis> {
  const { annotated } = diagnosis
  return annotated ? { ...diagnosis, annotated: await withInstructionTexts(annotated, ports) } : diagnosis
}

function judge({ row, evidence, examined }: Case, trials: Trialled): Diagnosis {
  return examined ? explain(examined, evidence, trialOfBreach(row, trials)) : explainCounters(evidence)
}

function withDiagnosis(
  row: BenchmarkReport,
  diagnosis: Diagnosis | undefined,
  trials: Trialled,
): BenchmarkReport {
  if (!diagnosis) return row
  const { limitations: _, ...rest } = diagnosis
  const tried = trials.byName.get(row.name)
  return { ...row, ...rest, ...(tried && { trials: tried }) }
}

/** The layouts that explain a breach; those tried for hidden work say nothing of why a row got faster. */
function trialOfBreach({ name, decision }: BenchmarkReport, trials: Trialled) {
  return decision === 'slower' ? trials.byName.get(name)?.layout : undefined
}

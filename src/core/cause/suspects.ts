import type { Evidence } from '../evidence/evidence.ts'
import type { Traced } from '../placement/displacers.ts'
import type { JudgedSuspect, SuspectCandidate } from './suspect-candidate.ts'
import { crowdedCode, misalignedLoops, movedCode } from './suspect-code.ts'
import { crowdedData } from './suspect-data.ts'

/** Suspects in the order of their rank, and what it takes to find what pushed each. */
export interface RankedSuspects {
  readonly suspects: readonly JudgedSuspect[]
  readonly traced: readonly Traced[]
}

const MOST_SUSPECTS = 64

/** The unchanged hot functions and data whose new place explains a change in time, the costliest first. */
export function rankSuspects(evidence: Evidence): RankedSuspects {
  const { examination } = evidence
  if (!examination) return { suspects: [], traced: [] }
  const specific = [
    ...crowdedCode(evidence, examination),
    ...misalignedLoops(evidence, examination),
    ...crowdedData(evidence, examination),
  ]
  const candidates = specific.length > 0 ? specific : movedCode(examination)
  const best = new Map<string, SuspectCandidate>()
  for (const candidate of candidates) {
    const key = `${candidate.suspect.object}\0${candidate.suspect.symbol}\0${candidate.traced.head}`
    if ((best.get(key)?.weight ?? -1) < candidate.weight) best.set(key, candidate)
  }
  const ranked = [...best.values()].sort((a, b) => b.weight - a.weight).slice(0, MOST_SUSPECTS)
  return {
    suspects: ranked.map(({ suspect }, at) => ({ ...suspect, rank: at + 1 })),
    traced: ranked.map(({ traced }) => traced),
  }
}

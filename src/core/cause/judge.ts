import type { Evidence } from '../evidence/evidence.ts'
import type { Cause } from '../model/explanation.ts'
import type { Change } from '../model/report.ts'
import type { LayoutTrial } from '../model/trials.ts'
import {
  COMPARABLE,
  EXPLAINED_BY_WORK,
  NEEDED,
  NEEDED_WHEN_REAL,
  type PlainCause,
  RULES,
  type Rule,
} from './rules.ts'

/** A rule that holds, with its sentence. */
interface Held extends Rule {
  readonly sentence: string
}

const PLAIN: readonly PlainCause[] = ['work', 'codegen', 'memory', 'branches', 'placement']
/** A real cost in the code itself, as opposed to where it lies. */
const REAL: readonly PlainCause[] = ['work', 'codegen', 'memory', 'branches']

/**
 * Names the cause of a change in time by the rules, each with its sentence for or against. A layout trial, which is
 * run for slowdowns only, outranks everything that was inferred.
 */
export function judgeCause(evidence: Evidence, change: Change, trial?: LayoutTrial): Cause {
  const cause = causeByRules(evidence, change, trial)
  const through = throughOf(cause, evidence)
  return through.length > 0 ? { ...cause, through } : cause
}

/** What reaches the code that the cause is in, beside the diff's own lines. */
function throughOf({ kind }: Cause, { changed }: Evidence): readonly string[] {
  if (kind === 'placement' || kind === 'unexplained') return []
  const wanted = changed.filter(({ touched }) => (kind === 'codegen' ? touched === 'no' : touched !== 'no'))
  const [first] = wanted.toSorted((a, b) => b.growth - a.growth || b.share - a.share)
  return first?.through ?? []
}

function causeByRules(evidence: Evidence, change: Change, trial?: LayoutTrial): Cause {
  const held = rulesThatHold(evidence)
  if (trial && trial.outcome !== 'inconclusive' && change.ratio > 1)
    return afterTrial(held, evidence, { change, trial })
  const cause = ofSpeedUp(withoutTrial(held, evidence), change)
  return trial?.outcome === 'inconclusive'
    ? { ...cause, confidence: 'likely', against: [...cause.against, trial.sentence] }
    : cause
}

/** What the evidence says a slowdown is that layouts have shown to be real; undefined when it says nothing. */
export function realCauseOf(evidence: Evidence): PlainCause | undefined {
  return strongest(rulesThatHold(evidence), REAL, () => NEEDED_WHEN_REAL)
}

function rulesThatHold(evidence: Evidence): Held[] {
  return RULES.flatMap(rule => {
    const sentence = rule.sign(evidence)
    return sentence === undefined ? [] : [{ ...rule, sentence }]
  })
}

/** Luck is lost as it came. */
function ofSpeedUp(cause: Cause, { ratio }: Change): Cause {
  if (ratio >= 1 || (cause.kind !== 'placement' && cause.kind !== 'mixed')) return cause
  return {
    ...cause,
    because: [...cause.because, 'What placement gained, the next commit that moves this code may take back.'],
  }
}

function score(held: readonly Held[], kind: PlainCause): number {
  return held.reduce((sum, { weights }) => sum + (weights[kind] ?? 0), 0)
}

/** Whether the evidence suffices, and not by what merely fits. */
function reaches(held: readonly Held[], kind: PlainCause, needed: number): boolean {
  return (
    score(held, kind) >= needed && held.some(({ positive, weights }) => positive && (weights[kind] ?? 0) > 0)
  )
}

function strongest(
  held: readonly Held[],
  kinds: readonly PlainCause[],
  needed: (kind: PlainCause) => number,
): PlainCause | undefined {
  const reached = kinds.filter(kind => reaches(held, kind, needed(kind)))
  return reached.sort((a, b) => score(held, b) - score(held, a) || PLAIN.indexOf(a) - PLAIN.indexOf(b))[0]
}

function withoutTrial(held: readonly Held[], evidence: Evidence): Cause {
  const real = strongest(held, REAL, kind => NEEDED[kind])
  const placed = reaches(held, 'placement', NEEDED.placement)
  const outweighed =
    (evidence.growth ?? 0) <= evidence.tolerance &&
    real !== undefined &&
    score(held, 'placement') > score(held, real)
  if (real && placed && !outweighed && evidence.explained < EXPLAINED_BY_WORK) {
    const placementShare = 1 - Math.min(1, evidence.explained)
    return { kind: 'mixed', confidence: 'likely', ...sentences(held, [real, 'placement']), placementShare }
  }
  if (real && !(placed && outweighed))
    return {
      kind: real,
      confidence: shownByCounts(real, evidence) ? 'shown' : 'likely',
      ...sentences(held, [real]),
    }
  if (placed) return { kind: 'placement', confidence: 'likely', ...sentences(held, ['placement']) }
  return unexplained(held)
}

/** Changed or new code that executes more, in proportion to the time. */
function shownByCounts(kind: PlainCause, { changed, explained, tolerance }: Evidence): boolean {
  const [least, most] = COMPARABLE
  const inChanged = changed.some(({ growth }) => growth > tolerance)
  return (kind === 'work' || kind === 'codegen') && inChanged && explained >= least && explained <= most
}

function afterTrial(
  held: readonly Held[],
  evidence: Evidence,
  measured: { change: Change; trial: LayoutTrial },
): Cause {
  const { change, trial } = measured
  const real = strongest(held, REAL, () => NEEDED_WHEN_REAL)
  if (trial.outcome === 'placement') {
    const { because, against } = sentences(held, ['placement'])
    return { kind: 'placement', confidence: 'shown', because: [trial.sentence, ...because], against }
  }
  if (trial.outcome === 'mixed') {
    const { because, against } = sentences(held, real ? [real, 'placement'] : ['placement'])
    const placementShare = Math.min(1, Math.max(0, (change.ratio - trial.ratio) / (change.ratio - 1)))
    return {
      kind: 'mixed',
      confidence: 'shown',
      because: [trial.sentence, ...because],
      against,
      placementShare,
    }
  }
  if (!real) return withTrialSentence(unexplained(held), trial.sentence)
  const { because, against } = sentences(held, [real])
  const changed = evidence.changed.length > 0 || real === 'memory' || real === 'branches'
  return {
    kind: real,
    confidence: changed ? 'shown' : 'likely',
    because: [trial.sentence, ...because],
    against,
  }
}

const withTrialSentence = (cause: Cause, sentence: string): Cause => ({
  ...cause,
  because: [sentence, ...cause.because],
})

function unexplained(held: readonly Held[]): Cause {
  const because =
    held.length > 0
      ? 'No cause has enough evidence for it; what was seen is listed against every one.'
      : 'Nothing that was counted or compared differs enough to explain it.'
  return {
    kind: 'unexplained',
    confidence: 'likely',
    because: [because],
    against: held.map(({ sentence }) => sentence),
  }
}

/** What speaks for the kinds, in the table's order, and what speaks against them or for another cause. */
function sentences(held: readonly Held[], kinds: readonly PlainCause[]): Pick<Cause, 'because' | 'against'> {
  const weight = ({ weights }: Held): number => Math.max(...kinds.map(kind => weights[kind] ?? 0))
  const supporting = held.filter(rule => weight(rule) > 0)
  return {
    because: supporting.map(({ sentence }) => sentence),
    against: held.filter(rule => !supporting.includes(rule)).map(({ sentence }) => sentence),
  }
}

import type { Evidence } from '../evidence/evidence.ts'
import type { LayoutTrial } from '../model/trials.ts'
import { runReach, takesInWords } from '../source/reached.ts'
import {
  COMPARABLE,
  EXPLAINED_BY_WORK,
  NEEDED,
  NEEDED_WHEN_REAL,
  type PlainCause,
  RULES,
  type Rule,
} from './rules.ts'
import type { Judgement, Sign } from './sign.ts'

/** A rule that holds, with its figures. */
interface Held extends Rule {
  readonly found: Sign
}

const PLAIN: readonly PlainCause[] = ['work', 'codegen', 'memory', 'branches', 'placement']
/** A real cost in the code itself, as opposed to where it is. */
const REAL: readonly PlainCause[] = ['work', 'codegen', 'memory', 'branches']

/**
 * Names the cause of a change in time by the rules, with the signs for it and against it. A layout trial outranks
 * everything that was inferred; one that was asked of a speed-up says nothing of a slowdown, nor the other way round.
 */
export function judgeCause(evidence: Evidence, trial?: LayoutTrial): Judgement {
  const cause = causeByRules(evidence, trial)
  const through = throughOf(cause, evidence)
  return through.length > 0 ? { ...cause, through } : cause
}

/** What reaches the code that the cause is in, other than the diff's own lines. */
function throughOf({ kind }: Judgement, { changed, examination }: Evidence): readonly string[] {
  if (kind === 'placement' || kind === 'unexplained') return []
  const wanted = changed.filter(({ touched }) =>
    kind === 'codegen' ? touched === 'no' || touched === 'unknown' : touched !== 'no',
  )
  const [first] = wanted.toSorted((a, b) => b.growth - a.growth || b.share - a.share)
  if (first?.through || kind !== 'work') return first?.through ?? []
  // Unchanged code that runs more often over a table which a source takes in.
  const tables = first?.touched === 'yes' ? [] : (examination?.origins?.embedded ?? [])
  if (tables.length > 0 || first || !examination) return tables.map(takesInWords)
  const ran = examination.touched.some(({ from, share }) => from !== 'sizes' && share > 0)
  return ran ? [] : runReach(examination.change)
}

function causeByRules(evidence: Evidence, trial?: LayoutTrial): Judgement {
  const held = rulesThatHold(evidence)
  if (trial && trial.outcome !== 'inconclusive' && isSlowdown(evidence) === (trial.question !== 'speed-up'))
    return ofSpeedUp(afterTrial(held, evidence, trial), evidence)
  const cause = ofSpeedUp(withoutTrial(held, evidence), evidence)
  return trial?.outcome === 'inconclusive'
    ? { ...cause, confidence: 'likely', against: [...cause.against, shownBy(trial)] }
    : cause
}

/** What the evidence says a slowdown is that layouts have shown to be real; undefined when it says nothing. */
export function realCauseOf(evidence: Evidence): PlainCause | undefined {
  return strongest(rulesThatHold(evidence), REAL, () => NEEDED_WHEN_REAL)
}

/** Whether head is the slower side. */
const isSlowdown = ({ to }: Evidence): boolean => to === 'head'

function rulesThatHold(evidence: Evidence): Held[] {
  return Object.entries<Rule>(RULES).flatMap(([id, rule]) => {
    const figures = rule.sign(evidence)
    // Each rule's figures are what its own sign returns, which the compiler cannot follow through the table.
    return figures === undefined ? [] : [{ ...rule, found: { rule: id, figures } as Sign }]
  })
}

const shownBy = ({ layouts, ratio, low, high, best, outcome, question, asBuilt }: LayoutTrial): Sign => ({
  rule: 'layout-trial',
  figures: {
    ...{ layouts, ratio, low, high, best, outcome },
    ...(question === undefined || question === 'slowdown' ? {} : { question }),
    ...(asBuilt === undefined ? {} : { asBuilt }),
  },
})

/** What placement gained, the next commit that moves this code may take back. */
function ofSpeedUp(cause: Judgement, evidence: Evidence): Judgement {
  if (isSlowdown(evidence) || (cause.kind !== 'placement' && cause.kind !== 'mixed')) return cause
  return { ...cause, because: [...cause.because, { rule: 'gain-may-be-lost', figures: {} }] }
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

function withoutTrial(held: readonly Held[], evidence: Evidence): Judgement {
  const real = strongest(held, REAL, kind => NEEDED[kind])
  const placed = reaches(held, 'placement', NEEDED.placement)
  const outweighed =
    (evidence.growth ?? 0) <= evidence.tolerance &&
    real !== undefined &&
    score(held, 'placement') > score(held, real)
  if (real && placed && !outweighed && evidence.explained < EXPLAINED_BY_WORK) {
    const placementShare = 1 - Math.min(1, evidence.explained)
    return { kind: 'mixed', confidence: 'likely', ...signsFor(held, [real, 'placement']), placementShare }
  }
  if (real && !(placed && outweighed))
    return {
      kind: real,
      confidence:
        shownByCounts(real, evidence) && !infersSource(real, held, NEEDED[real]) ? 'shown' : 'likely',
      ...signsFor(held, [real]),
    }
  if (placed) return { kind: 'placement', confidence: 'likely', ...signsFor(held, ['placement']) }
  return unexplained(held, evidence)
}

/** Rules that support `codegen` although the sources could not be compared. */
const SOURCE_UNKNOWN: readonly string[] = ['most-code-resized', 'changed-code-unknown']

/** Whether an unchanged source is only inferred: `codegen` is then never shown, because a policy may excuse what is shown. */
function infersSource(kind: PlainCause, held: readonly Held[], needed: number): boolean {
  const known = held.filter(({ found }) => !SOURCE_UNKNOWN.includes(found.rule))
  return kind === 'codegen' && !reaches(known, 'codegen', needed)
}

/** Changed or new code that executes more, in proportion to the time. */
function shownByCounts(kind: PlainCause, { changed, explained, tolerance }: Evidence): boolean {
  const [least, most] = COMPARABLE
  const inChanged = changed.some(({ growth }) => growth > tolerance)
  return (kind === 'work' || kind === 'codegen') && inChanged && explained >= least && explained <= most
}

function afterTrial(held: readonly Held[], evidence: Evidence, trial: LayoutTrial): Judgement {
  const real = strongest(held, REAL, () => NEEDED_WHEN_REAL)
  if (trial.outcome === 'placement') {
    const { because, against } = signsFor(held, ['placement'])
    return { kind: 'placement', confidence: 'shown', because: [shownBy(trial), ...because], against }
  }
  if (trial.outcome === 'mixed') {
    const { because, against } = signsFor(held, real ? [real, 'placement'] : ['placement'])
    const placementShare = Math.min(
      1,
      Math.max(0, (evidence.slowdown - trial.ratio) / (evidence.slowdown - 1)),
    )
    return {
      kind: 'mixed',
      confidence: 'shown',
      because: [shownBy(trial), ...because],
      against,
      placementShare,
    }
  }
  if (!real) return withTrial(unexplained(held, evidence), trial)
  const { because, against } = signsFor(held, [real])
  const needsChange = real === 'work' || real === 'codegen'
  const isInferred =
    (needsChange && evidence.changed.length === 0) || infersSource(real, held, NEEDED_WHEN_REAL)
  return {
    kind: real,
    confidence: isInferred ? 'likely' : 'shown',
    because: [shownBy(trial), ...because],
    against,
  }
}

const withTrial = (cause: Judgement, trial: LayoutTrial): Judgement => ({
  ...cause,
  because: [shownBy(trial), ...cause.because],
})

function unexplained(held: readonly Held[], { source, examination }: Evidence): Judgement {
  const unstable = held.filter(({ found }) => found.rule === 'build-not-reproducible')
  if (unstable.length > 0) {
    const against = held.filter(each => !unstable.includes(each)).map(({ found }) => found)
    return { kind: 'unexplained', confidence: 'likely', because: unstable.map(({ found }) => found), against }
  }
  const nothing = source === 'none' && !examination ? 'nothing-counted' : 'nothing-differs'
  const rule = held.length > 0 ? 'evidence-insufficient' : nothing
  return {
    kind: 'unexplained',
    confidence: 'likely',
    because: [{ rule, figures: {} }],
    against: held.map(({ found }) => found),
  }
}

/** What speaks for the kinds, in the table's order, and what speaks against them or for another cause. */
function signsFor(
  held: readonly Held[],
  kinds: readonly PlainCause[],
): Pick<Judgement, 'because' | 'against'> {
  const weight = ({ weights }: Held): number => Math.max(...kinds.map(kind => weights[kind] ?? 0))
  const supporting = held.filter(rule => weight(rule) > 0)
  return {
    because: supporting.map(({ found }) => found),
    against: held.filter(rule => !supporting.includes(rule)).map(({ found }) => found),
  }
}

import type { CauseKind } from '../../src/core/model/explanation.ts'
import type { Decision } from '../../src/core/model/report.ts'

/** The files of one side by path; a value is the whole text. */
export type Tree = Readonly<Record<string, string>>

/** What a right judgement says. Names are regular expressions over whole symbol names. */
export interface Expectation {
  readonly decision: Decision
  /** Cause kinds that are right; empty when nothing was breached and no cause is asked for. */
  readonly causes: readonly CauseKind[]
  /** Hot symbols whose placement is the reason, each to be found among the suspects, and what may be named beside them. */
  readonly suspects?: { readonly expected: readonly string[]; readonly allowed?: readonly string[] }
  /** Symbols, sections or objects of which at least one must be named as a displacer. */
  readonly displacers?: readonly string[]
  /** Hot functions that must not be called a suspect, however far they moved. */
  readonly innocent?: readonly string[]
  /** What the first sentence of the report says, as a regular expression. */
  readonly sentence?: string
  /** What the row's other measurement says, where rows are measured both as built and over layouts. */
  readonly other?: { readonly how: 'as-built' | 'over-layouts'; readonly decision: Decision }
  /** Other answers that are right where the machine's own luck decides which one is. */
  readonly or?: readonly Expectation[]
}

/** A range that a ratio head/base lies in. */
export type Effect = { readonly above: number } | { readonly below: number } | { readonly within: number }

/** A git repository with a known cause: its base, its head, how it is built and run, and what is right to say of it. */
export interface Scenario {
  readonly name: string
  readonly story: string
  /** Tools beside git and a shell; a scenario whose tools are missing is skipped, and says so. */
  readonly needs: readonly string[]
  readonly base: Tree
  readonly head: Tree
  /** Title of the head commit. */
  readonly message: string
  readonly build: string
  readonly run: string
  readonly countWith: string
  /** Files whose fresh copies the plain ratio is measured over. */
  readonly binaries: readonly string[]
  /** What the gate is told besides. */
  readonly options?: readonly string[]
  /** Variations of both sides, of which one with the effect is looked for; the plain ratio rises from each to the next. */
  readonly tries?: readonly { readonly base?: Tree; readonly head?: Tree }[]
  /** What must hold of the plain ratio head/base on this machine, for the scenario to mean anything here. */
  readonly effect?: Effect
  readonly expect: Expectation
}

/**
 * What a scenario asks of the machine: its own effect, or a clear one in the direction that it expects. Builds that are equal need none:
 * the gate does not time them.
 */
export function effectOf({ effect, expect }: Scenario): Effect | undefined {
  if (effect) return effect
  if (expect.decision === 'slower') return { above: 1.08 }
  return expect.decision === 'faster' ? { below: 0.93 } : undefined
}

/** Two digits, so that names sort as numbers do. */
export const two = (n: number): string => String(n).padStart(2, '0')

/** The whole numbers from 0 below `n`. */
export const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i)

import { judgeCause } from '../../../src/core/cause/judge.ts'
import { NEEDED, type PlainCause, RULES, type Rule } from '../../../src/core/cause/rules.ts'
import type { CauseKind } from '../../../src/core/model/explanation.ts'
import type { LayoutTrial } from '../../../src/core/model/trials.ts'
import { evidenceWith, type PieceName } from './pieces.ts'

/** What was observed, and what is to be said of it: the cause, and which signs are for and which against it. */
export interface PinnedRow {
  readonly observed: readonly PieceName[]
  /** Layouts have shown that the slowdown is real: then less evidence says what it is. */
  readonly real?: true
  readonly cause: CauseKind
  readonly because: readonly string[]
  readonly against: readonly string[]
}

const real: LayoutTrial = {
  ...{ layouts: 12, linker: 'mold', seeds: [1], base: [1], head: [1.5], outcome: 'real' as const },
  ...{ ratio: 1.5, low: 1.48, high: 1.52, best: 1.5, p: 0.001 },
  sentence: 'Layouts show it too.',
}

/** What the rules say now of some observations. */
export function said(observed: readonly PieceName[], isReal: boolean): PinnedRow {
  const { kind, because, against } = judgeCause(evidenceWith(observed), isReal ? real : undefined)
  const ids = (signs: readonly { readonly rule: string }[]) => signs.map(({ rule }) => rule)
  return {
    observed,
    ...(isReal ? { real: true } : {}),
    cause: kind,
    because: ids(because),
    against: ids(against),
  }
}

/** Whether the rules say of a row's observations what the row says. */
export function isSaid(row: PinnedRow): boolean {
  return JSON.stringify(said(row.observed, row.real ?? false)) === JSON.stringify(inOrder(row))
}

const inOrder = ({ observed, real, cause, because, against }: PinnedRow): PinnedRow => ({
  observed,
  ...(real ? { real } : {}),
  cause,
  because,
  against,
})

/** One change to the table of rules: how it is called, and how it is made and taken back. */
export interface Mutant {
  readonly name: string
  /** Makes the change and yields what undoes it. */
  apply(): () => void
}

type Changeable = { -readonly [Key in keyof Rule]: Rule[Key] } & {
  weights: Partial<Record<PlainCause, number>>
}

/** Every rule deleted, every weight every amount that is needed moved both ways, and every `positive` taken away. */
export function mutants(): readonly Mutant[] {
  const rules = RULES as unknown as Record<string, Changeable>
  const needed = NEEDED as Record<PlainCause, number>
  return [
    ...Object.entries(rules).flatMap(([id, rule]) => [
      {
        name: `rule ${id} deleted`,
        apply: () => {
          const { sign } = rule
          rule.sign = () => undefined
          return () => {
            rule.sign = sign
          }
        },
      },
      ...Object.keys(rule.weights).flatMap(cause => shifts(`weight of ${id} for`, rule.weights, cause)),
      ...(rule.positive
        ? [
            {
              name: `rule ${id} no longer positive`,
              apply: () => {
                rule.positive = false
                return () => {
                  rule.positive = true
                }
              },
            },
          ]
        : []),
    ]),
    ...Object.keys(needed).flatMap(cause => shifts('evidence needed for', needed, cause, 1)),
  ]
}

function shifts(name: string, weights: object, cause: string, by = 0.5): readonly Mutant[] {
  const at = weights as Record<string, number>
  return [-by, by].map(more => ({
    name: `${name} ${cause} ${more > 0 ? '+' : ''}${more}`,
    apply: () => {
      const was = at[cause]!
      at[cause] = was + more
      return () => {
        at[cause] = was
      }
    },
  }))
}

/** The mutants that no row notices. */
export function survivors(rows: readonly PinnedRow[]): readonly string[] {
  return mutants().flatMap(({ name, apply }) => {
    const undo = apply()
    try {
      return rows.every(isSaid) ? [name] : []
    } finally {
      undo()
    }
  })
}

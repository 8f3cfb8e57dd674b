import type { PerSide } from '../model/side.ts'
import type { Bound, Choice, ChosenProgram } from './choose-work.ts'

/** What is counted of a command: its work apart from what starts it, the whole of it, or nothing where the sides run different things. */
export type Followed =
  | { readonly kind: 'whole' }
  /** The whole, although much of it only starts the work. */
  | { readonly kind: 'bound'; readonly why: Bound | 'other-alone'; readonly choice: Choice }
  | { readonly kind: 'apart'; readonly choices: PerSide<Choice> }
  | { readonly kind: 'differ'; readonly choices: PerSide<Choice> }

/** Decides for both sides at once, so that both count the same; a side that could not be looked at has both counted whole. */
export function sameWork({ base, head }: PerSide<Choice | undefined>): Followed {
  if (!base || !head || !(base.worthwhile || head.worthwhile)) return { kind: 'whole' }
  if (isWhole(base) || isWhole(head)) return { kind: 'whole' }
  for (const choice of [base, head]) {
    if (choice.bound) return { kind: 'bound', why: choice.bound, choice }
  }
  const choices = { base, head }
  return { kind: isSameRole(base, head) ? 'apart' : 'differ', choices }
}

/** Nothing of it only starts something. */
const isWhole = ({ startSeconds }: Choice): boolean => startSeconds === 0

/** Programs of the tree have the same role whatever they are called; any others by what they are. */
function isSameRole(base: Choice, head: Choice): boolean {
  if (base.built && head.built) return true
  const roles = ({ works }: Choice) => works.map(({ name }) => name).toSorted()
  return JSON.stringify(roles(base)) === JSON.stringify(roles(head))
}

/** What a reader calls the work of one side: its programs with their words, cut to a line. */
export function titleOf(works: readonly ChosenProgram[]): string {
  const titles = works.map(({ program, words }) =>
    [program.slice(program.lastIndexOf('/') + 1), ...words.slice(1)].join(' '),
  )
  const [first = '', ...rest] = [...new Set(titles)]
  const title = first.length > MOST_CHARACTERS ? `${first.slice(0, MOST_CHARACTERS - 1)}…` : first
  return rest.length === 0 ? title : `${title} and ${rest.length} more`
}

const MOST_CHARACTERS = 80

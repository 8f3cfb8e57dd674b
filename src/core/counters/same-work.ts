import type { PerSide } from '../model/side.ts'
import type { Bound, Choice, ChosenProgram, LeftOutScripts } from './choose-work.ts'

/** Why the work is counted together with what starts it. */
export type WhyWhole = Bound | 'other-alone' | 'other-starters'

/** What is counted of a command: its work apart from what starts it, the whole of it, or nothing where the sides run different things. */
export type Followed =
  | { readonly kind: 'whole' }
  /** The whole, although much of it only starts the work. */
  | { readonly kind: 'bound'; readonly why: WhyWhole; readonly choice: Choice }
  | { readonly kind: 'apart'; readonly choices: PerSide<Choice> }
  | { readonly kind: 'differ'; readonly choices: PerSide<Choice> }

/** Chooses the work of a side; undefined where it could not be looked at. */
export type Chooser = (scripts: LeftOutScripts) => Choice | undefined

/** Decides for both sides at once, so that both count the same; a side that could not be looked at has both counted whole. */
export function sameWork(sides: PerSide<Chooser>): Followed {
  const byTime = sameChoices(sides, 'by-time')
  // A script that is the work by its time on one side only is at the edge: it is none on either side, where that makes them alike.
  if (byTime.kind !== 'differ') return byTime
  const alike = sameChoices(sides, 'all')
  return alike.kind === 'differ' ? byTime : alike
}

function sameChoices(sides: PerSide<Chooser>, scripts: LeftOutScripts): Followed {
  const [base, head] = [sides.base(scripts), sides.head(scripts)]
  if (!base || !head || !(base.worthwhile || head.worthwhile)) return { kind: 'whole' }
  if (isWhole(base) || isWhole(head)) return { kind: 'whole' }
  const choices = { base, head }
  if (!isSameRole(base, head)) return { kind: 'differ', choices }
  for (const choice of [base, head]) {
    if (choice.bound) return { kind: 'bound', why: choice.bound, choice }
  }
  return { kind: 'apart', choices }
}

/** Nothing of it only starts something. */
const isWhole = ({ startSeconds }: Choice): boolean => startSeconds === 0

function isSameRole(base: Choice, head: Choice): boolean {
  const roles = ({ works }: Choice) => [...new Set(works.map(({ role }) => role))].toSorted()
  return JSON.stringify(roles(base)) === JSON.stringify(roles(head))
}

/** Processor time of a launcher differs by far less from run to run. */
const OTHER_SECONDS = 0.03
const OTHER_RATIO = 1.5

/** Whether what would be left out does more on one side by the looks that took least, so that it may be what changed. */
export function startersDiffer(looks: readonly PerSide<Choice>[]): boolean {
  const [base, head] = (['base', 'head'] as const).map(side =>
    Math.min(...looks.map(look => look[side].preludeSeconds)),
  )
  const [less, more] = [Math.min(base!, head!), Math.max(base!, head!)]
  return more - less >= OTHER_SECONDS && more >= OTHER_RATIO * less
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

import type { Fault } from '../../core/harness/result.ts'
import type { PerSide, Side } from '../../core/model/side.ts'
import { quoted } from '../../core/text/text.ts'
import { faultClause } from './faults.ts'

/** Why a row of the table has no comparison, or no answer. */

/** Only one side has a benchmark of this name. */
export const UNPAIRED = {
  new: 'Base has no benchmark of this name.',
  removed: 'Head has no benchmark of this name any more.',
} as const

/** Head's table lacks it, and head gave no answer to base's command; `why` is a sentence. */
export const removedFromTable = (why: string | undefined): string =>
  `This change removes it from the table of benchmarks, and with base's command head gave no answer.${why === undefined ? '' : ` ${why}`}`

/** No file that it is built from changed; `files` are named. */
export const nothingChanged = (files: string): string =>
  `Nothing that this benchmark is built from changed: no difference between base and head in ${files}.`

/** Only one side builds a file whose size is compared. */
export const fileOfOneSide = (decision: 'new' | 'removed', file: string): string =>
  decision === 'new'
    ? `Base builds no file ${quoted(file)}.`
    : `Head builds no file ${quoted(file)} any more.`

const clauseOf = (fault: Fault | undefined): string => (fault ? faultClause(fault.says) : 'failed')

/** How the runs of a row failed, by the last fault of each side. */
export function faultReason(side: Side | 'both', last: PerSide<Fault | undefined>): string {
  const [base, head] = [clauseOf(last.base), clauseOf(last.head)]
  if (side === 'head') return `On head it ${head}, while base ran.`
  if (side === 'base') return `On base it ${base}, so there is no baseline.`
  return base === head ? `On both sides it ${base}.` : `On base it ${base}, and on head it ${head}.`
}

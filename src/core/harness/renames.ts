import { success } from '../model/result.ts'
import type { FirstResults } from './expand.ts'
import type { ResultsRead } from './result.ts'

/** Rows of head that only bear another name, by that name: the name that base has for each. */
export type RowRenames = ReadonlyMap<string, string>

/** The names of results that only one side has. */
export function namesApart({ base, head }: FirstResults): {
  readonly gone: readonly string[]
  readonly added: readonly string[]
} {
  if (!base?.ok || !head?.ok) return { gone: [], added: [] }
  const [ofBase, ofHead] = [base, head].map(({ value }) => new Set(value.map(({ name }) => name)))
  return {
    gone: [...ofBase!].filter(name => !ofHead!.has(name)),
    added: [...ofHead!].filter(name => !ofBase!.has(name)),
  }
}

/** The results of head by the names that base has for them. */
export function inBaseNames(head: ResultsRead | undefined, renames: RowRenames): ResultsRead | undefined {
  if (!head?.ok) return head
  return success(head.value.map(result => ({ ...result, name: renames.get(result.name) ?? result.name })))
}

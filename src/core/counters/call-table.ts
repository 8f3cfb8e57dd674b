/** A place in the code of a file; of samples that are not placed yet, the byte of the file. */
export interface CodeAddress {
  readonly object: string
  readonly address: number
}

/** What went through calls from one place to another. */
export interface Call {
  readonly from: CodeAddress
  /** Somewhere in the function that is called: its entry where calls were counted, any place of it where they were sampled. */
  readonly to: CodeAddress
  /** What was counted in the callee and in all that it called, recursion included. */
  readonly cost: number
}

/** Calls by caller and callee, over any number of files and processes. */
export interface CallTable {
  readonly calls: Map<string, { readonly from: CodeAddress; readonly to: CodeAddress; cost: number }>
}

/** The most different calls that are kept: hostile output cannot fill the memory. */
const MOST_CALLS = 300_000

export const emptyCallTable = (): CallTable => ({ calls: new Map() })

/** Adds the cost of one call to the table; calls that find no room are dropped, and what they cost has no caller then. */
export function addCall({ calls }: CallTable, from: CodeAddress, to: CodeAddress, cost: number): void {
  const key = `${from.address} ${to.address} ${from.object}\0${to.object}`
  const known = calls.get(key)
  if (known) known.cost += cost
  else if (calls.size < MOST_CALLS) calls.set(key, { from, to, cost })
}

/** The calls, with their files under the names that `named` gives them. */
export function callsOf({ calls }: CallTable, named: (object: string) => string = same): readonly Call[] {
  const place = ({ object, address }: CodeAddress): CodeAddress => ({ object: named(object), address })
  return Array.from(calls.values(), ({ from, to, cost }) => ({ from: place(from), to: place(to), cost }))
}

const same = (object: string): string => object

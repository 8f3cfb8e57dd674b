import { type Code, type Renames, sameCode } from '../code/code.ts'
import { normaliseName } from '../elf/names.ts'
import { compareHot, type HotCode } from './compare-hot.ts'
import type { HotPair } from './hot.ts'
import type { ObjectPair } from './objects.ts'

/** Compares all hot functions, and finds those that only bear another name now by their code. */
export function compareAll(
  pairs: readonly HotPair[],
  objects: readonly ObjectPair[],
  exact: boolean,
): HotCode[] {
  const renames = new Map(objects.flatMap(matchedUnderOtherNames))
  const first = pairs.map(pair => compareHot(pair, exact, renames))
  const found = renamedByCode(first, renames)
  if (found.length === 0) return first
  for (const { base, head } of found) renames.set(normaliseName(head.name), normaliseName(base.name))
  const merged = new Map(
    found.map(({ base, head }) => [head, { object: head.object, head: head.head!, base: base.base! }]),
  )
  const gone = new Set(found.map(({ base }) => base))
  return first
    .filter(code => !gone.has(code))
    .map(code =>
      code.sameness === 'changed' || merged.has(code)
        ? compareHot(merged.get(code) ?? code, exact, renames)
        : code,
    )
}

/** Clones that were matched by their origin: `f.constprop` on one side, `f` on the other. */
function matchedUnderOtherNames({ base, head, functions, shared }: ObjectPair): [string, string][] {
  if (!base || !head || shared) return []
  return functions.clones.flatMap(([ofBase, ofHead]): [string, string][] => {
    const name = normaliseName(base.view.functions.symbols[ofBase]!.name)
    const other = normaliseName(head.view.functions.symbols[ofHead]!.name)
    return name === other ? [] : [[other, name]]
  })
}

interface Renamed {
  readonly base: HotCode
  readonly head: HotCode
}

/** Hot functions that only one side has, and that are the same code as one that only the other has. */
function renamedByCode(all: readonly HotCode[], renames: Renames): Renamed[] {
  const left = new Set(all.filter(({ state, baseCode }) => state === 'gone' && isTelling(baseCode)))
  return all.flatMap(head => {
    if (head.state !== 'new' || !isTelling(head.headCode)) return []
    const base = [...left].find(
      each => each.object === head.object && sameCode(each.baseCode!, head.headCode!, renames),
    )
    if (!base) return []
    left.delete(base)
    return [{ base, head }]
  })
}

/** A few instructions can be alike by chance. */
const isTelling = (code: Code | undefined): boolean => (code?.body.instructions.length ?? 0) >= 6

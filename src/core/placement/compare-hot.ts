import { type Code, type Renames, readCode, type Sameness, sameCode, whatRan } from '../code/code.ts'
import type { HotState } from '../model/explanation.ts'
import type { HotPair } from './hot.ts'
import type { SideObject } from './objects.ts'

/** A hot function with its code on both sides and what became of it. */
export interface HotCode extends HotPair {
  readonly name: string
  readonly baseCode?: Code
  readonly headCode?: Code
  readonly sameness?: Sameness
  readonly moved: boolean
  readonly state: HotState
}

/**
 * Compares the code of a hot function's two sides. With `exact` counts (every instruction that ran was counted),
 * this tells code that differs only where nothing ran from code that differs where it matters.
 */
export function compareHot(pair: HotPair, exact: boolean, renames: Renames): HotCode {
  const { base, head, object } = pair
  const name = (head ?? base)!.symbol.name
  const baseCode = base && object.base && !object.shared ? readCode(object.base.view, base.symbol) : undefined
  const headCode = head && object.head && !object.shared ? readCode(object.head.view, head.symbol) : undefined
  const codes = { ...(baseCode ? { baseCode } : {}), ...(headCode ? { headCode } : {}) }
  if (!base || !head) return { ...pair, ...codes, name, moved: false, state: base ? 'gone' : 'new' }
  const sameness = object.shared ? 'same' : samenessOf(pair, { baseCode, headCode }, { exact, renames })
  const moved = !object.shared && base.symbol.address !== head.symbol.address
  const state = sameness !== 'same' ? 'changed' : moved ? 'moved' : 'same'
  return { ...pair, ...codes, name, sameness, moved, state }
}

function samenessOf(
  pair: HotPair,
  codes: { readonly baseCode: Code | undefined; readonly headCode: Code | undefined },
  how: { readonly exact: boolean; readonly renames: Renames },
): Sameness {
  const { baseCode, headCode } = codes
  const { base, head } = pair.object
  if (!baseCode || !headCode || !base || !head) return sameBytes(pair) ? 'same' : 'changed'
  if (sameCode(baseCode, headCode, how.renames)) return 'same'
  const ran = (side: SideObject) => (address: number) => side.profile.at(address) > 0
  const bothRan = pair.base!.count > 0 && pair.head!.count > 0
  if (
    how.exact &&
    bothRan &&
    sameCode(whatRan(baseCode, ran(base)), whatRan(headCode, ran(head)), how.renames)
  )
    return 'same-where-run'
  return 'changed'
}

/** On a machine whose instructions are not known, only equal bytes are surely the same code. */
function sameBytes({ object, base, head }: HotPair): boolean {
  if (!object.base || !object.head || !base || !head || base.symbol.size !== head.symbol.size) return false
  const one = object.base.view.elf.bytesAt(base.symbol.address, base.symbol.size)
  const other = object.head.view.elf.bytesAt(head.symbol.address, head.symbol.size)
  return one.length > 0 && one.every((byte, at) => byte === other[at])
}

import type { Body } from '../code/body.ts'
import type { InstructionCell, InstructionRow } from '../model/annotated-code.ts'
import type { Side } from '../model/side.ts'
import type { HotCode } from '../placement/compare-hot.ts'
import type { LinesOf } from '../placement/objects.ts'
import { align } from './align.ts'
import { keepCostly } from './rows.ts'

const MOST_COSTLY = 100

/** A hot function's instructions on both sides, equal ones next to each other, with what was counted at each. */
export function compareInstructions(code: HotCode, lines: LinesOf): readonly InstructionRow[] {
  const bodies = { base: code.baseCode?.body, head: code.headCode?.body }
  const shapes = (body: Body | undefined) => (body?.instructions ?? []).map(({ shape }) => shape)
  const cell = (side: Side, at: number | undefined): InstructionCell | undefined =>
    at === undefined ? undefined : cellOf(code, side, { at, lines })
  const rows = align(shapes(bodies.base), shapes(bodies.head)).map(pair => {
    const [base, head] = [cell('base', pair.base), cell('head', pair.head)]
    return { ...(base && { base }), ...(head && { head }) }
  })
  return keepCostly(rows, ({ base, head }) => Math.max(base?.count ?? 0, head?.count ?? 0), MOST_COSTLY)
}

function cellOf(
  { object, baseCode, headCode }: HotCode,
  side: Side,
  { at, lines }: { readonly at: number; readonly lines: LinesOf },
): InstructionCell {
  const { body } = (side === 'base' ? baseCode : headCode)!
  const { view, profile } = object[side]!
  const { address, length } = body.instructions[at]!
  const { count, icacheMisses } = profile.sum(address, address + length)
  const line = lines(object, side)?.lineOf(address)?.line
  return {
    ...{ address, count, bytes: hex(view.elf.bytesAt(address, length)) },
    ...(profile.profile.icacheMisses && { icacheMisses }),
    ...(line === undefined ? {} : { line }),
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(' ')
}

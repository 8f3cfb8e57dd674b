import { fieldsOf } from '../elf/fields.ts'
import type { Body } from './body.ts'
import type { ObjectView } from './object-view.ts'

const LONGEST_TABLE = 4096

const EXECUTABLE = 4
/** A target outside of the body: a part split off it, or what is read behind the table's end. */
const ELSEWHERE = -1

/**
 * Reads a table of jump targets as positions in the function's own body, as far as its entries name code: pointers
 * of eight bytes, or distances of four bytes from the table's start. Empty when none of them is in the body.
 */
export function readJumpTable(
  view: ObjectView,
  table: { readonly address: number; readonly body: Body; readonly pointers: boolean },
): number[] {
  const stride = table.pointers ? 8 : 4
  const section = view.sectionAt(table.address)
  const end = section ? section.address + section.size : 0
  const positions: number[] = []
  for (let at = table.address; at + stride <= end && positions.length < LONGEST_TABLE; at += stride) {
    const target = table.pointers ? pointerAt(view, at) : distantFrom(view, table.address, at)
    if (target === undefined || !isCode(view, target)) break
    positions.push(table.body.indexAt(target) ?? ELSEWHERE)
  }
  return positions.some(position => position !== ELSEWHERE) ? positions : []
}

/** The address at the distance from the table's start that an entry holds. */
function distantFrom({ elf }: ObjectView, start: number, at: number): number | undefined {
  const bytes = elf.bytesAt(at, 4)
  return bytes.length < 4 ? undefined : start + (fieldsOf(bytes, elf.littleEndian).u32(0) | 0)
}

function pointerAt(view: ObjectView, address: number): number | undefined {
  const slot = view.slotAt(address)
  return slot && 'address' in slot ? slot.address : undefined
}

function isCode(view: ObjectView, address: number): boolean {
  return ((view.sectionAt(address)?.flags ?? 0) & EXECUTABLE) !== 0
}

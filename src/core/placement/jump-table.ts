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
  const bytes = view.elf.bytesAt(table.address, LONGEST_TABLE * stride)
  const fields = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const positions: number[] = []
  for (let at = 0; at + stride <= bytes.length; at += stride) {
    const target = table.pointers
      ? pointerAt(view, table.address + at)
      : table.address + fields.getInt32(at, view.elf.littleEndian)
    if (target === undefined || !isCode(view, target)) break
    positions.push(table.body.indexAt(target) ?? ELSEWHERE)
  }
  return positions.some(position => position !== ELSEWHERE) ? positions : []
}

function pointerAt(view: ObjectView, address: number): number | undefined {
  const slot = view.slotAt(address)
  return slot && 'address' in slot ? slot.address : undefined
}

function isCode(view: ObjectView, address: number): boolean {
  return ((view.sectionAt(address)?.flags ?? 0) & EXECUTABLE) !== 0
}

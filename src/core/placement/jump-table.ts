import type { Body } from './body.ts'
import type { ObjectView } from './object-view.ts'

const LONGEST_TABLE = 4096

/**
 * Reads a table of jump targets as positions in the function's own body, as far as its entries stay inside:
 * pointers of eight bytes, or distances of four bytes from the table's start. Empty when it is no such table.
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
    const position = target === undefined ? undefined : table.body.indexAt(target)
    if (position === undefined) break
    positions.push(position)
  }
  return positions
}

function pointerAt(view: ObjectView, address: number): number | undefined {
  const slot = view.slotAt(address)
  return slot && 'address' in slot ? slot.address : undefined
}

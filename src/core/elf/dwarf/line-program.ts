import { type Cursor, cursorAt } from '../cursor.ts'
import type { LineHeader } from './line-header.ts'
import type { RowSink } from './rows.ts'

interface State {
  address: number
  operation: number
  file: number
  line: number
}

/** Moves the address on by instructions; machines with several operations in one instruction count those too. */
function advance(state: State, by: number, header: LineHeader): void {
  const { minimumInstruction, operationsPerInstruction } = header
  const operations = state.operation + by
  state.address += minimumInstruction * Math.floor(operations / operationsPerInstruction)
  state.operation = operations % operationsPerInstruction
}

function restart(state: State): void {
  state.address = 0
  state.operation = 0
  state.file = 1
  state.line = 1
}

/** Opcodes of any length, which begin with a zero byte (DWARF 5, §6.2.5.3). */
function extendedOpcode(cursor: Cursor, state: State, sink: RowSink): void {
  const length = cursor.uleb()
  const next = cursor.at + length
  const opcode = length === 0 ? 0 : cursor.u8()
  if (opcode === 1) {
    sink.endSequence(state.address)
    restart(state)
  } else if (opcode === 2 && (length === 5 || length === 9)) {
    state.address = cursor.word(length - 1)
    state.operation = 0
  }
  cursor.skip(next - cursor.at)
}

/** Opcodes 1 to 12; those that change no address, file or line are moved over, as are unknown ones (§6.2.5.2). */
function standardOpcode(opcode: number, cursor: Cursor, at: { state: State; header: LineHeader }): void {
  const { state, header } = at
  if (opcode === 2) advance(state, cursor.uleb(), header)
  else if (opcode === 3) state.line += cursor.sleb()
  else if (opcode === 4) state.file = cursor.uleb()
  else if (opcode === 8) advance(state, Math.floor((255 - header.opcodeBase) / header.lineRange), header)
  else if (opcode === 9) {
    state.address += cursor.u16()
    state.operation = 0
  } else for (let count = header.operands[opcode - 1] ?? 0; count > 0; count--) cursor.uleb()
}

/** Runs one line program (DWARF 5, §6.2) into a sink; `fileOf` turns its file numbers into those of the table. */
export function runLineProgram(
  bytes: Uint8Array,
  header: LineHeader,
  out: { readonly littleEndian: boolean; readonly sink: RowSink; readonly fileOf: (file: number) => number },
): void {
  const cursor = cursorAt(bytes, out.littleEndian, header.program)
  const { opcodeBase, lineBase, lineRange } = header
  const state: State = { address: 0, operation: 0, file: 1, line: 1 }
  const emit = (): void => out.sink.row(state.address, out.fileOf(state.file), Math.max(0, state.line))
  while (cursor.at < cursor.end) {
    const opcode = cursor.u8()
    if (opcode >= opcodeBase) {
      const adjusted = opcode - opcodeBase
      advance(state, Math.floor(adjusted / lineRange), header)
      state.line += lineBase + (adjusted % lineRange)
      emit()
    } else if (opcode === 0) extendedOpcode(cursor, state, out.sink)
    else if (opcode === 1) emit()
    else standardOpcode(opcode, cursor, { state, header })
  }
}

import type { AnnotatedCode, InstructionCell } from '../../core/model/annotated-code.ts'
import { SIDES, type Side } from '../../core/model/side.ts'
import type { Ports } from '../../shell/ports/ports.ts'
import { type CodePiece, disassemble, MOST_CODE_BYTES } from '../../shell/tools/disassemble.ts'

/** The annotated with their instructions as an assembler writes them. */
export async function withInstructionTexts(
  annotated: readonly AnnotatedCode[],
  ports: Pick<Ports, 'tools' | 'sandbox'>,
): Promise<readonly AnnotatedCode[]> {
  const wanted = annotated.flatMap(code => SIDES.flatMap(side => piecesOf(code, side)))
  const texts = await disassemble(
    wanted.map(({ piece }) => piece),
    ports,
  )
  const known = new Map<string, string>()
  wanted.forEach(({ code, side }, at) => {
    for (const [address, text] of texts[at]!) known.set(keyOf(code, side, address), text)
  })
  const told = (code: AnnotatedCode, side: Side, cell: InstructionCell | undefined) => {
    const text = cell && known.get(keyOf(code, side, cell.address))
    return cell && { [side]: text === undefined ? cell : { ...cell, text } }
  }
  return annotated.map(code => ({
    ...code,
    instructions: code.instructions.map(row => ({
      ...row,
      ...told(code, 'base', row.base),
      ...told(code, 'head', row.head),
    })),
  }))
}

const keyOf = ({ object, symbol }: AnnotatedCode, side: Side, address: number): string =>
  `${side} ${address} ${object}\0${symbol}`

interface Wanted {
  readonly code: AnnotatedCode
  readonly side: Side
  readonly piece: CodePiece
}

/** Instructions that follow each other are one piece, since a disassembler needs to begin where one begins. */
function piecesOf(code: AnnotatedCode, side: Side): readonly Wanted[] {
  const { machine, instructions } = code
  if (machine === 'other') return []
  const pieces: { address: number; bytes: number[] }[] = []
  for (const { [side]: cell } of instructions) {
    if (!cell) continue
    const bytes = cell.bytes.split(' ').map(digits => Number.parseInt(digits, 16))
    const last = pieces.at(-1)
    const follows = last && last.address + last.bytes.length === cell.address
    if (follows && last.bytes.length + bytes.length <= MOST_CODE_BYTES) last.bytes.push(...bytes)
    else pieces.push({ address: cell.address, bytes })
  }
  return pieces.map(({ address, bytes }) => ({
    code,
    side,
    piece: { machine, address, bytes: Uint8Array.from(bytes) },
  }))
}

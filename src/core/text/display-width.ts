/** Blocks whose characters a terminal draws two columns wide (Unicode TR 11, classes W and F), as far as names of benchmarks hold them. */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
]

function widthOf(character: string): number {
  // Marks stand on the character before them, and format characters are not drawn.
  if (/^[\p{M}\p{Cf}]$/u.test(character)) return 0
  const point = character.codePointAt(0) ?? 0
  return WIDE.some(([first, last]) => point >= first && point <= last) ? 2 : 1
}

/** Columns that a text without control characters takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += widthOf(character)
  return width
}

/** As much of the start of a text as fits into so many columns, with an ellipsis for the rest. */
export function fitted(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  let width = 1
  let shown = ''
  for (const character of text) {
    width += widthOf(character)
    if (width > columns) break
    shown += character
  }
  return columns < 1 ? '' : `${shown}…`
}

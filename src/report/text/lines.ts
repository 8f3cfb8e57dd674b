import { displayWidth } from '../../core/text/display-width.ts'

/** Where nobody reads on a narrower terminal. */
export const FULL_WIDTH = 100

/** A sentence in lines of at most so many columns, the first one after a mark, the others indented as far. */
export function wrapped(sentence: string, mark: string, width = FULL_WIDTH): readonly string[] {
  const lines: string[] = []
  let line = mark
  for (const word of sentence.split(' ').filter(part => part !== '')) {
    const joined = line === mark || line.trim() === '' ? `${line}${word}` : `${line} ${word}`
    if (displayWidth(joined) > width && line.trim() !== '' && line !== mark) {
      lines.push(line)
      line = `${' '.repeat(mark.length)}${word}`
    } else line = joined
  }
  return line.trim() === '' ? lines : [...lines, line]
}

/** Columns of one width: words begin below each other, and figures end below each other. The first row may be headings. */
export function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => displayWidth(row[column] ?? ''))),
  )
  const ofWords = widths.map((_, column) =>
    rows.slice(1).every(row => /^(?:[\p{L}/.]|$)/u.test((row[column] ?? '').trim())),
  )
  return rows.map(row =>
    row
      .map((text, column) => {
        const pad = ' '.repeat((widths[column] ?? 0) - displayWidth(text))
        return column === 0 || column === row.length - 1 || ofWords[column]
          ? `${text}${pad}`
          : `${pad}${text}`
      })
      .join('  ')
      .trimEnd(),
  )
}

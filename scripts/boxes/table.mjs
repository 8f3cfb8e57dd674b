/** The lines of a box as a table: assertion, guest, result, seconds on this machine since the assertion before. */
export function tableOf(rows) {
  const cells = [
    ['assertion', 'guest', 'result', 'seconds'],
    ...rows.map(({ assertion, guest, passed, seconds }) => [
      assertion,
      guest,
      passed ? 'holds' : 'FAILS',
      seconds.toFixed(0),
    ]),
  ]
  const widths = cells[0].map((_, column) => Math.max(...cells.map(row => row[column].length)))
  const line = row => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  return [
    line(cells[0]),
    `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`,
    ...cells.slice(1).map(line),
  ].join('\n')
}

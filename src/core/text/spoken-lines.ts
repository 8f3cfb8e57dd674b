const FENCE = /^ {0,3}(`{3,}|~{3,})/
const INDENTED = /^(?: {4}|\t)/
const QUOTED = /^ {0,3}>/
/** Elements that show their text as code, or not before a reader asks for it. */
const HIDING = ['pre', 'code', 'details', 'script', 'style', 'template', 'textarea']

/**
 * The lines of Markdown that its writer says, and every reader sees: no code block, no quotation with the lines that belong to it
 * (CommonMark's lazy continuation), no HTML comment, no folded part. Errs on the side of leaving a line out.
 */
export function spokenLines(markdown: string): readonly string[] {
  const spoken: string[] = []
  let fence: string | undefined
  let quoting = false
  let hiding: string | undefined
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const mark = FENCE.exec(line)?.[1]
    if (hiding !== undefined) {
      if (line.toLowerCase().includes(hiding)) hiding = undefined
    } else if (fence !== undefined) {
      const closes = mark?.startsWith(fence) && line.trim() === mark
      if (closes) fence = undefined
    } else if (mark !== undefined) {
      fence = mark
      quoting = false
    } else if (opening(line) !== undefined) {
      hiding = opening(line)
      if (closesIn(line, hiding!)) hiding = undefined
    } else if (line.trim() === '') quoting = false
    else if (QUOTED.test(line)) quoting = true
    else if (!quoting && !INDENTED.test(line)) spoken.push(line)
  }
  return spoken
}

/** What ends the part that this line begins and that not every reader sees. */
function opening(line: string): string | undefined {
  if (line.includes('<!--')) return '-->'
  const element = HIDING.find(name => new RegExp(`<${name}\\b`, 'i').test(line))
  return element === undefined ? undefined : `</${element}>`
}

function closesIn(line: string, end: string): boolean {
  const start = end === '-->' ? line.indexOf('<!--') + 4 : 0
  return line.toLowerCase().includes(end, start)
}

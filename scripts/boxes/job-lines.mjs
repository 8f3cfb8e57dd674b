/** Reads the lines that a job has reported so far, each a JSON object; called again with more bytes it returns the new ones only. */
export function newLines() {
  let taken = 0
  return bytes => {
    const end = bytes.lastIndexOf(0x0a) + 1
    if (end <= taken) return []
    const text = bytes.subarray(taken, end).toString('utf8')
    taken = end
    return text
      .split('\n')
      .filter(line => line !== '')
      .map(readLine)
  }
}

function readLine(line) {
  try {
    return JSON.parse(line)
  } catch {
    return { note: `a line that is no JSON: ${line.slice(0, 200)}` }
  }
}

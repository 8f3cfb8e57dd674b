/** By these the toolkit tells the runner what to keep out of the log; they go through, or the secret would be printed. */
const MASK = '::add-mask::'

/**
 * Runs work that writes to our standard output on its own, and returns its lines instead. The toolkit's cache speaks to the
 * runner in commands (an error annotation for a service that is down), and tar prints names of files.
 */
export async function captureOutput<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly lines: readonly string[] }> {
  const write = process.stdout.write
  let text = ''
  process.stdout.write = ((chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    const done = rest.at(-1)
    if (typeof done === 'function') done()
    return true
  }) as typeof write
  try {
    const result = await work()
    return { result, lines: linesOf(text) }
  } finally {
    process.stdout.write = write
    for (const line of text.split('\n')) if (line.startsWith(MASK)) process.stdout.write(`${line}\n`)
  }
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .filter(line => line.trim() !== '' && !/^(::debug::|::add-mask::|\[command\])/.test(line))
    .map(line => line.replace(/^::\w+[^:]*::/, ''))
}

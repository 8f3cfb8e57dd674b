/**
 * Runs work that writes to our standard output on its own, and yields its lines instead. The toolkit's cache speaks to the
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
  }
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('::debug::') && !line.startsWith('[command]'))
    .map(line => line.replace(/^::\w+[^:]*::/, ''))
}

import type { RanOut } from '../sandbox/limits.ts'

/** How a job that a signal ended ended, in words that follow its name; memory is blamed only where the kernel says so. */
export function killedBy(signal: string | number, ranOut?: RanOut): string {
  const by = typeof signal === 'number' ? `signal ${signal}` : signal
  return `was killed by ${by}${ranOut === undefined ? '' : `, because ${reached(ranOut)}`}`
}

/** How a job ended that gave a code other than 0, in words that follow its name. */
export function exitedWith(code: number | null, ranOut?: RanOut): string {
  return `exited with code ${code}${ranOut === undefined ? '' : ` after ${reached(ranOut)}`}`
}

/** The limit that was reached, as a clause. */
function reached({ of, limit }: RanOut): string {
  const amount = limit === undefined ? '' : gibibytes(limit)
  switch (of) {
    case 'memory':
      return `memory ran out${limit === undefined ? '' : ` (a job gets ${amount})`}`
    case 'machine memory':
      return `less than ${amount} of the machine's memory was free`
    case 'disk':
      return `less than ${amount} of the disk was free`
    case 'disk files':
      return 'the disk had hardly room for another file'
    case 'processes':
      return `it reached the limit of ${limit} processes and threads`
    case 'file size':
      return `a file reached the limit of ${amount}`
  }
}

const gibibytes = (bytes: number): string =>
  bytes < 2 ** 30 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`

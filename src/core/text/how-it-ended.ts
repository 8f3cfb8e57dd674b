import type { RanOut } from '../sandbox/limits.ts'

const BROKEN_PIPE =
  ', because a program wrote into a pipe whose reader had ended (SIGPIPE); let the reader read all of it'

/** How a job that a signal ended ended, in words that follow its name; memory is blamed only where the kernel says so. */
export function killedBy(signal: string | number, ranOut?: RanOut): string {
  const by = typeof signal === 'number' ? `signal ${signal}` : signal
  const why = ranOut !== undefined ? `, because ${reached(ranOut)}` : signal === 'SIGPIPE' ? BROKEN_PIPE : ''
  return `was killed by ${by}${why}`
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
    case 'disk use':
      return `its tree and home had grown to ${amount}, the most that one side gets of the disk`
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

const SIGNALS: Readonly<Record<number, string>> = {
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
}

/** The shell tells with a code above 128 of a signal that ended another program of the line. */
export function passedOn(code: number | null): string {
  if (code === 141) return BROKEN_PIPE
  if (code === 124) return ', as timeout does when its time is up'
  const signal = code === null ? undefined : SIGNALS[code - 128]
  return signal === undefined ? '' : `, by which the shell tells of ${signal}`
}

/** What curl, git, cargo, go, pip, npm, Gradle and Maven say without a network. */
const NO_NETWORK =
  /could not resolve host|temporary failure in name resolution|name or service not known|network is unreachable|dial tcp: lookup|\bENOTFOUND\b|\bEAI_AGAIN\b|UnknownHostException/i

/** Whether a program that failed printed that it found no network, which only builds have. */
export const foundNoNetwork = (printed: string): boolean => NO_NETWORK.test(printed)

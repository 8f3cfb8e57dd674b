/** How a job that a signal ended ended, in words that follow its name; nobody but the kernel sends it this one unasked. */
export function killedBy(signal: string | number): string {
  const isKill = signal === 'SIGKILL' || signal === 9
  const by = typeof signal === 'number' ? `signal ${signal}` : signal
  return `was killed by ${by}${isKill ? ', as the kernel does when memory runs out' : ''}`
}

/** How a job that a signal ended ended, in words that follow its name; memory is blamed only where the kernel says so. */
export function killedBy(signal: string | number, outOfMemory = false): string {
  const by = typeof signal === 'number' ? `signal ${signal}` : signal
  return `was killed by ${by}${outOfMemory ? ', because memory ran out' : ''}`
}

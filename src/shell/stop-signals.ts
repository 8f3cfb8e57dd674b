/** Listens for the signals that end a run; tells whether one has come, after which nothing that still happens means anything. */
export function listenForStop(): () => boolean {
  let stopped = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => (stopped = true))
  return () => stopped
}

/** What must be undone before this process ends, last first, whatever ends it. */
export interface CleanupStack {
  add(undo: () => Promise<unknown>): void
  /**
   * Undoes everything that is left, each once; failures do not stop the others. Once a signal has come it never returns: the process is
   * about to end, and what its jobs came to after they were killed must not be reported as a result.
   */
  runAll(): Promise<void>
  /** Passes a value on, and never returns once a signal has come: a job that was killed for it has no outcome to tell. */
  unlessStopped<T>(value: T): Promise<T>
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
/**
 * As long as undoing may take after a signal: the runner kills after 7.5 s. What takes longer ends without us: the host process puts the
 * machine back when its input closes, and the step after the job removes what is left.
 */
const PATIENCE_MILLISECONDS = 4_500

/** When to report what was measured although not all is undone: on a busy machine undoing may take all the time there is. */
const TELL_MILLISECONDS = 2_500

/**
 * Undoes on SIGINT, SIGTERM and SIGHUP, then leaves with the signal's code; `said` receives the signal, and `stopped` is the last
 * to be called, unless undoing takes too long.
 */
export function openCleanupStack(
  said: (signal: string) => void,
  stopped: () => Promise<unknown> = async () => {},
): CleanupStack {
  const undoing: (() => Promise<unknown>)[] = []
  let walking: Promise<void> | undefined
  let signalled = false
  async function walkAll(): Promise<void> {
    for (let undo = undoing.pop(); undo !== undefined; undo = undoing.pop()) {
      await undo().catch((error: unknown) => process.stderr.write(`While cleaning up: ${String(error)}\n`))
    }
  }
  const runAll = () => {
    walking = (walking ?? Promise.resolve()).then(walkAll)
    return walking
  }
  for (const [signal, code] of Object.entries(EXIT_CODES)) {
    // A second one, as timeout(1) and an impatient user send, must not end the process in the middle of putting things back.
    process.on(signal, () => {
      if (signalled) return
      signalled = true
      said(signal)
      let told: Promise<unknown> | undefined
      const tell = () => {
        told ??= stopped().catch((error: unknown) =>
          process.stderr.write(`While stopping: ${String(error)}\n`),
        )
        return told
      }
      setTimeout(tell, TELL_MILLISECONDS)
      setTimeout(() => process.exit(code), PATIENCE_MILLISECONDS)
      void runAll()
        .then(tell)
        .then(() => process.exit(code))
    })
  }
  const unlessStopped = async <T>(value: T): Promise<T> =>
    signalled ? await new Promise<T>(() => {}) : value
  return {
    add: undo => undoing.push(undo),
    runAll: async () => await unlessStopped(await runAll()),
    unlessStopped,
  }
}

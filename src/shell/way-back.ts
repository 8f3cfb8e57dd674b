/** What must be undone before this process ends, last first, whatever ends it. */
export interface WaysBack {
  add(undo: () => Promise<unknown>): void
  /** Undoes everything that is left, each once; failures do not stop the others. */
  walk(): Promise<void>
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** Undoes on SIGINT, SIGTERM and SIGHUP, then leaves with the signal's code; `said` is told which signal it was. */
export function openWaysBack(said: (signal: string) => void): WaysBack {
  const undoing: (() => Promise<unknown>)[] = []
  let walking: Promise<void> | undefined
  async function walkAll(): Promise<void> {
    for (let undo = undoing.pop(); undo !== undefined; undo = undoing.pop()) {
      await undo().catch((error: unknown) => process.stderr.write(`While cleaning up: ${String(error)}\n`))
    }
  }
  const walk = () => {
    walking = (walking ?? Promise.resolve()).then(walkAll)
    return walking
  }
  for (const [signal, code] of Object.entries(EXIT_CODES)) {
    process.once(signal, () => {
      said(signal)
      void walk().then(() => process.exit(code))
    })
  }
  return { add: undo => undoing.push(undo), walk }
}

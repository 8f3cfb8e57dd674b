const LONGEST_MILLISECONDS = 50

/**
 * Work over a tree that somebody else filled may be long: awaited once an item, this lets signals and timers in every so often, so that a
 * run can be stopped at any moment, and costs next to nothing in between.
 */
export function openPacer(): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < LONGEST_MILLISECONDS) return
    await new Promise(resolve => setImmediate(resolve))
    last = performance.now()
  }
}

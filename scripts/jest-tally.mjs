/** Prints the one closing line that a machine reads: passed, failed and skipped tests. */
export default class Tally {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, testResults } = results
    const brokenSuites = testResults.filter(suite => suite.testExecError).length
    const failed = numFailedTests + Math.min(brokenSuites, numFailedTestSuites)
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''
    process.stdout.write(`\n${numPassedTests} passed, ${failed} failed${skipped}\n`)
  }
}

import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/** Prints how to repeat what failed, and the one closing line that a machine reads: passed, failed and skipped tests. */
export default class Tally {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, testResults } = results
    const brokenSuites = testResults.filter(suite => suite.testExecError).length
    const failed = numFailedTests + Math.min(brokenSuites, numFailedTestSuites)
    for (const { testFilePath, numFailingTests, testExecError } of testResults) {
      if (numFailingTests === 0 && !testExecError) continue
      const file = relative(process.cwd(), testFilePath)
      const tier = file.endsWith('.system.test.ts') ? '--system ' : ''
      const soak = process.env.SOAK === '1' ? 'SOAK=1 ' : ''
      process.stdout.write(`\nRepeat it: ${soak}SEED=${process.env.SEED} npm run jest -- ${tier}${file}`)
    }
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''
    process.stdout.write(`\n${numPassedTests} passed, ${failed} failed${skipped}\n`)
    if (process.env.TALLY)
      writeFileSync(
        process.env.TALLY,
        JSON.stringify({ passed: numPassedTests, failed, skipped: numPendingTests }),
      )
  }
}

/** The gates that a test starts wait for each other, and not for those of other tests on this machine. */
process.env.PERF_VERDICT_LOCK ??= `test-${process.pid}`

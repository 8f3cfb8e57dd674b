import { runHost } from './doors/host.ts'

/**
 * The host process: root, started by the action or through sudo. It works on the real root folder only, takes neither path nor
 * value from its caller, and imports nothing but our own code, so that it starts fast and there is little to trust.
 */
function complain(error: unknown): number {
  const stack = error instanceof Error ? error.stack : String(error)
  process.stderr.write(`perf-verdict: this is a bug of ours; please report it with these lines.\n${stack}\n`)
  return 1
}

process.exitCode = await runHost(process.argv.slice(2)).catch(complain)
// Standard input may still be open; whoever holds it is not waited for.
process.exit()

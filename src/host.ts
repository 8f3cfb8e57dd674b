import { fileURLToPath } from 'node:url'
import { hostCommand } from './flow/host-command.ts'
import { openHostWorld } from './shell/host-open.ts'

/**
 * The host process: root, started by the action or through sudo. It works on the real root folder only, takes neither path nor
 * value from its caller, and imports nothing but our own code, so that it starts fast and there is little to trust.
 */
async function main(): Promise<number> {
  const { SUDO_USER } = process.env
  const program = {
    script: fileURLToPath(import.meta.url),
    node: process.execPath,
    ...(SUDO_USER === undefined || SUDO_USER === '' ? {} : { sudoUser: SUDO_USER }),
    say: (text: string) => process.stdout.write(text),
  }
  return hostCommand(process.argv.slice(2), program, openHostWorld('/'))
}

function complain(error: unknown): number {
  const stack = error instanceof Error ? error.stack : String(error)
  process.stderr.write(`perf-verdict: this is a bug of ours; please report it with these lines.\n${stack}\n`)
  return 1
}

process.exitCode = await main().catch(complain)
// Standard input may still be open; whoever holds it is not waited for.
process.exit()

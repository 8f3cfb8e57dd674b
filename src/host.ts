import { hostCommand } from './flow/host/command.ts'
import { openHostPorts } from './shell/host/open.ts'
import { findHostScript } from './shell/machine/host-access.ts'

/**
 * The host process: root, started by the action or through sudo. It works on the real root folder only, takes neither path nor
 * value from its caller, and imports nothing but our own code, so that it starts fast and there is little to trust.
 */
function complain(error: unknown): number {
  const stack = error instanceof Error ? error.stack : String(error)
  process.stderr.write(
    `perf-verdict: this is a bug in Perf Verdict; please report it with these lines.\n${stack}\n`,
  )
  return 1
}

/** Runs the command that was given on this machine; returns the exit code. */
function run(args: readonly string[]): Promise<number> {
  const { SUDO_USER } = process.env
  const script = findHostScript()
  const program = {
    node: process.execPath,
    say: (text: string) => process.stdout.write(text),
    ...(script === undefined ? {} : { script }),
    ...(SUDO_USER === undefined || SUDO_USER === '' ? {} : { sudoUser: SUDO_USER }),
  }
  return hostCommand(args, program, openHostPorts('/'))
}

process.exitCode = await run(process.argv.slice(2)).catch(complain)
// Standard input may still be open; whoever holds it is not waited for.
process.exit()
